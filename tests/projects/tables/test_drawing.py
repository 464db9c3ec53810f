"""The cells of a table of projects: what is in a column stands in its cell, and nothing in it becomes markup."""

from datetime import UTC, datetime
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals.money import format_amount
from projects.filters.hits import Hit
from projects.models import Department, Project, Region, Scope
from projects.tables import COLUMNS, Column, Kind, Row, SourceLine
from projects.tables.cells import Showing
from projects.tables.drawing import CUT, Table, table_of

HOSTILE = "\"><script>'&quot;</td>"
OURS = {"tr", "th", "td", "a", "span", "b", "mark", "label", "input"}
WHEN = datetime(2025, 3, 4, 15, 6, tzinfo=UTC)
FULL = Showing(unit="元", words=["script"], hits={7: Hit("部门", HOSTILE)}, opens_sources=True)


class Parts(HTMLParser):
    """The elements, the attributes and the text of a piece of markup."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, str] = {}
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name: value or "" for name, value in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def row_of(text: str | None, amount: Decimal | None = None, **more: Any) -> Row:
    """A row in which every text is this one."""
    fields = {
        field.name: text
        for field in Project._meta.fields
        if field.get_internal_type() in {"CharField", "TextField"} and not getattr(field, "generated", False)
    }
    named = {
        "name": text or "",
        "section": text or "",
        "region": Region(code="1", name=text or "", short_name=text or ""),
    }
    days = dict.fromkeys(("filed_at", "updated_at", "created_at", "archived_at"), WHEN)
    project = Project(**{
        **fields, **named, **days, "pk": 7, "year": 2025, "serial": 3, "amount": amount, "period_amount": amount,
        "department": Department(name=text or ""),
    })  # fmt: skip
    return Row(project, source=SourceLine(5, text, 12), **more)


def drawn(row: Row, column: Column, showing: Showing) -> Parts:
    return Parts(table_of([column], [row], showing).cell(row, column))


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.key)
def test_no_text_becomes_markup(column: Column) -> None:
    row = row_of(HOSTILE, gravest=HOSTILE, findings=2, goals={Scope.PERIOD: HOSTILE, Scope.ANNUAL: HOSTILE})
    for showing in (FULL, Showing()):
        cell = table_of([column], [row], showing, picks=True).row(row)
        assert Parts(cell).tags <= OURS
        assert not {name for name in Parts(cell).attributes if name.startswith(("on", "script"))}


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=90)


@given(text=TEXTS)
@settings(max_examples=40)
def test_a_text_stands_in_its_cell_and_whole_in_its_title(text: str) -> None:
    row = row_of(text, goals={Scope.PERIOD: text, Scope.ANNUAL: text}, gravest=text)
    plain = [column for column in COLUMNS if column.kind is Kind.TEXT and column.inside is None]
    assert len(plain) > 10
    for column in plain:
        cell, value = drawn(row, column, Showing()), str(column.value(row))
        if value == "":
            assert cell.text == "—"
        else:
            assert (cell.text, cell.attributes["title"]) == (" ".join(value[: CUT + 1].split()), value)


@given(text=TEXTS)
@settings(max_examples=40)
def test_cells_of_their_own_hold_the_columns_words(text: str) -> None:
    row = row_of(text)
    cells = {column.key: drawn(row, column, Showing()) for column in COLUMNS if column.inside is not None}
    assert cells["name"].attributes["title"] == "在侧栏查看（空格键）"
    for key in ("name", "region", "department", "source"):
        assert text in cells[key].text


@given(
    yuan=st.none() | st.decimals(min_value=0, max_value=10**12, places=2), unit=st.sampled_from(["元", "万元", "亿元"])
)
@settings(max_examples=40)
def test_an_amount_is_printed_in_the_unit_in_force(yuan: Decimal | None, unit: str) -> None:
    row = row_of("甲", yuan, funding={(Scope.ANNUAL, "local"): yuan, (Scope.PERIOD, "local"): yuan})
    for column in COLUMNS:
        if column.is_money:
            assert drawn(row, column, Showing(unit=unit)).text == format_amount(column.value(row), unit)


def test_decimal_points_stand_below_each_other() -> None:
    column = next(column for column in COLUMNS if column.key == "amount")
    rows = [row_of("甲", Decimal("19880424.28")), row_of("乙", Decimal(3000000))]
    table = table_of([column], rows, Showing(unit="万元"), sums=[{"amount": Decimal("22880424.28")}])
    assert table.cell(rows[1], column) == '<td class="col-amount number"><span class="short-4">300.00</span></td>'
    assert "2,288.042428" in table.sums("合计", {"amount": Decimal("22880424.28")})


def test_a_sum_that_is_still_counted_has_its_place() -> None:
    columns = [column for column in COLUMNS if column.key in {"name", "year", "amount"}]
    row = Parts(table_of(columns, [row_of("甲", Decimal(5))], Showing()).sums("全部合计", None))
    assert row.text == "全部合计…"


def test_what_was_looked_for_is_marked() -> None:
    column = next(column for column in COLUMNS if column.key == "name")
    html = Table([column], Showing(words=["教室"], found_by="?q=1"), {}).cell(row_of("改造<教室>"), column)
    assert "改造&lt;<mark>教室</mark>&gt;" in html
    assert 'href="/projects/7/?q=1"' in html


def test_only_those_who_may_open_sources_are_led_there() -> None:
    column = next(column for column in COLUMNS if column.key == "source")
    row = row_of("公开.txt")
    assert drawn(row, column, Showing(opens_sources=True)).attributes["href"] == "/documents/5/#L12"
    assert "href" not in drawn(row, column, Showing()).attributes


def test_times_are_those_of_the_place() -> None:
    shown = {column.key: drawn(row_of("甲"), column, Showing()).text for column in COLUMNS}
    assert (shown["filed_at"], shown["updated_at"]) == ("2025-03-04", "2025-03-04 23:06")
