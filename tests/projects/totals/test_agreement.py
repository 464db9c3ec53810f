"""Whatever the data and the filters are: list, total and cell are the same number, to the fen."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.filters import ProjectFilter
from projects.funding_sources import SOURCES
from projects.models import Project
from projects.totals import Layout, Pivot, pivot_table, summarise
from projects.totals.changes import measured
from projects.totals.dimensions import DIMENSIONS
from projects.totals.pivot import Cell, Line
from tests import factories

pytestmark = pytest.mark.django_db

REGIONS = (factories.CITY, factories.COUNTY, ("140403", "长治市潞州区", "潞州区", "140400"))
CLASSES = ("output.quantity", "output.quality", "benefit.social", "satisfaction.served")
money = st.none() | st.decimals(min_value=0, max_value=10**14, places=2) | st.just(Decimal(0))
indicators = st.tuples(
    st.sampled_from(CLASSES), st.sampled_from(["满意度", "改造教室"]), st.sampled_from(["≥90%", "提高"])
)
projects = st.fixed_dictionaries(
    {
        "region": st.sampled_from(REGIONS),
        "department": st.none() | st.sampled_from(["教育局", "水利局", "财政局"]),
        "section": st.sampled_from(["", "", "预算科", "债务科"]),
        "year": st.sampled_from([2023, 2024, 2025]),
        "attribute": st.sampled_from([None, "", "一次性项目（1年）", "经常性项目", "新增项目"]),
        "amount": money,
        "period_amount": money,
        "sources": st.none() | st.dictionaries(st.sampled_from(list(SOURCES)), money, max_size=3),
        "indicators": st.lists(indicators, max_size=3),
    }
)
FILTERS: dict[str, list[str]] = {
    "region": ["140400", "140404"], "own": ["1"], "year": ["2025", "2024"], "section": ["预算科"],
    "source": ["local", "central", "none"], "attribute": ["一次性", "other", "none"], "min": ["1"], "max": ["5"], "unit": ["亿元"],
    "category": ["output", "output.quantity", "satisfaction"], "indicator": ["满意"], "kind": ["quantitative"],
    "indicators": ["yes", "no"], "q": ["教室"],
}  # fmt: skip
filters = st.lists(st.sampled_from([(name, value) for name, values in FILTERS.items() for value in values]), max_size=3)
layouts = st.builds(
    lambda keys, has_column, measure: (
        Layout(tuple(keys[:-1]), keys[-1], measure)
        if has_column and len(keys) > 1
        else Layout(tuple(keys[:2]), "", measure)
    ),
    st.lists(st.sampled_from(list(DIMENSIONS)), min_size=1, max_size=3, unique=True),
    st.booleans(),
    st.sampled_from(["amount", "projects", "indicators"]),
)


def store(values: dict[str, Any]) -> None:
    of = factories.region(*values["region"])
    body = values["department"] and factories.department(values["department"], of)
    plain = {name: values[name] for name in ("section", "year", "attribute", "amount", "period_amount", "sources")}
    made = factories.project(region=of, department=body, **plain)
    for category, name, value in values["indicators"]:
        factories.indicator(made, name, value, category=category)


def query_of(pairs: list[tuple[str, str]]) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in pairs:
        if name in {"source", "category", "section"}:
            query.appendlist(name, value)
        else:
            query[name] = value
    return query


def source_of(pivot: Pivot, line: Line, at: int | None) -> str | None:
    keys = dict(zip(pivot.layout.rows, line.place.key, strict=False))
    if at is not None and pivot.layout.column == "source":
        return pivot.columns[at].member.key
    return keys.get("source")


def assert_the_list_says_the_same(cell: Cell, source: str | None, pivot: Pivot) -> None:
    if not cell.sums.count:
        return
    assert cell.query is not None
    linked = ProjectFilter(QueryDict(cell.query), Project.objects.all())
    assert not linked.errors, (cell.query, linked.errors)
    summary = summarise(linked.qs, linked.sources)
    assert summary.count == cell.sums.count, cell.query
    amount = summary.parts[source] if source else summary.amount
    if source:
        assert (amount or 0) == (cell.sums.amount or 0), cell.query
    else:
        assert (amount, summary.period_amount) == (cell.sums.amount, cell.sums.period), cell.query


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(projects, max_size=8), filters, layouts)
def test_every_total_is_what_its_list_says(
    stored: list[dict[str, Any]], pairs: list[tuple[str, str]], layout: Layout
) -> None:
    with transaction.atomic():
        for values in stored:
            store(values)
        found = ProjectFilter(query_of(pairs), Project.objects.all())
        pivot = pivot_table(found, layout)
        summary = summarise(found.qs, found.sources)
        whole = pivot.whole
        assert (whole.total.sums.count, whole.total.sums.amount) == (summary.count, summary.amount)
        assert whole.total.sums.period == summary.period_amount
        for line in (*pivot.lines, whole):
            assert_the_list_says_the_same(line.total, source_of(pivot, line, None), pivot)
            for at, cell in enumerate(line.cells):
                assert_the_list_says_the_same(cell, source_of(pivot, line, at), pivot)
        assert_parts_make_the_whole(pivot)
        transaction.set_rollback(True)


def assert_parts_make_the_whole(pivot: Pivot) -> None:
    """Money adds up but over classes; projects add up where each has one value; indicators over classes."""
    keys = set(pivot.layout.dimensions)
    adds_up = {
        "amount": "category" not in keys, "projects": not keys & {"category", "source"}, "indicators": "source" not in keys,
    }[pivot.layout.measure]  # fmt: skip
    if not adds_up:
        return
    lines = [line for line in pivot.lines if not line.place.is_group]
    measure = pivot.layout.measure
    whole = measured(pivot.whole.total.sums, measure)
    # A department without sections is a row of its own.
    assert sum(measured(line.total.sums, measure) or 0 for line in lines) == (whole or 0)
    columns = [at for at, column in enumerate(pivot.columns) if not column.is_group]
    for line in lines if columns else []:
        parts = sum(measured(line.cells[at].sums, measure) or 0 for at in columns)
        assert parts == (measured(line.total.sums, measure) or 0)
