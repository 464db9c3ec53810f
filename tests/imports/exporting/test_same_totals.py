"""List, table of totals, charts, csv, xlsx and API say the same totals, to the fen, whatever the data and the filters."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple

import openpyxl
import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.utils.http import urlencode
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from projects.filters import ProjectFilter
from projects.models import Project
from projects.permissions import AUDIT
from tests import factories
from tests.imports.tables.exported import csv_rows
from tests.perfgoals.api.reading import Program

pytestmark = pytest.mark.django_db

ANNUAL, PERIOD = "年度金额（元）", "实施期资金总额（元）"
REGIONS = (factories.CITY, factories.COUNTY)
money = st.none() | st.just(Decimal(0)) | st.decimals(min_value=0, max_value=10**14, places=2)
projects = st.fixed_dictionaries(
    {
        "region": st.sampled_from(REGIONS),
        "department": st.none() | st.sampled_from(["教育局", "水利局"]),
        "section": st.sampled_from(["", "预算科"]),
        "year": st.sampled_from([2024, 2025]),
        "attribute": st.sampled_from([None, "", "一次性项目（1年）", "经常性项目", "临时项目"]),
        "amount": money,
        "period_amount": money,
        "sources": st.none() | st.dictionaries(st.sampled_from(["central", "local", "other"]), money, max_size=2),
        "indicators": st.lists(st.sampled_from(["≥90%", "12间", "提高"]), max_size=2),
    }
)
FILTERS: dict[str, list[str]] = {
    "region": ["140400", "140404"], "own": ["1"], "year": ["2024", "2025"], "department": ["none"],
    "section": ["预算科", "none"], "source": ["central", "local", "none"], "attribute": ["一次性", "other", "none"],
    "min": ["0", "0.01", "3亿元"], "max": ["50000000000"], "category": ["output", "satisfaction"], "indicator": ["教室"],
    "operator": ["ge", "none"], "kind": ["quantitative", "qualitative"], "number_min": ["12"], "number_max": ["<95%"],
    "indicators": ["yes", "no"], "archived": ["all"], "q": ["项目", "教育", "高"],
}  # fmt: skip
filters = st.lists(st.sampled_from(list(FILTERS)), max_size=3, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: st.sampled_from(FILTERS[name]) for name in names})
)


class Totals(NamedTuple):
    """How many projects, and their annual and period yuan; ``None`` where every one is blank."""

    count: int
    annual: Decimal | None
    period: Decimal | None


class Asker:
    """Somebody who sees everything, and asks in every way that there is."""

    def __init__(self) -> None:
        user = factories.user(AUDIT)
        self.client = Client()
        self.client.force_login(user)
        self.program = Program(user)

    def page(self, path: str, query: str) -> Any:
        response = self.client.get(f"/{path}/?{query}")
        assert response.status_code == 200
        return response.context

    def file(self, kind: str, query: str) -> bytes:
        response: Any = self.client.post(f"/exports/new/?{query}", {"kind": kind})
        return b"".join(response.streaming_content)


def store(values: dict[str, Any]) -> None:
    of = factories.region(*values["region"])
    body = values["department"] and factories.department(values["department"], of)
    plain = {name: values[name] for name in ("section", "year", "attribute", "amount", "period_amount", "sources")}
    made = factories.project(region=of, department=body, **plain)
    for value in values["indicators"]:
        factories.indicator(made, "改造教室", value)


def added(amounts: Iterable[Any]) -> Decimal | None:
    """The sum of what is there; of blanks only, a blank."""
    there = [Decimal(str(amount)) for amount in amounts if amount not in (None, "", "—")]
    return sum(there, Decimal(0)) if there else None


def of_list(asker: Asker, query: str) -> list[Totals]:
    """Above the list, in its last row, and in the last rows of its pages together."""
    said = asker.page("projects", query)
    summary, whole = said["summary"], said["all_sums"]
    pages = [said, *(asker.page("projects", f"{query}&page={at}") for at in range(2, said["page"].last_number + 1))]
    rows = sum(len(page["rows"]) for page in pages)
    on_pages = (added(page["page_sums"][key] for page in pages) for key in ("amount", "period"))
    return [
        Totals(summary.count, summary.amount, summary.period_amount),
        Totals(summary.count, whole["amount"], whole["period"]),
        Totals(rows, *on_pages),
    ]


def of_pivot(asker: Asker, query: str) -> list[Totals]:
    """The last row of the table by department and year, and its rows together."""
    pivot = asker.page("totals", f"{query}&rows=department&columns=year")["pivot"]
    whole, rows = pivot.whole.total.sums, [line.total.sums for line in pivot.lines]
    together = (added(getattr(sums, name) for sums in rows) for name in ("amount", "period"))
    return [Totals(whole.count, whole.amount, whole.period), Totals(sum(sums.count for sums in rows), *together)]


def of_charts(asker: Asker, query: str) -> list[tuple[int | None, Decimal | None]]:
    """The whole of each chart, and its marks together; projects are counted once where each has one mark."""
    said = []
    for chart in asker.page("charts", query)["charts"]:
        parts = [row for row in chart.table.rows if not row.is_below]
        if chart.key == "flows":
            said += [(None, figure(rows, at=0)) for rows in ([chart.table.total], parts)]
        elif chart.key == "sources":
            whole = figure([chart.table.total])
            said += [(number(chart.table.total), whole), (None, of_sources(parts, whole))]
        else:
            said += [(sum(map(number, rows)), figure(rows)) for rows in ([chart.table.total], parts)]
    return said


def of_sources(parts: Any, whole: Decimal | None) -> Decimal | None:
    """What the sources come to; a source may state a zero where the amount of its project is blank."""
    together = figure(parts)
    return whole if whole is None and together == 0 else together


def number(row: Any) -> int:
    return int(row.cells[0].text.replace(",", ""))


def figure(rows: Any, at: int = 1) -> Decimal | None:
    return added(row.cells[at].text.replace(",", "") for row in rows)


def of_csv(asker: Asker, query: str) -> Totals:
    rows = csv_rows(asker.file("csv", query))
    return Totals(len(rows), *(added(row[head] for row in rows) for head in (ANNUAL, PERIOD)))


def of_xlsx(asker: Asker, query: str) -> Totals:
    heads, *rows = openpyxl.load_workbook(BytesIO(asker.file("xlsx", query)))["项目"].iter_rows(values_only=True)
    return Totals(len(rows), *(added(row[heads.index(head)] for row in rows) for head in (ANNUAL, PERIOD)))


def of_api(asker: Asker, query: str) -> list[Totals]:
    """The totals that it states, and those of its projects."""
    stated = asker.program.read("totals/", f"{query}&rows=department")["total"]
    rows = asker.program.rows("projects/", query)
    amounts = (added([stated[name]]) for name in ("amount", "period_amount"))
    listed = (added(row[name] for row in rows) for name in ("amount", "period_amount"))
    return [Totals(stated["projects"], *amounts), Totals(len(rows), *listed)]


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(stored=st.lists(projects, min_size=1, max_size=8), asked=filters)
def test_every_way_out_says_the_same_totals(stored: list[dict[str, Any]], asked: dict[str, str]) -> None:
    query = urlencode({**asked, "unit": "元"})
    with transaction.atomic():
        for values in stored:
            store(values)
        asker = Asker()
        assume(not ProjectFilter(QueryDict(query), Project.objects.all()).errors)
        first, *others = of_list(asker, query)
        assert [
            *others,
            *of_pivot(asker, query),
            of_csv(asker, query),
            of_xlsx(asker, query),
            *of_api(asker, query),
        ] == [first] * 8
        for count, amount in of_charts(asker, query):
            assert count in {None, first.count}
            assert amount == first.annual
        transaction.set_rollback(True)
