"""Plan indicators: found by the address, and set out as tables with a column for each year or town."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, reduce
from itertools import groupby
from operator import and_, or_
from typing import Any, Final, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from imports.gazettes.choices import DocumentChoices, Pairs, cut
from imports.gazettes.filtering import NONE, AddressFilter, AmountForm, one_of, some_of, text_of
from imports.gazettes.models import DocumentTable, PlanIndicator, PlanValue
from projects.filters.words import holds, words_of
from projects.querysets import in_regions

SOUND: Final = [("damaged", "只看损坏的"), ("duplicates", "只看重复文件中的"), ("all", "全部")]
TEXTS: Final = ("name", "name_printed", "qualifier")


class IndicatorChoices(DocumentChoices):
    """The choices among plan indicators."""

    @cached_property
    def groups(self) -> Pairs:
        """Groups as printed, and ``none``."""
        return self._of("group", "没有分组")

    @cached_property
    def natures(self) -> Pairs:
        """约束性 and 预期性 as printed, and ``none``."""
        return self._of("nature", "未标属性")

    @cached_property
    def years(self) -> Pairs:
        """Years of values, the latest first."""
        values = PlanValue.objects.filter(indicator__in=self._queryset.order_by(), year__isnull=False)
        years = {year for year in values.order_by().values_list("year", flat=True).distinct() if year}
        return [(str(year), f"{year} 年") for year in sorted(years, reverse=True)]

    def _of(self, field: str, none: str) -> Pairs:
        found = sorted(set(self._queryset.order_by().values_list(field, flat=True)))
        named = [(one, cut(one)) for one in found if one]
        return [*named, (NONE, none)] if "" in found else named


class IndicatorFilter(AddressFilter):
    """Plan indicators by what a person asks; sound ones of documents that are no duplicates unless told otherwise."""

    region = one_of("行政区划")
    document = one_of("文件")
    nature = one_of("属性")
    year = one_of("年份")
    q = text_of("指标名称")
    group = some_of("分组")
    state = one_of("数据", SOUND, "完好且不重复的")

    USUAL = ("region", "document", "nature", "year", "q", "group", "state")

    class Meta:
        model = PlanIndicator
        fields: tuple[str, ...] = ()
        form = AmountForm

    def __init__(self, data: QueryDict, queryset: QuerySet[PlanIndicator]) -> None:
        super().__init__(data, queryset)
        self.choices = IndicatorChoices(queryset)
        for name in ("region", "document", "nature", "year", "group"):
            self.filters[name].extra["choices"] = lambda name=name: getattr(self.choices, f"{name}s")

    def narrowed(self, queryset: QuerySet[PlanIndicator]) -> QuerySet[PlanIndicator]:
        """The indicators that everything asked holds for."""
        return queryset.filter(*(_condition(name, value) for name, value in self.asked.items()), _sound(self.asked))


def _sound(asked: dict[str, Any]) -> Q:
    original = Q(document__duplicate_of=None)
    of = {"": Q(damage="") & original, "damaged": ~Q(damage="") & original, "duplicates": ~original, "all": Q()}
    return of[asked.get("state", "")]


def _condition(name: str, value: Any) -> Q:
    match name:
        case "region":
            return Q(document__region=None) if value == NONE else in_regions([value], "document__region")
        case "document":
            return Q(document=value)
        case "nature":
            return Q(nature="" if value == NONE else value)
        case "group":
            return Q(group__in=["" if one == NONE else one for one in value])
        case "year":
            return Q(Exists(PlanValue.objects.filter(indicator=OuterRef("pk"), year=value).order_by()))
        case "q":
            return reduce(and_, (reduce(or_, (holds(field, word) for field in TEXTS)) for word in words_of(value)), Q())
    return Q()


class Line(NamedTuple):
    """An indicator with its values under the columns of its block."""

    indicator: PlanIndicator
    values: list[PlanValue | None]
    opens_group: bool


class Block(NamedTuple):
    """Indicators of one table: what its columns of values are called, and its lines."""

    table: DocumentTable
    columns: list[str]
    lines: list[Line]
    is_continued: bool
    """The page before has the block's beginning."""

    @property
    def width(self) -> int:
        """Columns of the block."""
        return len(self.columns) + 5


def blocks_of(indicators: Iterable[PlanIndicator], before: PlanIndicator | None) -> Iterator[Block]:
    """The indicators of a page in blocks by table; ``before`` is the last one of the page before."""
    for table_id, some in groupby(indicators, key=lambda one: one.table_id):
        held = list(some)
        columns = list(dict.fromkeys(value.label for one in held for value in one.values.all()))
        is_continued = before is not None and before.table_id == table_id
        yield Block(held[0].table, columns, list(_lines(held, columns)), is_continued)


def _lines(indicators: list[PlanIndicator], columns: list[str]) -> Iterator[Line]:
    group = ""
    for one in indicators:
        by_label = {value.label: value for value in one.values.all()}
        yield Line(one, [by_label.get(label) for label in columns], bool(one.group) and one.group != group)
        group = one.group
