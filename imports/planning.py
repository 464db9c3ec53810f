"""Drafts × database → plan: what is new, changed, the same, in conflict, or filed more than once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from imports.drafts import ProjectDraft
from imports.facts import Change, Merge, difference, facts_of, merge
from imports.models import Outcome, SourceRecord
from imports.spool import Spool
from imports.stored import current_record, draft_of, with_parts
from perfgoals.models import User
from projects.actions import ensure_department, ensure_region
from projects.department_names import split_section
from projects.models import Department, Project, Region

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
        if draft.department_name is None and draft.department_body is None:
            return Place(region, None, "")
        printed = draft.department_name or draft.department_body or ""
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


def group(keys: Iterable[ProjectKey], spool: Spool) -> list[list[int]]:
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


def plan(filings: Sequence[Filing], places: Places, *, take_source: bool) -> list[Planned]:
    """Compare filings with the database, a batch at a time."""
    existing = _existing(filings)
    return [_planned(filing, places.of(filing.draft), existing.get(filing.ordinal), take_source) for filing in filings]


def _planned(filing: Filing, place: Place, project: Project | None, take_source: bool) -> Planned:
    if project is None:
        return Planned(filing, place, Outcome.CREATED)
    current = draft_of(project)
    record = current_record(project)
    base = facts_of(msgspec.convert(record.draft, ProjectDraft)) if record else None
    merged = merge(base, facts_of(current), facts_of(filing.draft), take_source=take_source)
    kept = merged.conflicts and not take_source
    outcome = Outcome.CONFLICT if kept else Outcome.CHANGED if merged.changes else Outcome.UNCHANGED
    return Planned(filing, place, outcome, project, current, merged)


def _existing(filings: Sequence[Filing]) -> dict[int, Project]:
    """The stored project of each filing, by ordinal: by its key, else by what its source printed at the last import."""
    found: dict[int, Project] = {}
    by_key = _by_key(filings)
    missing: dict[str, int] = {}
    for filing in filings:
        if project := by_key.get(filing.key):
            found[filing.ordinal] = project
        else:
            missing[identity(filing.draft)] = filing.ordinal
    for digest, project in _by_identity(list(missing)).items():
        found[missing[digest]] = project
    return found


def _by_key(filings: Sequence[Filing]) -> dict[ProjectKey, Project]:
    candidates = with_parts(
        Project.objects.filter(
            region__in={filing.key.region for filing in filings},
            year__in={filing.key.year for filing in filings},
            name_key__in=[filing.key.name for filing in filings],
        )
    )
    return {ProjectKey(p.region_id, p.year, p.department_id, p.name_key): p for p in candidates}


def _by_identity(digests: Sequence[str]) -> dict[str, Project]:
    records = dict(
        SourceRecord.objects.filter(identity__in=digests, is_current=True).values_list("project_id", "identity")
    )
    projects = with_parts(Project.objects.filter(pk__in=records)) if records else ()
    return {records[project.pk]: project for project in projects}
