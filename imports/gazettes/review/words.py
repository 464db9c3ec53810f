"""Targets in words: their values, their years, and where the clause stands in its sentence."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from imports.gazettes.models import ProseTarget

SIGNS: Final = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "=", "~": "≈"}
OPERATOR_NAMES: Final = {
    ">=": "≥ 不低于", "<=": "≤ 不超过", ">": "> 超过", "<": "< 低于", "=": "= 达到", "~": "≈ 左右",
}  # fmt: skip
YEAR_BASES: Final = {"clause": "句中写明", "paragraph": "按本段", "heading": "按标题", "document": "按规划期"}


class Clause(NamedTuple):
    """A sentence cut at the clause that states the target. Where the clause is not found, all stands before it."""

    before: str
    clause: str
    after: str


class Change(NamedTuple):
    """A value that a person changed."""

    label: str
    old: str
    new: str


def number_in_words(number: Decimal) -> str:
    """A number as people write it: ``12,000``, ``98.5``."""
    # Not rounded, as ``:,f`` alone would keep the zeros of the column.
    whole, _, rest = f"{number:,f}".partition(".")
    rest = rest.rstrip("0")
    return f"{whole}.{rest}" if rest else whole


def value_in_words(operator: str, number: Decimal, unit: str) -> str:
    """A target's value: ``≥ 98%``, ``= 120 个``."""
    gap = "" if unit[:1] in ("", "%", "‰") else " "
    return f"{SIGNS.get(operator, operator)} {number_in_words(number)}{gap}{unit}"


def year_in_words(year: int | None) -> str:
    """The year of a target."""
    return f"{year} 年" if year else "未写明年份"


def clause_in(target: ProseTarget) -> Clause:
    """The sentence of a target with its clause apart; white space between the two may differ."""
    start = target.sentence.find(target.text)
    if start >= 0:
        end = start + len(target.text)
        return Clause(target.sentence[:start], target.sentence[start:end], target.sentence[end:])
    places = [at for at, sign in enumerate(target.sentence) if not sign.isspace()]
    wanted = "".join(target.text.split())
    start = "".join(target.sentence[at] for at in places).find(wanted) if wanted else -1
    if start < 0:
        return Clause(target.sentence, "", "")
    first, last = places[start], places[start + len(wanted) - 1] + 1
    return Clause(target.sentence[:first], target.sentence[first:last], target.sentence[last:])


def facts_of(*, name: str, operator: str, number: Decimal, unit: str, year: int | None) -> dict[str, str]:
    """What is understood of a target, by its labels."""
    return {"指标": name, "目标值": value_in_words(operator, number, unit), "目标年": year_in_words(year)}


def changes_between(old: dict[str, str], new: dict[str, str]) -> list[Change]:
    """What differs between two understandings."""
    return [Change(label, old[label], new[label]) for label in new if old.get(label) != new[label]]


def facts_of_target(target: ProseTarget) -> dict[str, str]:
    """What is in force."""
    return facts_of(
        name=target.name, operator=target.operator, number=target.number, unit=target.unit, year=target.year
    )


def facts_of_draft(target: ProseTarget) -> dict[str, str]:
    """What the reader took."""
    read = target.draft
    return facts_of(
        name=read["name"] or "", operator=read["operator"] or "=", number=Decimal(read["number"]),
        unit=read["unit"] or "", year=read["year"],
    )  # fmt: skip
