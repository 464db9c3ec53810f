"""What the review says of a form as it is typed: warnings beside the fields, which never stand in the way of saving."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from indicators.checks import Finding, Form, Severity, Surroundings, check, rule_named
from indicators.checks.likeness_keys import keys_of
from indicators.editing.actions import blank_state, department_found
from indicators.editing.reading import Reading, half_width, read
from indicators.editing.sheet import Sheet
from indicators.editing.showing import sheet_of
from indicators.models import FindingAcceptance
from indicators.reviewing.loading import form_of
from indicators.reviewing.neighbouring import surroundings_of
from indicators.reviewing.settings_in_force import InForce
from indicators.state import State, load_state, state_at, version_of
from perfgoals.models import User
from projects.models import Project

_CELLS: Final = {"name": "name", "label": "name", "category": "name", "value": "value"}
"""Part of an indicator → the field of its half that it is shown at."""


class TypedFinding(NamedTuple):
    """A finding of what is typed, with the elements of the page that it is about, the main one first."""

    key: str
    severity: Severity
    title: str
    message: str
    places: tuple[str, ...]

    @property
    def tone(self) -> str:
        """The class of its mark."""
        return self.severity.name.lower()


def findings_as_typed(project: Project | None, sheet: Sheet, version: int, by: User) -> list[TypedFinding]:
    """The findings of a sheet that rests on a version, the gravest first, without those that somebody accepted."""
    seen = _seen(project, sheet, version)
    if seen is None:
        return []
    region, number = seen.fields["region_id"], project.pk if project else 0
    reading = read(sheet, sheet_of(seen), seen, lambda pk: department_found(by, region, pk))
    form = form_of(reading.state, number)
    around = _around(form_of(seen, number), form) if project else Surroundings()
    found = check(form, around, InForce().of(form.region, form.year))
    accepted = _accepted(project) if project and found else frozenset()
    shown = [_shown(one, reading) for one in found if one.digest not in accepted]
    return sorted(shown, key=lambda one: one.severity)


def _seen(project: Project | None, sheet: Sheet, version: int) -> State | None:
    """What the form showed before anything was typed."""
    if project is not None:
        return load_state(project.pk) if version == version_of(project.pk) else state_at(project.pk, version)
    year = half_width(sheet.head.get("year", ""))
    is_year = year.isascii() and year.isdigit() and len(year) == 4
    blank = blank_state(sheet.head.get("region", ""), int(year) if is_year else 0)
    blank.fields["has_funding_table"] = True
    return blank


def _around(stored: Form, typed: Form) -> Surroundings:
    """What stands around the stored project, as far as the typed one still has it in common."""
    around = surroundings_of({stored.number: stored})[stored.number]
    before, now = keys_of(stored), keys_of(typed)
    kept = {kind for kind, text in now.items() if before.get(kind) == text}
    is_same_line = "name" in kept and stored.department == typed.department
    shared = ((one, one.same & kept) for one in around.neighbours)
    neighbours = tuple(replace(one, same=same) for one, same in shared if same)
    return Surroundings(around.last_year if is_same_line else None, neighbours, around.filings)


def _accepted(project: Project) -> frozenset[str]:
    return frozenset(FindingAcceptance.objects.filter(project=project).values_list("digest", flat=True))


def _shown(finding: Finding, reading: Reading) -> TypedFinding:
    rule = rule_named(finding.rule)
    places = tuple(dict.fromkeys(_place(path, reading) for path in finding.fields))
    severity = finding.severity or Severity.HINT  # always there by now: `check` fills it in
    return TypedFinding(finding.digest, severity, rule.title if rule else finding.rule, finding.message, places)


def _place(path: str, reading: Reading) -> str:
    """The element of a field, as the page calls it."""
    if path.startswith("indicator."):
        _, number, part = path.split(".")
        key, scope = reading.places[int(number)]
        return f"c-{key}-{scope}-{_CELLS[part]}"
    return f"f-{path.replace('.', '-')}"
