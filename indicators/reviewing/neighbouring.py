"""Which projects have something in common, kept as digests, and what a rule may know around a project."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection

from indicators.checks.forms import Filing, Form, Neighbour, Surroundings
from indicators.checks.likeness_keys import keys_of
from indicators.models import ProjectKey
from indicators.reviewing.loading import forms_of
from projects.models import Project

LINE: Final = "line"
"""The same project over the years: region, department and name."""
NAMED: Final = 3
"""How many neighbours of a kind a rule gets to see; nobody else's finding changes when more come or go."""
_GROUPS: Final = """
    SELECT k.digest, array_agg(k.project_id ORDER BY k.project_id) FROM indicators_projectkey k
    WHERE k.digest = ANY(%s) GROUP BY k.digest
"""
_NEAREST: Final = """
    SELECT k.project_id, k.kind, other.project_id FROM indicators_projectkey k, LATERAL (
        SELECT o.project_id FROM indicators_projectkey o
        WHERE o.digest = k.digest AND o.project_id <> k.project_id ORDER BY o.project_id LIMIT %s
    ) other WHERE k.project_id = ANY(%s) AND k.kind <> %s
"""
_YEAR_BEFORE: Final = """
    SELECT k.project_id, o.project_id FROM indicators_projectkey k
    JOIN projects_project p ON p.id = k.project_id
    JOIN indicators_projectkey o ON o.digest = k.digest
    JOIN projects_project before ON before.id = o.project_id AND before.year = p.year - 1
    WHERE k.project_id = ANY(%s) AND k.kind = %s
"""

Filings = Callable[[Collection[int]], Mapping[int, tuple[Filing, ...]]]
"""Of some projects, their other filings."""
_filings: list[Filings] = []


def lend_filings(filings: Filings) -> None:
    """Say how other filings of a project are found: the app above keeps them."""
    _filings[:] = [filings]


class Change(NamedTuple):
    """A digest that a project took on or gave up."""

    kind: str
    digest: UUID
    project: int


def keep_keys(numbers: Collection[int]) -> set[int]:
    """Keep the digests of projects as they are now; the numbers of the projects that see other neighbours by that."""
    wanted = {
        (number, kind): digest
        for number, form in forms_of(numbers, whole=False).items()
        for kind, digest in _digests(form)
    }
    stored = {
        (key.project_id, key.kind): key for key in ProjectKey.objects.filter(project__in=list(numbers)).order_by("pk")
    }
    gone = [key for place, key in stored.items() if wanted.get(place) != key.digest]
    new = [place for place, digest in wanted.items() if place not in stored or stored[place].digest != digest]
    changes = [Change(key.kind, key.digest, key.project_id) for key in gone]
    changes += [Change(kind, wanted[number, kind], number) for number, kind in new]
    if gone:
        ProjectKey.objects.filter(pk__in=[key.pk for key in gone]).delete()
    ProjectKey.objects.bulk_create(
        [ProjectKey(project_id=number, kind=kind, digest=wanted[number, kind]) for number, kind in new], batch_size=5000
    )
    return _who_sees(changes) - set(numbers) if changes else set()


def surroundings_of(forms: Mapping[int, Form]) -> dict[int, Surroundings]:
    """What stands around stored projects."""
    numbers = list(forms)
    before = dict(_rows(_YEAR_BEFORE, [numbers, LINE]))
    last = forms_of(set(before.values())) if before else {}
    neighbours = _neighbours(numbers)
    filings = _filings[0](numbers) if _filings else {}
    return {
        number: Surroundings(
            last.get(before.get(number, 0)), tuple(neighbours.get(number, ())), filings.get(number, ())
        )
        for number in numbers
    }


def _digests(form: Form) -> Iterator[tuple[str, UUID]]:
    place = (form.region, str(form.year))
    found = keys_of(form)
    for kind, text in found.items():
        # Parts of one project are one department's; everything else may agree across a region.
        within = (*place, str(form.department)) if kind == "stem" else place
        yield kind, _digest(kind, *within, text)
    if "name" in found:
        yield LINE, _digest(LINE, form.region, str(form.department), found["name"])


def _digest(*parts: str) -> UUID:
    return UUID(bytes=hashlib.md5("\0".join(parts).encode(), usedforsecurity=False).digest())


def _who_sees(changes: Sequence[Change]) -> set[int]:
    groups: dict[UUID, list[int]] = dict(_rows(_GROUPS, [list({change.digest for change in changes})]))
    seeing: set[int] = set()
    for change in changes:
        members = groups.get(change.digest, [])
        if change.kind == LINE or len(members) <= NAMED + 1 or change.project <= members[NAMED]:
            seeing.update(members)
    return seeing


def _neighbours(numbers: list[int]) -> dict[int, list[Neighbour]]:
    same: dict[tuple[int, int], set[str]] = defaultdict(set)
    for number, kind, other in _rows(_NEAREST, [NAMED, numbers, LINE]):
        same[number, other].add(kind)
    columns = ("pk", "name", "department_id", "department_printed", "department__name", "year", "region_id")
    others = (
        {row[0]: row for row in Project.objects.filter(pk__in={other for _, other in same}).values_list(*columns)}
        if same
        else {}
    )
    found: dict[int, list[Neighbour]] = defaultdict(list)
    for (number, other), kinds in sorted(same.items()):
        pk, name, department, printed, joined, year, region = others[other]
        found[number].append(Neighbour(pk, name, department, printed or joined or "", year, region, frozenset(kinds)))
    return found


def _rows(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
