"""How much stands in official documents: tables, plan projects, targets, damaged rows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from imports.gazettes.models import DocumentTable, OfficialDocument, PlanProject, ProseTarget, TableRow, TargetState


@dataclass(slots=True)
class Counts:
    """Of one document, or of several."""

    tables: int = 0
    projects: int = 0
    targets: int = 0
    open_targets: int = 0
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """What was found: all documents, those printed again, and what stands in those that count."""

    documents: int
    repeated: int
    counts: Counts


def counts_of(documents: Collection[int]) -> dict[int, Counts]:
    """The counts of some documents by their keys, in four statements."""
    found = {pk: Counts() for pk in documents}
    tables = DocumentTable.objects.filter(document__in=documents)
    projects = PlanProject.objects.filter(document__in=documents)
    targets = ProseTarget.objects.filter(document__in=documents)
    damaged = TableRow.objects.filter(table__document__in=documents).exclude(damage="")
    for pk, number in tables.order_by().values_list("document").annotate(number=Count("pk")):
        found[pk].tables = number
    for pk, number in projects.order_by().values_list("document").annotate(number=Count("pk")):
        found[pk].projects = number
    opened = Count("pk", filter=Q(state=TargetState.OPEN))
    for pk, number, still in targets.order_by().values_list("document").annotate(every=Count("pk"), open=opened):
        found[pk].targets, found[pk].open_targets = number, still
    for pk, number in damaged.order_by().values_list("table__document").annotate(number=Count("pk")):
        found[pk].damaged = number
    return found


def summary_of(documents: QuerySet[OfficialDocument]) -> Summary:
    """What stands in the documents found; one that an earlier text prints as well counts once."""
    numbers = documents.order_by().aggregate(every=Count("pk"), repeated=Count("pk", filter=~Q(duplicate_of=None)))
    own = documents.filter(duplicate_of=None).order_by().values("pk")
    targets = ProseTarget.objects.filter(document__in=own).exclude(state=TargetState.REJECTED)
    counts = Counts(
        tables=DocumentTable.objects.filter(document__in=own).count(),
        projects=PlanProject.objects.filter(document__in=own).count(),
        targets=targets.count(),
        open_targets=targets.filter(state=TargetState.OPEN).count(),
        damaged=TableRow.objects.filter(table__document__in=own).exclude(damage="").count(),
    )
    return Summary(numbers["every"], numbers["repeated"], counts)
