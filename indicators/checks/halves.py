"""Indicators that stand in both halves of the form, period and annual, word for word: one thing to say, not two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, TypeVar

from indicators.checks.findings import Correction
from indicators.checks.forms import SCOPE_NAMES, SCOPES, Form, Target, once_a_form

Verdict = TypeVar("Verdict")
Halves = tuple[Target, ...]
Judge = Callable[[Target], Verdict | None]
_SHOWN: Final = 30
_ROW_JUDGES: Final[dict[Judge[Any], None]] = {}


def judged(targets: Iterable[Target], judge: Judge[Verdict]) -> Iterator[tuple[Halves, Verdict]]:
    """What ``judge`` says of each indicator, those of the same class, name, value and verdict together."""
    groups: dict[tuple[str, str, str, Verdict], list[Target]] = {}
    for target in targets:
        verdict = judge(target)
        if verdict is not None:
            groups.setdefault((target.category, target.name.strip(), target.value.strip(), verdict), []).append(target)
    for (*_, verdict), same in groups.items():
        yield tuple(same), verdict


def row_judge(judge: Judge[Verdict]) -> Judge[Verdict]:
    """Marks a judge that looks at class, name and value of an indicator alone, for `judged_alike`."""
    _ROW_JUDGES[judge] = None
    return judge


def judged_alike(form: Form, judge: Judge[Verdict]) -> Sequence[tuple[Halves, Verdict]]:
    """What ``judge`` says of the indicators of a form, where it looks at class, name and value alone.

    What a `row_judge` said is remembered, others are asked.
    """
    if judge in _ROW_JUDGES:
        return _by_judge(form).get(judge, ())
    return [(halves, verdict) for halves in form.halves if (verdict := judge(halves[0])) is not None]


@once_a_form
def _by_judge(form: Form) -> dict[Judge[Any], list[tuple[Halves, Any]]]:
    found: dict[Judge[Any], list[tuple[Halves, Any]]] = {}
    for halves in form.halves:
        one = halves[0]
        for judge, verdict in _verdicts(one.category, one.name, one.value, one.operator, one.amount, one.unit):
            found.setdefault(judge, []).append((halves, verdict))
    return found


@lru_cache(maxsize=32768)
def _verdicts(
    category: str, name: str, value: str, operator: str | None, amount: Decimal | None, unit: str | None
) -> tuple[tuple[Judge[Any], Any], ...]:
    """What all row judges say of an indicator: most stand in many forms, and hardly any has something to be said of."""
    target = Target(0, "annual", 0, category, "", name, value, operator, amount, unit)
    return tuple((judge, verdict) for judge in _ROW_JUDGES if (verdict := judge(target)) is not None)


def called(halves: Halves) -> str:
    """The indicators as messages call them: 年度“受训人数”, 实施期和年度“受训人数”."""
    scopes = {target.scope for target in halves}
    return f"{'和'.join(SCOPE_NAMES[scope] for scope in SCOPES if scope in scopes)}“{shown(halves[0].name) or shown(halves[0].label)}”"


def printed(halves: Halves) -> str:
    """Their value as messages quote it."""
    return f"“{shown(halves[0].value)}”"


def shown(text: str) -> str:
    """A name or value, cut short where it is as long as a sentence."""
    bare = text.strip()
    return bare if len(bare) <= _SHOWN else f"{bare[: _SHOWN - 6]}…"


def at(halves: Halves, *parts: str) -> tuple[str, ...]:
    """The paths of parts, the first part of all halves first."""
    return tuple(target.at(part) for part in parts for target in halves)


def corrected(halves: Halves, part: str, text: str) -> tuple[Correction, ...]:
    """The same new text in all halves."""
    return tuple(Correction(target.at(part), text) for target in halves)
