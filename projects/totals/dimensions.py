"""What projects are totalled by, and how the values of each dimension are named, grouped and found in the list."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Final

from django.db.models import Case, F, Q, TextField, Value, When
from django.db.models.expressions import Combinable

from projects.filters.above import indicator_classes
from projects.filters.conditions import ATTRIBUTES, OTHER
from projects.funding_sources import NAMES
from projects.models import Region
from projects.querysets import ProjectQuerySet
from projects.region_tree import Branch, region_tree
from projects.totals.members import NONE, Member, bodies

TOP: Final = "top"
"""Narrows to a division of the highest level, where nothing narrows to a region yet, which lies in it."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """Something that projects are totalled by.

    ``levels`` are what the database groups by, one after another; ``None`` among them is no grouping at all, which
    sources need: a project has several, and each has money of its own, so that the whole is not the sum of its parts.
    Of classes the database groups projects by the set that each of them has (`set_of`), and indicators by their own.
    """

    key: str
    label: str
    levels: tuple[Combinable | None, ...]
    members: Callable[[Collection[str], ProjectQuerySet], list[Member]]
    overlaps: bool = False
    """Whether one project may have several values."""
    is_ranked: bool = False
    """Whether the largest stands first; else the members have an order of their own."""
    money_adds_up: bool = True
    columns_reversed: bool = field(default=False)
    """Whether columns run the other way than rows do (years: the latest row first, the latest column last)."""


def _regions(codes: Collection[str], _projects: ProjectQuerySet) -> list[Member]:
    return _forest(region_tree(codes), 0)


def _tops(codes: Collection[str], _projects: ProjectQuerySet) -> list[Member]:
    """The divisions that nothing stands above, each with all below it."""
    named = Region.objects.filter(code__in=codes).order_by("code").values_list("code", "name")
    return [Member(code, name, {TOP: (code,)}, note="含下级") for code, name in named]


def _forest(branches: list[Branch], depth: int) -> list[Member]:
    tops = [at for at, branch in enumerate(branches) if branch.depth == depth]
    ends = [*tops[1:], len(branches)]
    return [_region(branches[at], branches[at + 1 : end]) for at, end in zip(tops, ends, strict=False)]


def _region(branch: Branch, below: list[Branch]) -> Member:
    name, code = branch.region.name, branch.region.code
    if not branch.has_below:
        return Member(code, name, {"region": (code,)})
    own = [Member(code, f"{name}本级", {"region": (code,), "own": ("1",)})] if branch.has_own else []
    parts = (*own, *_forest(below, branch.depth + 1))
    return Member(f"{code}+", name, {"region": (code,), "own": ()}, note="含下级", children=parts)


def _departments(keys: Collection[str], _projects: ProjectQuerySet) -> list[Member]:
    return bodies(keys)


def _sections(keys: Collection[str], _projects: ProjectQuerySet) -> list[Member]:
    if set(keys) == {NONE}:
        return [Member(NONE, "未列明科室", {})]  # where no project has a section, there is no filter to ask for them
    return [Member(key, "未列明科室" if key == NONE else key, {"section": (key,)}) for key in keys]


def _attributes(keys: Collection[str], _projects: ProjectQuerySet) -> list[Member]:
    known = {**ATTRIBUTES, OTHER: "其他属性", NONE: "未列明属性"}
    return [Member(key, name, {"attribute": (key,)}) for key, name in known.items() if key in keys]


def _years(keys: Collection[str], _projects: ProjectQuerySet) -> list[Member]:
    return [Member(key, f"{key} 年", {"year": (key,)}) for key in sorted(keys, reverse=True)]


def _sources(_keys: Collection[str], _projects: ProjectQuerySet) -> list[Member]:
    return [Member(code, name, {"source": (code,)}) for code, name in NAMES.items()]


def _categories(keys: Collection[str], _projects: ProjectQuerySet) -> list[Member]:
    """Classes of level 1 with those of level 2 below, in the order of the form."""
    above = {one.parent for one in indicator_classes() if one.code in keys}
    found = [one for one in indicator_classes() if one.code in keys or one.code in above]
    below = {one.code: Member(one.code, one.name, {"category": (one.code,)}) for one in found if one.parent}
    members = [
        Member(top.code, top.name, {"category": (top.code,)},
               children=tuple(below[one.code] for one in found if one.parent == top.code))
        for top in found if not top.parent
    ]  # fmt: skip
    return [*members, Member(NONE, "没有绩效指标", {"indicators": ("no",)})] if NONE in keys else members


_ATTRIBUTE: Final = Case(
    *(When(Q(attribute__startswith=key), then=Value(key)) for key in ATTRIBUTES),
    When(Q(attribute=None) | Q(attribute=""), then=Value(NONE)),
    default=Value(OTHER),
    output_field=TextField(),
)

DIMENSIONS: Final[dict[str, Dimension]] = {
    dimension.key: dimension
    for dimension in (
        Dimension("region", "行政区划", (F("region_id"),), _regions),
        Dimension(TOP, "最高一级区划", (F("tally__top"),), _tops),
        Dimension("department", "部门", (F("department_id"),), _departments, is_ranked=True),
        Dimension("section", "科室", (F("section"),), _sections, is_ranked=True),
        Dimension("source", "资金来源", (None, F("funding__source_id")), _sources, overlaps=True),
        Dimension("attribute", "项目属性", (_ATTRIBUTE,), _attributes),
        Dimension("year", "年度", (F("year"),), _years, columns_reversed=True),
        Dimension(
            "category", "指标类别", (F("indicators__category_id"),), _categories, overlaps=True, money_adds_up=False
        ),
    )
}  # fmt: skip
"""Name in the address → dimension."""
