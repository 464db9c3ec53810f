"""Charts as Plotly draws them: plain dictionaries of JSON values.

Pure: no database, no settings. Colours are the names of CSS variables (``--chart-1``), which the page's script replaces
by their values, so that both themes draw the same figure. Amounts are drawn as floats in the display unit; every figure
that is read (labels, hints) is the exact amount, formatted here. What is blank or zero has no mark: it stands in the
table beside the chart. Long names are cut in labels and whole in hints.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import Any, Final

from perfgoals.money import UNITS, format_amount
from projects.charts.marks import Block, Flow, Mark
from projects.funding_sources import UNLISTED
from projects.regions import regions_at_start
from projects.totals.showing import signed_percent

Figure = dict[str, Any]

SOURCE_COLOURS: Final = {
    "central": "--chart-1", "provincial": "--chart-2", "local": "--chart-3", "self_raised": "--chart-4",
    "other": "--chart-5", UNLISTED: "--chart-none",
}  # fmt: skip
INK: Final = "--ink"
SOFT: Final = "--ink-soft"
LINE: Final = "--line"
PAPER: Final = "--paper"
BAR_PIXELS: Final = 30
LONGEST_LABEL: Final = 13
LINE_LENGTH: Final = 8
"""Characters a line in the areas of the treemap."""
MANY_YEARS: Final = 4


def department_bars(departments: Sequence[Mark], whole: Mark, unit: str) -> Figure:
    """A bar a department, the largest at the top, those that are gathered at the bottom and paler."""
    drawn = [mark for mark in departments if mark.amount]
    colours = ["--chart-none" if mark.key == "rest" else "--chart-1" for mark in drawn]
    return _bars(drawn, colours, whole, unit)


def source_bars(sources: Sequence[Mark], whole: Mark, unit: str) -> Figure:
    """A bar a source in the order of the form. What sources state beyond the amounts is a bar to the left of zero."""
    drawn = [mark for mark in sources if mark.amount]
    return _bars(drawn, [SOURCE_COLOURS[mark.key] for mark in drawn], whole, unit)


def year_columns(years: Sequence[Mark], unit: str) -> Figure:
    """A column a year, with its change against the year before."""
    drawn = [mark for mark in years if mark.amount is not None]
    trace = {
        "type": "bar",
        "x": [mark.label for mark in drawn],
        "y": [_drawn(mark.amount, unit) for mark in drawn],
        "text": [_year_text(mark, unit) for mark in drawn],
        "textposition": "outside",
        "textfont": {"color": INK},
        "constraintext": "none",
        "cliponaxis": False,
        "width": 0.3 if len(drawn) < MANY_YEARS else 0.6,
        "marker": {"color": "--chart-1"},
        **_hints([_hint(mark, unit) for mark in drawn]),
        "customdata": [mark.url for mark in drawn],
    }
    axes = {
        "xaxis": {"type": "category", "fixedrange": True, "tickfont": {"color": INK}, "linecolor": LINE},
        "yaxis": {**_value_axis(unit), "title": None, "automargin": True},
    }
    return {"data": [trace], "layout": {**_layout(320), **axes, "margin": {"l": 8, "r": 8, "t": 48, "b": 8}}}


def treemap(blocks: Sequence[Block], whole: Mark, unit: str) -> Figure:
    """An area a project, together by department."""
    nodes = [
        node
        for place, block in enumerate(blocks)
        for node in ((f"d{place}", "", block.whole), *_leaves(f"d{place}", block))
        if (node[2].amount or 0) > 0
    ]
    trace = {
        "type": "treemap",
        "ids": [key for key, _, _ in nodes],
        "parents": [parent for _, parent, _ in nodes],
        "labels": [_in_area(mark.label) if parent else escape(_short(mark.label)) for _, parent, mark in nodes],
        # A department is as large as what is in it: sums of floats must not decide whether it is drawn.
        "values": [_drawn(mark.amount, unit) if parent else 0 for _, parent, mark in nodes],
        "branchvalues": "remainder",
        "text": [f"{_amount(mark, unit)} · {_percent(mark, whole)}" for _, _, mark in nodes],
        "texttemplate": ["%{label}<br>%{text}" if parent else "%{label}" for _, parent, _ in nodes],
        "textposition": "middle center",
        **_hints([_hint(mark, unit, whole) for _, _, mark in nodes]),
        "customdata": [mark.url for _, _, mark in nodes],
        "pathbar": {"visible": False},
        "tiling": {"pad": 2},
        "marker": {"line": {"width": 1, "color": PAPER}, "pad": {"t": 22, "l": 2, "r": 2, "b": 2}},
        "root": {"color": PAPER},
    }
    colours = [f"--area-{number}" for number in range(1, 7)]
    layout = {**_layout(560), "margin": {"l": 0, "r": 0, "t": 0, "b": 0}, "treemapcolorway": colours}
    return {
        "data": [trace],
        "layout": {**layout, "extendtreemapcolors": False, "uniformtext": {"minsize": 11, "mode": "hide"}},
    }


def sankey(sources: Sequence[Mark], departments: Sequence[Mark], flows: Sequence[Flow], unit: str) -> Figure:
    """A band from each source to each department that it pays. Negative rests have no width and stand in the table."""
    drawn = [flow for flow in flows if (flow.amount or 0) > 0]
    from_sources = sorted({flow.source for flow in drawn})
    to_departments = sorted({flow.department for flow in drawn})
    marks = [*(sources[at] for at in from_sources), *(departments[at] for at in to_departments)]
    trace = {
        "type": "sankey",
        "arrangement": "fixed",
        "valuesuffix": unit,
        "node": {
            "label": [escape(_cut(_short(mark.label))) for mark in marks],
            "color": [
                *(SOURCE_COLOURS[sources[at].key] for at in from_sources),
                *("--chart-node" for _ in to_departments),
            ],
            "line": {"width": 0},
            "pad": 18,
            "thickness": 14,
            "customdata": [_hint(mark, unit) for mark in marks],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        "link": {
            "source": [from_sources.index(flow.source) for flow in drawn],
            "target": [len(from_sources) + to_departments.index(flow.department) for flow in drawn],
            "value": [_drawn(flow.amount, unit) for flow in drawn],
            "color": [f"{SOURCE_COLOURS[sources[flow.source].key]}-band" for flow in drawn],
            "customdata": [_flow_hint(flow, sources, departments, unit) for flow in drawn],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        "textfont": {"color": INK, "size": 12},
    }
    height = max(320, 34 * len(to_departments) + 40)
    urls = {"nodes": [mark.url for mark in marks], "links": [flow.url for flow in drawn]}
    layout = {**_layout(height), "margin": {"l": 4, "r": 4, "t": 12, "b": 12}, "meta": urls}
    return {"data": [trace], "layout": layout}


def _bars(drawn: Sequence[Mark], colours: Sequence[str], whole: Mark, unit: str) -> Figure:
    places = list(range(len(drawn)))
    trace = {
        "type": "bar",
        "orientation": "h",
        "y": places,
        "x": [_drawn(mark.amount, unit) for mark in drawn],
        "text": [f"{_amount(mark, unit)} · {_percent(mark, whole)}" for mark in drawn],
        "textposition": "outside",
        "constraintext": "none",
        "textfont": {"color": INK},
        "cliponaxis": False,
        "width": 0.66,
        "marker": {"color": list(colours)},
        **_hints([_hint(mark, unit, whole) for mark in drawn]),
        "customdata": [mark.url for mark in drawn],
    }
    names = {"tickvals": places, "ticktext": [f"{escape(_cut(_short(mark.label)))}  " for mark in drawn]}
    yaxis = {
        "autorange": "reversed", "automargin": True, "fixedrange": True, "tickfont": {"color": INK},
        "showgrid": False, "zeroline": False, **names,
    }  # fmt: skip
    # Figures stand outside the bars; the page's script, which knows how wide they are, makes room for them.
    ends = [0.0, *(_drawn(mark.amount, unit) or 0.0 for mark in drawn)]
    xaxis = {**_value_axis(unit), "range": [min(ends), max(ends)], "autorange": False}
    layout = {
        **_layout(BAR_PIXELS * max(len(drawn), 2) + 56), "xaxis": xaxis, "yaxis": yaxis,
        "margin": {"l": 8, "r": 12, "t": 4, "b": 40},
    }  # fmt: skip
    return {"data": [trace], "layout": layout}


def _leaves(parent: str, block: Block) -> list[tuple[str, str, Mark]]:
    return [(f"{parent}-{at}", parent, mark) for at, mark in enumerate(block.parts)]


def _layout(height: int) -> Figure:
    return {
        "height": height,
        "autosize": True,
        "paper_bgcolor": PAPER,
        "plot_bgcolor": PAPER,
        "font": {"color": SOFT, "size": 12},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "separators": ".,",
        "hoverlabel": {"bgcolor": "--raised", "bordercolor": "--line-strong", "font": {"color": INK}, "align": "left"},
    }


def _value_axis(unit: str) -> Figure:
    return {
        "title": {"text": unit, "font": {"color": SOFT, "size": 12}, "standoff": 8},
        "tickformat": ",~f",
        "exponentformat": "none",
        "nticks": 6,
        "tickangle": 0,
        "rangemode": "tozero",
        "fixedrange": True,
        "gridcolor": LINE,
        "zerolinecolor": "--line-strong",
    }


def _hints(texts: Sequence[str]) -> Figure:
    return {"hovertext": list(texts), "hovertemplate": "%{hovertext}<extra></extra>"}


def _hint(mark: Mark, unit: str, whole: Mark | None = None) -> str:
    share = f"，占 {_percent(mark, whole)}" if whole else ""
    return f"{_wrapped(mark.label)}<br>{_amount(mark, unit)} {unit}{share}<br>{mark.count:,} 个项目"


def _flow_hint(flow: Flow, sources: Sequence[Mark], departments: Sequence[Mark], unit: str) -> str:
    ends = f"{sources[flow.source].label} → {departments[flow.department].label}"
    return f"{_wrapped(ends)}<br>{format_amount(flow.amount, unit)} {unit}"


def _year_text(mark: Mark, unit: str) -> str:
    changed = mark.change.percent if mark.change else None
    return _amount(mark, unit) if changed is None else f"{_amount(mark, unit)}<br>{signed_percent(changed)}"


def _amount(mark: Mark, unit: str) -> str:
    return format_amount(mark.amount, unit)


def _percent(mark: Mark, whole: Mark) -> str:
    return "—" if mark.amount is None or not whole.amount else f"{mark.amount * 100 / whole.amount:.1f}%"


def _drawn(amount: Decimal | None, unit: str) -> float | None:
    return None if amount is None else float(amount / UNITS[unit])


def _cut(label: str, longest: int = LONGEST_LABEL) -> str:
    return label if len(label) <= longest else f"{label[: longest - 1]}…"


def _short(label: str) -> str:
    """A name without the city's before the county's: 长治市上党区教育局 → 上党区教育局."""
    region = next((region for region in regions_at_start(label) if label.startswith(region.name)), None)
    return label if region is None else f"{region.short_name}{label[len(region.name) :]}"


def _in_area(label: str) -> str:
    return _wrapped(_cut(label, 3 * LINE_LENGTH), LINE_LENGTH)


def _wrapped(label: str, width: int = 24) -> str:
    return "<br>".join(escape(label[at : at + width]) for at in range(0, len(label), width))
