"""Figures are what Plotly takes, and draw what the amounts say."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go
import pytest

from projects.charts import figures
from projects.charts.marks import Block, Flow, Mark
from projects.totals.changes import Change

WHOLE = Mark("", "合计", Decimal("100000.00"), 4, "/projects/")
BIG = Mark("1", "长治市上党区国有资产发展中心及其下属单位", Decimal("70000.00"), 2, "/projects/?department=1")
SMALL = Mark("2", "教育局<b>", Decimal("30000.00"), 1, "/projects/?department=2")
BLANK = Mark("3", "水利局", None, 1, "/projects/?department=3")
ZERO = Mark("4", "民政局", Decimal("0.00"), 1, "/projects/?department=4")
LOCAL = Mark("local", "市县（区）财政资金", Decimal("120000.00"), 2, "/projects/?source=local")
UNLISTED = Mark("none", "未列明来源", Decimal("-20000.00"), 1, "/projects/?source=none")
DEPARTMENTS = (BIG, SMALL, BLANK, ZERO)
BLOCKS = (
    Block(
        BIG,
        (
            Mark("9", "道路", Decimal("60000"), 1, "/projects/9/"),
            Mark("rest", "其余 1 个项目", Decimal("10000"), 1, BIG.url),
        ),
    ),
    Block(BLANK, (BLANK,)),
)
FLOWS = (Flow(0, 0, Decimal("70000"), "/a"), Flow(0, 1, Decimal("30000"), "/b"), Flow(1, 1, Decimal("-20000"), "/c"))
YEARS = (
    Mark("2024", "2024 年", Decimal("80000"), 2, "/y"),
    Mark("2025", "2025 年", Decimal("100000"), 2, "/z", Change(Decimal(20000), Decimal(25))),
)

MADE: dict[str, dict[str, Any]] = {
    "departments": figures.department_bars(DEPARTMENTS, WHOLE, "万元"),
    "sources": figures.source_bars((LOCAL, UNLISTED), WHOLE, "万元"),
    "years": figures.year_columns(YEARS, "万元"),
    "treemap": figures.treemap(BLOCKS, WHOLE, "万元"),
    "sankey": figures.sankey((LOCAL, UNLISTED), DEPARTMENTS, FLOWS, "万元"),
    "nothing": figures.department_bars((BLANK, ZERO), WHOLE, "万元"),
}


def plain(figure: dict[str, Any]) -> dict[str, Any]:
    """The figure as the page's script hands it to Plotly: with colours in place of variables' names."""
    return json.loads(re.sub(r'"--[a-z0-9-]+"', '"#123456"', json.dumps(figure)))


@pytest.mark.parametrize("name", MADE)
def test_plotly_takes_the_figure(name: str) -> None:
    figure = plain(MADE[name])
    go.Figure(data=figure["data"], layout=figure["layout"])


@pytest.mark.parametrize("name", MADE)
def test_no_colour_is_fixed(name: str) -> None:
    assert not re.search(r'"(#[0-9a-f]{3,8}|rgba?\()', json.dumps(MADE[name]))


def test_blank_and_zero_have_no_mark() -> None:
    (trace,) = MADE["departments"]["data"]
    assert (trace["x"], trace["customdata"]) == ([7.0, 3.0], [BIG.url, SMALL.url])


def test_labels_have_the_exact_amount_and_its_share() -> None:
    assert MADE["departments"]["data"][0]["text"] == ["7.00 · 70.0%", "3.00 · 30.0%"]


def test_long_names_are_cut_in_labels_and_whole_in_hints() -> None:
    figure = MADE["departments"]
    assert figure["layout"]["yaxis"]["ticktext"][0].strip() == "上党区国有资产发展中心及…"
    assert BIG.label in figure["data"][0]["hovertext"][0].replace("<br>", "")


def test_names_cannot_become_markup() -> None:
    assert "教育局&lt;b&gt;" in MADE["departments"]["layout"]["yaxis"]["ticktext"][1]


def test_what_sources_state_too_much_is_drawn_to_the_left() -> None:
    figure = MADE["sources"]
    assert figure["data"][0]["x"] == [12.0, -2.0]
    assert figure["layout"]["xaxis"]["range"] == [-2.0, 12.0]


def test_years_say_their_change() -> None:
    assert MADE["years"]["data"][0]["text"] == ["8.00", "10.00<br>+25.0%"]


def test_areas_of_projects_lie_in_that_of_their_department() -> None:
    (trace,) = MADE["treemap"]["data"]
    assert trace["parents"] == ["", "d0", "d0"]
    assert trace["values"] == [0, 6.0, 1.0]


def test_negative_rests_have_no_band() -> None:
    (trace,) = MADE["sankey"]["data"]
    assert trace["link"]["value"] == [7.0, 3.0]
    assert MADE["sankey"]["layout"]["meta"] == {"nodes": [LOCAL.url, BIG.url, SMALL.url], "links": ["/a", "/b"]}
