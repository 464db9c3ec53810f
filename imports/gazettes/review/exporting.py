"""Targets as csv and xlsx: all that the filter finds, row after row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils import timezone

from imports.gazettes.files import file_response, plain_number
from imports.gazettes.models import ProseTarget
from imports.gazettes.review.words import SIGNS, YEAR_BASES
from perfgoals.spreadsheets import Head, Kind

CHUNK: Final = 500
HEADS: Final = (
    Head("编号", Kind.NUMBER, 8), Head("状态", width=10), Head("指标", width=28), Head("比较", width=6),
    Head("数值", Kind.NUMBER, 12), Head("单位", width=10), Head("目标年", Kind.NUMBER, 8),
    Head("目标年依据", width=12), Head("印刷的数值", width=12), Head("分句", width=40), Head("句子", width=60),
    Head("文件", width=40), Head("文号", width=20), Head("行政区划", width=12), Head("行", Kind.NUMBER, 8),
    Head("审核人", width=12), Head("审核时间", Kind.MOMENT, 20),
)  # fmt: skip


def file_of(targets: QuerySet[ProseTarget], kind: str | None) -> FileResponse:
    """The targets as a download. Raises as `file_response` does."""
    return file_response(kind, "目标审核", HEADS, _rows(targets))


def _rows(targets: QuerySet[ProseTarget]) -> Iterator[tuple[Any, ...]]:
    found = targets.select_related("document__region", "reviewed_by")
    for target in found.iterator(chunk_size=CHUNK):
        document, reviewer = target.document, target.reviewed_by
        yield (
            target.pk, target.get_state_display(), target.name, SIGNS[target.operator], plain_number(target.number),
            target.unit, target.year, YEAR_BASES.get(target.year_basis, ""), target.number_printed, target.text,
            target.sentence, document.title, document.number, document.region.name if document.region else "",
            target.line, reviewer.display_name if reviewer else "",
            timezone.localtime(target.reviewed_at).replace(microsecond=0, tzinfo=None) if target.reviewed_at else None,
        )  # fmt: skip
