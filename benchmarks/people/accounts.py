"""Who browses and edits: accounts in the database, already logged in, and what their addresses speak of."""

from __future__ import annotations

from random import Random
from typing import Any, Final

from django.db.models import Count

from benchmarks.pages import FREQUENT, RARE, TWO
from benchmarks.sessions import account, session_of
from projects.models import Project
from projects.permissions import AUDIT, FINANCE

WORDS: Final = {"frequent": [FREQUENT, TWO, "补助", "养护"], "rare": [RARE, "第二实验小学"]}
"""Searched by everybody."""
OWN: Final = 40
"""Projects that somebody of 财政 edits, at most."""
PLACES: Final = 12
"""Counties and departments that the addresses of 审计 speak of."""
ENOUGH: Final = 3
"""Projects that a county must have for somebody to work there."""


def make_people(number: int, seed: int) -> list[dict[str, Any]]:
    """Every other one of 财政, each of another county (more of them where more projects are), the others of 审计.

    Accounts are used again by the next run, each with a new session. As plain values.
    """
    random = Random(seed)
    counties = _counties(random, at_least=(number + 1) // 2 + 1, at_most=(number + 1) // 2 + PLACES)
    years = list(Project.objects.order_by("year").values_list("year", flat=True).distinct())
    made = []
    for nth in range(number):
        role = (FINANCE, AUDIT)[nth % 2]
        own = [counties.pop()] if role == FINANCE else []
        user = account(f"bench-people-{nth + 1}", role, regions=own)
        regions = own or random.sample(counties, min(PLACES, len(counties)))
        made.append(
            {
                "name": user.username, "role": role, "cookie": session_of(user), "years": years, "regions": regions,
                "provinces": sorted({f"{region[:2]}0000" for region in regions}) if role == AUDIT else [],
                "departments": _departments(regions), "own": _own(random, own), **WORDS,
            }
        )  # fmt: skip
    return made


def _counties(random: Random, at_least: int, at_most: int) -> list[str]:
    """Different ones, drawn by their projects. Raises `RuntimeError` where there are too few."""
    counted = Project.objects.current().order_by("region").values_list("region").annotate(number=Count("pk"))
    sizes = {region: size for region, size in counted if size >= ENOUGH}
    if len(sizes) < at_least:
        raise RuntimeError(f"only {len(sizes)} regions have {ENOUGH} projects or more")
    drawn: dict[str, None] = {}
    while len(drawn) < min(at_most, len(sizes)):
        drawn.update(dict.fromkeys(random.choices(list(sizes), list(sizes.values()))))
    return list(drawn)


def _departments(regions: list[str]) -> list[int]:
    """The largest of each region."""
    counted = (
        Project.objects.current().filter(region__in=regions).exclude(department=None).order_by("region")
        .values_list("region", "department").annotate(number=Count("pk"))
    )  # fmt: skip
    largest: dict[str, tuple[int, int]] = {}
    for region, department, number in counted:
        largest[region] = max(largest.get(region, (0, 0)), (number, department))
    return [department for _, department in largest.values()]


def _own(random: Random, regions: list[str]) -> list[int]:
    found = list(Project.objects.current().filter(region__in=regions).order_by("pk").values_list("pk", flat=True))
    return random.sample(found, min(OWN, len(found)))
