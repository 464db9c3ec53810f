"""How many projects each choice would find, the other filters as they are.

Filters with too many choices to list are not counted here: whoever searches among them gets the counts of what is shown
(`projects.filters.searching`). One statement counts everything: what the filters find with one of them left out is a
table of its own (``WITH``), made once and shared by all counts that rest on it. Sources are the exception to leaving a filter's own choices out, since
several of them must all give money: beside a source stands what is found with it *as well*. Of very many projects only
what kept totals say is told (`projects.filters.kept_counts`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import Any, Final, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable, RawSQL
from django.db.models.functions import Cast

from projects.filters.above import finding_filters
from projects.filters.conditions import (
    ATTRIBUTES,
    HAS_INDICATORS,
    NONE,
    OF_FINDINGS,
    OF_INDICATORS,
    OPERATORS,
    OTHER,
    has_money_of,
    indicator_conditions,
    with_indicator,
)  # fmt: skip
from projects.filters.filterset import USUAL, ProjectFilter
from projects.filters.kept_counts import add_regions_above, kept_counts, small_enough
from projects.models import Project, Scope
from projects.querysets import ProjectQuerySet

Counts = dict[str, dict[str, int]]
"""Filter → value in the address → number of projects."""

_FIELDS: Final[dict[str, tuple[tuple[str, ...], Combinable]]] = {
    "region": (("region", "own"), F("region_id")),
    "year": (("year",), F("year")),
    "department": (("department",), F("department_id")),
    "section": (("section",), F("section")),
    "attribute": (("attribute",), F("attribute")),
}
"""Filter → the filters that its counts leave out, and what they count by."""
COUNTED: Final = (
    *_FIELDS, "indicators", "source", "category", "operator", "kind", "finding_rule", "finding_severity",
)  # fmt: skip
"""The filters with counts beside their choices."""
_OPERATOR = Case(
    *(When(indicators__operator=stored, then=Value(code)) for code, stored in OPERATORS.items()),
    When(indicators__number__isnull=False, then=Value(NONE)), output_field=TextField(),
)  # fmt: skip
_KIND = Case(
    When(indicators__number__isnull=True, then=Value("qualitative")), default=Value("quantitative"),
    output_field=TextField(),
)  # fmt: skip
_OF_INDICATOR: Final[tuple[tuple[str, Combinable], ...]] = (
    ("category", F("indicators__category_id")), ("category", F("indicators__category__parent_id")), ("operator", _OPERATOR),
    ("kind", _KIND),
)  # fmt: skip
_OF_FINDING: Final = {"finding_rule": "rule", "finding_severity": "severity"}


class Facets(NamedTuple):
    """The counts beside the choices, and whether some are left out since too many projects are found."""

    counts: Counts
    are_all: bool = True


class Part(NamedTuple):
    """What a filter's choices are counted from: pairs of a project and the value of a choice that finds it."""

    name: str
    left_out: frozenset[str]
    """The filters that are on and that its counts leave out."""
    pairs: Callable[[], QuerySet[Any, Any]]
    """Put together only once it is known that they are counted."""


def facets_of(found: ProjectFilter, *, only_usual: bool = False) -> Facets:
    """The counts beside the choices; none while a value is not understood. ``only_usual`` leaves out those behind
    更多筛选, which read the tables of funding, indicators and findings from end to end."""
    if not found.form.is_valid():
        return Facets({})
    wanted = [name for name in COUNTED if name not in found.searched and (name in USUAL or not only_usual)]
    counted: Counts = kept_counts(found, wanted)
    bases = _Bases(found)
    parts = [part for part in _parts(bases, found) if part.name in wanted and part.name not in counted]
    few = small_enough(found, {part.left_out for part in parts})
    countable = [part for part in parts if part.left_out in few]
    for name, value, number in bases.run(countable):
        of_filter = counted.setdefault(name, {})
        key = _value(name, value)
        of_filter[key] = of_filter.get(key, 0) + number
    if "region" in wanted:
        add_regions_above(counted.setdefault("region", {}))
    return Facets(counted, len(countable) == len(parts))


class _Bases:
    """The tables on which the counts rest, one for each set of filters left out."""

    def __init__(self, found: ProjectFilter) -> None:
        self._found = found
        self._names: dict[frozenset[str], str] = {}

    def without(self, names: Collection[str]) -> frozenset[str]:
        """Those of the filters that are on."""
        return frozenset(names).intersection(self._found.asked)

    def among(self, *left_out: str) -> Q:
        """The condition to be found with these filters off."""
        name = self._names.setdefault(self.without(left_out), f"found_{len(self._names)}")
        return Q(pk__in=RawSQL(f'SELECT "{name}"."id" FROM "{name}"', ()))  # noqa: S608, S611  # a name made here

    def run(self, parts: list[Part]) -> list[tuple[str, str | None, int]]:
        """All rows of all parts, in one statement."""
        if not parts:
            return []
        # These give the tables their names.
        counts = [(part, *part.pairs().query.sql_with_params()) for part in parts]
        tables: list[str] = []
        values: list[Any] = []
        for off in dict.fromkeys(part.left_out for part in parts):
            sql, bound = _sql_of(self._found.found_without(off))
            tables.append(f'"{self._names[off]}" ("id") AS MATERIALIZED ({sql})')
            values += bound
        statement = f"WITH {', '.join(tables)} " + " UNION ALL ".join(_counting(sql) for _, sql, _ in counts)
        with connection.cursor() as cursor:
            cursor.execute(statement, [*values, *(one for part, _, bound in counts for one in (part.name, *bound))])
            return list(cursor.fetchall())


def _counting(sql: str) -> str:
    return f'SELECT %s, pair."value", count(*) FROM ({sql}) pair GROUP BY pair."value"'  # noqa: S608  # Django's own


def _sql_of(projects: ProjectQuerySet) -> tuple[str, tuple[Any, ...]]:
    try:
        return projects.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return 'SELECT "id" FROM "projects_project" WHERE false', ()


def _parts(bases: _Bases, found: ProjectFilter) -> Iterator[Part]:
    for name, (off, value) in _FIELDS.items():
        yield Part(name, bases.without(off), partial(_of_projects, bases, off, value))
    yield Part("indicators", bases.without(["indicators"]), partial(_having_indicators, bases))
    yield Part("source", frozenset(), partial(_of_sources, bases))
    yield Part("source", frozenset(), partial(_without_source, bases))
    for name, value in _OF_INDICATOR:
        yield Part(name, bases.without(OF_INDICATORS), partial(_of_indicators, bases, found, name, value))
    for name, field in _OF_FINDING.items():
        yield Part(name, bases.without(OF_FINDINGS), partial(_of_findings, bases, found, name, field))


def _valued(projects: ProjectQuerySet, value: Combinable) -> QuerySet[Any, Any]:
    return projects.order_by().annotate(value=Cast(value, TextField())).values_list("pk", "value")


def _of_projects(bases: _Bases, off: Collection[str], value: Combinable) -> QuerySet[Any, Any]:
    return _valued(Project.objects.filter(bases.among(*off)), value)


def _having_indicators(bases: _Bases) -> QuerySet[Any, Any]:
    has = Case(When(HAS_INDICATORS, then=Value("yes")), default=Value("no"), output_field=TextField())
    return _valued(Project.objects.filter(bases.among("indicators")), has)


def _of_sources(bases: _Bases) -> QuerySet[Any, Any]:
    paid = Project.objects.filter(bases.among(), funding__scope=Scope.ANNUAL, funding__amount__gt=0)
    return _valued(paid, F("funding__source_id"))


def _without_source(bases: _Bases) -> QuerySet[Any, Any]:
    return _valued(Project.objects.filter(bases.among(), has_money_of(NONE)), Value(NONE))


def _of_indicators(bases: _Bases, found: ProjectFilter, own: str, value: Combinable) -> QuerySet[Any, Any]:
    """Beside what is asked of an indicator: with the other conditions holding for that same indicator."""
    conditions = indicator_conditions(found.asked)
    others = [condition for name, condition in conditions.items() if name != own]
    if own == "operator":
        others.append(Q(indicators__number__isnull=False))
    return _valued(with_indicator([bases.among(*OF_INDICATORS), *others]), value).distinct()


def _of_findings(bases: _Bases, found: ProjectFilter, own: str, field: str) -> QuerySet[Any, Any]:
    """Beside what is asked of a finding: with the other conditions holding for that same finding."""
    projects = Project.objects.filter(bases.among(*OF_FINDINGS)).order_by().values("pk")
    asked = {name: value for name, value in found.asked.items() if name != own}
    findings = finding_filters().matching(asked).filter(project__in=projects)
    valued: QuerySet[Any, Any] = findings.annotate(value=Cast(F(field), TextField()))
    return valued.values_list("project_id", "value").distinct()


def _value(name: str, value: str | None) -> str:
    if name == "attribute":
        known = (kind for kind in ATTRIBUTES if value and value.startswith(kind))
        return next(known, OTHER if value else NONE)
    return value or NONE
