"""What the page of a checked upload says: what importing it would do, and what is to be decided first."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.http import QueryDict

from imports.models import ImportRun, SourceDocument, Upload
from imports.permissions import documents_visible_to
from imports.showing import sections_of
from imports.uploads.deciding import digest, shown_report
from imports.uploads.receiving import known_document, same_files

COUNTS: Final = {
    "created": "新增", "changed": "变更", "unchanged": "未变", "duplicates": "重复填报", "conflicts": "冲突",
}  # fmt: skip


def preview_of(upload: Upload, query: QueryDict) -> dict[str, Any]:
    """The context of the page."""
    report = shown_report(upload)
    counts = report["counts"]
    decided = [field["taken"] for conflict in report["conflicts"] for field in conflict["fields"]]
    before = upload.before
    return {
        "report": report, "run": _as_run(upload, report), "sections": sections_of(report, query),
        "shown": digest(report), "differing": _differing(before, counts), "before": before,
        "projects": counts["created"] + counts["changed"] + counts["unchanged"] + counts["conflicts"],
        "touched": len(_touched(report)), "taken": decided.count("source"), "kept": decided.count("current"), "may_decide": not upload.options["take_source"],
        "created_total": Decimal(report["created_total"]), "amount_change": Decimal(report["amount_change"]),
        "known": known_document(upload), "same": list(same_files(upload).filter(by=upload.by)[:3]),
    }  # fmt: skip


def _as_run(upload: Upload, report: Mapping[str, Any]) -> ImportRun:
    """The run that the report would belong to, not stored, so that both pages show the same report."""
    declared = report["declared_total"]
    document = SourceDocument.objects.filter(sha256=report["sha256"]).first()
    if document is not None and not documents_visible_to(upload.by).filter(pk=document.pk).exists():
        document = None
    return ImportRun(
        document=document, file_name=upload.name, layout=report["layout"], by=upload.by, total=Decimal(report["total"]),
        declared_total=None if declared is None else Decimal(declared), **report["counts"],
    )  # fmt: skip


def _touched(report: Mapping[str, Any]) -> set[int]:
    """The projects that a table would change."""
    taken = (one for one in report["conflicts"] if any(field["taken"] == "source" for field in one["fields"]))
    return {one["project_id"] for one in (*report["changes"], *taken)}


def _differing(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    return [f"{name} {before[key]} → {now[key]}" for key, name in COUNTS.items() if before and before[key] != now[key]]
