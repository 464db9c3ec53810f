"""For which region and year the rules are looked at, and which of their settings is in force there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django import forms
from django.db.models import Count

from indicators.models import ProjectFinding, RuleSetting
from perfgoals.models import User
from projects.models import YEARS, Project, Region
from projects.querysets import in_regions

_WRONG_YEAR: Final = f"年度请写 {YEARS[0]} 至 {YEARS[1]} 之间的四位数字，各年度都看时留空。"


@dataclass(frozen=True, slots=True)
class Place:
    """A region and a year; ``None`` stands for all."""

    region: Region | None = None
    year: int | None = None
    upwards: tuple[str | None, ...] = (None,)
    """The codes of the region and of those above it, the nearest first, then ``None`` for all."""

    @property
    def is_everywhere(self) -> bool:
        """Whether nothing narrower than all regions and years is looked at."""
        return self.region is None and self.year is None

    @property
    def words(self) -> str:
        """上党区 2025 年, 上党区各年度, 全部行政区划 2025 年."""
        region = self.region.short_name if self.region else "全部行政区划"
        return f"{region} {self.year} 年" if self.year else f"{region}各年度"

    @property
    def query(self) -> str:
        """The place as an address's query, as the project filters write it."""
        asked = {"region": self.region.pk if self.region else None, "year": self.year}
        return "".join(f"&{name}={value}" for name, value in asked.items() if value)

    def in_force(self, settings: Sequence[RuleSetting]) -> RuleSetting | None:
        """Of the settings of one rule the one that counts here: the nearest region, and of that its year before all."""
        stated = {(one.region_id, one.year): one for one in settings}
        places = ((code, year) for code in self.upwards for year in (self.year, None))
        return next((stated[place] for place in places if place in stated), None)


def counts(place: Place, by: User) -> dict[str, int]:
    """Rule → findings of the place that the person sees."""
    projects = Project.objects.visible_to(by)
    if place.region is not None:
        projects = projects.filter(in_regions([place.region.pk]))
    if place.year is not None:
        projects = projects.filter(year=place.year)
    found = ProjectFinding.objects.order_by()
    if projects.query.where:
        found = found.filter(project__in=projects.order_by().values("pk"))
    counted: list[tuple[str, int]] = list(found.values_list("rule").annotate(Count("pk")))
    return dict(counted)


class PlaceForm(forms.Form):
    """The switch above the list of rules."""

    region = forms.ModelChoiceField(
        Region.objects.order_by("code"), required=False, label="行政区划", empty_label="全部",
        error_messages={"invalid_choice": "没有这个行政区划，请重新选择。"},
    )  # fmt: skip
    year = forms.IntegerField(
        required=False, label="年度", min_value=YEARS[0], max_value=YEARS[1],
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _WRONG_YEAR),
        widget=forms.NumberInput(attrs={"class": "input", "placeholder": "全部"}),
    )  # fmt: skip

    def place(self) -> Place:
        """What is asked for; all where it is not understood."""
        if not self.is_valid():
            return Place()
        region, year = self.cleaned_data["region"], self.cleaned_data["year"]
        return Place(region, year, (*_upwards(region), None))


def _upwards(region: Region | None) -> list[str]:
    above = dict(Region.objects.values_list("code", "parent")) if region else {}
    codes, at = list[str](), region.pk if region else None
    while at is not None:
        codes.append(at)
        at = above.get(at)
    return codes
