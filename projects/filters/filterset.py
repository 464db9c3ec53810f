"""`ProjectFilter`: the filters of the address, what they find, and the addresses that lead on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, NamedTuple

import django_filters  # type: ignore[import-untyped]  # the package carries no types
from django import forms
from django.core.validators import EMPTY_VALUES
from django.db.models import Count, Sum
from django.http import QueryDict

from perfgoals.display import UNIT_PARAMETER, unit_of
from projects.filters.chips import Chip, chips_of
from projects.filters.choices import ARCHIVED, ATTRIBUTES, DIFFERS, FINDINGS, KINDS, OPERATOR_CHOICES, Choices
from projects.filters.conditions import COSTLY, in_archive, narrowed, numbers_of
from projects.filters.form import FilterForm, Fresh
from projects.filters.texts import WithWords, among_numbers
from projects.filters.words import words_of
from projects.funding_sources import NAMES
from projects.models import Project
from projects.querysets import ProjectQuerySet
from projects.rollups.reading import kept_hits

MAX_TEXT: Final = 100
MAX_NUMBER: Final = 40
MOST_WITH_WORDS: Final = 100_000
"""Projects among which those with very frequent words are counted while somebody waits."""
USUAL: Final = ("region", "year", "department", "q")
"""The filters that stand open; the others are behind 更多筛选."""
LISTED: Final = ("region", "department", "section")
"""Filters of whose choices a country has thousands: pages list some of them (`projects.filters.offers`)."""
MANY: Final = (*LISTED, "document")
"""These, and one whose value may be any number: their choices can be searched for."""
IN_UNIT: Final = ("min", "max")
"""Filters that mean something only with the address's unit."""


class Whole(NamedTuple):
    """What a person sees without any filter: number of projects and annual yuan (``None``: all blank)."""

    projects: int
    amount: Decimal | None


class DocumentFilter(django_filters.Filter):  # type: ignore[misc]  # the package carries no types
    """A source document by its number."""

    field_class = forms.IntegerField


def _one(label: str, choices: list[tuple[str, str]] | None = None, empty: str = "全部") -> django_filters.ChoiceFilter:
    given = {"choices": choices} if choices else {}
    return django_filters.ChoiceFilter(label=label, empty_label=empty, error_messages=_unknown(label), **given)


def _many(label: str, choices: list[tuple[str, str]] | None = None) -> django_filters.MultipleChoiceFilter:
    given = {"choices": choices} if choices else {}
    widget = forms.CheckboxSelectMultiple
    return django_filters.MultipleChoiceFilter(label=label, widget=widget, error_messages=_unknown(label), **given)


def _unknown(label: str) -> dict[str, str]:
    return {"invalid_choice": f"“%(value)s”不在{label}的可选范围内，请重新选择。"}


def _text(label: str, longest: int = MAX_TEXT) -> django_filters.CharFilter:
    return django_filters.CharFilter(label=label, max_length=longest)


class ProjectFilter(django_filters.FilterSet):  # type: ignore[misc]  # the package carries no types
    """Projects by what `projects.filters.conditions` knows.

    Archived projects are found where they are asked for, and nowhere else. Made with a queryset of what the person may
    see: the choices are taken from it, without the archive likewise. Where a value is not understood, ``form.errors``
    says so and nothing is found. Amounts are in the unit of the address, else in 万元. ``choices`` may be shared by
    several filters of one person.
    """

    region = _one("行政区划")
    year = _one("年度")
    department = _many("部门")
    q = _text("文字")
    section = _many("科室")
    unit_text = _text("实施单位")
    source = _many("资金来源", list(NAMES.items()))
    attribute = _one("项目属性", ATTRIBUTES)
    min = _text("年度金额下限", MAX_NUMBER)
    max = _text("年度金额上限", MAX_NUMBER)
    category = _many("指标类别")
    indicator = _text("指标名称")
    operator = _many("计算符号", OPERATOR_CHOICES)
    number_min = _text("目标值下限", MAX_NUMBER)
    number_max = _text("目标值上限", MAX_NUMBER)
    kind = _one("定量定性", KINDS)
    indicators = _one("绩效指标", [("yes", "有指标"), ("no", "没有指标")])
    differs = _one("与来源比较", DIFFERS)
    finding = _one("审核意见", FINDINGS)
    finding_rule = _many("审核规则")
    finding_family = _many("审核类别")
    finding_severity = _many("严重程度")
    own = _one("下级区划", [("1", "不含下级")], "包含")
    archived = _one("归档", ARCHIVED, "不含已归档")
    document = DocumentFilter(label="来源文件", min_value=1, max_value=2**63 - 1)

    class Meta:
        model = Project
        fields: tuple[str, ...] = ()
        form = FilterForm

    def __init__(self, data: QueryDict, queryset: ProjectQuerySet, *, choices: Choices | None = None) -> None:
        super().__init__(data, queryset)
        self.choices = choices or Choices(queryset, data.get("archived"))
        for name in LISTED:
            self.filters[name].extra["choices"] = lambda name=name: self.choices.shown(name, data.getlist(name))
        offered = {
            "year": "years", "category": "classes", "finding_rule": "rules", "finding_family": "families", "finding_severity": "severities",
        }  # fmt: skip
        for name, kind in offered.items():
            self.filters[name].extra["choices"] = lambda kind=kind: getattr(self.choices, kind)

    def get_form_class(self) -> type[FilterForm]:
        """A class for this one form, with fields of its own."""
        made: type[FilterForm] = super().get_form_class()
        made.base_fields = Fresh(made.base_fields)
        return made

    def filter_queryset(self, queryset: ProjectQuerySet) -> ProjectQuerySet:
        """The projects found; none while a value is not understood, which must never show the whole list."""
        if not self.form.is_valid():
            return queryset.none()
        if self.with_words is None:
            return self._narrowed if self.settled is None else queryset.filter(among_numbers(self.settled))
        return self._without_words().filter(self.with_words.looked_up())

    @cached_property
    def numbers(self) -> list[int] | None:
        """The numbers of the projects found; ``None`` where they are very many (`numbers_of`)."""
        if not self.form.is_valid():
            return []
        return numbers_of(self._narrowed if self.with_words is None else self.qs)

    @property
    def settled(self) -> list[int] | None:
        """These numbers, where looking for the projects takes long and is done once."""
        return self.numbers if self.with_words is None and self.asked.keys() & COSTLY else None

    @property
    def _narrowed(self) -> ProjectQuerySet:
        return narrowed(self.queryset, self.asked)

    def in_order(self, until: int) -> ProjectQuerySet:
        """What is found, for statements in an order in which an index has all projects, that take ``until`` of them: no more
        are read than are wanted."""
        if self.with_words is None or (not self.with_words.are_met_soon and self.with_words.are_few):
            return self.qs  # type: ignore[no-any-return]  # the package carries no types
        return self._without_words().filter(self.with_words.gone_through(until))

    def found_without(self, names: Collection[str]) -> ProjectQuerySet:
        """What would be found with these filters off; none while a value is not understood."""
        if not self.form.is_valid():
            return self.queryset.none()  # type: ignore[no-any-return]  # the package carries no types
        asked = {name: value for name, value in self.asked.items() if name not in names}
        if "q" in asked and self.with_words is not None:
            others = narrowed(self.queryset, {name: value for name, value in asked.items() if name != "q"})
            if self.with_words.suits(others):
                return others.filter(self.with_words.looked_up())
        return narrowed(self.queryset, asked)

    @cached_property
    def asked(self) -> dict[str, Any]:
        """The cleaned values of the filters that are on; nothing while one is not understood."""
        values = self.form.cleaned_data if self.form.is_valid() else {}
        return {name: value for name, value in values.items() if value not in EMPTY_VALUES}

    @cached_property
    def with_words(self) -> WithWords | None:
        """Where words are asked for, and nothing else that takes long: the projects that have them."""
        return WithWords(self.words, self._without_words()) if self.asked.keys() & COSTLY == {"q"} else None

    @property
    def takes_long(self) -> bool:
        """Whether to count all that is found takes long."""
        return self.with_words is not None and self.with_words.take_long

    @property
    def is_met_soon(self) -> bool:
        """Whether a page is filled sooner, by going through projects, than all that is found is counted."""
        return self.with_words is not None and (self.with_words.are_met_soon or self.with_words.take_long)

    @cached_property
    def takes_long_anyhow(self) -> bool:
        """Whether it does although only what everything else finds would be looked at: that is very much itself."""
        if not self.takes_long:
            return False
        others = {name: value for name, value in self.asked.items() if name != "q"}
        if kept := kept_hits(self.queryset, others):
            return kept.projects > MOST_WITH_WORDS
        return bool(self._without_words().order_by()[: MOST_WITH_WORDS + 1].count() > MOST_WITH_WORDS)

    def _without_words(self) -> ProjectQuerySet:
        return narrowed(self.queryset, {name: value for name, value in self.asked.items() if name != "q"})

    @cached_property
    def whole(self) -> Whole:
        """What the person sees without filters, in the same archive."""
        archived = {name: value for name, value in self.asked.items() if name == "archived"}
        if kept := kept_hits(self.queryset, archived):
            return Whole(kept.projects, kept.amount)
        everything = in_archive(self.queryset, self.asked.get("archived")).order_by()
        sums = everything.aggregate(number=Count("pk"), yuan=Sum("amount"))
        return Whole(sums["number"], sums["yuan"])

    @cached_property
    def searched(self) -> frozenset[str]:
        """The filters whose choices are too many to be listed."""
        return frozenset(name for name in MANY if not self.choices.offers[name].is_few)

    @property
    def words(self) -> list[str]:
        """The words of the free text that is looked for."""
        return words_of(self.asked.get("q", ""))

    @property
    def unit(self) -> str:
        """The unit of amounts in the address."""
        return unit_of(self.data)

    @property
    def sources(self) -> list[str]:
        """Codes of the funding sources asked for."""
        return list(self.asked.get("source", ()))

    @property
    def is_on(self) -> bool:
        """Whether any filter is."""
        return any(value.strip() for name in self.filters for value in self.data.getlist(name))

    @property
    def extras_on(self) -> int:
        """How many of the filters behind 更多筛选 are on."""
        return sum(1 for name in self.filters if name not in USUAL and any(self.data.getlist(name)))

    @property
    def query(self) -> str:
        """The filters that are on, without order and page: the same for every page of what they find."""
        return self.query_with({})

    def query_with(self, changes: Mapping[str, str], *, also_source: str | None = None) -> str:
        """The query of this filter with some filters changed, and a funding source more."""
        query = QueryDict(mutable=True)
        for name in self.filters:
            values = [changes[name]] if name in changes else self.data.getlist(name)
            if name == "source" and also_source and also_source not in values:
                values = [*values, also_source]
            query.setlist(name, [value for value in values if value])
        if any(query.getlist(name) for name in IN_UNIT):
            query[UNIT_PARAMETER] = self.unit
        return query.urlencode()

    def chips(self) -> list[Chip]:
        """The filters that are on, also those whose value is not understood."""
        return chips_of(self)

    def query_without_filters(self) -> str:
        """The address's query with all filters off; sorting and page size stay."""
        query = self.data.copy()
        for name in (*self.filters, "page"):
            query.pop(name, None)
        return str(query.urlencode())

    def query_without(self, taken: Mapping[str, str | None]) -> str:
        """The address's query without some values, by filter (``None``: all of the filter), and from page one on."""
        query = self.data.copy()
        for name, value in taken.items():
            gone = {value, ""} if value is not None else set(query.getlist(name))
            query.setlist(name, [other for other in query.getlist(name) if other not in gone])
        query.pop("page", None)
        return str(query.urlencode())
