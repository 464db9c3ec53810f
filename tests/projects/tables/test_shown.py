"""A page of the list is known again by its mark as long as it shows the same."""

from decimal import Decimal

import pytest

from projects.models import Project
from projects.tables import BY_KEY, Row, mark_of

COLUMNS = [BY_KEY["name"], BY_KEY["amount"]]
ROWS = [Row(Project(pk=1)), Row(Project(pk=2))]
SUMS = {"amount": Decimal("3.50")}
MARK = mark_of(ROWS, COLUMNS, SUMS)


def test_the_same_page_has_the_same_mark() -> None:
    assert mark_of([Row(Project(pk=1)), Row(Project(pk=2))], list(COLUMNS), dict(SUMS)) == MARK


@pytest.mark.parametrize("rows", [ROWS[:1], ROWS[::-1], [], [ROWS[0], Row(Project(pk=12))]])
def test_other_rows_have_another(rows: list[Row]) -> None:
    assert mark_of(rows, COLUMNS, SUMS) != MARK


@pytest.mark.parametrize("amount", [Decimal("3.51"), None])
def test_other_sums_have_another(amount: Decimal | None) -> None:
    assert mark_of(ROWS, COLUMNS, {"amount": amount}) != MARK


def test_other_columns_have_another() -> None:
    assert mark_of(ROWS, [*COLUMNS, BY_KEY["year"]], SUMS) != MARK
