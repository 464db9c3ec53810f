"""Findings as csv and xlsx: all that the list's filter finds, row after row."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from indicators.models import ProjectFinding
from indicators.reviewing.showing import ShownFinding
from indicators.reviewing.working.listed import ORDER, RELATED, in_words
from perfgoals.spreadsheets import Head, Kind, Sheet, csv_chunks, write_sheets

BATCH: Final = 500
MOST_XLSX: Final = 100_000
"""Rows that a workbook is made of while somebody waits."""
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS: Final = (
    Head("严重程度", width=10), Head("类别", width=10), Head("规则", width=24), Head("审核意见", width=60),
    Head("字段", width=30), Head("建议改为", width=30), Head("项目编号", Kind.NUMBER, 10), Head("项目名称", width=40),
    Head("行政区划", width=12), Head("年度", Kind.NUMBER, 7), Head("主管部门", width=24),
    Head("年度金额（元）", Kind.MONEY, 18), Head("状态", width=10), Head("认可人", width=12),
    Head("认可时间", Kind.MOMENT, 20), Head("认可理由", width=40), Head("依据", width=40), Head("规则编号", width=30),
)  # fmt: skip


class TooManyError(ValueError):
    """More rows than a workbook is made of at once; the message is one Chinese sentence."""


def file_of(findings: QuerySet[ProjectFinding], count: int, kind: str | None) -> HttpResponseBase:
    """The findings as a download. Raises ``Http404`` for a format that there is not, and `TooManyError`."""
    rows = _rows(findings.select_related(*RELATED).order_by(*ORDER))
    name = f"审核意见_{timezone.localdate():%Y%m%d}.{kind}"
    if kind == "csv":
        disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
        headers = {"Content-Disposition": disposition}
        return StreamingHttpResponse(csv_chunks(HEADS, rows), content_type="text/csv; charset=utf-8", headers=headers)
    if kind != "xlsx":
        raise Http404("没有这种文件格式。")
    if count > MOST_XLSX:
        raise TooManyError(f"有 {count:,} 条审核意见，Excel 文件一次最多 {MOST_XLSX:,} 条：请缩小范围，或下载 CSV。")
    file = tempfile.TemporaryFile()  # noqa: SIM115  # the response closes it
    write_sheets([Sheet("审核意见", HEADS, rows, count)], file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)


def _rows(findings: QuerySet[ProjectFinding]) -> Iterator[tuple[Any, ...]]:
    found = findings.iterator(chunk_size=BATCH)
    while batch := list(islice(found, BATCH)):
        for one in in_words(batch):
            yield _row(one)


def _row(one: ShownFinding) -> tuple[Any, ...]:
    finding, rule, project, acceptance = one.finding, one.rule, one.finding.project, one.finding.acceptance
    proposed = "；".join(f"{correction.field}：{correction.new}" for correction in one.corrections)
    department = project.department.name if project.department else project.department_printed or ""
    return (
        one.severity.label, rule.family.label if rule else "", one.title, finding.message, "、".join(one.fields), proposed,
        project.pk, project.name, project.region.name, project.year, department, project.amount,
        "已认可" if acceptance else "未认可", acceptance.by.display_name if acceptance else "",
        timezone.localtime(acceptance.at).replace(microsecond=0, tzinfo=None) if acceptance else None,
        acceptance.reason if acceptance else "", rule.source if rule else "", finding.rule,
    )  # fmt: skip
