"""Sources of projects in templates: links to lines, and what a project's page says of its filings."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final, NamedTuple

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from imports import permissions
from imports.models import ImportRun, Outcome, SourceRecord
from imports.permissions import documents_visible_to
from imports.reading import place_on_sheet
from imports.recognise import TABLE, layout_title
from imports.showing import place_in, sheets_of
from imports.texts import line_url, ranges_of
from imports.wording import in_site_words
from perfgoals.models import User
from projects.models import Project, Scope
from projects.permissions import sees_sources

register = template.Library()

MOST_JOINED: Final = 5
register.simple_tag(line_url)
register.filter("layout_title", layout_title)
register.filter("in_site_words", in_site_words)


class Filing(NamedTuple):
    """A filing of a project as its page lists it."""

    record: SourceRecord
    ranges: list[tuple[int, int]]
    difference_count: int
    may_open: bool


@register.simple_tag
def line_link(document_id: int | None, line: int, text: str = "{}") -> SafeString:
    """A line's number, leading to the line."""
    return _linked(document_id, line, format_html(text, line))


@register.simple_tag(takes_context=True)
def report_line(context: dict[str, Any], line: int, *, short: bool = False) -> SafeString:
    """A line of the report on the page, as people name it; ``short`` is its bare number, where a text has no sheets.

    It leads to the line in the document, where the reader of the page may open that.
    """
    report, run = context["report"], context["run"]
    document_id = None if context.get("unlinked") else run.document_id
    return _linked(document_id, line, _short(report, line) if short else format_html("{}", place_in(report, line)))


def _short(report: Mapping[str, Any], line: int) -> SafeString:
    """A line as a narrow column names it: in a workbook the sheet above the row, cut where it is long."""
    found = place_on_sheet(line, sheets_of(report))
    if found is None:
        return format_html("{}", line)
    return format_html('<span class="sheet-name" title="{}">{}</span> 第 {} 行', found.sheet, found.sheet, found.row)


def _linked(document_id: int | None, line: int, shown: SafeString) -> SafeString:
    """What names a line, leading to it; in the report of a file that was never imported there is nothing to lead to."""
    return format_html('<a href="{}">{}</a>', line_url(document_id, line), shown) if document_id else shown


@register.inclusion_tag("imports/_source_panel.html")
def source_panel(project: Project, user: User) -> dict[str, Any]:
    """Where a project comes from: its current filing first, then every other one."""
    related = project.source_records.defer("draft", "run__report").select_related("run", "document")
    records = list(related.order_by("-is_current", "pk"))
    documents = documents_visible_to(user).filter(records__project=project) if sees_sources(user) else None
    readable = set(documents.values_list("pk", flat=True)) if documents is not None else set()
    filings = [
        Filing(record, ranges_of(record), _difference_count(record), record.document_id in readable)
        for record in records
    ]
    return {"filings": filings, "project": project}


@register.filter
def imports_files(user: User) -> bool:
    """Whether the person's role imports files."""
    return user.is_authenticated and permissions.imports_files(user)


@register.filter
def is_table(report: Mapping[str, Any]) -> bool:
    """Whether the report is one of an exported table that came back: it has edits, and no sources."""
    return report.get("layout") == TABLE


@register.filter
def changed_and_in_conflict(report: Mapping[str, Any]) -> int:
    """Projects that stand among the changes and among the conflicts; the counts have them among the conflicts alone."""
    in_conflict = {entry["project_id"] for entry in report["conflicts"]}
    return sum(entry["project_id"] in in_conflict for entry in report["changes"])


@register.filter
def place(line: int, report: Mapping[str, Any]) -> str:
    """A line of a report, as people name it."""
    return place_in(report, line)


@register.filter
def yuan(amount: str | None) -> Decimal | None:
    """An amount of a report, which keeps them as text."""
    try:
        return None if amount is None else Decimal(amount)
    except InvalidOperation:
        return None


@register.filter
def stated(value: str | None, label: str) -> str:
    """A value of a report under its label, as people read it: amounts with thousands separators, a blank one as a dash."""
    amount = yuan(value) if label.endswith("（元）") else None
    return f"{amount:,}" if amount is not None and amount.is_finite() else "—" if value is None else value


@register.filter
def join_some(values: list[object] | None) -> str:
    """The first few of a report's regions, years or units."""
    shown = "、".join(str(value) for value in (values or ())[:MOST_JOINED])
    return f"{shown} 等 {len(values)} 个" if values and len(values) > MOST_JOINED else shown


@register.filter
def scope_name(scope: str) -> str:
    """实施期 or 年度."""
    return dict(Scope.choices).get(scope, scope)


@register.filter
def hint_text(hint: object) -> str:
    """A hint of a report about departments, as one sentence."""
    if isinstance(hint, Mapping):
        return str(hint.get("message") or "、".join(str(value) for value in hint.values()))
    return str(hint)


@register.filter
def seconds(run: ImportRun) -> float:
    """How long a run took."""
    return (run.finished_at - run.started_at).total_seconds()


def _difference_count(record: SourceRecord) -> int:
    """Differences that the run found between a duplicate filing and the one it kept."""
    if record.outcome != Outcome.DUPLICATE:
        return 0
    for duplicate in record.run.report.get("duplicates", ()):
        if duplicate.get("project_id") == record.project_id and duplicate.get("first_line") == record.first_line:
            return len(duplicate.get("differences", ()))
    return 0
