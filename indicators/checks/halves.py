"""Indicators that stand in both halves of the form, period and annual, word for word: one thing to say, not two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeVar

from indicators.checks.findings import Correction
from indicators.checks.forms import SCOPE_NAMES, SCOPES, Form, Target

Verdict = TypeVar("Verdict")
Halves = tuple[Target, ...]
_SHOWN: Final = 30


def judged(targets: Iterable[Target], judge: Callable[[Target], Verdict | None]) -> Iterator[tuple[Halves, Verdict]]:
    """What ``judge`` says of each indicator, those of the same class, name, value and verdict together."""
    groups: dict[tuple[str, str, str, Verdict], list[Target]] = {}
    for target in targets:
        verdict = judge(target)
        if verdict is not None:
            groups.setdefault((target.category, target.name.strip(), target.value.strip(), verdict), []).append(target)
    for (*_, verdict), same in groups.items():
        yield tuple(same), verdict


def judged_alike(form: Form, judge: Callable[[Target], Verdict | None]) -> Iterator[tuple[Halves, Verdict]]:
    """What ``judge`` says of the indicators of a form, where it looks at class, name and value alone."""
    for halves in form.halves:
        verdict = judge(halves[0])
        if verdict is not None:
            yield halves, verdict


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
