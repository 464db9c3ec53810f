"""A whole gazette or plan: each issue and each document with its parts, tables, plan rows and targets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from heapq import merge
from typing import Final

from imports.layouts import key_project_list, target_form
from imports.layouts.gazette.annexes import find_annexes
from imports.layouts.gazette.borders import with_tabs
from imports.layouts.gazette.contents import inner_contents, inner_entries
from imports.layouts.gazette.drafts import (
    AnnexDraft,
    DocumentDraft,
    Heading,
    IssueDraft,
    TableDraft,
    TargetDraft,
)
from imports.layouts.gazette.fronts import read_front
from imports.layouts.gazette.horizon import horizon_of
from imports.layouts.gazette.lines import plain
from imports.layouts.gazette.outline import find_headings
from imports.layouts.gazette.paragraphs import Paragraph, paragraphs
from imports.layouts.gazette.plan_indicators import plan_indicators
from imports.layouts.gazette.plan_projects import plan_projects
from imports.layouts.gazette.splitting import Span, has_documents, is_plan, split
from imports.layouts.gazette.tables import find_tables
from imports.layouts.gazette.targets import find_targets

_SHORTEST_CELL: Final = 6


def recognise(lines: Sequence[str]) -> bool:
    """Whether a text is a gazette, or holds official documents, or is a plan by itself.

    The heads of documents prove it: a list of projects or a form only cites them. A plan alone is proved by its title
    and chapters, which other layouts may print too.
    """
    lines = with_tabs(lines)
    if has_documents(lines):
        return True
    return is_plan(lines) and not target_form.recognise(lines) and not key_project_list.recognise(lines)


def read_gazette(lines: Sequence[str]) -> Iterator[IssueDraft | DocumentDraft]:
    """Every issue of a file before its documents, the documents in order, one after another."""
    lines = with_tabs(lines)
    for part in split(lines):
        yield part if isinstance(part, IssueDraft) else read_document(lines, part)


def read_document(lines: Sequence[str], span: Span) -> DocumentDraft:
    """One document with all that stands in it."""
    draft = _framed(lines, span)
    draft.tables = _tables(lines, span, draft)
    for place, table in enumerate(draft.tables):
        if table.kind == "project_table":
            draft.plan_projects[place] = plan_projects(table)
        elif table.kind == "indicator_table":
            draft.plan_indicators[place] = plan_indicators(table, draft.horizon)
    draft.targets = list(_targets(lines, span, draft))
    return draft


def _framed(lines: Sequence[str], span: Span) -> DocumentDraft:
    """The document without its tables and targets."""
    head, entry = span.head, span.entry
    ranges = inner_contents(lines, head.last_line + 1, span.last)
    annexes = find_annexes(lines, head.last_line + 1, span.last, ranges, list(inner_entries(lines, ranges)))
    border = min((annex.first_line for annex in annexes if annex.first_line), default=span.last + 1)
    front = read_front(lines, head, span.last, border)
    taken = _taken(annexes) | ({front.attached_line} if front.attached_line else set())
    return DocumentDraft(
        title=head.text,
        number=head.number,
        number_printed=head.number_printed,
        issuer=front.issuer,
        addressee=front.addressee,
        signed=front.signed.value if front.signed else None,
        signed_printed=front.signed.printed if front.signed else None,
        public_note=front.public_note,
        attached_title=front.attached_title,
        first_line=span.first,
        last_line=span.last,
        issue=span.issue,
        section=entry.section if entry else None,
        page=entry.page if entry else None,
        contents_line=entry.line if entry else None,
        horizon=horizon_of((front.attached_title, head.text)),
        title_lines=[piece.line for piece in head.title],
        number_line=head.number_line,
        signed_line=front.signed_line,
        attached_line=front.attached_line,
        annexes=annexes,
        headings=find_headings(lines, head.last_line + 1, span.last, ranges, frozenset(taken)),
        contents=ranges,
    )


def _tables(lines: Sequence[str], span: Span, draft: DocumentDraft) -> list[TableDraft]:
    tables: list[TableDraft] = []
    begin = span.head.last_line + 1
    for first, last in [*draft.contents, (span.last + 1, span.last + 1)]:
        tables += find_tables(lines, begin, first - 1, draft.annexes) if begin < first else []
        begin = last + 1
    return tables


def _targets(lines: Sequence[str], span: Span, draft: DocumentDraft) -> Iterator[TargetDraft]:
    prose = paragraphs(lines, span.head.last_line + 1, span.last, draft.contents, draft.headings)
    cells = (cell for table in draft.tables if table.kind == "task_table" for cell in _cells(table, draft.headings))
    issued = draft.signed.year if draft.signed else None
    yield from find_targets(merge(prose, cells, key=_line_of), draft.horizon, issued)


def _cells(table: TableDraft, headings: Sequence[Heading]) -> Iterator[Paragraph]:
    """What stands in the cells of a table of tasks, each cell as a paragraph of its own."""
    above = tuple(heading for heading in headings[: bisect_left(headings, (table.first_line,))][-1:])
    for row in table.rows:
        for cell in row.printed if row.damage is None else ():
            text = plain(cell)
            if len(text) >= _SHORTEST_CELL and any(character.isdigit() for character in text):
                yield Paragraph(text, ((0, row.line),), above)


def _line_of(paragraph: Paragraph) -> int:
    return paragraph.pieces[0][1]


def _taken(annexes: Sequence[AnnexDraft]) -> set[int]:
    """Lines of labels, captions and the list of annexes."""
    return {line for annex in annexes for line in (annex.label_line, annex.heading_line, annex.listed_line) if line}
