"""The parts of the interchange JSON that hold gazettes and plans: documents, tables, and what follows from them.

Each object says what `docs/interchange.md` promises, in that order; its last key, ``detail``, holds the rest of the draft, so
that a file that comes back loses nothing. What follows from tables (plan projects, plan indicators) is for readers:
on the way back it is made anew and only compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from itertools import zip_longest
from typing import Any, Final, TypeVar

import msgspec

from imports.layouts.gazette.drafts import (
    DocumentDraft,
    IssueDraft,
    PlanIndicatorDraft,
    PlanProjectDraft,
    RowDraft,
    TableDraft,
    TargetDraft,
)
from imports.layouts.gazette.lines import joined, plain
from imports.layouts.gazette.plan_indicators import plan_indicators
from imports.layouts.gazette.plan_projects import plan_projects
from imports.reading import SourceError
from indicators.values import number_text
from perfgoals.money import UNITS, in_unit

PARTS: Final = ("documents", "tables", "plan_indicators", "plan_projects", "prose_targets")
ELSEWHERE: Final = frozenset({"tables", "plan_projects", "plan_indicators", "targets", "embedded"})
"""Fields of a document that other parts of the file hold, or none."""
Object = dict[str, Any]
Draft = TypeVar("Draft", IssueDraft, DocumentDraft, TableDraft, TargetDraft)


@dataclass(slots=True)
class SourceTexts:
    """The issues and documents of one source, which an interchange file cites by name and sha256."""

    name: str
    sha256: str
    issues: list[IssueDraft] = field(default_factory=list)
    documents: Iterable[DocumentDraft] = field(default_factory=list)

    def documents_for(self, part: str) -> Iterable[DocumentDraft]:
        """The documents with at least what one part of a file (`PARTS`) says of them; gone through once for each part."""
        del part
        return self.documents


@dataclass(frozen=True, slots=True)
class TextPart:
    """One part of a file, made anew whenever it is gone through, so that memory holds a document at a time."""

    name: str
    sources: Sequence[SourceTexts]

    def __iter__(self) -> Iterator[Object]:
        place = 0
        for source in self.sources:
            if self.name == "documents":
                yield from (_issue(issue, source) for issue in source.issues)
            for document in source.documents_for(self.name):
                yield from self._within(document, place, source)
                place += 1

    def _within(self, document: DocumentDraft, place: int, source: SourceTexts) -> Iterable[Object]:
        """What stands in one document. ``place`` is its place among the documents of the file, issues not counted."""
        called = document.number or document.title
        match self.name:
            case "documents":
                return [_document(document, source)]
            case "tables":
                return (_table(called, table, place) for table in document.tables)
            case "prose_targets":
                return (_target(called, target, place) for target in document.targets)
            case "plan_projects":
                return (_plan_project(called, table, one) for table in document.tables for one in projects_of(table))
            case _:
                horizon = document.horizon
                return (
                    _plan_indicator(called, table, one)
                    for table in document.tables
                    for one in indicators_of(table, horizon)
                )


def texts_as_parts(sources: Sequence[SourceTexts]) -> dict[str, TextPart]:
    """The parts of a file, by their names; sources, issues, documents and rows in the order given."""
    return {name: TextPart(name, sources) for name in PARTS}


def _issue(draft: IssueDraft, source: SourceTexts) -> Object:
    return {
        "kind": "issue", "title": draft.title, "year": draft.year, "issue": draft.number,
        "total_issue": draft.total_number, "published": draft.published.isoformat() if draft.published else None,
        "detail": {"source": _source(source), "draft": msgspec.to_builtins(draft)},
    }  # fmt: skip


def _document(draft: DocumentDraft, source: SourceTexts) -> Object:
    kept = {
        one.name: msgspec.to_builtins(getattr(draft, one.name))
        for one in fields(DocumentDraft)
        if one.name not in ELSEWHERE
    }
    return {
        "title": draft.title, "number": draft.number, "issuer": draft.issuer,
        "date": draft.signed.isoformat() if draft.signed else None, "page": draft.page,
        "first_line": draft.first_line, "last_line": draft.last_line, "annexes": [annex.title for annex in draft.annexes],
        "detail": {"source": _source(source), "draft": kept},
    }  # fmt: skip


def _source(source: SourceTexts) -> Object:
    return {"document": source.name, "sha256": source.sha256}


def projects_of(table: TableDraft) -> list[PlanProjectDraft]:
    """The plan projects of a table, if it is one of projects."""
    return plan_projects(table) if table.kind == "project_table" else []


def indicators_of(table: TableDraft, horizon: int | None) -> list[PlanIndicatorDraft]:
    """The plan indicators of a table, if it is one of indicators."""
    return plan_indicators(table, horizon) if table.kind == "indicator_table" else []


def _table(called: str, table: TableDraft, place: int) -> Object:
    body = [row for row in table.rows if row.kind == "row"]
    return {
        "document": called, "caption": table.caption, "kind": table.kind, "header": list(table.header),
        "rows": [_joined([_cells(row) for row in rows]) for rows in _logical(table, body)], "unit": _unit(table),
        "declared_total": _totals(table, "declared"),
        "computed_total": _totals(table, "computed") if table.totals else _investments(table),
        "first_line": table.first_line, "last_line": table.last_line,
        "damaged_rows": [{"line": row.line, "reason": row.damage} for row in body if row.damage],
        "detail": {"document": place, "draft": msgspec.to_builtins(table)},
    }  # fmt: skip


def _logical(table: TableDraft, body: Sequence[RowDraft]) -> list[list[RowDraft]]:
    """The rows that belong together: a project may stand on several, all others stand alone."""
    projects = {project.line for project in projects_of(table)}
    rows: list[list[RowDraft]] = []
    for row in body:
        if projects and rows and row.line not in projects:
            rows[-1].append(row)
        else:
            rows.append([row])
    return rows


def _joined(rows: Sequence[list[str]]) -> list[str]:
    """The cells of rows that are one, each column's put together."""
    if len(rows) == 1:
        return rows[0]
    return [joined([cell for cell in column if cell]) for column in zip_longest(*rows, fillvalue="")]


_UNIT_OF_HEAD = re.compile(r"[(（]([^()（）]{1,6})[)）]\s*\Z")
_COUNTED = re.compile(r"共\d+(\D{1,4})\Z")


def _unit(table: TableDraft) -> str | None:
    """The money unit; in a table without money that of the only column that is added up, or of the caption's count."""
    if table.unit:
        return table.unit
    columns = {total.column for total in table.totals if total.column is not None}
    heads = {match[1] for column in columns if (match := _UNIT_OF_HEAD.search(table.header[column]))}
    counted = {match[1] for total in table.totals if (match := _COUNTED.search(total.label))}
    return next(iter(heads or counted)) if len(heads or counted) == 1 else None


def _investments(table: TableDraft) -> str | None:
    """The sum of what sound rows invest, in the table's unit, where the table itself declares no total."""
    yuan = [project.investment.yuan for project in projects_of(table) if not project.damage]
    stated = [amount for amount in yuan if amount is not None]
    if not stated or table.unit not in UNITS:
        return None
    return number_text(in_unit(sum(stated, Decimal(0)), table.unit))


def _cells(row: RowDraft) -> list[str]:
    """The cells without what merged cells lend them; those of a damaged row as they are printed."""
    if row.damage:
        return [plain(cell) for cell in row.printed]
    return ["" if place in row.filled else cell for place, cell in enumerate(row.cells)]


def _totals(table: TableDraft, side: str) -> str | dict[str, str | None] | None:
    """The total of the only column that has one, or each column's by its head."""
    found = {
        (table.header[total.column] if total.column is not None else total.label): _number(getattr(total, side))
        for total in table.totals
        if "合计" in total.label or "总计" in total.label or total.line == table.caption_line
    }
    return next(iter(found.values())) if len(found) == 1 else found or None


def _number(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _plan_indicator(called: str, table: TableDraft, draft: PlanIndicatorDraft) -> Object:
    return {
        "document": called, "table": table.caption, "line": draft.line, "group": draft.group, "name": draft.name,
        "unit": draft.unit, "values": {_year_label(value.label, value.year): value.printed for value in draft.values},
        "nature": draft.nature,
    }  # fmt: skip


def _year_label(label: str, year: int | None) -> str:
    """A column that is a plain year is called by it: 2025年 is 2025."""
    return str(year) if year is not None and label.rstrip("年") == str(year) else label


def _plan_project(called: str, table: TableDraft, draft: PlanProjectDraft) -> Object:
    return {
        "document": called, "table": table.caption, "line": draft.line, "serial": draft.serial,
        "category": draft.category, "name": draft.name, "content": draft.content,
        "investment": draft.investment.printed, "investment_unit": draft.investment_unit, "location": draft.location,
        "period": draft.period, "responsible": draft.responsible, "other": draft.other, "damaged": draft.damage,
    }  # fmt: skip


def _target(called: str, draft: TargetDraft, place: int) -> Object:
    return {
        "document": called, "line": draft.line, "text": draft.text, "name": draft.name, "operator": draft.operator,
        "number": number_text(draft.number), "unit": draft.unit, "year": draft.year,
        "detail": {"document": place, "draft": msgspec.to_builtins(draft)},
    }  # fmt: skip


@dataclass(slots=True)
class _ReadTexts(SourceTexts):
    """The texts of a source that is being read."""

    documents: list[DocumentDraft] = field(default_factory=list)


def texts_of(parts: dict[str, list[Object]]) -> Iterator[SourceTexts]:
    """The sources of a file's parts. Raises `SourceError` for objects that are not as `texts_as_parts` writes them."""
    sources: dict[str, _ReadTexts] = {}
    documents: list[DocumentDraft] = []
    for position, one in enumerate(parts["documents"], start=1):
        _take(one, position, sources, documents)
    for position, one in enumerate(parts["tables"], start=1):
        document, detail = _placed(one, "tables", position, documents)
        document.tables.append(_draft(detail, TableDraft, "tables", position))
    for position, one in enumerate(parts["prose_targets"], start=1):
        document, detail = _placed(one, "prose_targets", position, documents)
        document.targets.append(_draft(detail, TargetDraft, "prose_targets", position))
    found = list(sources.values())
    _refuse_differing(parts, texts_as_parts(found))
    yield from found


def _take(one: Object, position: int, sources: dict[str, _ReadTexts], documents: list[DocumentDraft]) -> None:
    detail = _detail(one, "documents", position)
    cited = detail.get("source")
    if (
        not isinstance(cited, dict)
        or not isinstance(cited.get("sha256"), str)
        or not isinstance(cited.get("document"), str)
    ):
        raise SourceError(f"交换文件 documents 的第 {position} 项没有写明来源文件，请重新导出该文件。")
    source = sources.setdefault(cited["sha256"], _ReadTexts(cited["document"], cited["sha256"]))
    if one.get("kind") == "issue":
        source.issues.append(_draft(detail, IssueDraft, "documents", position))
    else:
        source.documents.append(_draft(detail, DocumentDraft, "documents", position))
        documents.append(source.documents[-1])


def _placed(one: Object, name: str, position: int, documents: Sequence[DocumentDraft]) -> tuple[DocumentDraft, Object]:
    detail = _detail(one, name, position)
    at = detail.get("document")
    if not isinstance(at, int) or not 0 <= at < len(documents):
        raise SourceError(f"交换文件 {name} 的第 {position} 项没有写明属于哪份文件，请重新导出该文件。")
    return documents[at], detail


def _detail(one: Object, name: str, position: int) -> Object:
    detail = one.get("detail")
    if not isinstance(detail, dict):
        raise SourceError(f"交换文件 {name} 的第 {position} 项没有 detail，无法原样导入；请在本系统中重新导出该文件。")
    return detail


def _draft(detail: Object, kind: type[Draft], name: str, position: int) -> Draft:
    try:
        return msgspec.convert(detail.get("draft"), kind)
    except msgspec.ValidationError:
        raise SourceError(f"交换文件 {name} 的第 {position} 项的 detail 不完整，请重新导出该文件。") from None


def _refuse_differing(stated: dict[str, list[Object]], known: Mapping[str, Iterable[Object]]) -> None:
    """What is said twice must agree: otherwise somebody changed one of the two, and which one counts is a guess."""
    for name in PARTS:
        ours, theirs = msgspec.json.decode(msgspec.json.encode(list(known[name]))), stated[name]
        position = next((at for at, pair in enumerate(zip(ours, theirs, strict=False), 1) if pair[0] != pair[1]), None)
        if position is None and len(ours) != len(theirs):
            position = min(len(ours), len(theirs)) + 1
        if position is not None:
            raise SourceError(
                f"交换文件 {name} 的第 {position} 项与其 detail 或表格中的行不一致；公报和规划的内容请在网站中修正，不要改交换文件。"
            )
