"""Regions as people pick them: those with projects, below the divisions that hold several of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from django.db.models import Q, QuerySet

from projects.models import Region

MANY: Final = 300
"""Of more regions, all are read that there are."""


class Branch(NamedTuple):
    """A region, how deep it stands, whether it has projects of its own and whether divisions below it have."""

    region: Region
    depth: int
    has_own: bool
    has_below: bool
    codes: frozenset[str]
    """The region's code and those of all divisions below it that have projects."""


def region_tree(codes: Collection[str]) -> list[Branch]:
    """The regions of ``codes`` in order of their codes, under every division above that joins two or more of them."""
    regions = {region.code: region for region in _with_those_above(codes)}
    children: dict[str | None, set[str]] = {}
    for code in codes:
        at: str | None = code
        while at is not None:
            above = regions[at].parent_id
            children.setdefault(above, set()).add(at)
            at = above
    return list(_walk(None, 0, regions, children, set(codes)))


def _with_those_above(codes: Collection[str]) -> QuerySet[Region]:
    if len(codes) > MANY:
        return Region.objects.all()  # most of them, and their codes would take longer to write
    own = Region.objects.filter(code__in=codes)
    holding = Q(code__in=own.values("parent")) | Q(code__in=own.values("parent__parent"))
    return Region.objects.filter(Q(code__in=codes) | holding)


def _walk(
    above: str | None, depth: int, regions: dict[str, Region], children: dict[str | None, set[str]], own: set[str]
) -> Iterator[Branch]:
    for code in sorted(children.get(above, ())):
        below = children.get(code, set())
        if code not in own and len(below) == 1:
            yield from _walk(code, depth, regions, children, own)
            continue
        under = list(_walk(code, depth + 1, regions, children, own))
        held = frozenset(branch.region.code for branch in under if branch.has_own) | ({code} & own)
        yield Branch(regions[code], depth, code in own, bool(below), held)
        yield from under
