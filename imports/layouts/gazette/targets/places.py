"""A figure in its clause: what stands around it, and what the clauses before have said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from imports.layouts.gazette.targets import units
from imports.layouts.gazette.targets.figures import Figure
from imports.layouts.gazette.targets.naming import thing
from imports.layouts.gazette.targets.operators import Wording, find_comparison
from imports.layouts.gazette.targets.years import Year

_ENDS = re.compile(r"[、和及与并且而\x00.)(。;,]|(?:的)?(?:目标|水平|标准|任务)(?:$|[,;。、])|大关|关口|为止|$")
_SECOND_MEASURE = re.compile(rf"[0-9][0-9.,]{{0,12}}[万亿]?(?:{units.UNIT})(?:$|[,;。、])")
"""治理河流5条120公里 measures one thing twice."""
BARE_ADJUSTED = re.compile(r"(?:按|按照|依照|以|每|占|约占|的)$")
OF_WHOLE = re.compile(r"(?:达到?|占到?|覆盖到?|占比达到?|完成|回收|转化)(?P<whole>[^,;、0-9]{2,20})的$")
"""达到新建面积的40%: a share of something that stands between the verb and the figure."""
WEAK: Final = frozenset(["为", "是", "占", "拥有", "占比"])


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


Named = tuple[str, bool, bool] | tuple[str, bool, bool, str]
"""Name, whether something is done, whether it may stand as a rule, and the operator where it stands apart."""


@dataclass(slots=True)
class Context:
    """What the clauses before said, within one sentence."""

    years: Sequence[Year]
    has_goal: bool
    """A year, a heading or an aim makes a bare figure a goal."""
    dated: bool = False
    """The sentence, its paragraph, a heading or the document says by when."""
    aimed: bool = False
    """A heading or the sentence says that something is aimed at."""
    topic: str = ""
    """What a clause announces before its colon: 改造任务分配如下：甲县30户."""
    said: str = ""
    """The clause before, where it has no figure."""
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
            or _SECOND_MEASURE.match(self.text, self.wording.after_end, self.limit) is not None
        )

    @property
    def thing(self) -> str:
        return "" if self.ends else thing(self.text, self.wording.after_end, self.thing_limit)


def separated(place: Place) -> tuple[str, str, int, int] | None:
    """A comparison with words between it and the figure: 至少建成1家, 不超过编制总数的5%."""
    found = find_comparison(place.text, place.begin, place.wording.name_end)
    return found if found and place.wording.name_end - found[3] <= 16 else None
