"""Findings of stored projects as a report: text, JSON and a workbook, each written project after project."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO, Final

from django.db.models import QuerySet

from indicators.checks import RULES, Severity
from indicators.models import ProjectFinding
from indicators.reviewing.listing import Line, Listed, listed, summary, title_of
from perfgoals.snapshot import snapshot
from perfgoals.spreadsheets import Head, Kind, Sheet, write_sheets
from projects.models import Project

NOTHING: Final = "没有审核意见。"
HEADS: Final = (
    Head("行政区划", width=16), Head("年度", Kind.NUMBER, 8), Head("主管部门", width=24), Head("项目名称", width=40),
    Head("项目编号", Kind.NUMBER, 10), Head("性质", width=10), Head("严重程度", width=10), Head("规则", width=28),
    Head("审核意见", width=70), Head("位置", width=40), Head("建议改为", width=40), Head("认可理由", width=30),
    Head("认可人", width=12), Head("规则标识", width=34),
)  # fmt: skip
COUNT_HEADS: Final = (
    Head("规则", width=34), *(Head(severity.label, Kind.NUMBER, 10) for severity in Severity),
    Head("合计", Kind.NUMBER, 10), Head("其中已认可", Kind.NUMBER, 12), Head("规则标识", width=34),
)  # fmt: skip
_FAMILIES: Final = {rule.id: rule.family.label for rule in RULES}


def write_report(kind: str, findings: QuerySet[ProjectFinding], to: BinaryIO) -> None:
    """Write findings as ``text``, ``json`` or ``xlsx``, from one state of the database.

    Raises `CellTooLongError` for a text that xlsx cannot hold.
    """
    with snapshot():
        _WRITERS[kind](findings, to)


def _text(findings: QuerySet[ProjectFinding], to: BinaryIO) -> None:
    for one in listed(findings):
        to.write("\n".join([f"{one.project.name}（{place_of(one.project)}）", *map(_said, one.lines), "", ""]).encode())
    to.write(("\n".join(_counted(findings)) + "\n").encode())


def place_of(project: Project) -> str:
    """Where a project stands: 上党区 2025 年 教育局，编号 12."""
    body = project.department_printed or (project.department.name if project.department else "未列明部门")
    return f"{project.region.short_name} {project.year} 年 {body}，编号 {project.pk}"


def _said(line: Line) -> str:
    said = [f"  [{line.severity.label}] {line.title}：{line.message}（{line.rule}）"]
    said.append(f"      位置：{'、'.join(line.places)}")
    said += [f"      建议改为：{field}“{text}”" for _, field, text in line.corrections]
    if line.reason is not None:
        said.append(f"      已由{line.accepted_by}认可：{line.reason}")
    return "\n".join(said)


def _counted(findings: QuerySet[ProjectFinding]) -> Iterator[str]:
    rows = summary(findings)
    if not rows:
        yield NOTHING
        return
    yield "合计"
    for rule, counts, accepted in rows:
        numbers = "，".join(f"{severity.label} {counts[severity]}" for severity in Severity if counts[severity])
        yield f"  {title_of(rule)}（{rule}）：{numbers}{f'，其中已认可 {accepted}' if accepted else ''}"
    totals = [(severity, sum(counts[severity] for _, counts, _ in rows)) for severity in Severity]
    projects = findings.order_by().values("project").distinct().count()
    said = "，".join(f"{severity.label} {number}" for severity, number in totals)
    yield f"共 {sum(number for _, number in totals)} 条，{projects} 个项目：{said}；已认可 {sum(row[2] for row in rows)}。"


def _json(findings: QuerySet[ProjectFinding], to: BinaryIO) -> None:
    to.write(b'{"projects": [')
    for place, one in enumerate(listed(findings)):
        to.write((",\n" if place else "\n").encode() + _dumped(_project(one)))
    rows = [
        {
            "rule": rule, "title": title_of(rule), "accepted": accepted,
            **{severity.name.lower(): counts[severity] for severity in Severity},
        }
        for rule, counts, accepted in summary(findings)
    ]  # fmt: skip
    to.write(b'\n], "summary": ' + _dumped(rows) + b"}\n")


def _dumped(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _project(one: Listed) -> dict[str, Any]:
    project = one.project
    return {
        "number": project.pk, "region": project.region_id, "year": project.year, "name": project.name,
        "department": project.department_printed, "findings": [_finding(line) for line in one.lines],
    }  # fmt: skip


def _finding(line: Line) -> dict[str, Any]:
    return {
        "rule": line.rule, "severity": line.severity.name.lower(), "title": line.title, "message": line.message,
        "fields": list(line.fields), "places": list(line.places),
        "corrections": [{"path": path, "text": text} for path, _, text in line.corrections],
        "accepted": line.reason,
    }  # fmt: skip


def finding_rows(projects: Iterable[Listed]) -> Iterator[list[Any]]:
    """Rows under `HEADS`."""
    for one in projects:
        project = one.project
        body = project.department_printed or (project.department.name if project.department else "")
        for line in one.lines:
            corrections = "；".join(f"{field}：{text}" for _, field, text in line.corrections)
            yield [
                project.region.short_name, project.year, body, project.name, project.pk, _FAMILIES.get(line.rule, ""),
                line.severity.label, line.title, line.message, "、".join(line.places), corrections, line.reason,
                line.accepted_by, line.rule,
            ]  # fmt: skip


def count_rows(findings: QuerySet[ProjectFinding]) -> Iterator[list[Any]]:
    """Rows under `COUNT_HEADS`."""
    for rule, counts, accepted in summary(findings):
        each = [counts[severity] for severity in Severity]
        yield [title_of(rule), *each, sum(each), accepted, rule]


def _xlsx(findings: QuerySet[ProjectFinding], to: BinaryIO) -> None:
    size = findings.count()
    sheets = [
        Sheet("审核意见", HEADS, finding_rows(listed(findings)), size),
        Sheet("汇总", COUNT_HEADS, count_rows(findings)),
    ]
    write_sheets(sheets, to)


_WRITERS: Final[dict[str, Callable[[QuerySet[ProjectFinding], BinaryIO], None]]] = {
    "text": _text,
    "json": _json,
    "xlsx": _xlsx,
}
