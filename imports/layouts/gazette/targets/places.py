"""A figure in its clause: what stands around it, and whether that alone already says that it is no target."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from imports.layouts.gazette.targets import tense, units
from imports.layouts.gazette.targets.figures import Figure
from imports.layouts.gazette.targets.naming import thing
from imports.layouts.gazette.targets.operators import Wording, find_comparison
from imports.layouts.gazette.targets.verbs import BUILDING, is_no_thing
from imports.layouts.gazette.targets.years import Year

_ENDS = re.compile(r"[、和及与并且而\x00.)(。;,]|(?:的)?(?:目标|水平|标准|任务)(?:$|[,;。、])|为止|$")
BARE_ADJUSTED = re.compile(r"(?:按|按照|依照|以|每|占|约占|的)$")
WEAK: Final = frozenset(["为", "是", "占", "拥有", "占比"])
_LISTED_CONDITION = re.compile(r"[、和或][^,;、]{0,40}[0-9][^0-9,;、]{0,8}的[^,;、]")


class Statement(NamedTuple):
    """A figure that states a target."""

    figure: Figure
    name: str
    operator: str
    word: str | None
    end: int
    done: bool
    """It is a number of things to be done, so that the next figure may share its verb."""
    by_rule: bool
    """A comparison or a named share: what may stand in a regulation without a year."""
    year: Year | None = None
    """Where the wording pairs years with figures."""


@dataclass(slots=True)
class Context:
    """What the clauses before said, within one sentence."""

    years: Sequence[Year]
    has_goal: bool
    """A year, a heading or an aim makes a bare figure a goal."""
    name: str = ""
    """Of the last target, or of a clause that only names what is measured."""
    unit: str | None = None
    done: bool = False
    names: list[str] = field(default_factory=list)
    """Of all targets so far: 旅客、收入达到…，分别增长… goes back to them."""


@dataclass(slots=True)
class Place:
    """A figure within its clause."""

    text: str
    clause_start: int
    begin: int
    """Where what belongs to this figure begins."""
    figure: Figure
    limit: int
    """Where the clause ends."""
    thing_limit: int
    """Where the next figure's part begins."""
    wording: Wording
    context: Context
    label: str = ""
    """The words before the figure, as a name."""

    @property
    def rest(self) -> str:
        return self.text[self.wording.after_end : self.limit]

    @property
    def ends(self) -> bool:
        return (
            _ENDS.match(self.text, self.wording.after_end, self.limit) is not None
            or self.wording.after_end >= self.limit
        )

    @property
    def thing(self) -> str:
        return "" if self.ends else thing(self.text, self.wording.after_end, self.thing_limit)


def is_excluded(place: Place) -> bool:
    """Conditions (…的), shares of a rule (按5%), legal periods, parts of the text (3项措施), indefinite 一."""
    figure, rest = place.figure, place.rest
    name_end = place.wording.name_end
    if rest.endswith("的"):
        return True
    adjusted = BARE_ADJUSTED.search(place.text, max(place.begin, name_end - 2), name_end)
    if adjusted and place.wording.kind != "reaches" and separated(place) is None:
        return True
    if place.text[max(name_end - 1, 0) : name_end] in {"由", "从", "自"} and not place.ends:
        return True
    if _LISTED_CONDITION.match(rest) and not BUILDING.search(place.label):
        return True
    if units.is_time(figure.unit) and not tense.is_duration_goal(place.label):
        return True
    if not place.ends and units.is_count(figure.unit) and is_no_thing(place.thing):
        return True
    if figure.chinese and figure.number == 1 and figure.unit != "%" and figure.unit != "倍":
        return place.wording.kind != "compares" and separated(place) is None
    return figure.unit is None and not _may_lack_unit(place)


def _may_lack_unit(place: Place) -> bool:
    """托位数达到4.5: a bare number at the end of a clause, after a word that says it is reached."""
    return (
        place.ends
        and bool(place.label)
        and (place.wording.kind in {"compares", "reaches"} and place.wording.word not in WEAK)
    )


def separated(place: Place) -> tuple[str, str, int, int] | None:
    """A comparison with words between it and the figure: 至少建成1家, 不超过编制总数的5%."""
    found = find_comparison(place.text, place.begin, place.wording.name_end)
    return found if found and place.wording.name_end - found[3] <= 16 else None
