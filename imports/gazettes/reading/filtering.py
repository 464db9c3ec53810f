"""The filters of the list of official documents: what the address asks for and what it finds."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import Any, Final

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, ExtractYear
from django.forms import Form
from django.http import QueryDict

from imports.document_numbers import whole_number
from imports.gazettes.choices import Pairs, region_choices
from imports.gazettes.filtering import NONE, AddressFilter, one_of, text_of
from imports.gazettes.models import GazetteIssue, OfficialDocument, ProseTarget, TableRow, TargetState
from projects.filters.words import holds, words_of
from projects.querysets import in_regions

SEARCHED: Final = ("title", "attached_title", "number", "number_printed", "issuer")
YEAR: Final = Coalesce(ExtractYear("signed"), F("issue__year"), output_field=IntegerField())
"""Of a document: of its date, else of the issue that prints it."""


class TextFilter(AddressFilter):
    """Official documents by words, year, region, issue, and what waits for somebody in them."""

    year = one_of("年份")
    region = one_of("行政区划")
    issue = one_of("公报期")
    damaged = one_of("表格行", [("1", "有损坏的行")])
    open = one_of("文中目标", [("1", "有待审的目标")])
    q = text_of("文字")

    class Meta:
        model = OfficialDocument
        fields: tuple[str, ...] = ()
        form = Form

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, OfficialDocument.objects.all())
        offered = {"year": self._years, "region": lambda: region_choices(self.queryset), "issue": _issues}
        for name, choices in offered.items():
            self.filters[name].extra["choices"] = choices

    def narrowed(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """What everything asked holds for."""
        conditions = (CONDITIONS[name](value) for name, value in self.asked.items())
        found: QuerySet[Any] = queryset.alias(of_year=YEAR).filter(reduce(and_, conditions, Q()))
        return found

    def _years(self) -> Pairs:
        years = self.queryset.annotate(of_year=YEAR).order_by().values_list("of_year", flat=True).distinct()
        return [(str(year), f"{year} 年") for year in sorted(filter(None, years), reverse=True)]


def _of_words(typed: str) -> Q:
    """Every word somewhere; a whole 文号 in any bracket style is looked for in its standard form."""
    number = whole_number(typed)
    if number is not None:
        return Q(number=number.standard) | _all_words(typed)
    return _all_words(typed)


def _all_words(typed: str) -> Q:
    return reduce(and_, (reduce(or_, (holds(path, word) for path in SEARCHED)) for word in words_of(typed)), Q())


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


def _issues() -> Pairs:
    return [(str(issue.pk), str(issue)) for issue in GazetteIssue.objects.defer("entries")]


def newest_first(documents: QuerySet[OfficialDocument]) -> QuerySet[OfficialDocument]:
    """By date of signing, those without one last, in the order of their texts."""
    return documents.order_by(F("signed").desc(nulls_last=True), "source_id", "position", "pk")
