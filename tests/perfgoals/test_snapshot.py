"""Settings of PostgreSQL for some statements only."""

import pytest
from django.db import connection

from perfgoals.snapshot import steered

pytestmark = pytest.mark.django_db
ASKED = {"work_mem": "65MB", "enable_seqscan": "off"}


def settings() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, current_setting(name) FROM pg_settings WHERE name = ANY(%s)", [list(ASKED)])
        return dict(cursor.fetchall())


def test_settings_hold_inside_and_are_as_before_afterwards() -> None:
    before = settings()
    with steered(ASKED):
        assert settings() == ASKED
    assert settings() == before != ASKED


def test_settings_are_as_before_after_an_error() -> None:
    before = settings()
    with pytest.raises(ZeroDivisionError), steered(ASKED):
        raise ZeroDivisionError
    assert settings() == before


def test_settings_inside_settings_are_those_outside_again() -> None:
    with steered(ASKED):
        with steered({"work_mem": "66MB"}):
            assert settings() == ASKED | {"work_mem": "66MB"}
        assert settings() == ASKED
