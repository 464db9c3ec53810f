"""`PlanFilter`: plan projects by what the address asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import and_, or_
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import QueryDict

from imports.gazettes.filtering import MAX_NUMBER, NONE, AddressFilter, AmountForm, one_of, some_of, text_of
from imports.gazettes.models import LinkState, PlanBody, PlanLink, PlanProject
from imports.gazettes.plans.choices import PlanChoices
from projects.filters.words import holds, words_of
from projects.querysets import ProjectQuerySet, in_regions

MONEY: Final = [("stated", "有投资额"), ("text", "只在文字中写明"), (NONE, "没有写明")]
SOUND: Final = [("damaged", "只看损坏的"), ("duplicates", "只看重复文件中的"), ("all", "全部")]
LINKED: Final = [("confirmed", "已对应预算项目"), ("proposed", "有待确认的对应"), (NONE, "没有对应")]
TEXTS: Final = ("name", "content", "location", "responsible")
Condition = Callable[["PlanFilter", Any], Q]


class PlanFilter(AddressFilter):
    """Plan projects by what a person asks; those of sound rows and of documents that are no duplicates unless told otherwise.

    ``projects`` are the budget projects that the person may see: links to others are not known to them.
    """

    region = one_of("行政区划")
    document = one_of("文件")
    year = one_of("实施年份")
    q = text_of("文字")
    table = one_of("附件或表格")
    category = some_of("类别")
    department = some_of("责任部门")
    responsible = text_of("责任单位（印刷）")
    start = one_of("起始年")
    min = text_of("投资下限", MAX_NUMBER)
    max = text_of("投资上限", MAX_NUMBER)
    money = one_of("投资额", MONEY)
    linked = one_of("与预算项目", LINKED)
    state = one_of("数据", SOUND, "完好且不重复的")

    USUAL = ("region", "document", "year", "q")
    RANGE_LABEL = "投资"

    class Meta:
        model = PlanProject
        fields: tuple[str, ...] = ()
        form = AmountForm

    def __init__(self, data: QueryDict, queryset: QuerySet[PlanProject], *, projects: ProjectQuerySet) -> None:
        super().__init__(data, queryset)
        self.projects = projects
        self.choices = PlanChoices(queryset, data.get("document", ""), data.get("table", ""))
        offered = {name: f"{name}s" for name in ("region", "document", "table", "department", "year", "start")}
        for name, kind in {**offered, "category": "categories"}.items():
            self.filters[name].extra["choices"] = lambda kind=kind: getattr(self.choices, kind)

    def narrowed(self, queryset: QuerySet[PlanProject]) -> QuerySet[PlanProject]:
        """The plan projects that everything asked holds for."""
        return self._under(queryset.filter(_SOUND[self.asked.get("state", "")]))

    @property
    def damaged(self) -> QuerySet[PlanProject]:
        """What the list leaves out because its rows are damaged, under all the other filters; nothing where it is asked for."""
        if self.asked.get("state") or not self.form.is_valid():
            return PlanProject.objects.none()
        return self._under(PlanProject.objects.filter(_SOUND["damaged"]))

    def _under(self, found: QuerySet[PlanProject]) -> QuerySet[PlanProject]:
        for name, value in self.asked.items():
            if name in _CONDITIONS:
                found = found.filter(_CONDITIONS[name](self, value))
        return found

    @property
    def links(self) -> QuerySet[PlanLink]:
        """The links that the person may know of, of the plan project of the outer query."""
        return PlanLink.objects.filter(plan_project=OuterRef("pk"), project__in=self.projects).order_by()


_ORIGINAL: Final = Q(document__duplicate_of=None)
_SOUND: Final = {
    "": Q(damage="") & _ORIGINAL,
    "damaged": ~Q(damage="") & _ORIGINAL,
    "duplicates": ~_ORIGINAL,
    "all": Q(),
}


def _region(_found: PlanFilter, value: str) -> Q:
    return Q(document__region=None) if value == NONE else in_regions([value], "document__region")


def _text(_found: PlanFilter, value: str) -> Q:
    """Every word somewhere in the texts that people read."""
    return reduce(and_, (reduce(or_, (holds(field, word) for field in TEXTS)) for word in words_of(value)), Q())


def _departments(_found: PlanFilter, values: list[str]) -> Q:
    bodies = PlanBody.objects.filter(plan_project=OuterRef("pk")).order_by()
    chosen = Q(Exists(bodies.filter(department__in=[value for value in values if value != NONE])))
    return chosen | ~Q(Exists(bodies.filter(department__isnull=False))) if NONE in values else chosen


def _year(_found: PlanFilter, value: str) -> Q:
    """The printed years overlap the asked one; a project with one year has that one."""
    if value == NONE:
        return Q(first_year=None)
    in_time = Q(pk__in=PlanProject.objects.alias(end=Coalesce(F("last_year"), F("first_year"))).filter(end__gte=value))
    return Q(first_year__lte=value) & in_time


def _money(_found: PlanFilter, value: str) -> Q:
    if value == "stated":
        return Q(investment__isnull=False)
    return Q(investment=None, investment_in_text__isnull=value == NONE)


def _linked(found: PlanFilter, value: str) -> Q:
    confirmed = Q(Exists(found.links.filter(state=LinkState.CONFIRMED)))
    proposed = Q(Exists(found.links.filter(state=LinkState.PROPOSED)))
    return {"confirmed": confirmed, "proposed": proposed, NONE: ~confirmed & ~proposed}[value]


_CONDITIONS: Final[dict[str, Condition]] = {
    "region": _region,
    "document": lambda _found, value: Q(document=value),
    "table": lambda _found, value: Q(table=value),
    "category": lambda _found, values: Q(category__in=["" if value == NONE else value for value in values]),
    "department": _departments,
    "responsible": lambda _found, value: holds("responsible", value),
    "year": _year,
    "start": lambda _found, value: Q(first_year=None if value == NONE else value),
    "min": lambda _found, value: Q(investment__gte=value),
    "max": lambda _found, value: Q(investment__lte=value),
    "money": _money,
    "linked": _linked,
    "q": _text,
}  # fmt: skip
