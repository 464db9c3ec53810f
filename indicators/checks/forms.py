"""What rules read: a project's form as plain values, and what stands around it.

Fields are named by *paths*, those of the editing page: ``overview``, ``goals.annual``, ``funding.period.total``,
``funding.annual.local``, and ``indicator.<number>.name|value|label|category`` for one half of a row of the tree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from functools import cached_property, wraps
from typing import Any, Final, NamedTuple, TypeVar

SCOPES: Final = ("period", "annual")
SCOPE_NAMES: Final = {"period": "实施期", "annual": "年度"}
TEXTS: Final = {
    "name": "项目名称", "implementing_unit": "实施单位", "attribute": "项目属性", "duration": "项目期",
    "overview": "项目概况", "basis": "立项依据", "content": "支出内容", "necessity": "项目设立必要性",
    "safeguards": "保证项目实施的制度、措施", "plan": "项目实施计划", "contact_lead": "负责人",
    "contact_handler": "经办人", "contact_phone": "联系电话", "department_code": "部门代码", "department": "主管部门",
}  # fmt: skip
"""Path of a text → what the form calls it."""
LONG_TEXTS: Final = ("overview", "basis", "content", "necessity", "safeguards", "plan")


class Target(NamedTuple):
    """One half of a row of the tree: a level-3 indicator with its value, in one scope.

    A tuple, since a form has twenty and a dataclass that cannot change takes ten times as long to make.
    """

    number: int
    """What it is stored under; negative while it is not stored."""
    scope: str
    position: int
    """Row of the form: a period and an annual indicator of one row share it."""
    category: str
    """Code of the level-2 class (`indicators.categories`)."""
    label: str
    """The level-2 label as printed."""
    name: str
    value: str
    """As printed: ≥95%."""
    operator: str | None
    """``>=`` ``<=`` ``>`` ``<`` ``=``, or ``None`` where none is printed or the value is text."""
    amount: Decimal | None
    """The number of a quantitative value."""
    unit: str | None

    def at(self, part: str) -> str:
        """The path of ``name``, ``value``, ``label`` or ``category``."""
        return f"indicator.{self.number}.{part}"

    @property
    def is_quantitative(self) -> bool:
        """Whether the value is a number."""
        return self.amount is not None

    @property
    def title(self) -> str:
        """The indicator as messages call it: 年度“道路硬化里程”."""
        return f"{SCOPE_NAMES[self.scope]}“{self.name.strip() or self.label.strip()}”"


@dataclass(frozen=True)
class Form:
    """A project's form. Null text (``None``): its source has no such field; empty text: printed and left empty."""

    number: int
    region: str
    year: int
    texts: Mapping[str, str | None]
    """By the paths of `TEXTS`; ``department`` is the name as printed."""
    department: int | None = None
    """The department that it belongs to, by its number."""
    amount: Decimal | None = None
    """Yuan of the year (年度资金总额); ``None`` is blank."""
    period_amount: Decimal | None = None
    """Yuan of the whole period (实施期资金总额)."""
    funding: Mapping[str, Mapping[str, Decimal | None]] = field(default_factory=dict)
    """Scope → source → yuan, blanks as ``None``; empty where the source has no funding table."""
    goals: Mapping[str, str] = field(default_factory=dict)
    """Scope → text (总体目标)."""
    targets: tuple[Target, ...] = ()
    """In the form's order."""
    filed: datetime | None = None
    is_form: bool = True
    """Whether it is a target form (目标申报表); a row of a city's list has neither funding table nor tree."""
    unit: str = "元"
    """The unit in which its money was printed."""

    def text(self, path: str) -> str:
        """A text or goal without the white space around it; empty where there is none."""
        if path.startswith("goals."):
            return self.goals.get(path.removeprefix("goals."), "").strip()
        return (self.texts.get(path) or "").strip()

    def total(self, scope: str) -> Decimal | None:
        """Yuan of a scope."""
        return self.period_amount if scope == "period" else self.amount

    def of_scope(self, scope: str) -> tuple[Target, ...]:
        """The indicators of a scope."""
        return self._by_scope[scope]

    def of_class(self, *codes: str, scope: str | None = None) -> tuple[Target, ...]:
        """The indicators below classes of level 1 or 2 (``output``, ``output.cost``)."""
        hits = [found for code in codes if (found := self._by_class.get((code, scope)))]
        if len(hits) < 2:
            return tuple(hits[0]) if hits else ()
        return tuple(
            target
            for target in (self.targets if scope is None else self.of_scope(scope))
            if target.category in codes or target.category.partition(".")[0] in codes
        )

    def has_class(self, *codes: str, scope: str) -> bool:
        """Whether a scope has an indicator below classes of level 1 or 2."""
        return not self._classes[scope].isdisjoint(codes)

    @cached_property
    def _classes(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {scope: set() for scope in SCOPES}
        for code, scope in self._by_class:
            if scope is not None:
                found.setdefault(scope, set()).add(code)
        return found

    @cached_property
    def named(self) -> dict[str, dict[str, Target]]:
        """Scope → name → indicator, of the names that a scope has just once; white space and widths aside."""
        from indicators.checks.stems import plain_name

        found: dict[str, dict[str, Target]] = {}
        for scope in SCOPES:
            names = [plain_name(target.name) for target in self.of_scope(scope)]
            members, counts = zip(names, self.of_scope(scope), strict=True), Counter(names)
            found[scope] = {name: target for name, target in members if name and counts[name] == 1}
        return found

    @cached_property
    def _by_class(self) -> dict[tuple[str, str | None], list[Target]]:
        found: defaultdict[tuple[str, str | None], list[Target]] = defaultdict(list)
        for target in self.targets:
            code, scope = target.category, target.scope
            level1, below, _ = code.partition(".")
            found[code, None].append(target)
            found[code, scope].append(target)
            if below:
                found[level1, None].append(target)
                found[level1, scope].append(target)
        return found

    @cached_property
    def halves(self) -> tuple[tuple[Target, ...], ...]:
        """The indicators, those of both scopes that agree in class, name and value together: said of one, said of both."""
        groups: dict[tuple[str, str, str], list[Target]] = {}
        for target in self.targets:
            groups.setdefault((target.category, target.name.strip(), target.value.strip()), []).append(target)
        return tuple(tuple(same) for same in groups.values())

    @cached_property
    def _by_scope(self) -> dict[str, tuple[Target, ...]]:
        return {scope: tuple(target for target in self.targets if target.scope == scope) for scope in SCOPES}

    @cached_property
    def told(self) -> dict[Callable[[Form], Any], Any]:
        """What functions found out about the form (`once_a_form`)."""
        return {}

    @cached_property
    def years(self) -> int | None:
        """How many years the period has as 项目期 says it (1年, 3年, 2025-2027年); ``None`` if it cannot be told."""
        from indicators.checks.periods import years_of

        return years_of(self.text("duration"))


Told = TypeVar("Told")


def once_a_form(tell: Callable[[Form], Told]) -> Callable[[Form], Told]:
    """Lets what several rules ask about a form be found out once: a form never changes."""

    @wraps(tell)
    def told(form: Form) -> Told:
        known = form.told
        if tell not in known:
            known[tell] = tell(form)
        answer: Told = known[tell]
        return answer

    return told


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another project that has something in common with this one."""

    number: int
    name: str
    department: int | None
    department_name: str
    year: int
    region: str
    same: frozenset[str]
    """What agrees word for word, white space aside: ``name``, ``overview``, ``goals.annual`` …, or ``stem``: the name
    without the number of its part (一期, 第二标段)."""


@dataclass(frozen=True, slots=True)
class Filing:
    """Another filing of the same project in the same year: where it stands, and in what it differs."""

    document: str
    line: int
    differing: tuple[str, ...]
    """What the form calls the fields that differ; empty where all agree."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a rule may know beyond the form itself."""

    last_year: Form | None = None
    """The form of the same project (region, department and name) of the year before."""
    neighbours: tuple[Neighbour, ...] = ()
    filings: tuple[Filing, ...] = ()


ALONE: Final = Surroundings()
"""Nothing is known of the surroundings."""
