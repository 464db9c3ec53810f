"""What may be chosen: taken from the projects that a person sees."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from django.db.models import Exists, OuterRef

from projects.filters import conditions
from projects.filters.above import finding_filters, indicator_classes
from projects.filters.conditions import NO_FINDING, NONE, OTHER
from projects.models import Department, Region
from projects.querysets import ProjectQuerySet
from projects.region_tree import region_tree

Pairs = list[tuple[str, str]]

ATTRIBUTES: Final = [*conditions.ATTRIBUTES.items(), (OTHER, "其他属性"), (NONE, "未列明")]
ARCHIVED: Final = [("only", "只看已归档"), ("all", "包含已归档")]
OPERATOR_CHOICES: Final = [("ge", "≥"), ("le", "≤"), ("gt", ">"), ("lt", "<"), ("eq", "="), (NONE, "未标符号")]
KINDS: Final = [("quantitative", "定量（有数值）"), ("qualitative", "定性（只有文字）")]
DIFFERS: Final = [("yes", "与来源不同"), ("no", "没有不同")]
FINDINGS: Final = [
    ("open", "有未认可的意见"), (NO_FINDING, "没有未认可的意见"), ("accepted", "有已认可的意见"), ("all", "有意见（含已认可）"),
]  # fmt: skip
INDENT: Final = "\u3000"


class Choices:
    """The choices among some projects; each is read once, when it is first wanted."""

    def __init__(self, projects: ProjectQuerySet) -> None:
        self._projects = projects

    @cached_property
    def regions(self) -> Pairs:
        """Regions with projects, below the divisions that join several."""
        with_projects = Region.objects.filter(Exists(self._projects.filter(region=OuterRef("pk")).order_by()))
        return [
            (branch.region.code, INDENT * branch.depth + (branch.region.short_name if branch.depth else branch.region.name))
            for branch in region_tree(with_projects.values_list("code", flat=True))
        ]  # fmt: skip

    @cached_property
    def years(self) -> Pairs:
        """Budget years, the latest first."""
        years = self._projects.order_by("-year").values_list("year", flat=True).distinct()
        return [(str(year), f"{year} 年") for year in years]

    @cached_property
    def departments(self) -> Pairs:
        """Departments, those of one name told apart by their region, and ``none``."""
        return list(self._departments())

    @cached_property
    def sections(self) -> Pairs:
        """Sections as printed, and ``none``."""
        sections = list(self._projects.order_by("section").values_list("section", flat=True).distinct())
        named = [(section, section) for section in sections if section]
        return [*named, (NONE, "未列明科室")] if named and "" in sections else named

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

    def _departments(self) -> Iterator[tuple[str, str]]:
        departments = Department.objects.filter(Exists(self._projects.filter(department=OuterRef("pk")).order_by()))
        rows = list(departments.values_list("pk", "name", "region__short_name"))
        names = [name for _, name, _ in rows]
        for pk, name, region in rows:
            yield str(pk), f"{name}（{region}）" if names.count(name) > 1 else name
        if self._projects.filter(department=None).exists():
            yield NONE, "未列明部门"
