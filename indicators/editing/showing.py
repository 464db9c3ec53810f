"""A project's state as the sheet that a person starts from."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from django.utils import timezone

from indicators.editing.fields import PLAIN, TEXTS
from indicators.editing.operations import set_printed
from indicators.editing.sheet import SCOPES, Half, Row, Sheet, one_line
from indicators.models import Indicator
from indicators.state import Cell, State
from indicators.tree import group_key, paired
from perfgoals.money import AmountError, in_unit, parse_amount
from projects.funding_sources import SOURCES

TIME_FORMAT: Final = "%Y-%m-%d %H:%M:%S"
LONG: Final = frozenset(TEXTS)
"""Fields of several lines."""


def sheet_of(state: State) -> Sheet:
    """The form of a state, with every row under a key that follows from its indicators' numbers."""
    fields = state.fields
    head = {name: fields[name] or "" for name in (*PLAIN, "funding_note")}
    head.update({name: one_line(text) for name, text in head.items() if name not in LONG})
    head["department"] = str(fields["department_id"] or "")
    head["serial"] = "" if fields["serial"] is None else str(fields["serial"])
    head["filed_at"] = timezone.localtime(fields["filed_at"]).strftime(TIME_FORMAT) if fields["filed_at"] else ""
    return Sheet(
        head=head,
        funding=_funding(state),
        goals={scope: state.goals.get(scope, "") for scope in SCOPES},
        rows=rows_of(state),
    )


def rows_of(state: State) -> list[Row]:
    """The rows of the tree: halves matched within their class, in the form's order."""
    groups: dict[tuple[str, str], list[Indicator]] = {}
    for number, stored in state.indicators.items():
        indicator = Indicator(pk=number, **stored._asdict())
        groups.setdefault(group_key(indicator), []).append(indicator)
    rows = [_row(pair.period, pair.annual) for members in groups.values() for pair in paired(members)]
    order = {number: place for place, number in enumerate(state.indicators)}
    rows.sort(key=lambda row: min(order[half] for half in (row.period.id, row.annual.id) if half is not None))
    for row in rows:
        _forget_unstored(row)
    return rows


def amount_text(cell: Cell, unit: str) -> str:
    """A money cell as it stands in the form: what was printed, if that says the amount, else the amount itself."""
    if cell.amount is None:
        return ""
    try:
        if cell.printed and parse_amount(cell.printed, unit) == cell.amount:
            return " ".join(cell.printed.split())
    except AmountError:
        pass
    return plain_amount(cell.amount, unit)


def plain_amount(yuan: Decimal, unit: str) -> str:
    """An amount in a unit with thousands separators and as many decimals as it needs."""
    value = in_unit(yuan, unit)
    text = f"{value.normalize():,f}" if value != value.to_integral() else f"{value.to_integral():,f}"
    return text


def _funding(state: State) -> dict[str, str]:
    unit = state.fields["printed_unit"]
    texts = {}
    for scope, column in (("period", "period_amount"), ("annual", "amount")):
        total = Cell(state.fields[column], state.fields[f"{column}_printed"])
        texts[f"{scope}.total"] = amount_text(total, unit)
        for source in SOURCES:
            texts[f"{scope}.{source}"] = amount_text(state.funding.get((scope, source), Cell(None, None)), unit)
    return texts


def _row(period: Indicator | None, annual: Indicator | None) -> Row:
    halves = [half for half in (period, annual) if half is not None]
    label = next((half.level2_label for half in halves if half.level2_label), "")
    return Row(f"i{halves[0].pk}", halves[0].category_id, label, _half(period), _half(annual))


def _half(indicator: Indicator | None) -> Half:
    if indicator is None:
        return Half()
    half = Half(indicator.pk, one_line(indicator.name))
    set_printed(half, one_line(indicator.value))
    return half


def _forget_unstored(row: Row) -> None:
    """Rows that are not stored yet have no number; their key must still be one that a browser can send."""
    row.key = row.key.replace("i-", "n")
    for half in (row.period, row.annual):
        if half.id is not None and half.id < 0:
            half.id = None


def shown_halves(rows: Sequence[Row]) -> dict[int, Half]:
    """Halves by the number of their indicator, as the form shows them."""
    return {half.id: half for row in rows for half in (row.period, row.annual) if half.id is not None}
