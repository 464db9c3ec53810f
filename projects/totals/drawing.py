"""The rows of a table of totals as markup; every text that is none yet is escaped where it is put in."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe

from projects.totals.showing import Shown, ShownRow


def rows_drawn(rows: Iterable[ShownRow]) -> SafeString:
    """The rows, one below the other."""
    return mark_safe("\n".join(map(_row, rows)))  # noqa: S308  # it escapes


def total_drawn(row: ShownRow) -> SafeString:
    """The cells of the last row after its name. It is the whole, so that no bar says how much of it."""
    return mark_safe("".join(_cell(cell, with_bar=False) for cell in row.cells))  # noqa: S308  # it escapes


def _row(row: ShownRow) -> str:
    label = escape(row.label)
    name = f'<a href="{escape(row.url)}" data-row-link>{label}</a>' if row.url else label
    group = ' class="subtotal"' if row.is_group else ""
    return f'<tr{group}><th scope="row" class="col-label depth-{row.depth}">{name}{_note(row)}</th>{"".join(map(_cell, row.cells))}</tr>'


def _note(row: ShownRow) -> str:
    if row.is_repeated:
        return ' <span class="quiet">（续）</span>'
    note = escape(row.note)
    return f' <span class="quiet" title="{note}">{note}</span>' if note else ""


def _cell(cell: Shown, *, with_bar: bool = True) -> str:
    text = cell.text if isinstance(cell.text, SafeString) else escape(cell.text)
    if cell.bar and with_bar:
        text = f'<svg class="bar" aria-hidden="true"><rect width="{cell.bar}" height="100%" /></svg><span>{text}</span>'
    elif cell.url:
        text = f'<a href="{escape(cell.url)}" data-kind="{escape(cell.kind)}">{text}</a>'
    return f'<td class="{cell.css}">{text}</td>'
