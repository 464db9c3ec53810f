"""What may be chosen: taken from the projects that a person sees."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import Final

from projects.filters import conditions
from projects.filters.above import finding_filters, indicator_classes
from projects.filters.conditions import NO_FINDING, NONE, OTHER, in_archive
from projects.filters.offered_documents import Documents
from projects.filters.offers import INDENT, Departments, Offer, Pairs, Regions, Sections, Tallies
from projects.querysets import ProjectQuerySet, scope_of
from projects.rollups.models import ProjectTally
from projects.rollups.reading import is_everything, kept_groups

ATTRIBUTES: Final = [*conditions.ATTRIBUTES.items(), (OTHER, "其他属性"), (NONE, "未列明")]
ARCHIVED: Final = [("only", "只看已归档"), ("all", "包含已归档")]
OPERATOR_CHOICES: Final = [("ge", "≥"), ("le", "≤"), ("gt", ">"), ("lt", "<"), ("eq", "="), (NONE, "未标符号")]
KINDS: Final = [("quantitative", "定量（有数值）"), ("qualitative", "定性（只有文字）")]
DIFFERS: Final = [("yes", "与来源不同"), ("no", "没有不同")]
FINDINGS: Final = [
    ("open", "有未认可的意见"), (NO_FINDING, "没有未认可的意见"), ("accepted", "有已认可的意见"), ("all", "有意见（含已认可）"),
]  # fmt: skip


class Choices:
    """The choices among the projects that a person sees, of an archive; each is read once, when it is first wanted."""

    def __init__(self, visible: ProjectQuerySet, archived: str | None = None) -> None:
        self._visible = visible
        self._archived = archived
        self._projects = in_archive(visible, archived)
        self._shown: dict[tuple[str, tuple[str, ...]], Pairs] = {}

    @cached_property
    def years(self) -> Pairs:
        """Budget years, the latest first."""
        kept = kept_groups(self._visible, {"archived": self._archived} if self._archived else {}, ["year"])
        if kept is not None:
            years = sorted((int(year) for (year,), _ in kept), reverse=True)
        else:
            years = list(self._projects.order_by("-year").values_list("year", flat=True).distinct())
        return [(str(year), f"{year} 年") for year in years]

    @cached_property
    def classes(self) -> Pairs:
        """Classes of indicators of both levels."""
        return [(one.code, INDENT * (one.parent is not None) + one.name) for one in indicator_classes()]

    @property
    def rules(self) -> Pairs:
        """Rules of the review."""
        return finding_filters().rules

    @property
    def families(self) -> Pairs:
        """Natures of the review."""
        return finding_filters().families

    @property
    def severities(self) -> Pairs:
        """How grave findings are."""
        return finding_filters().severities

    @cached_property
    def offers(self) -> dict[str, Offer]:
        """The choices of which there may be very many, by filter."""
        return {
            "region": self.regions,
            "department": Departments(self._projects, everything=self._everything, tallies=self._tallies),
            "section": Sections(self._projects, everything=self._everything, tallies=self._tallies),
            "document": Documents(self._visible),
        }

    @cached_property
    def regions(self) -> Regions:
        """The regions."""
        return Regions(self._projects, everything=self._everything, tallies=self._tallies)

    @cached_property
    def _everything(self) -> str | None:
        """A name for all projects of this archive: what is asked of them is one statement for everybody."""
        archive = self._archived if self._archived in dict(ARCHIVED) else "current"
        return archive if is_everything(self._visible) else None

    @cached_property
    def _tallies(self) -> Tallies | None:
        """Those of the projects of this archive, where somebody sees all of some regions."""
        scope = scope_of(self._visible)
        if scope is None or scope.regions is None:
            return None
        of_regions = ProjectTally.objects.filter(region__at_or_below=scope.regions)
        return of_regions if self._archived == "all" else of_regions.filter(is_archived=self._archived == "only")

    def shown(self, name: str, chosen: Collection[str]) -> Pairs:
        """What a page shows of such a filter: all choices where they are few, and in any case what is chosen of them."""
        offer, key = self.offers[name], (name, tuple(chosen))
        if key not in self._shown:
            few = offer.few
            others = set(chosen) - {value for value, _ in few} - {""}
            self._shown[key] = few + (offer.named(sorted(others)) if others else [])
        return self._shown[key]
