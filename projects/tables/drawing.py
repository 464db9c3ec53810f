"""The rows of a table of projects as markup: every cell of the list is made here, for whatever draws or renews one.

A page has hundreds of cells, so each is a function's work and not a template's. Every text of the database is escaped
where it is put in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, Final

from django.utils import timezone

from perfgoals.addresses import numbered
from perfgoals.money import decimal_places, format_amount
from projects.tables.cells import Showing
from projects.tables.columns import NAME, Column, Kind
from projects.tables.rows import Money, Row

CUT: Final = 60
"""Characters of a text that a cell shows; no cell is wider."""
TITLE_CUT: Final = 400
"""Characters that stand in its title."""
LEAST_PLACES: Final = 2
TO_COME: Final = "…"
"""Stands where a sum will, once it is counted."""

Sums = Mapping[str, Money]


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a table, what its cells share, and how many decimal places each money column has."""

    columns: Sequence[Column]
    showing: Showing
    places: Mapping[str, int]
    picks: bool = False
    """Whether rows can be chosen."""

    def rows(self, rows: Iterable[Row]) -> str:
        """The rows, one below the other."""
        return "\n".join(map(self.row, rows))

    def row(self, row: Row) -> str:
        """One row."""
        pk = row.project.pk
        pick = _pick(row) if self.picks else ""
        cells = "".join(self.cell(row, column) for column in self.columns)
        return f'<tr data-project="{pk}" data-panel="{numbered("project-panel", pk)}">{pick}{cells}</tr>'

    def cell(self, row: Row, column: Column) -> str:
        """One cell of a row."""
        if column.inside is not None:
            return _cell(column, column.inside(row, self.showing))
        value = column.value(row)
        if column.is_money:
            return _cell(column, self._figure(column, value))
        if value is None or value == "":
            return _cell(column, "" if column.kind is Kind.NUMBER else "—")
        if column.kind is not Kind.TEXT:
            return _cell(column, escape(_SHOWN[column.kind](value)))
        return _text(column, str(value))

    def sums(self, label: str, sums: Sums | None) -> str:
        """A last row: what every money column adds up to (``None``: it is still counted), all other cells empty."""
        cells = (
            f'<th scope="row" class="col-{NAME.css}">{escape(label)}</th>'
            if column is NAME
            else _cell(column, self._sum(column, sums) if column.is_money else "")
            for column in self.columns
        )
        pick = '<td class="col-pick"></td>' if self.picks else ""
        return f"<tr>{pick}{''.join(cells)}</tr>"

    def _sum(self, column: Column, sums: Sums | None) -> str:
        return TO_COME if sums is None else self._figure(column, sums[column.key])

    def _figure(self, column: Column, yuan: Money) -> str:
        """An amount, set so that the decimal points of its column stand below each other."""
        text = format_amount(yuan, self.showing.unit)
        missing = 0 if yuan is None else self.places[column.key] - decimal_places(text)
        return f'<span class="short-{missing}">{text}</span>' if missing > 0 else text


def table_of(
    columns: Sequence[Column], rows: Sequence[Row], showing: Showing, *, sums: Sequence[Sums] = (), picks: bool = False
) -> Table:
    """The table in which these rows and sums stand."""
    places = {
        column.key: max(
            LEAST_PLACES,
            *(
                decimal_places(format_amount(yuan, showing.unit))
                for yuan in [*(column.value(row) for row in rows), *(each[column.key] for each in sums)]
            ),
        )
        for column in columns
        if column.is_money
    }
    return Table(columns, showing, places, picks)


def _cell(column: Column, inside: str) -> str:
    if column is NAME:
        return f'<th scope="row" class="col-{column.css}">{inside}</th>'
    return f'<td class="col-{column.css}{" number" if column.is_figure else ""}">{inside}</td>'


def _text(column: Column, text: str) -> str:
    title = text if len(text) <= TITLE_CUT else f"{text[:TITLE_CUT]}…"
    shown = " ".join(text[: CUT + 1].split())
    return f'<td class="col-{column.css} cut" title="{escape(title)}">{escape(shown)}</td>'


def _pick(row: Row) -> str:
    project = row.project
    amount = "" if project.amount is None else f"{project.amount:f}"
    return (
        f'<td class="col-pick"><label><input type="checkbox" form="bulk" name="ids" value="{project.pk}"'
        f' data-amount="{amount}" aria-label="选中{escape(project.name)}" autocomplete="off"></label></td>'
    )


def _day(value: datetime) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d}"


def _time(value: datetime) -> str:
    return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"


_SHOWN: Final[dict[Kind, Callable[[Any], str]]] = {Kind.NUMBER: str, Kind.DAY: _day, Kind.TIME: _time}
