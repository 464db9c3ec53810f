"""The one filter set of list, totals and exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import django_filters  # type: ignore[import-untyped]  # the package carries no types
from django import forms
from django.db.models import DecimalField, Exists, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.http import QueryDict

from projects.funding_sources import NAMES, UNLISTED
from projects.models import Department, Funding, Project, Region, Scope
from projects.querysets import ProjectQuerySet
from projects.region_tree import region_tree

NONE: Final = "none"
MAX_TEXT: Final = 100
ATTRIBUTES: Final = [("一次性", "一次性项目"), ("延续性", "延续性项目"), ("经常性", "经常性项目"), (NONE, "未列明")]
ARCHIVED: Final = [("only", "只看已归档"), ("all", "包含已归档")]
TEXT_FIELDS: Final = (
    "name_key", "department_printed", "department__name", "implementing_unit",
    "basis", "content", "overview", "necessity", "safeguards", "plan",
)  # fmt: skip
USUAL: Final = ("region", "year", "department", "q")
"""The filters that stand open; the others are behind 更多筛选."""

_ZERO = Value(0, output_field=DecimalField(max_digits=20, decimal_places=2))


class Chip(NamedTuple):
    """A filter that is on: what it is, its value in words, and the address's query without it."""

    label: str
    value: str
    query_without: str


class DocumentFilter(django_filters.Filter):  # type: ignore[misc]  # the package carries no types
    """A source document by its number."""

    field_class = forms.IntegerField


class ProjectFilter(django_filters.FilterSet):  # type: ignore[misc]  # the package carries no types
    """Projects by region, year, department, text, funding source, document and attribute.

    Archived projects are found where they are asked for, and nowhere else. Made with a queryset of what the person may
    see: the choices are taken from it, without the archive likewise. Where a value is not understood, ``form.errors``
    says so and nothing is found.
    """

    region = django_filters.ChoiceFilter(label="行政区划", method="of_region", empty_label="全部")
    year = django_filters.ChoiceFilter(label="年度", field_name="year", empty_label="全部")
    department = django_filters.MultipleChoiceFilter(
        label="部门", method="of_departments", widget=forms.CheckboxSelectMultiple
    )
    q = django_filters.CharFilter(label="文字", method="with_words", max_length=MAX_TEXT)
    source = django_filters.MultipleChoiceFilter(
        label="资金来源", method="with_sources", widget=forms.CheckboxSelectMultiple, choices=list(NAMES.items())
    )
    attribute = django_filters.ChoiceFilter(
        label="项目属性", method="with_attribute", choices=ATTRIBUTES, empty_label="全部"
    )
    indicators = django_filters.ChoiceFilter(
        label="绩效指标",
        method="with_indicators",
        choices=[("yes", "有指标"), ("no", "没有指标")],
        empty_label="全部",
    )
    own = django_filters.ChoiceFilter(label="下级区划", method="keep", choices=[("1", "不含下级")], empty_label="包含")
    archived = django_filters.ChoiceFilter(label="归档", method="keep", choices=ARCHIVED, empty_label="不含已归档")
    document = DocumentFilter(label="来源文件", method="from_document", min_value=1, max_value=2**63 - 1)

    class Meta:
        model = Project
        fields: tuple[str, ...] = ()

    def __init__(self, data: QueryDict, queryset: ProjectQuerySet) -> None:
        super().__init__(data, queryset)
        offered = _in_archive(queryset, data.get("archived"))
        self.filters["region"].extra["choices"] = lambda: list(_region_choices(offered))
        self.filters["year"].extra["choices"] = lambda: [(str(year), f"{year} 年") for year in _years(offered)]
        self.filters["department"].extra["choices"] = lambda: list(_department_choices(offered))

    def filter_queryset(self, queryset: ProjectQuerySet) -> ProjectQuerySet:
        """The projects found; none while a value is not understood, which must never show the whole list."""
        if not self.form.is_valid():
            return queryset.none()
        found: ProjectQuerySet = super().filter_queryset(queryset)
        return _in_archive(found, self.form.cleaned_data["archived"])

    @property
    def sources(self) -> list[str]:
        """Codes of the funding sources asked for."""
        return list(self.form.cleaned_data.get("source", ())) if self.form.is_valid() else []

    @property
    def extras_on(self) -> bool:
        """Whether a filter behind 更多筛选 is on."""
        return any(self.data.get(name) for name in self.filters if name not in USUAL)

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
        return query.urlencode()

    def chips(self) -> list[Chip]:
        """The filters that are on, also those whose value is not understood."""
        return [
            Chip(str(self.filters[name].label), self._in_words(name, value), self._query_without(name, value))
            for name in self.filters
            for value in self.data.getlist(name)
            if value.strip()
        ]

    def query_without_filters(self) -> str:
        """The address's query with all filters off; sorting and page size stay."""
        query = self.data.copy()
        for name in (*self.filters, "page"):
            query.pop(name, None)
        return str(query.urlencode())

    def _query_without(self, name: str, value: str) -> str:
        query = self.data.copy()
        query.setlist(name, [other for other in query.getlist(name) if other not in {value, ""}])
        query.pop("page", None)
        return str(query.urlencode())

    def _in_words(self, name: str, value: str) -> str:
        if name == "document":
            named = self.queryset.filter(source_records__document=value) if value.isdecimal() else self.queryset.none()
            return named.values_list("source_records__document__name", flat=True).first() or f"编号 {value}"
        words = dict(getattr(self.form.fields[name], "choices", ()))
        return str(words.get(value, value)).strip()

    def of_region(self, queryset: ProjectQuerySet, _name: str, value: str) -> ProjectQuerySet:
        """A region with the divisions below it, or alone."""
        if self.form.cleaned_data.get("own"):
            return queryset.filter(region=value)
        return queryset.filter(Q(region=value) | Q(region__parent=value) | Q(region__parent__parent=value))

    def of_departments(self, queryset: ProjectQuerySet, _name: str, value: list[str]) -> ProjectQuerySet:
        """Any of the departments; ``none`` are projects without one."""
        chosen = Q(department__in=[pk for pk in value if pk != NONE])
        return queryset.filter(chosen | Q(department=None) if NONE in value else chosen)

    def with_words(self, queryset: ProjectQuerySet, _name: str, value: str) -> ProjectQuerySet:
        """Every word, each in any text of the project, its goals or its indicators."""
        for word in value.split():
            condition = Q(pk__in=Project.objects.filter(goals__text__contains=word).values("pk"))
            condition |= Q(pk__in=Project.objects.filter(indicators__name__contains=word).values("pk"))
            condition |= Q(pk__in=Project.objects.filter(indicators__value__contains=word).values("pk"))
            for field in TEXT_FIELDS:
                condition |= Q(**{f"{field}__contains": word})
            queryset = queryset.filter(condition)
        return queryset

    def with_sources(self, queryset: ProjectQuerySet, _name: str, value: list[str]) -> ProjectQuerySet:
        """Projects whose year has money of every one of the sources."""
        for code in value:
            queryset = queryset.filter(has_money_of(code))
        return queryset

    def with_attribute(self, queryset: ProjectQuerySet, _name: str, value: str) -> ProjectQuerySet:
        """By the beginning of the printed attribute: sources add what it means in brackets of their own."""
        if value == NONE:
            return queryset.filter(Q(attribute=None) | Q(attribute=""))
        return queryset.filter(attribute__startswith=value)

    def with_indicators(self, queryset: ProjectQuerySet, _name: str, value: str) -> ProjectQuerySet:
        """Projects that have indicators, or have none."""
        some = Exists(Project.objects.filter(pk=OuterRef("pk"), indicators__isnull=False))
        return queryset.filter(some if value == "yes" else ~some)

    def from_document(self, queryset: ProjectQuerySet, _name: str, value: int) -> ProjectQuerySet:
        """Projects of which the document states a filing."""
        return queryset.filter(pk__in=Project.objects.filter(source_records__document=value).values("pk"))

    def keep(self, queryset: ProjectQuerySet, _name: str, _value: str) -> ProjectQuerySet:
        """A filter that another one reads."""
        return queryset


def has_money_of(code: str) -> Q:
    """The condition that a project's year has money of a source; of `UNLISTED`, that sources and amount differ."""
    cells = Funding.objects.filter(project=OuterRef("pk"), scope=Scope.ANNUAL).order_by()
    if code != UNLISTED:
        return Q(Exists(cells.filter(source=code, amount__gt=0)))
    explained = Subquery(cells.values("project").annotate(total=Sum("amount")).values("total"))
    return ~Q(Exact(Coalesce(F("amount"), _ZERO), Coalesce(explained, _ZERO)))


def _in_archive(projects: ProjectQuerySet, asked: str | None) -> ProjectQuerySet:
    if asked == "all":
        return projects
    return projects.exclude(archived_at=None) if asked == "only" else projects.current()


def _region_choices(projects: ProjectQuerySet) -> Iterator[tuple[str, str]]:
    with_projects = Region.objects.filter(Exists(projects.filter(region=OuterRef("pk")).order_by()))
    for branch in region_tree(with_projects.values_list("code", flat=True)):
        name = branch.region.short_name if branch.depth else branch.region.name
        yield branch.region.code, "\u3000" * branch.depth + name


def _years(projects: ProjectQuerySet) -> list[int]:
    return list(projects.order_by("-year").values_list("year", flat=True).distinct())


def _department_choices(projects: ProjectQuerySet) -> Iterator[tuple[str, str]]:
    departments = Department.objects.filter(Exists(projects.filter(department=OuterRef("pk")).order_by()))
    rows = list(departments.values_list("pk", "name", "region__short_name"))
    names = [name for _, name, _ in rows]
    for pk, name, region in rows:
        yield str(pk), f"{name}（{region}）" if names.count(name) > 1 else name
    if projects.filter(department=None).exists():
        yield NONE, "未列明部门"
