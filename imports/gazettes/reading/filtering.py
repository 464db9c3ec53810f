"""The filters of the list of official documents: what the address asks for, what it finds, and the chips."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, reduce
from operator import and_
from typing import Any, Final, NamedTuple

from django import forms
from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, ExtractYear
from django.http import QueryDict

from imports.document_numbers import whole_number
from imports.gazettes.models import GazetteIssue, OfficialDocument, ProseTarget, TableRow, TargetState
from projects.filters.words import holds, words_of
from projects.querysets import in_regions
from projects.region_tree import region_tree

LONGEST: Final = 100
NONE: Final = "none"
INDENT: Final = "\u3000"
SEARCHED: Final = ("title", "attached_title", "number", "number_printed", "issuer")
YEAR: Final = Coalesce(ExtractYear("signed"), F("issue__year"), output_field=IntegerField())
"""Of a document: of its date, else of the issue that prints it."""


class Chip(NamedTuple):
    """A filter that is on: what it is, its value in words, and the address's query without it."""

    label: str
    value: str
    query_without: str
    is_of_indicator: bool = False
    is_wrong: bool = False


class _Form(forms.Form):
    q = forms.CharField(label="文字", required=False, max_length=LONGEST)
    year = forms.ChoiceField(label="年份", required=False)
    region = forms.ChoiceField(label="行政区划", required=False)
    issue = forms.ChoiceField(label="公报期", required=False)
    damaged = forms.ChoiceField(label="表格行", required=False, choices=[("", "全部"), ("1", "有损坏的行")])
    open = forms.ChoiceField(label="文中目标", required=False, choices=[("", "全部"), ("1", "有待审的目标")])

    def __init__(self, data: QueryDict, documents: QuerySet[OfficialDocument]) -> None:
        super().__init__(data)
        offered = {"year": _years(documents), "region": _regions(documents), "issue": _issues()}
        for name, choices in offered.items():
            self.fields[name].choices = [("", "全部"), *choices]  # type: ignore[attr-defined]  # a ChoiceField
        for field in self.fields.values():
            unknown = f"“%(value)s”不在{field.label}的可选范围内，请重新选择。"
            field.error_messages["invalid_choice"] = unknown


class TextFilter:
    """Official documents by words, year, region, issue, and what waits for somebody in them.

    Where a value is not understood, ``errors`` says so and nothing is found.
    """

    def __init__(self, data: QueryDict) -> None:
        self.data = data
        self._documents = OfficialDocument.objects.all()
        self.form = _Form(data, self._documents)

    @property
    def filters(self) -> Mapping[str, forms.Field]:
        """The fields of the bar, by name."""
        return self.form.fields

    @property
    def errors(self) -> Mapping[str, Any]:
        """What is not understood, by filter."""
        return self.form.errors

    @cached_property
    def asked(self) -> dict[str, str]:
        """The filters that are on."""
        values = self.form.cleaned_data if self.form.is_valid() else {}
        return {name: value for name, value in values.items() if value}

    @property
    def words(self) -> list[str]:
        """The words that are looked for."""
        return words_of(self.asked.get("q", ""))

    @property
    def qs(self) -> QuerySet[OfficialDocument]:
        """The documents found."""
        if not self.form.is_valid():
            return self._documents.none()
        conditions = [CONDITIONS[name](value) for name, value in self.asked.items()]
        found = self._documents.alias(of_year=YEAR)
        return found.filter(reduce(and_, conditions)) if conditions else found

    def chips(self) -> list[Chip]:
        """The filters that are on, also those whose value is not understood."""
        return [
            Chip(str(field.label), self._in_words(name, value), self._query_without(name), is_wrong=name in self.errors)
            for name, field in self.form.fields.items()
            if (value := self.data.get(name, "").strip())
        ]

    def query_without_filters(self) -> str:
        """The address's query with all filters off."""
        return self._query_without(*self.form.fields)

    def _query_without(self, *names: str) -> str:
        query = self.data.copy()
        for name in (*names, "page"):
            query.pop(name, None)
        return str(query.urlencode())

    def _in_words(self, name: str, value: str) -> str:
        choices = dict(getattr(self.form.fields[name], "choices", ()))
        return str(choices.get(value, value)).strip()


def _of_words(typed: str) -> Q:
    """Every word somewhere; a whole 文号 in any bracket style is looked for in its standard form."""
    number = whole_number(typed)
    if number is not None:
        return Q(number=number.standard) | _all_words(typed)
    return _all_words(typed)


def _all_words(typed: str) -> Q:
    return reduce(and_, (reduce(_or, (holds(path, word) for path in SEARCHED)) for word in words_of(typed)), Q())


def _or(one: Q, other: Q) -> Q:
    return one | other


def _of_region(code: str) -> Q:
    return Q(region=None) if code == NONE else in_regions([code])


def _with_damage(_: str) -> Q:
    rows = TableRow.objects.filter(table__document=OuterRef("pk")).exclude(damage="")
    return Q(Exists(rows.order_by()))


def _with_open_targets(_: str) -> Q:
    return Q(Exists(ProseTarget.objects.filter(document=OuterRef("pk"), state=TargetState.OPEN).order_by()))


CONDITIONS: Final = {
    "q": _of_words,
    "year": lambda year: Q(of_year=int(year)),
    "region": _of_region,
    "issue": lambda pk: Q(issue=int(pk)),
    "damaged": _with_damage,
    "open": _with_open_targets,
}


def _years(documents: QuerySet[OfficialDocument]) -> list[tuple[str, str]]:
    years = documents.annotate(of_year=YEAR).order_by().values_list("of_year", flat=True).distinct()
    return [(str(year), f"{year} 年") for year in sorted(filter(None, years), reverse=True)]


def _regions(documents: QuerySet[OfficialDocument]) -> list[tuple[str, str]]:
    codes = set(documents.order_by().values_list("region", flat=True).distinct())
    branches = region_tree([code for code in codes if code])
    pairs = [
        (branch.region.code, INDENT * branch.depth + (branch.region.short_name if branch.depth else branch.region.name))
        for branch in branches
    ]
    return [*pairs, (NONE, "未列明")] if None in codes and pairs else pairs


def _issues() -> list[tuple[str, str]]:
    return [(str(issue.pk), str(issue)) for issue in GazetteIssue.objects.defer("entries")]


def newest_first(documents: QuerySet[OfficialDocument]) -> QuerySet[OfficialDocument]:
    """By date of signing, those without one last, in the order of their texts."""
    return documents.order_by(F("signed").desc(nulls_last=True), "source_id", "position", "pk")
