"""What people decide about the conflicts of an import, and what the report says then. Reports are JSON values.

A decision changes no other part of a report than its own conflict and the sums, so that no new dry run is needed to show
what follows from it. That the import then says the very same is checked when it is confirmed (`digest`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from imports.models import Upload
from imports.recognise import TABLE

ZERO: Final = Decimal("0.00")
FOR_PEOPLE: Final = ("excerpts", "created", "unchanged")
"""Parts that a dry run alone has; their sums are in every report."""


def decided(report: Mapping[str, Any], take: Container[str]) -> dict[str, Any]:
    """The report with the file's value taken in the conflicts whose ids are given, and the current one in all others."""
    conflicts = [_with_decisions(conflict, take) for conflict in report["conflicts"]]
    before, now = (sum(map(_is_kept, entries)) for entries in (report["conflicts"], conflicts))
    counts = dict(report["counts"])
    counts["conflicts"] += now - before
    counts["changed"] += before - now
    moved = _moved(conflicts) - _moved(report["conflicts"])
    # A source's total is what it prints; a table's is what its projects come to.
    sums = ("amount_change", "total", "rows_total") if report["layout"] == TABLE else ("amount_change",)
    moved_sums = {name: f"{Decimal(report[name]) + moved:.2f}" for name in sums}
    return {**report, "conflicts": conflicts, "counts": counts, **moved_sums}


def shown_report(upload: Upload) -> dict[str, Any]:
    """The report of an upload as its page shows it: with what was decided so far."""
    report: dict[str, Any] = upload.report
    return report if upload.options.get("take_source") else decided(report, set(upload.options.get("take", ())))


def conflict_ids(report: Mapping[str, Any], *, project: int | None = None) -> list[str]:
    """The ids of all conflicts, or of those of one entry (``project``, its place in the report)."""
    entries = report["conflicts"] if project is None else report["conflicts"][project : project + 1]
    return [field["id"] for field in _fields(entries)]


def digest(report: Mapping[str, Any]) -> str:
    """What a report says that was done, in short: equal for a dry run and for the import that it foretold.

    Left out are numbers that only one of them can have (the run's, and those of the projects that it makes), and what
    only a dry run lists.
    """
    said = {key: value for key, value in report.items() if key not in ("run", "dry_run", *FOR_PEOPLE)}
    for key in ("changes", "conflicts", "duplicates"):
        said[key] = [{name: value for name, value in one.items() if name != "project_id"} for one in said.get(key, ())]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _with_decisions(conflict: Mapping[str, Any], take: Container[str]) -> dict[str, Any]:
    fields = [{**one, "taken": "source" if one["id"] in take else "current"} for one in conflict["fields"]]
    return {**conflict, "fields": fields}


def _is_kept(conflict: Mapping[str, Any]) -> bool:
    """Whether the project counts as one in conflict: a current value stays."""
    return any(field["taken"] == "current" for field in conflict["fields"])


def _moved(conflicts: Iterable[Mapping[str, Any]]) -> Decimal:
    """By how much the decisions move yearly amounts."""
    taken = (field for field in _fields(conflicts) if field["taken"] == "source")
    return sum((Decimal(field.get("moves", ZERO)) for field in taken), start=ZERO)


def _fields(conflicts: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    return (field for conflict in conflicts for field in conflict["fields"])
