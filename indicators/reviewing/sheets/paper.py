"""The working paper (审计底稿): findings of projects with their source, their place in history and how they were drawn."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from indicators.models import ProjectFinding
from indicators.reviewing.listing import Line, lines_of
from indicators.reviewing.sheets.changed import History
from indicators.reviewing.sheets.sampling import Largest, Sample, drawn_by_money, places_at_random
from indicators.state import newest_event
from perfgoals.snapshot import snapshot
from projects.filters import ProjectFilter
from projects.models import Project
from projects.querysets import ProjectQuerySet
from projects.rollups.groups import groups_of

MOST: Final = 500
"""Projects of a paper."""


class Source(NamedTuple):
    """Where a project stands in its source."""

    document: str
    lines: str


class PaperProject(NamedTuple):
    """A project of the paper with its findings."""

    project: Project
    chance: Decimal
    source: Source
    version: int
    lines: Sequence[tuple[Line, str]]
    """Each finding with who changed its fields last."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """How the projects of a paper are chosen."""

    method: str
    size: int
    seed: int


def drawn(found: ProjectFilter, how: Drawing) -> Sample:
    """The sample of the projects found; none where all are asked for and are more than `MOST`."""
    with snapshot():
        return _drawn_by_money(found, how) if how.method == "money" else _drawn(found.qs, how)


def _drawn_by_money(found: ProjectFilter, how: Drawing) -> Sample:
    """From the sums of each region, and the projects of those that the sample falls into."""
    groups = groups_of(found, ["region"])
    # Words that very many have are looked for in the texts of the regions that are read, which are few of all.
    with_money = found.in_order(how.size).filter(amount__gt=0)
    largest = with_money.order_by(F("amount").desc(nulls_last=True), "pk").values_list("pk", "region_id", "amount")

    def amounts_in(regions: Collection[str]) -> dict[str, dict[int, Decimal]]:
        amounts: dict[str, dict[int, Decimal]] = {}
        rows = with_money.filter(region__in=regions).order_by().values_list("region_id", "pk", "amount")
        for region, number, amount in rows:
            amounts.setdefault(region, {})[number] = amount or Decimal(0)
        return amounts

    chances = drawn_by_money(
        [Largest(number, region, amount or Decimal(0)) for number, region, amount in largest[: how.size]],
        {region: group.amount for (region,), group in groups if group.amount is not None},
        amounts_in, how.size, how.seed,
    )  # fmt: skip
    return Sample(chances, sum(group.projects for _, group in groups))


def _drawn(projects: ProjectQuerySet, how: Drawing) -> Sample:
    population = projects.count()
    if how.method == "random":
        places = places_at_random(population, how.size, how.seed)
        numbered = projects.order_by("pk").annotate(place=Window(RowNumber(), order_by="pk"))
        chosen = numbered.filter(place__in=[place + 1 for place in places]).values_list("pk", flat=True)
        return Sample(dict.fromkeys(chosen, Decimal(len(places)) / max(population, 1)), population)
    every = projects.order_by("pk").values_list("pk", flat=True) if population <= MOST else []
    return Sample(dict.fromkeys(every, Decimal(1)), population)


def paper_of(sample: Sample) -> list[PaperProject]:
    """The projects of a sample with their findings, in as many statements for many as for one."""
    numbers = list(sample.chances)
    projects = Project.objects.select_related("region", "department").in_bulk(numbers)
    versions = dict(Project.objects.filter(pk__in=numbers).annotate(v=newest_event()).values_list("pk", "v"))
    lines, sources, history = lines_of(ProjectFinding.objects.all(), numbers), _sources(numbers), History(numbers)
    return [
        PaperProject(
            projects[number], chance, sources.get(number, Source("", "")), versions[number],
            [(line, history.words(number, line.fields)) for line in lines.get(number, [])],
        )
        for number, chance in sample.chances.items()
    ]  # fmt: skip


def paper_rows(paper: Sequence[PaperProject]) -> Iterator[list[Any]]:
    """A row for each finding; a project without any has one that says so."""
    for one in paper:
        project = one.project
        body = project.department_printed or (project.department.name if project.department else "")
        head = [
            project.pk, project.region.short_name, project.year, body, project.name, project.amount, f"{one.chance:.4f}",
            one.source.document, one.source.lines, one.version,
        ]  # fmt: skip
        if not one.lines:
            yield [*head, "", "", "没有审核意见", "", "", "", ""]
        for line, changed in one.lines:
            accepted = "" if line.reason is None else f"{line.accepted_by}：{line.reason}"
            places = "、".join(line.places)
            yield [*head, line.severity.label, line.title, line.message, places, changed, accepted, line.rule]


def _sources(numbers: Sequence[int]) -> dict[int, Source]:
    """By the reverse relation: sources belong to the app above."""
    current = Project.objects.filter(pk__in=numbers, source_records__is_current=True).order_by().values_list(
        "pk", "source_records__document__name", "source_records__lines", "source_records__first_line",
        "source_records__last_line",
    )  # fmt: skip
    return {pk: Source(name or "", _lines(ranges, first, last)) for pk, name, ranges, first, last in current}


def _lines(ranges: Sequence[Sequence[int]] | None, first: int | None, last: int | None) -> str:
    """12–66，70: the lines of the document that state the project."""
    spans = [(span[0], span[-1]) for span in ranges or ()] or ([(first, last or first)] if first else [])
    return "，".join(f"{start}–{end}" if end != start else f"{start}" for start, end in spans)
