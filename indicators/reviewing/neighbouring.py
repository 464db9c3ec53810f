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
MEETING: Final = 200
"""With more changes than this (an import, a bulk change) nobody is waited for: PostgreSQL has no room for as many locks."""
NAMED: Final = 3
"""How many neighbours of a kind a rule gets to see; nobody else's finding changes when more come or go."""
_INSERT: Final = """
    INSERT INTO indicators_projectkey (project_id, kind, digest)
    SELECT * FROM unnest(%s::bigint[], %s::text[], %s::uuid[])
    ON CONFLICT (project_id, kind) DO UPDATE SET digest = EXCLUDED.digest
"""
_FIRST: Final = """
    SELECT one.digest, ARRAY(
        SELECT k.project_id FROM indicators_projectkey k WHERE k.digest = one.digest ORDER BY k.project_id LIMIT %s
    ) FROM unnest(%s::uuid[]) AS one(digest)
"""
_MEMBERS: Final = "SELECT DISTINCT project_id FROM indicators_projectkey WHERE digest = ANY(%s)"
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


def keep_keys(numbers: Collection[int], forms: Mapping[int, Form]) -> set[int]:
    """Keep the digests of projects as they are now; the numbers of the projects that see other neighbours by that.

    ``forms`` are those of ``numbers``; a project without one (archived) has nothing in common with others any more.
    """
    wanted = {
        (number, kind): digest for number in numbers if number in forms for kind, digest in _digests(forms[number])
    }
    columns = ("project_id", "kind", "digest", "pk")
    rows = ProjectKey.objects.filter(project__in=list(numbers)).order_by("pk").values_list(*columns)
    stored = {(number, kind): (digest, pk) for number, kind, digest, pk in rows}
    gone = {place: known for place, known in stored.items() if wanted.get(place) != known[0]}
    new = {place: digest for place, digest in wanted.items() if place not in stored or place in gone}
    changes = [Change(kind, digest, number) for (number, kind), (digest, _) in gone.items()]
    changes += [Change(kind, digest, number) for (number, kind), digest in new.items()]
    if 0 < len(changes) <= MEETING:
        _one_after_another({change.digest for change in changes})
    _replace(gone, new)
    return _who_sees(changes) - set(numbers) if changes else set()


def _one_after_another(digests: Collection[UUID]) -> None:
    """Until this transaction ends, nobody else comes to these digests or leaves them: two who give the same text to
    two projects at once would otherwise not see each other."""
    locks = "SELECT pg_advisory_xact_lock(hashtextextended(one, 0)) FROM unnest(%s::text[]) AS one"
    _rows(locks, [sorted(str(digest) for digest in digests)])


_Place = tuple[int, str]


def _replace(gone: Mapping[_Place, tuple[UUID, int]], new: Mapping[_Place, UUID]) -> None:
    """Raw, since there may be a million of them; whoever else keeps the same keys keeps the same digests."""
    with connection.cursor() as cursor:
        if gone:
            cursor.execute("DELETE FROM indicators_projectkey WHERE id = ANY(%s)", [[pk for _, pk in gone.values()]])
        if new:
            numbers, kinds = zip(*new, strict=True)
            cursor.execute(_INSERT, [list(numbers), list(kinds), list(new.values())])


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
    """All of a group see it when one of its first comes, goes or changes; nobody when it is a later one."""
    first: dict[UUID, list[int]] = dict(_rows(_FIRST, [NAMED + 2, list({change.digest for change in changes})]))
    seeing: set[int] = set()
    whole: set[UUID] = set()
    for change in changes:
        members = first.get(change.digest, [])
        if len(members) <= NAMED + 1:
            seeing.update(members)
        elif change.kind == LINE or change.project <= members[NAMED]:
            whole.add(change.digest)
    if whole:
        seeing.update(number for (number,) in _rows(_MEMBERS, [list(whole)]))
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
