"""The last rows: sums of pages and of everything, to the fen."""

from decimal import Decimal

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django import DjangoAssertNumQueries

from projects.filters import ProjectFilter
from projects.models import Project
from projects.tables import COLUMNS, USUAL, all_sums, page_rows, page_sums
from projects.totals import summarise
from tests import factories

MONEY = [column for column in COLUMNS if column.is_money]
FEN = st.none() | st.integers(0, 10**14).map(lambda fen: Decimal(fen) / 100)


def sums_of_all(columns: list) -> dict[str, Decimal | None]:
    whole = summarise(Project.objects.all())
    return all_sums(
        ProjectFilter(QueryDict(), Project.objects.all()), columns, amount=whole.amount, period_amount=whole.period_amount
    )  # fmt: skip


@pytest.mark.django_db
def test_a_page_of_blanks_sums_to_blank() -> None:
    factories.project(amount=None, period_amount="3")
    assert page_sums(page_rows(Project.objects.all(), slice(9), USUAL), USUAL) == {"amount": None, "period": Decimal(3)}


@pytest.mark.django_db
def test_every_money_column_has_its_sum() -> None:
    one = factories.project(amount="10.01", sources={"local": "4", "central": None})
    factories.funding(one, "local", "7", "period")
    factories.project(amount="5", sources={"local": "6"})
    sums = sums_of_all(MONEY)
    assert sums["amount"] == Decimal("15.01")
    assert (sums["annual_local"], sums["annual_central"], sums["annual_none"]) == (10, None, Decimal("5.01"))
    assert (sums["period_local"], sums["period_none"]) == (7, -7)


@pytest.mark.django_db
@pytest.mark.parametrize(("columns", "statements"), [(USUAL, 0), (MONEY, 1)])
def test_funding_is_added_up_once_and_only_where_a_column_shows_it(
    columns: list, statements: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    factories.project(sources={"local": "1"})
    with django_assert_num_queries(statements):
        all_sums(ProjectFilter(QueryDict(), Project.objects.all()), columns, amount=None, period_amount=None)


class AnyAmounts(TestCase):
    """Sums of pages add up to the sum of all, whatever is blank."""

    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.tuples(FEN, FEN, FEN, FEN), min_size=1, max_size=7), st.integers(1, 4))
    def test_pages_add_up_to_all(self, amounts: list[tuple[Decimal | None, ...]], size: int) -> None:
        for annual, period, local, central in amounts:
            project = factories.project(amount=annual, period_amount=period, sources={"local": local, "central": None})
            factories.funding(project, "central", None if central is None else str(central), "period")
        pages = [
            page_sums(page_rows(Project.objects.all(), slice(start, start + size), MONEY), MONEY)
            for start in range(0, len(amounts), size)
        ]
        found = sums_of_all(MONEY)
        for column in MONEY:
            parts = [page[column.key] for page in pages if page[column.key] is not None]
            assert found[column.key] == (sum(parts, Decimal(0)) if parts else None), column.key
