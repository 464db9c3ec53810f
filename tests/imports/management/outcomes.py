"""How a command ended, for tests of several."""

import pytest


class Outcome:
    """What a command printed and how it ended."""

    def __init__(self, capsys: pytest.CaptureFixture[str], code: int) -> None:
        self.out, self.err = capsys.readouterr()
        self.code = code
