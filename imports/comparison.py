"""Compared with the source: where a stored project differs from what its current record states, fact by fact.

The facts are those of a re-import (`imports/facts.py`), so that the page, the list of differing projects and the report
of an import agree on what is the same. A record that was only cited by an interchange file is used as it is. Where one
side has a funding table and the other has none, that is one difference and not eleven.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

import msgspec
from django.db.models import Q

from imports.drafts import Amount, ProjectDraft
from imports.facts import (
    CONTACTS,
    TABLE,
    Body,
    Change,
    Fact,
    Facts,
    IndicatorKey,
    Key,
    Target,
    difference,
    facts_of,
    is_funding,
    keyed,
    label,
    wording,
)
from imports.stored import current_record, draft_of, indicator_draft
from perfgoals.money import format_amount
from projects.department_names import split_section
from projects.models import Department, DepartmentName, Project

BLANK: Final = "空白"
NOTHING: Final = "无"


class Kind(StrEnum):
    """How the project differs from its source: another value, more than it, or less."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact in which a project and its source differ, in words."""

    key: Key
    kind: Kind
    label: str
    current: str
    printed: str
    """As the source prints it; amounts with their unit, and in yuan."""
    token: str
    """Stands for this fact with both its values, so that what is restored is what was seen."""

    @property
    def is_long(self) -> bool:
        """Whether the printed value is better folded."""
        return len(self.printed) > 60


@dataclass(slots=True)
class Comparison:
    """What a project's current record states, and where the project differs from it."""

    pk: int
    """The project's number."""
    draft: ProjectDraft
    body: Body | None
    """The department that the source's name for it means."""
    differences: list[Difference]
    indicators: dict[int, Difference]
    """Number of a stored indicator → its difference."""

    def of(self, *keys: str) -> list[Difference]:
        """The differences of these facts."""
        return [one for one in self.differences if one.key in keys]

    @property
    def removed_indicators(self) -> list[Difference]:
        """Indicators of the source that the project no longer has."""
        return [one for one in self.differences if one.kind is Kind.REMOVED and isinstance(one.key, IndicatorKey)]


class Bodies:
    """The departments that drafts belong to, found as an import would find them (`planning.Places`) but never made.

    For many drafts as for one it asks the database twice at most.
    """

    def __init__(self, drafts: Iterable[ProjectDraft]) -> None:
        wanted = {(draft.region_code, name) for draft in drafts for name in _names_of(draft)}
        regions, names = {region for region, _ in wanted}, {name for _, name in wanted}
        printed = DepartmentName.objects.filter(region__in=regions, printed__in=names).select_related("department")
        self._printed = {(row.region_id, row.printed): row.department for row in printed} if wanted else {}
        if missing := wanted - self._printed.keys():
            known = Q(region__in=regions, name__in={name for _, name in missing})
            departments = Department.objects.filter(known)
            self._named = {(department.region_id, department.name): department for department in departments}
        else:
            self._named = {}

    def of(self, draft: ProjectDraft) -> Body | None:
        """The department of a draft; one that an import would have to make has the number 0."""
        names = _names_of(draft)
        if not names:
            return None
        printed, without_section, *_ = names
        known = self._printed.get((draft.region_code, printed))
        body = self._body(draft.region_code, draft.department_body) if draft.department_body else None
        if known and (body is None or body == Body(known.pk, known.name)):
            return Body(known.pk, known.name)
        return body or self._body(draft.region_code, without_section)

    def _body(self, region: str, name: str) -> Body:
        found = self._printed.get((region, name)) or self._named.get((region, name))
        return Body(found.pk, found.name) if found else Body(0, name)


def comparison_of(project: Project) -> Comparison | None:
    """Compare a project fetched by `stored.with_parts`; ``None`` for one that no source states."""
    return next(iter(compare([project])), None)


def compare(projects: Iterable[Project]) -> list[Comparison]:
    """Compare projects fetched by `stored.with_parts`, those that a source states, in their order."""
    projects = list(projects)
    stated = {project.pk: stated_draft(project) for project in projects}
    bodies = Bodies(draft for draft in stated.values() if draft)
    return [
        _compared(project, draft, bodies.of(draft)) for project in projects if (draft := stated[project.pk]) is not None
    ]


def stated_draft(project: Project) -> ProjectDraft | None:
    """What the current record of a project fetched by `stored.with_parts` states."""
    record = current_record(project)
    return msgspec.convert(record.draft, ProjectDraft) if record else None


def _compared(project: Project, draft: ProjectDraft, body: Body | None) -> Comparison:
    current = draft_of(project)
    changes = _changes(
        {
            **facts_of(current),
            "department": Body(project.department.pk, project.department.name) if project.department else None,
        },
        _stated_facts(draft, body),
    )
    differences = [_in_words(change, kind, current, draft) for change, kind in changes]
    by_key = {one.key: one for one in differences}
    stored = project.indicators.all()
    keys = (key for key, _ in keyed(map(indicator_draft, stored)))
    indicators = {row.pk: by_key[key] for key, row in zip(keys, stored, strict=True) if key in by_key}
    return Comparison(project.pk, draft, body, differences, indicators)


def _stated_facts(draft: ProjectDraft, body: Body | None) -> Facts:
    facts: Facts = {**facts_of(draft), "department": body}
    if facts["department_name"] is None and body:
        facts["department_name"] = body.name  # as `stored.draft_of` names a department that no source prints
    return facts


def _changes(current: Facts, stated: Facts) -> Iterable[tuple[Change, Kind]]:
    """What differs, ``old`` being what stands and ``new`` what is printed."""
    differing = difference(current, stated)
    one_sided = any(map(is_funding, current)) != any(map(is_funding, stated))
    shown_table = False
    for change in differing:
        kind = Kind.ADDED if change.key not in stated else Kind.REMOVED if change.key not in current else Kind.CHANGED
        if change.key in CONTACTS and kind is Kind.ADDED:
            continue  # only forms state contacts
        if one_sided and is_funding(change.key):
            if not shown_table:
                yield Change(TABLE, None, None), kind
            shown_table = True
        else:
            yield change, kind


def _in_words(change: Change, kind: Kind, current: ProjectDraft, draft: ProjectDraft) -> Difference:
    if change.key == TABLE:
        one, other = _table_in_words(current), _table_in_words(draft)
    elif isinstance(change.key, IndicatorKey):
        one, other = (_target_in_words(text, fact) for text, fact in zip(wording(change), change[1:], strict=True))
    elif change.key == "amount" or is_funding(change.key):
        one = _yuan(_as_amount(change.old))
        other = _amount_in_words(_amount_of(change.key, draft), draft.printed_unit)
    else:
        one, other = (_text_in_words(text) for text in wording(change))
    return Difference(
        change.key, kind, label(change.key).removesuffix("（元）"), one, other, _token(change.key, one, other)
    )


def _token(key: Key, current: str, printed: str) -> str:
    parts = (*map(str, key if isinstance(key, IndicatorKey) else (key,)), current, printed)
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=12).hexdigest()


def _text_in_words(text: str | None) -> str:
    return NOTHING if text is None else text or BLANK


def _target_in_words(text: str | None, fact: Fact) -> str:
    return (text or BLANK) if isinstance(fact, Target) else NOTHING


def _table_in_words(draft: ProjectDraft) -> str:
    if draft.funding is None:
        return NOTHING
    totals = (("实施期", draft.funding["period"].total), ("年度", draft.funding["annual"].total))
    return "，".join(f"{name} {_yuan(total.yuan)}" for name, total in totals)


def _amount_of(key: Key, draft: ProjectDraft) -> Amount:
    if key == "amount" or draft.funding is None:
        return draft.amount
    _, scope, code = str(key).split(".")
    column = draft.funding["period" if scope == "period" else "annual"]
    return column.total if code == "total" else column.sources.get(code, Amount(None, None))


def _amount_in_words(amount: Amount, unit: str) -> str:
    """The text as printed with its unit, and yuan."""
    printed, yuan = (amount.printed or "").strip(), _yuan(amount.yuan)
    if not printed or amount.yuan is None:
        return printed or yuan
    with_unit = printed if printed.endswith("元") else f"{printed} {unit}"
    return with_unit if with_unit.endswith(" 元") else f"{with_unit}（{yuan}）"


def _as_amount(fact: Fact) -> Decimal | None:
    return fact if isinstance(fact, Decimal) else None


def _yuan(amount: Decimal | None) -> str:
    return BLANK if amount is None else f"{format_amount(amount)} 元"


def _names_of(draft: ProjectDraft) -> list[str]:
    """The names that decide on a draft's department: as printed, without its section, and the joined body's."""
    printed = (draft.department_name or "").strip() or (draft.department_body or "").strip()
    if not printed:
        return []
    return [printed, split_section(printed).body, *([draft.department_body] if draft.department_body else [])]
