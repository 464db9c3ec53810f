"""Slow statements are told with their text, never with their values."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from perfgoals.observing.accounts import Account, kept
from perfgoals.observing.lines import LONGEST_STATEMENT, without_values
from perfgoals.observing.statements import observe, watch
from projects.models import Project
from tests import factories

from .conftest import Told

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_at_work(everything_is_slow: None, rf: RequestFactory) -> Iterator[Account]:
    with kept(Account(rf.get("/"), "number")) as account:
        yield account


@pytest.mark.usefixtures("request_at_work")
def test_a_slow_statement_is_told_without_its_values(told: Told) -> None:
    factories.project(name="绝密工程")
    list(Project.objects.filter(name__contains="绝密工程"))
    line = told.of("slow_statement")[-1]
    assert "LIKE %s" in line["statement"]
    assert line["seconds"] >= 0
    assert line["failed"] is False
    assert (line["request"], line["route"]) == ("number", "none")
    assert not any("\\u7edd" in raw for raw in told.raw)


@pytest.mark.usefixtures("request_at_work")
def test_values_written_into_the_text_are_left_out(told: Told) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'it''s 张三', $tag$李四$tag$, 7")
    assert told.of("slow_statement")[-1]["statement"] == "SELECT '…', '…', 7"


@pytest.mark.usefixtures("request_at_work")
def test_a_statement_that_fails_is_told_as_failed(told: Told) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nothing")
    assert [line["failed"] for line in told.of("slow_statement") if line["statement"] == "SELECT nothing"] == [True]


@pytest.mark.usefixtures("everything_is_slow")
@pytest.mark.parametrize(("arguments", "lines"), [(["work", "--until-idle"], 1), (["import_text", "绝密.txt"], 0)])
def test_the_worker_is_told_of_and_commands_at_a_terminal_are_not(
    told: Told, monkeypatch: pytest.MonkeyPatch, arguments: list[str], lines: int
) -> None:
    monkeypatch.setattr("sys.argv", ["/somewhere/manage.py", *arguments])
    list(Project.objects.all())
    assert [line["program"] for line in told.of("slow_statement")] == ["work"] * lines


@pytest.mark.usefixtures("request_at_work")
def test_statements_belong_to_the_request_that_they_are_for(rf: RequestFactory) -> None:
    mine = Account(rf.get("/"), "mine")
    with kept(mine):
        list(Project.objects.all())
    list(Project.objects.all())
    assert mine.statements == 1
    assert mine.database_seconds > 0


def test_quick_statements_are_not_told(told: Told) -> None:
    list(Project.objects.all())
    assert told.raw == []


def test_a_connection_is_watched_once_and_outermost() -> None:
    watch(connection)
    with connection.execute_wrapper(lambda execute, *rest: execute(*rest)):
        watch(connection)
    assert connection.execute_wrappers.count(observe) == 1
    assert connection.execute_wrappers[0] is observe


def test_long_statements_are_cut() -> None:
    assert len(without_values("SELECT " + "a, " * 9000)) == LONGEST_STATEMENT


@given(st.text())
def test_no_quoted_text_remains(value: str) -> None:
    quoted = "'" + value.replace("'", "''") + "'"
    assert without_values(f"SELECT {quoted} AS a") == "SELECT '…' AS a"
