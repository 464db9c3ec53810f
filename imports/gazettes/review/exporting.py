"""Targets as csv and xlsx: all that the filter finds, row after row."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from imports.gazettes.models import ProseTarget
from imports.gazettes.review.words import SIGNS, YEAR_BASES
from perfgoals.spreadsheets import Head, Kind, XlsxFile, csv_chunks

TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
CHUNK: Final = 500
HEADS: Final = (
    Head("编号", Kind.NUMBER, 8), Head("状态", width=10), Head("指标", width=28), Head("比较", width=6),
    Head("数值", Kind.NUMBER, 12), Head("单位", width=10), Head("目标年", Kind.NUMBER, 8),
    Head("目标年依据", width=12), Head("印刷的数值", width=12), Head("分句", width=40), Head("句子", width=60),
    Head("文件", width=40), Head("文号", width=20), Head("行政区划", width=12), Head("行", Kind.NUMBER, 8),
    Head("审核人", width=12), Head("审核时间", Kind.MOMENT, 20),
)  # fmt: skip


def file_of(targets: QuerySet[ProseTarget], kind: str) -> HttpResponseBase:
    """The targets as a download."""
    name = f"目标审核_{timezone.localdate():%Y%m%d}.{kind}"
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
    if kind == "csv":
        return StreamingHttpResponse(csv_chunks(HEADS, _rows(targets)), content_type=TYPES[kind], headers=headers)
    data = tempfile.TemporaryFile()  # noqa: SIM115  # closed by the response, when it was sent
    with XlsxFile(data) as book:
        book.sheet("目标", HEADS).write(_rows(targets))
    data.seek(0)
    return FileResponse(data, as_attachment=True, filename=name, content_type=TYPES[kind])


def _plain(number: Decimal) -> Decimal:
    """Without the zeros of the column, and without an exponent, which a csv file would show."""
    return Decimal(f"{number.normalize():f}")


def _rows(targets: QuerySet[ProseTarget]) -> Iterator[tuple[Any, ...]]:
    found = targets.select_related("document__region", "reviewed_by")
    for target in found.iterator(chunk_size=CHUNK):
        document, reviewer = target.document, target.reviewed_by
        yield (
            target.pk, target.get_state_display(), target.name, SIGNS[target.operator], _plain(target.number),
            target.unit, target.year, YEAR_BASES.get(target.year_basis, ""), target.number_printed, target.text,
            target.sentence, document.title, document.number, document.region.name if document.region else "",
            target.line, reviewer.display_name if reviewer else "",
            timezone.localtime(target.reviewed_at).replace(microsecond=0, tzinfo=None) if target.reviewed_at else None,
        )  # fmt: skip
