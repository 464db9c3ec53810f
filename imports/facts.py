"""A project as a set of named facts, so that what a source states and what the database holds can be compared.

Three states meet at a re-import: what the source stated last time (*base*), what stands in the database now (*current*)
and what the source states this time (*stated*). `merge` decides fact by fact, and never overwrites what people changed.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from operator import attrgetter
from typing import Final, NamedTuple

from imports.drafts import SCOPES, SOURCES, Amount, IndicatorDraft, ProjectDraft
from indicators.categories import DEFINITIONS, level1_name

SCALARS: Final[dict[str, str]] = {
    "serial": "序号",
    "name": "项目名称",
    "department_name": "主管部门",
    "department_code": "部门代码",
    "implementing_unit": "实施单位",
    "attribute": "项目属性",
    "duration": "项目期",
    "printed_unit": "印刷单位",
    "basis": "立项依据",
    "content": "支出内容",
    "overview": "项目概况",
    "necessity": "项目设立必要性",
    "safeguards": "保证项目实施的制度、措施",
    "plan": "项目实施计划",
    "goal_period": "实施期目标",
    "goal_annual": "年度目标",
    "filed_at": "填报日期",
    "contact_lead": "负责人",
    "contact_handler": "经办人",
    "contact_phone": "联系电话",
}
"""Draft field → its Chinese label, in the order of the report."""

CONTACTS: Final = ("contact_lead", "contact_handler", "contact_phone")
SCOPE_NAMES: Final = {"period": "实施期", "annual": "年度"}
SOURCE_NAMES: Final = {
    "total": "资金总额",
    "central": "中央财政资金",
    "provincial": "省级财政资金",
    "local": "市县（区）财政资金",
    "self_raised": "单位自筹",
    "other": "其他资金",
}


class Target(NamedTuple):
    """An indicator's fact: its printed level-2 label, its printed value and what was understood of it."""

    label: str
    value: str
    operator: str | None
    number: Decimal | None
    unit: str | None


class Body(NamedTuple):
    """The department that a printed name was joined to."""

    pk: int
    name: str


Fact = str | int | Decimal | Target | Body | None


class IndicatorKey(NamedTuple):
    """What makes an indicator the same one: scope, class and name; ``nth`` tells doubled names apart."""

    scope: str
    category: str
    name: str
    nth: int


Key = str | IndicatorKey
Facts = dict[Key, Fact]


def facts_of(draft: ProjectDraft) -> Facts:
    """The facts that a draft states. Blank cells are facts (``None``); a missing funding table is not there at all.

    Contacts are facts only where they are stated: interchange files never carry them.
    """
    facts: Facts = {name: _scalar(getattr(draft, name)) for name in SCALARS}
    for name in CONTACTS:
        if facts[name] is None:
            del facts[name]
    facts["amount"] = draft.amount.yuan
    for scope in SCOPES if draft.funding else ():
        column = draft.funding[scope]  # type: ignore[index]  # guarded by the line above
        if scope == "period":  # the annual total is the amount
            facts["funding.period.total"] = column.total.yuan
        for code in SOURCES:
            facts[f"funding.{scope}.{code}"] = column.sources.get(code, Amount(None, None)).yuan
    facts.update(indicator_facts(draft.indicators))
    return facts


_STATED: Final = attrgetter(*SCALARS, "amount", "funding", "indicators")


def is_same(one: ProjectDraft, other: ProjectDraft) -> bool:
    """Whether two drafts state the very same, down to what is printed: then they have the same facts in the same order.

    Others may have the same facts as well; this is what most projects of a file that comes again are, told quickly.
    """
    return bool(_STATED(one) == _STATED(other))


def indicator_facts(indicators: Iterable[IndicatorDraft]) -> dict[Key, Fact]:
    """Facts of an indicator list in its order."""
    return {
        key: Target(draft.level2, draft.value, draft.operator, draft.number, draft.unit)
        for key, draft in keyed(indicators)
    }


def keyed(indicators: Iterable[IndicatorDraft]) -> list[tuple[IndicatorKey, IndicatorDraft]]:
    """Each indicator with its key."""
    drafts = list(indicators)
    return list(zip(numbered((draft.scope, draft.category, draft.level3) for draft in drafts), drafts, strict=True))


def numbered(identities: Iterable[tuple[str, str, str]]) -> Iterator[IndicatorKey]:
    """The keys of indicators, given the scope, class and name of each in their order."""
    seen: dict[tuple[str, str, str], int] = {}
    for identity in identities:
        nth = seen[identity] = seen.get(identity, 0) + 1
        yield IndicatorKey(*identity, nth)


class Change(NamedTuple):
    """One fact before and after; ``None`` where it was or is absent or blank."""

    key: Key
    old: Fact
    new: Fact


@dataclass(slots=True)
class Merge:
    """The outcome of a merge: what changes, and where people's edits and the source disagree."""

    changes: list[Change] = field(default_factory=list)
    conflicts: list[Change] = field(default_factory=list)
    """``old`` is the current value, ``new`` what the source states."""

    @property
    def kept(self) -> list[Change]:
        """The conflicts in which the current value stays."""
        taken = {change.key for change in self.changes}
        return [change for change in self.conflicts if change.key not in taken]


_ABSENT: Final = object()


def merge(
    base: Mapping[Key, Fact] | None, current: Facts, stated: Facts, *, take_source: bool, take: Container[str] = ()
) -> Merge:
    """Compare the three states.

    A fact that people have not touched since the last import follows the source. One that they changed stays, and is
    a conflict wherever the source states something else; ``take_source`` lets the source win everywhere, ``take`` (the
    facts' `key_text`) in some. Without a base (the project was entered by hand) every difference is a conflict.
    """
    result = Merge()
    for key in {**stated, **current}:
        new = stated.get(key, _ABSENT)
        old = current.get(key, _ABSENT)
        if new == old or (new is _ABSENT and key in CONTACTS):
            continue
        change = Change(key, _shown(old), _shown(new))
        untouched = base is not None and base.get(key, _ABSENT) == old
        if not untouched:
            result.conflicts.append(change)
        if untouched or take_source or key_text(key) in take:
            result.changes.append(change)
    return result


ORDER: Final = "indicator_order"
"""Key of the change in which a source states the same indicators in another order."""

TABLE: Final = "funding_table"
"""Key of the change in which a funding table comes or goes as a whole."""


def reordered(base: Facts, current: Facts, stated: Facts) -> bool:
    """Whether the source put the indicators in another order, and people left the former order alone."""
    common = [key for key in stated if isinstance(key, IndicatorKey) and key in current]
    before = [key for key in current if key in common]
    return before != common and before == [key for key in base if key in common]


def difference(one: Facts, other: Facts) -> list[Change]:
    """The facts in which two states differ, ``old`` from the first."""
    keys = [key for key in {**one, **other} if one.get(key, _ABSENT) != other.get(key, _ABSENT)]
    return [Change(key, _shown(one.get(key)), _shown(other.get(key))) for key in keys]


def is_funding(key: Key) -> bool:
    """Whether the fact is a figure of the funding table (the annual total is the amount, and not among them)."""
    return isinstance(key, str) and key.startswith("funding.")


def key_text(key: Key) -> str:
    """The fact's key as one text, which no other fact of the project has."""
    if isinstance(key, IndicatorKey):
        return f"{key.scope}/{key.category}/{key.nth}/{key.name}"
    return key


def label(key: Key) -> str:
    """The fact's name in Chinese."""
    if isinstance(key, IndicatorKey):
        place = f"{level1_name(key.category)}/{DEFINITIONS[key.category].name}/{key.name}"
        return f"{SCOPE_NAMES[key.scope]}指标 {place}" + (f"（第 {key.nth} 条）" if key.nth > 1 else "")
    if key.startswith("funding."):
        _, scope, source = key.split(".")
        return f"{SCOPE_NAMES[scope]}{SOURCE_NAMES[source]}（元）"
    others = {"amount": "年度金额（元）", "department": "归口部门", ORDER: "指标顺序", TABLE: "资金来源表"}
    return others.get(key) or SCALARS[key]


def printed(fact: Fact) -> str | None:
    """The fact as the report shows it; ``None`` for an absent or blank one. Money is in yuan."""
    if isinstance(fact, Target):
        return fact.value
    if isinstance(fact, Body):
        return fact.name
    if isinstance(fact, Decimal):
        return f"{fact:.2f}"
    return None if fact is None else str(fact)


def wording(change: Change) -> tuple[str | None, str | None]:
    """Both sides of a change as the report shows them. Targets that are printed alike show in what they differ."""
    one, other = change.old, change.new
    if isinstance(one, Target) and isinstance(other, Target) and one.value == other.value:
        return _in_full(one), _in_full(other)
    return printed(one), printed(other)


def _in_full(target: Target) -> str:
    number = "" if target.number is None else f"{target.number.normalize():f}"
    return f"{target.label}：{target.value}（{target.operator or ''}{number}{target.unit or ''}）"


def _scalar(value: object) -> Fact:
    if value is None or isinstance(value, (str, int)):
        return value
    return str(value).replace("T", " ")


def _shown(fact: object) -> Fact:
    return None if fact is _ABSENT else fact  # type: ignore[return-value]  # everything else is a Fact
