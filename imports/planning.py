"""Drafts × database → plan: what is new, changed, the same, in conflict, or filed more than once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from imports.completing import LISTS, completed
from imports.drafts import ProjectDraft
from imports.facts import (
    ORDER,
    Body,
    Change,
    Facts,
    Key,
    Merge,
    difference,
    facts_of,
    is_same,
    key_text,
    merge,
    reordered,
)
from imports.models import Outcome, SourceRecord
from imports.spool import Spool
from imports.stored import Stored, load_stored
from perfgoals.models import User
from projects.actions import ensure_department, ensure_region
from projects.department_names import split_section
from projects.models import Department, Project, Region
from projects.querysets import ProjectQuerySet

# The same characters as in the database's name_key.
_WHITE_SPACE = re.compile("[\\s\u00a0\u3000]")


class ProjectKey(NamedTuple):
    """What makes two drafts the same project: region, year, department and name without white space."""

    region: str
    year: int
    department: int | None
    name: str


@dataclass(slots=True)
class Place:
    """Where a draft's project belongs in the database."""

    region: Region
    department: Department | None
    section: str


@dataclass(slots=True)
class Filing:
    """One project of a file: the filing that counts, and the others of the same project."""

    ordinal: int
    draft: ProjectDraft
    key: ProjectKey
    others: list[tuple[int, ProjectDraft]] = field(default_factory=list)


@dataclass(slots=True)
class Planned:
    """What is to be done with one filing."""

    filing: Filing
    place: Place
    outcome: Outcome
    project: Project | None = None
    current: ProjectDraft | None = None
    merge: Merge = field(default_factory=Merge)
    superseded_by: str | None = None
    """Name of the document whose later filing of the project stays in force; this one is kept as a record only."""

    @property
    def superseded(self) -> bool:
        """Whether a later filing from another document stays in force."""
        return self.superseded_by is not None

    def differences(self) -> list[tuple[ProjectDraft, list[Change]]]:
        """The other filings of the project, each with its differences from the one that counts."""
        kept = facts_of(self.filing.draft)
        return [(other, difference(facts_of(other), kept)) for _, other in self.filing.others]


class Places:
    """Finds, and makes, the regions and departments of drafts; each is asked of the database once a run."""

    def __init__(self, by: User | None) -> None:
        self._by = by
        self._regions: dict[str, Region] = {}
        self._departments: dict[tuple[str, str, str | None], Department] = {}

    def of(self, draft: ProjectDraft) -> Place:
        """The place of a draft."""
        region = self._region(draft)
        printed = (draft.department_name or "").strip() or (draft.department_body or "").strip()
        if not printed:
            return Place(region, None, "")
        department = self._department(region, printed, draft.department_body)
        if draft.department_code and department.code is None:
            department.code = draft.department_code
            department.save(update_fields=["code"])
        return Place(region, department, split_section(printed).section if printed != department.name else "")

    def key(self, draft: ProjectDraft) -> ProjectKey:
        """The identity of a draft's project."""
        department = self.of(draft).department
        return ProjectKey(draft.region_code, draft.year, department.pk if department else None, name_key(draft.name))

    def departments(self) -> list[Department]:
        """All departments that the run met."""
        return list({department.pk: department for department in self._departments.values()}.values())

    def _region(self, draft: ProjectDraft) -> Region:
        code = draft.region_code
        if code not in self._regions:
            self._regions[code] = ensure_region(code=code, name=draft.region_name, by=self._by)
        return self._regions[code]

    def _department(self, region: Region, printed: str, body: str | None) -> Department:
        known = (region.code, printed, body)
        if known not in self._departments:
            self._departments[known] = ensure_department(region=region, printed=printed, body=body, by=self._by)
        return self._departments[known]


def name_key(name: str) -> str:
    """A name without white space, as the database's ``name_key``."""
    return _WHITE_SPACE.sub("", name)


def identity(draft: ProjectDraft) -> str:
    """Digest of what a source prints of a project's identity, for finding it again after people renamed it."""
    parts = (draft.region_code, str(draft.year), draft.department_name or "", name_key(draft.name))
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=32).hexdigest()


def group(keys: Iterable[ProjectKey], spool: Spool[ProjectDraft]) -> list[list[int]]:
    """The ordinals of the drafts of each project, in file order; the filing that counts is last.

    A later 填报日期 replaces an earlier one; at the same date, or without one, the later place in the file does.
    """
    groups: dict[ProjectKey, list[int]] = {}
    for ordinal, key in enumerate(keys):
        groups.setdefault(key, []).append(ordinal)
    for ordinals in groups.values():
        if len(ordinals) > 1:
            ordinals.sort(key=lambda ordinal: (str(spool[ordinal].filed_at or ""), ordinal))
    return list(groups.values())


class Taking:
    """Where the file wins over what people changed: everywhere, or in the conflicts whose ids are given."""

    def __init__(self, *, everywhere: bool = False, ids: Iterable[str] = ()) -> None:
        self.everywhere = everywhere
        self._keys: dict[str, set[str]] = {}
        for one in ids:
            number, _, key = one.partition(":")
            self._keys.setdefault(number, set()).add(key)

    def of(self, filing: Filing) -> Container[str]:
        """The facts of a filing in which the file wins, as `imports.facts.key_text`."""
        return self._keys.get(str(filing.ordinal + 1), ())


def conflict_id(filing: Filing, key: Key) -> str:
    """What a decision names a conflict by: the place of the filing in its file, and the fact. Stable for a file."""
    return f"{filing.ordinal + 1}:{key_text(key)}"


def plan(
    filings: Sequence[Filing], keys: Container[ProjectKey], places: Places, taking: Taking, *, layout: str
) -> list[Planned]:
    """Compare filings with the database, a batch at a time. ``keys`` are those of the whole file."""
    existing = _existing(filings, keys)
    is_list = layout in LISTS
    return [_planned(filing, places, existing.get(filing.ordinal), taking, is_list) for filing in filings]


def _planned(filing: Filing, places: Places, stored: Stored | None, taking: Taking, is_list: bool) -> Planned:
    place = places.of(filing.draft)
    if stored is None:
        return Planned(filing, place, Outcome.CREATED)
    project, current = stored.project, stored.draft
    document, base = (stored.filed.document, stored.filed.stated) if stored.filed else (None, None)
    if is_list:
        filing.draft = completed(filing.draft, base or current)
    if base and document and not taking.everywhere and _is_earlier(filing.draft, base):
        return Planned(filing, place, Outcome.DUPLICATE, project, current, superseded_by=document)
    if base and place.department == stored.department and is_same(filing.draft, base) and is_same(current, base):
        return Planned(filing, place, Outcome.UNCHANGED, project, current)
    before = {**facts_of(base), "department": _body(places.of(base).department)} if base else None
    now: Facts = {**facts_of(current), "department": _body(stored.department)}
    stated: Facts = {**facts_of(filing.draft), "department": _body(place.department)}
    merged = merge(before, now, stated, take_source=taking.everywhere, take=taking.of(filing))
    if before is not None and reordered(before, now, stated):
        merged.changes.append(Change(ORDER, "原顺序", "来源的顺序"))
    outcome = Outcome.CONFLICT if merged.kept else Outcome.CHANGED if merged.changes else Outcome.UNCHANGED
    return Planned(filing, place, outcome, project, current, merged)


def _is_earlier(draft: ProjectDraft, base: ProjectDraft) -> bool:
    """A later 填报日期 replaces an earlier one across documents as it does within one."""
    return draft.filed_at is not None and base.filed_at is not None and draft.filed_at < base.filed_at


def _body(department: Department | None) -> Body | None:
    return Body(department.pk, department.name) if department else None


def _existing(filings: Sequence[Filing], keys: Container[ProjectKey]) -> dict[int, Stored]:
    """The stored project of each filing, by ordinal: by its key, else by what its source printed at the last import."""
    found: dict[int, Stored] = {}
    by_key = _by_key(filings)
    missing: dict[str, int] = {}
    for filing in filings:
        if stored := by_key.get(filing.key):
            found[filing.ordinal] = stored
        else:
            missing.setdefault(identity(filing.draft), filing.ordinal)
    for digest, stored in _by_identity(list(missing)).items():
        # A renamed project whose new name the file states as well is that other one.
        if key_of(stored.project) not in keys:
            found[missing[digest]] = stored
    return found


def key_of(project: Project) -> ProjectKey:
    """The identity of a stored project."""
    return ProjectKey(project.region_id, project.year, project.department_id, project.name_key)


def _by_key(filings: Sequence[Filing]) -> dict[ProjectKey, Stored]:
    candidates = load_stored(
        _locked().filter(
            region__in={filing.key.region for filing in filings},
            year__in={filing.key.year for filing in filings},
            name_key__in=[filing.key.name for filing in filings],
        ),
        stated=True,
    )
    return {key_of(one.project): one for one in candidates}


def _by_identity(digests: Sequence[str]) -> dict[str, Stored]:
    records = dict(
        SourceRecord.objects.filter(identity__in=digests, is_current=True).values_list("project_id", "identity")
    )
    found = load_stored(_locked().filter(pk__in=records), stated=True) if records else []
    return {records[one.project.pk]: one for one in found}


def _locked() -> ProjectQuerySet:
    """Projects, kept from everybody else's edits until the run has stored what it compared them with."""
    return Project.objects.order_by("pk").select_for_update(of=("self",), no_key=True)
