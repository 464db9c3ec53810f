"""The figures of a chart as a table, for those who cannot see it, who want the exact amounts, or who use the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perfgoals.money import format_amount
from projects.charts.marks import Block, Flow, Mark
from projects.totals.showing import signed_percent


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell: its text, and the list that it leads to."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its name, its list, its cells, and whether it is below the one before."""

    label: str
    url: str
    cells: tuple[Figure, ...]
    is_below: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Heads of all columns, the rows, and the last row, which is the whole."""

    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    total: Row


def mark_table(name: str, marks: Sequence[Mark], whole: Mark, unit: str, *, with_change: bool = False) -> Table:
    """One row a mark: number of projects, amount, share, and the change against the year before where asked."""
    heads = (name, "项目数", f"年度金额（{unit}）", "占比", *(["增减率"] if with_change else []))
    rows = tuple(Row(mark.label, _url(mark), _cells(mark, whole, unit, with_change)) for mark in marks)
    total = _cells(whole, whole, unit, with_change)
    return Table(heads, rows, Row("合计", "", total))


def block_table(by: str, blocks: Sequence[Block], whole: Mark, unit: str) -> Table:
    """One row a department (``by`` names what it is), and below it one a project."""
    rows = []
    for block in blocks:
        rows.append(Row(block.whole.label, _url(block.whole), _cells(block.whole, whole, unit)))
        rows += [Row(mark.label, _url(mark), _cells(mark, whole, unit), is_below=True) for mark in block.parts]
    return Table(
        (f"{by}和项目", "项目数", f"年度金额（{unit}）", "占比"),
        tuple(rows),
        Row("合计", "", _cells(whole, whole, unit)),
    )


def flow_table(
    by: str, sources: Sequence[Mark], departments: Sequence[Mark], flows: Sequence[Flow], whole: Mark, unit: str
) -> Table:
    """One row a department (``by`` names what it is), one column a source."""
    at = {(flow.department, flow.source): Figure(format_amount(flow.amount, unit), flow.url) for flow in flows}
    rows = tuple(
        Row(
            mark.label,
            _url(mark),
            (
                Figure(format_amount(mark.amount, unit)),
                *(at.get((place, source), Figure("—")) for source in range(len(sources))),
            ),
        )
        for place, mark in enumerate(departments)
    )
    total = (Figure(format_amount(whole.amount, unit)), *(Figure(format_amount(mark.amount, unit)) for mark in sources))
    heads = (by, f"合计（{unit}）", *(source.label for source in sources))
    return Table(heads, rows, Row("合计", "", total))


def _url(mark: Mark) -> str:
    return mark.url if mark.count else ""


def _cells(mark: Mark, whole: Mark, unit: str, with_change: bool = False) -> tuple[Figure, ...]:
    share = "—" if mark.amount is None or not whole.amount else f"{mark.amount * 100 / whole.amount:.1f}%"
    changed = [Figure(signed_percent(mark.change.percent if mark.change else None))] if with_change else []
    return (Figure(f"{mark.count:,}"), Figure(format_amount(mark.amount, unit)), Figure(share), *changed)
