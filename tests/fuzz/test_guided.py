"""The short form of the coverage-guided fuzzing; `./run fuzz --minutes 60` is the long one."""

from pathlib import Path

import pytest

from tests.fuzz import guided

SECONDS = 5


@pytest.mark.parametrize("target", ["target_form", "values"])
def test_a_short_run_finds_nothing(target: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if not guided.is_there():  # no wheel for this Python: the command says so, and tries nothing
        assert guided.run(1, tmp_path) == 1
        assert "atheris" in capsys.readouterr().out
        return
    counts = guided.run_target(target, SECONDS, tmp_path)
    assert counts["tried"] > 20
    assert counts["failed"] == 0, [file.read_text() for file in tmp_path.glob("*.txt")]
