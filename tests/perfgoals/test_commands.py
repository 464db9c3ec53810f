"""What all commands of PerfGoals share."""

import pytest
from django.core.management import call_command

from perfgoals.commands import PerfGoalsCommand

pytestmark = pytest.mark.django_db


class Stopped(PerfGoalsCommand):
    """Its person stops it."""

    def handle(self, *args: object, **options: object) -> None:
        del args, options
        raise KeyboardInterrupt


def test_whoever_stops_a_command_is_told_in_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="130"):
        call_command(Stopped())
    assert capsys.readouterr().err == "已中断。\n"
