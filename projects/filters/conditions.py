"""What each filter asks of the database.

A condition takes everything that was asked, since some filters read another one: a region knows whether the divisions
below it are meant. What is asked of indicators must hold for one and the same indicator.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from functools import reduce
from operator import and_, or_
from typing import Any, Final

from django.db.models import DecimalField, Exists, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact

from projects.filters.above import differing_among, finding_filters
from projects.filters.bounds import Bound
from projects.filters.texts import with_words
from projects.filters.words import holds, words_of
from projects.funding_sources import UNLISTED
from projects.models import Funding, Project, Scope
from projects.querysets import ProjectQuerySet, in_regions

NONE: Final = "none"
OTHER: Final = "other"
ATTRIBUTES: Final = {"一次性": "一次性项目", "延续性": "延续性项目", "经常性": "经常性项目"}
"""How a printed attribute begins → what it is called; what begins otherwise is `OTHER`, without any it is `NONE`."""
OPERATORS: Final = {"ge": ">=", "le": "<=", "gt": ">", "lt": "<", "eq": "="}
"""Comparator in the address → as stored. ``none`` is a number without one."""

Asked = Mapping[str, Any]
"""What is asked, by filter: cleaned values, without what is off."""

HAS_INDICATORS: Final = Q(tally__indicators__gt=0)
"""The condition that a project has any indicator, told by its tally: the indicators themselves need not be read."""
_ZERO = Value(0, output_field=DecimalField(max_digits=20, decimal_places=2))


def has_money_of(code: str) -> Q:
    """The condition that a project's year has money of a source; of `UNLISTED`, that sources and amount differ."""
    cells = Funding.objects.filter(project=OuterRef("pk"), scope=Scope.ANNUAL).order_by()
    if code != UNLISTED:
        return Q(Exists(cells.filter(source=code, amount__gt=0)))
    explained = Subquery(cells.values("project").annotate(total=Sum("amount")).values("total"))
    return ~Q(Exact(Coalesce(F("amount"), _ZERO), Coalesce(explained, _ZERO)))


def in_archive(projects: ProjectQuerySet, asked: str | None) -> ProjectQuerySet:
    """The projects that are in use, those in the archive (``only``) or both (``all``)."""
    if asked == "all":
        return projects
    return projects.exclude(archived_at=None) if asked == "only" else projects.current()


def narrowed(projects: ProjectQuerySet, asked: Asked) -> ProjectQuerySet:
    """Those of the projects that everything asked holds for."""
    found = in_archive(projects, asked.get("archived"))
    for name, condition in CONDITIONS.items():
        if name in asked:
            found = found.filter(condition(asked))
    if "indicator" in asked:
        found = found.filter(
            with_words(words_of(asked["indicator"]))
        )  # the index tells quickly where it is worth looking
    if of_one := indicator_conditions(asked):
        found = found.filter(Exists(with_indicator(of_one.values()).filter(pk=OuterRef("pk"))))
    if asked.keys() & OF_FINDINGS:
        having = Q(Exists(finding_filters().matching(asked).filter(project=OuterRef("pk"))))
        found = found.filter(~having if asked.get("finding") == NO_FINDING else having)
    if "differs" in asked:
        # Last, since only what is left has to be compared.
        differing = Q(pk__in=differing_among(found))
        found = found.filter(differing if asked["differs"] == "yes" else ~differing)
    return found


def numbers_of(found: ProjectQuerySet) -> list[int] | None:
    """The numbers of the projects found; ``None`` where they are more than `MOST_SETTLED`.

    A page asks several times for what it shows: the number, the sums, the rows, each cell's total. The texts of all
    indicators are read in a second or more, a list of keys in no time. A very long list is not worth sending.
    """
    numbers = list(found.order_by().values_list("pk", flat=True)[: MOST_SETTLED + 1])
    return numbers if len(numbers) <= MOST_SETTLED else None


def indicator_conditions(asked: Asked) -> dict[str, Q]:
    """What is asked of one and the same indicator, by filter; the range of numbers is one condition."""
    makers: dict[str, Callable[[], Q]] = {
        "category": lambda: of_classes(asked["category"]),
        "indicator": lambda: holds("indicators__name", asked["indicator"]),
        "operator": lambda: with_operators(asked["operator"]),
        "kind": lambda: Q(indicators__number__isnull=asked["kind"] == "qualitative"),
    }
    conditions = {name: make() for name, make in makers.items() if name in asked}
    if "number_min" in asked or "number_max" in asked:
        conditions["number"] = with_number(asked.get("number_min"), asked.get("number_max"))
    return conditions


def with_indicator(conditions: Collection[Q]) -> ProjectQuerySet:
    """Projects that have an indicator which meets all conditions; one for each such indicator."""
    # Without the last condition a project that has no indicator would count as one whose number is blank.
    return Project.objects.filter(*conditions, indicators__isnull=False).order_by()


def all_of(conditions: Collection[Q]) -> Q:
    """All of the conditions at once: of an indicator, they then speak of the same one."""
    return reduce(and_, conditions)


def of_classes(codes: list[str]) -> Q:
    """An indicator of any of the classes; one of level 1 has all below it."""
    return Q(indicators__category__in=codes) | Q(indicators__category__parent__in=codes)


def with_operators(codes: list[str]) -> Q:
    """An indicator whose number has any of the comparators, or none."""
    stored = Q(indicators__operator__in=[OPERATORS[code] for code in codes if code != NONE])
    bare = Q(indicators__operator=None, indicators__number__isnull=False)
    return stored | bare if NONE in codes else stored


def with_number(lower: Bound | None, upper: Bound | None) -> Q:
    """An indicator whose number lies in the range, in the unit of its bounds."""
    condition = Q(indicators__number__isnull=False)
    if lower:
        condition &= Q(**{f"indicators__number__{'gt' if lower.is_strict else 'gte'}": lower.number})
    if upper:
        condition &= Q(**{f"indicators__number__{'lt' if upper.is_strict else 'lte'}": upper.number})
    units = (upper and upper.units) or (lower and lower.units)
    return condition & Q(indicators__unit__in=units) if units else condition


def _region(asked: Asked) -> Q:
    if asked.get("own"):
        return Q(region=asked["region"])
    return in_regions([asked["region"]])


def _departments(asked: Asked) -> Q:
    chosen = Q(department__in=[pk for pk in asked["department"] if pk != NONE])
    return chosen | Q(department=None) if NONE in asked["department"] else chosen


def _sections(asked: Asked) -> Q:
    return Q(section__in=["" if section == NONE else section for section in asked["section"]])


def _words(asked: Asked) -> Q:
    return with_words(words_of(asked["q"]))


def _sources(asked: Asked) -> Q:
    """Every one of the sources gives money: what a tick in the form says."""
    return all_of([has_money_of(code) for code in asked["source"]])


def _attribute(asked: Asked) -> Q:
    """By the beginning of the printed attribute: sources add what it means in brackets of their own."""
    blank = Q(attribute=None) | Q(attribute="")
    if asked["attribute"] == NONE:
        return blank
    if asked["attribute"] == OTHER:
        return ~reduce(or_, (Q(attribute__startswith=known) for known in ATTRIBUTES), blank)
    return Q(attribute__startswith=asked["attribute"])


def _indicators(asked: Asked) -> Q:
    return HAS_INDICATORS if asked["indicators"] == "yes" else ~HAS_INDICATORS


def _document(asked: Asked) -> Q:
    stated = Project.objects.filter(source_records__document=asked["document"])
    return Q(pk__in=stated.order_by().values("pk"))


def _at_least(asked: Asked) -> Q:
    lower: Decimal = asked["min"]
    return Q(amount__gte=lower)


def _at_most(asked: Asked) -> Q:
    upper: Decimal = asked["max"]
    return Q(amount__lte=upper)


CONDITIONS: Final[dict[str, Callable[[Asked], Q]]] = {
    "region": _region,
    "year": lambda asked: Q(year=asked["year"]),
    "department": _departments,
    "section": _sections,
    "unit_text": lambda asked: (
        with_words(words_of(asked["unit_text"])) & holds("implementing_unit", asked["unit_text"])
    ),
    "source": _sources,
    "attribute": _attribute,
    "min": _at_least,
    "max": _at_most,
    "indicators": _indicators,
    "document": _document,
    "q": _words,
}
"""Filter → its condition, for all that ask nothing of an indicator."""
OF_INDICATORS: Final = ("category", "indicator", "operator", "number_min", "number_max", "kind")
OF_FINDINGS: Final = frozenset({"finding", "finding_rule", "finding_family", "finding_severity"})
"""Filters of findings, which must hold for one and the same finding."""
NO_FINDING: Final = "no"
"""In the address: projects without any finding of what is asked that nobody accepted."""
COSTLY: Final = frozenset({"q", "unit_text", "source", "differs", "document", *OF_INDICATORS, *OF_FINDINGS})
"""Filters that read other tables, or texts from end to end."""
MOST_SETTLED: Final = 50_000
