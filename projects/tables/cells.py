"""What stands inside a cell where the column's value alone does not say all: one function a column.

Everything that draws rows takes it from here, by `projects.tables.drawing`. Each function gives markup, in which every text
of the database was escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from perfgoals.addresses import numbered
from perfgoals.display import DEFAULT_UNIT
from projects.filters.above import line_address
from projects.filters.hits import Hit, mark
from projects.tables.rows import Row


@dataclass(frozen=True, slots=True)
class Showing:
    """What the cells of one page share."""

    unit: str = DEFAULT_UNIT
    words: Sequence[str] = ()
    """The words that were looked for, which are marked."""
    found_by: str = ""
    """What follows a project's address, so that its page marks them too: empty, or ``?q=…``."""
    address: str = "?"
    """The list's own address, to which a parameter can be added."""
    hits: Mapping[int, Hit] = field(default_factory=dict)
    """Where words stand that a project's name does not have, by project."""
    opens_sources: bool = False
    """Whether the person may open source documents."""
    panel_icon: str = ""
    """Markup."""


Inside = Callable[[Row, Showing], str]


def name(row: Row, showing: Showing) -> str:
    """The name, which leads to the project; the way to the panel; and what narrow windows show of other columns."""
    project, title = row.project, escape(row.project.name)
    shown = mark(project.name, showing.words) if showing.words else title
    archived = (
        f'<span class="archived" title="{escape(project.archive_reason or "")}">已归档</span>\n'
        if project.archived_at
        else ""
    )
    hit = showing.hits.get(project.pk)
    found = f'<span class="hit"><b>{hit.label}</b>{mark(hit.excerpt, showing.words)}</span>\n' if hit else ""
    department = "未列明部门" if project.department_printed is None else escape(project.department_printed)
    return (
        f'<a href="{numbered("project-detail", project.pk)}{showing.found_by}" title="{title}" data-row-link>{shown}</a>\n'
        f'{archived}<a class="row-open" href="{showing.address}open={project.pk}" data-open-panel aria-label="在侧栏查看"'
        f' title="在侧栏查看（空格键）">{showing.panel_icon}</a>\n'
        f'{found}<span class="narrow-line">{project.year} · {escape(project.region.short_name)} · {department}</span>'
    )


def region(row: Row, _showing: Showing) -> str:
    """The short name, with the full one in the title."""
    there = row.project.region
    return f'<span title="{escape(there.name)}">{escape(there.short_name)}</span>'


def department(row: Row, _showing: Showing) -> str:
    """The name as printed; where the department is called otherwise, that is in the title."""
    printed, joined = row.project.department_printed, row.project.department
    called = joined.name if joined else ""
    title = (printed or "") if called == printed else called
    return f'<span title="{escape(title)}">{"—" if printed is None else escape(printed)}</span>'


def sources(row: Row, _showing: Showing) -> str:
    """The short names of the sources that give money."""
    return escape(" ".join(row.sources)) or "—"


def indicators(row: Row, _showing: Showing) -> str:
    """One number where both scopes have as many, else both."""
    period, annual = row.period_indicators, row.annual_indicators
    shown = f"{annual}" if period == annual else f"{period} / {annual}"
    return f'<span title="实施期 {period} 个，年度 {annual} 个">{shown}</span>'


def findings(row: Row, _showing: Showing) -> str:
    """How many nobody accepted, and how grave the gravest is; they lead to the project's findings."""
    if not row.findings:
        return "0"
    return (
        f'<a href="{numbered("project-detail", row.project.pk)}#findings" title="打开项目的审核意见">{row.findings}'
        f'<span class="cell-severity">{escape(row.gravest or "")}</span></a>'
    )


def source(row: Row, showing: Showing) -> str:
    """The document and the line, leading there those who may open it."""
    there = row.source
    if there is None or not there.document_id:
        return "—"
    called = escape(there.document_name or "")
    line = f'<span class="source-line">{there.first_line} 行</span>' if there.first_line else ""
    shown = f'<span class="source-name">{called}</span>{line}'
    if not showing.opens_sources:
        return f'<span title="{called}">{shown}</span>'
    address = escape(line_address(there.document_id, there.first_line))
    return f'<a href="{address}" title="{escape(str(there))}">{shown}</a>'
