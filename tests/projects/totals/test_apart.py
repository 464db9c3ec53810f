"""Rows that are counted when they are looked at say what they say when all is counted at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.filters import ProjectFilter
from projects.models import Project
from projects.querysets import in_regions
from projects.totals import Layout, pivot_table
from projects.totals.apart import Apart
from projects.totals.dimensions import DIMENSIONS
from projects.totals.pivot import Line, Pivot
from tests import factories
from tests.projects.totals.test_agreement import filters, projects, query_of, store

pytestmark = pytest.mark.django_db

layouts = st.builds(
    lambda row, column, measure, sort: Layout((row,), "" if column == row else column, measure, sort=sort),
    st.sampled_from(["department", "section", "region"]),
    st.sampled_from(["", *DIMENSIONS]),
    st.sampled_from(["amount", "projects", "indicators"]),
    st.sampled_from(["", "label", "-projects", "amount", "-change", "c:central"]),
)


def told(lines: list[Line]) -> list[tuple[Any, ...]]:
    return [(line.place, line.total, line.cells, line.change) for line in lines]


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(projects, max_size=8), filters, layouts, st.sampled_from([[], ["140400"], ["140404"]]), st.data())
def test_a_page_of_rows_is_that_of_the_whole_table(
    stored: list[dict[str, Any]], pairs: list[tuple[str, str]], layout: Layout, seen: list[str], data: st.DataObject
) -> None:
    with transaction.atomic():
        for values in stored:
            store(values)
        factories.project(
            "河北项目", region=factories.region("130000", "河北省", "河北省", None), amount="7", year=2024
        )
        visible = Project.objects.filter(in_regions(seen)) if seen else Project.objects.all()
        found = ProjectFilter(query_of(pairs), visible)
        whole, paged = pivot_table(found, layout), pivot_table(found, layout, by_page=True)
        assert (paged.places, paged.columns, paged.years) == (whole.places, whole.columns, whole.years)
        assert told([paged.whole]) == told([whole.whole])
        if whole.places:
            start = data.draw(st.integers(0, len(whole.places) - 1))
            page = slice(start, data.draw(st.integers(start, len(whole.places))))
            assert told(paged.lines_at(paged.places[page])) == told(whole.lines_at(whole.places[page]))
            tops = [place for place in whole.places if not place.depth]
            shown, others = tops[:1], tops[1:]
            paged.lines_at(shown)
            assert told([paged.gathered_line(others, "其他")]) == told([whole.gathered_line(others, "其他")])
        transaction.set_rollback(True)


def paged(**layout: Any) -> Pivot:
    return pivot_table(ProjectFilter(QueryDict(), Project.objects.all()), Layout(**layout), by_page=True)


@pytest.mark.usefixtures("mixed")
def test_what_has_not_been_fetched_is_not_taken_for_nothing() -> None:
    pivot = paged(rows=("department",), column="source")
    assert isinstance(pivot._cube, Apart)
    with pytest.raises(KeyError):
        pivot._line(pivot.places[0])


@pytest.mark.usefixtures("mixed")
def test_an_order_by_cells_counts_all_cells() -> None:
    assert not isinstance(paged(rows=("department",), column="source", sort="-c:local")._cube, Apart)


def test_amounts_of_zero_are_not_taken_for_blanks_in_what_is_left() -> None:
    body, other, third = (factories.department(name) for name in ("甲局", "乙局", "丙局"))
    factories.project(department=body, amount="9", sources={"local": "5", "central": "0"})
    factories.project(department=other, amount="3", sources={"local": "0"})
    factories.project(department=third, amount="2", sources={"local": None})
    pivot = paged(rows=("department",), column="source")
    first, *others = pivot.places
    pivot.lines_at([first])
    left = zip(pivot.columns, pivot.gathered_line(others, "其他").cells, strict=True)
    amounts = {column.member.key: cell.sums.amount for column, cell in left}
    assert (amounts["local"], amounts["central"]) == (0, None)
