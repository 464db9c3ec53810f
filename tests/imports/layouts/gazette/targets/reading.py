"""Targets of a text as tuples that tests can compare."""

from __future__ import annotations

from decimal import Decimal

from imports.layouts.gazette.drafts import Heading, TargetDraft
from imports.layouts.gazette.paragraphs import Paragraph
from imports.layouts.gazette.targets import find_targets

Facts = tuple[str, str, Decimal, str | None, int | None]


def targets(
    *texts: str, horizon: int | None = None, issued: int | None = None, headings: tuple[str, ...] = ()
) -> list[TargetDraft]:
    """The targets of paragraphs that stand on lines 1, 2, … under the headings."""
    above = tuple(Heading(0, level, text) for level, text in enumerate(headings, 1))
    paragraphs = [Paragraph(text, ((0, line),), above) for line, text in enumerate(texts, 1)]
    return list(find_targets(paragraphs, horizon, issued))


def facts(
    *texts: str, horizon: int | None = None, issued: int | None = None, headings: tuple[str, ...] = ()
) -> list[Facts]:
    found = targets(*texts, horizon=horizon, issued=issued, headings=headings)
    return [(target.name, target.operator, target.number, target.unit, target.year) for target in found]


def fact(name: str, operator: str, number: str, unit: str | None, year: int | None) -> Facts:
    return name, operator, Decimal(number), unit, year
