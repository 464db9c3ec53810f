"""Which projects have something in common, kept as digests, and what a rule may know around a project."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from django.db import connection

from indicators.checks.forms import Filing, Form, Neighbour, Surroundings
from indicators.checks.likeness_keys import keys_of
from indicators.reviewing.loading import forms_of
from indicators.reviewing.statements import array, rows
from projects.models import Project

LINE: Final = "line"
"""The same project over the years: region, department and name."""
MEETING: Final = 200
"""With more changes than this (an import, a bulk change) nobody is waited for: PostgreSQL has no room for as many locks."""
NAMED: Final = 3
"""How many neighbours of a kind a rule gets to see; nobody else's finding changes when more come or go."""
_DELETE: Final = "DELETE FROM indicators_projectkey WHERE id = ANY(%s::bigint[])"
_INSERT: Final = """
    INSERT INTO indicators_projectkey (project_id, kind, digest)
    SELECT * FROM unnest(%s::bigint[], %s::text[], %s::uuid[])
    ON CONFLICT (project_id, kind) DO UPDATE SET digest = EXCLUDED.digest
"""
_STORED: Final = """
    SELECT project_id, kind, encode(uuid_send(digest), 'hex'), id FROM indicators_projectkey
    WHERE project_id = ANY(%s::bigint[])
"""
_FIRST: Final = """
    SELECT encode(uuid_send(one.digest), 'hex'), first.members FROM unnest(%s::uuid[]) AS one(digest), LATERAL (
        SELECT ARRAY(
            SELECT k.project_id FROM indicators_projectkey k WHERE k.digest = one.digest ORDER BY k.project_id LIMIT %s
        ) AS members
    ) first WHERE cardinality(first.members) > %s
"""
_MEMBERS: Final = "SELECT DISTINCT project_id FROM indicators_projectkey WHERE digest = ANY(%s::uuid[])"
_NEAREST: Final = """
    SELECT k.project_id, k.kind, other.project_id FROM indicators_projectkey k, LATERAL (
        SELECT o.project_id FROM indicators_projectkey o
        WHERE o.digest = k.digest AND o.project_id <> k.project_id ORDER BY o.project_id LIMIT %s
    ) other WHERE k.project_id = ANY(%s::bigint[]) AND k.kind <> %s
"""
_SAME_LINE: Final = """
    SELECT k.project_id, o.project_id FROM indicators_projectkey k
    JOIN indicators_projectkey o ON o.digest = k.digest AND o.project_id <> k.project_id
    WHERE k.project_id = ANY(%s::bigint[]) AND k.kind = %s ORDER BY k.project_id, o.project_id
"""
_YEARS: Final = "SELECT id, year FROM projects_project WHERE id = ANY(%s::bigint[])"
"""By themselves: joined, the planner may read all projects up to the last one, for each batch."""

Filings = Callable[[Collection[int]], Mapping[int, tuple[Filing, ...]]]
"""Of some projects, their other filings."""
_filings: list[Filings] = []


def lend_filings(filings: Filings) -> None:
    """Say how other filings of a project are found: the app above keeps them."""
    _filings[:] = [filings]


class Change(NamedTuple):
    """A digest that a project took on or gave up."""

    kind: str
    digest: str
    project: int


def keep_keys(numbers: Collection[int], forms: Mapping[int, Form]) -> set[int]:
    """Keep the digests of projects as they are now; the numbers of the projects that see other neighbours by that.

    ``forms`` are those of ``numbers``; a project without one (archived) has nothing in common with others any more.
    """
    wanted = {
        (number, kind): digest for number in numbers if number in forms for kind, digest in _digests(forms[number])
    }
    stored = {(number, kind): (digest, pk) for number, kind, digest, pk in rows(_STORED, [array(numbers)])}
    gone = {place: known for place, known in stored.items() if wanted.get(place) != known[0]}
    new = {place: digest for place, digest in wanted.items() if place not in stored or place in gone}
    changes = [Change(kind, digest, number) for (number, kind), (digest, _) in gone.items()]
    changes += [Change(kind, digest, number) for (number, kind), digest in new.items()]
    if 0 < len(changes) <= MEETING:
        _one_after_another({change.digest for change in changes})
    _replace(gone, new)
    # Of a digest that is only taken on, the first to have it sees nobody.
    return _who_sees(changes, 0 if gone else 1) - set(numbers) if changes else set()


def _one_after_another(digests: Collection[str]) -> None:
    """Until this transaction ends, nobody else comes to these digests or leaves them: two who give the same text to
    two projects at once would otherwise not see each other."""
    locks = "SELECT pg_advisory_xact_lock(hashtextextended(one, 0)) FROM unnest(%s::text[]) AS one"
    rows(locks, [array(sorted(digests))])


_Place = tuple[int, str]


def _replace(gone: Mapping[_Place, tuple[str, int]], new: Mapping[_Place, str]) -> None:
    """Raw, since there may be a million of them; whoever else keeps the same keys keeps the same digests."""
    with connection.cursor() as cursor:
        if gone:
            cursor.execute(_DELETE, [array(pk for _, pk in gone.values())])
        if new:
            numbers, kinds = zip(*new, strict=True)
            cursor.execute(_INSERT, [array(numbers), array(kinds), array(new.values())])


def surroundings_of(forms: Mapping[int, Form]) -> dict[int, Surroundings]:
    """What stands around stored projects."""
    numbers = list(forms)
    before = _year_before(forms)
    last = forms_of(set(before.values())) if before else {}
    neighbours = _neighbours(numbers)
    filings = _filings[0](numbers) if _filings else {}
    return {
        number: Surroundings(
            last.get(before.get(number, 0)), tuple(neighbours.get(number, ())), filings.get(number, ())
        )
        for number in numbers
    }


def _year_before(forms: Mapping[int, Form]) -> dict[int, int]:
    """The same project of the year before, where there is one; of several the last by number."""
    pairs = rows(_SAME_LINE, [array(forms), LINE])
    years = dict(rows(_YEARS, [array({other for _, other in pairs})])) if pairs else {}
    return {number: other for number, other in pairs if years[other] == forms[number].year - 1}


def _digests(form: Form) -> Iterator[tuple[str, str]]:
    place = (form.region, str(form.year))
    found = keys_of(form)
    for kind, text in found.items():
        # Parts of one project are one department's; everything else may agree across a region.
        within = (*place, str(form.department)) if kind == "stem" else place
        yield kind, _digest(kind, *within, text)
    if "name" in found:
        yield LINE, _digest(LINE, form.region, str(form.department), found["name"])


def _digest(*parts: str) -> str:
    return hashlib.md5("\0".join(parts).encode(), usedforsecurity=False).hexdigest()


def _who_sees(changes: Sequence[Change], alone: int) -> set[int]:
    """All of a group see it when one of its first comes, goes or changes; nobody when it is a later one.

    Groups of no more than ``alone`` projects are left out.
    """
    digests = array({change.digest for change in changes})
    first: dict[str, list[int]] = dict(rows(_FIRST, [digests, NAMED + 2, alone]))
    seeing: set[int] = set()
    whole: set[str] = set()
    for change in changes:
        members = first.get(change.digest)
        if members is None:
            continue
        if len(members) <= NAMED + 1:
            seeing.update(members)
        elif change.kind == LINE or change.project <= members[NAMED]:
            whole.add(change.digest)
    if whole:
        seeing.update(number for (number,) in rows(_MEMBERS, [array(whole)]))
    return seeing


def _neighbours(numbers: list[int]) -> dict[int, list[Neighbour]]:
    same: dict[tuple[int, int], set[str]] = defaultdict(set)
    for number, kind, other in rows(_NEAREST, [NAMED, array(numbers), LINE]):
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
