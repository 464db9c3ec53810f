"""`TargetFilter`: targets by what the address asks, the same for the list and for its files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.forms import Form
from django.http import QueryDict

from imports.gazettes.choices import DocumentChoices
from imports.gazettes.filtering import NONE, AddressFilter, one_of, text_of
from imports.gazettes.models import ProseTarget, TargetState
from imports.gazettes.review.words import OPERATOR_NAMES
from projects.filters.chips import Chip
from projects.filters.words import holds
from projects.querysets import in_regions

ALL: Final = "all"
STATES: Final = [*TargetState.choices, (ALL, "全部")]


@dataclass(frozen=True, slots=True)
class Tab:
    """A state with how many targets have it."""

    name: str
    count: int
    is_shown: bool
    query: str
    """The address's query that shows it."""


class TargetFilter(AddressFilter):
    """Targets by what a person asks; without a state those that wait for somebody."""

    region = one_of("行政区划")
    document = one_of("文件")
    year = one_of("目标年")
    q = text_of("文字")
    unit_is = one_of("单位")
    operator = one_of("比较", list(OPERATOR_NAMES.items()))
    state = one_of("状态", STATES)

    USUAL = ("region", "document", "year", "unit_is", "operator", "q")

    class Meta:
        model = ProseTarget
        fields: tuple[str, ...] = ()
        form = Form

    def __init__(self, data: QueryDict, queryset: QuerySet[ProseTarget]) -> None:
        super().__init__(data, queryset)
        self._choices = DocumentChoices(queryset)
        offered = {
            "region": lambda: self._choices.regions, "document": lambda: self._choices.documents,
            "year": self._years, "unit_is": self._units,
        }  # fmt: skip
        for name, choices in offered.items():
            self.filters[name].extra["choices"] = choices

    def narrowed(self, queryset: QuerySet[ProseTarget]) -> QuerySet[ProseTarget]:
        """What everything asked holds for."""
        state = self.asked.get("state", TargetState.OPEN)
        found = queryset.filter(self._condition)
        return found if state == ALL else found.filter(state=state)

    @cached_property
    def tabs(self) -> list[Tab]:
        """How many targets there are in each state, under the other filters."""
        counts: dict[str, int] = {}
        if self.form.is_valid():
            found = self.queryset.filter(self._condition).order_by()
            counts = dict(found.values_list("state").annotate(Count("pk")))
        counts[ALL] = sum(counts.values())
        shown = self.asked.get("state", TargetState.OPEN)
        return [Tab(name, counts.get(key, 0), key == shown, self._query_of(key)) for key, name in STATES]

    def chips(self) -> list[Chip]:
        """The filters that are on, but for the state: that is the tab."""
        is_wrong = "state" in self.form.errors
        return [chip for chip in super().chips() if is_wrong or chip.label != self.filters["state"].label]

    def _query_of(self, state: str) -> str:
        """The address's query for another state, from page one on; those that are open need none."""
        query = self.data.copy()
        query.pop("page", None)
        query.setlist("state", [] if state == TargetState.OPEN else [state])
        return str(query.urlencode())

    @property
    def _condition(self) -> Q:
        """Everything that is asked, but for the state."""
        asked: dict[str, Any] = self.asked
        found = Q()
        if region := asked.get("region"):
            found &= Q(document__region=None) if region == NONE else in_regions([region], "document__region")
        if document := asked.get("document"):
            found &= Q(document=document)
        if year := asked.get("year"):
            found &= Q(year=None if year == NONE else year)
        if unit := asked.get("unit_is"):
            found &= Q(unit="" if unit == NONE else unit)
        if operator := asked.get("operator"):
            found &= Q(operator=operator)
        return reduce(and_, (holds("sentence", word) | holds("name", word) for word in self.words), found)

    def _years(self) -> list[tuple[str, str]]:
        years = list(self.queryset.order_by("-year").values_list("year", flat=True).distinct())
        named = [(str(year), f"{year} 年") for year in years if year]
        return [*named, (NONE, "未写明年份")] if None in years else named

    def _units(self) -> list[tuple[str, str]]:
        """Units, the most frequent first."""
        counted = self.queryset.order_by().values_list("unit").annotate(number=Count("pk")).order_by("-number", "unit")
        return [(unit or NONE, unit or "没有单位") for unit, _ in counted]
