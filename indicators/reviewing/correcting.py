"""What a proposed correction changes: the state with the texts of the correction in it, and what stood there before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indicators.categories import DEFINITIONS
from indicators.checks.forms import LONG_TEXTS, TEXTS
from indicators.reviewing.loading import column_of
from indicators.state import IndicatorRow, State
from indicators.values import parse_value


class CorrectionError(ValueError):
    """A correction names a place that the state does not have."""


def corrected(state: State, corrections: Iterable[Sequence[str]]) -> State:
    """The state with corrections (pairs of path and text) made. Raises `CorrectionError`."""
    wanted = state.copy()
    for path, text in corrections:
        kind, _, rest = path.partition(".")
        if kind == "indicator":
            number, _, part = rest.partition(".")
            row = wanted.indicators.get(int(number))
            if row is None:
                raise CorrectionError(path)
            wanted.indicators[int(number)] = _row(wanted, row, part, text)
        elif kind == "goals":
            wanted.goals[rest] = text
        elif path in TEXTS:
            wanted.fields[column_of(path)] = text if path in LONG_TEXTS else text.strip()
        else:
            raise CorrectionError(path)
    return wanted


def _row(state: State, row: IndicatorRow, part: str, text: str) -> IndicatorRow:
    if part == "value":
        read = parse_value(text)
        return row._replace(value=text, operator=read.operator, number=read.number, unit=read.unit)
    if part == "name":
        return row._replace(name=text)
    if part == "category" and text in DEFINITIONS:
        return row._replace(category_id=text, level2_label=_label(state, text))
    raise CorrectionError(part)


def _label(state: State, category: str) -> str:
    """The form's own label of a class, else the standard one."""
    rows = (row for row in state.indicators.values() if row.category_id == category)
    return next((row.level2_label for row in rows if row.level2_label), DEFINITIONS[category].name)
