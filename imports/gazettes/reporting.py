"""What an import's report says of a gazette: which part of the file was read as what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from imports.layouts.gazette.drafts import DocumentDraft, IssueDraft


@dataclass(slots=True)
class Part:
    """Lines that were read as something inside a document: a table, a budget list, target forms."""

    first_line: int
    last_line: int
    kind: str
    """Of a table its kind, of others the layout."""
    title: str
    count: int
    """Rows, or projects."""
    damaged: int = 0


@dataclass(slots=True)
class ReadDocument:
    """An official document that was read."""

    line: int
    last_line: int
    title: str
    number: str | None
    annexes: int
    projects: int
    indicators: int
    targets: int
    parts: list[Part] = field(default_factory=list)


@dataclass(slots=True)
class ReadIssue:
    """An issue of a gazette that was read."""

    line: int
    last_line: int
    title: str
    entries: int


@dataclass(slots=True)
class Texts:
    """The issues and documents of one file."""

    issues: list[ReadIssue] = field(default_factory=list)
    documents: list[ReadDocument] = field(default_factory=list)

    def add_issue(self, draft: IssueDraft) -> None:
        """Note an issue."""
        total = f"（总第{draft.total_number}期）" if draft.total_number else ""
        title = f"{draft.title} {draft.year}年第{draft.number}期{total}"
        self.issues.append(ReadIssue(draft.first_line, draft.last_line, title, len(draft.entries)))

    def add_document(self, draft: DocumentDraft) -> None:
        """Note a document and the parts in it."""
        self.documents.append(
            ReadDocument(
                draft.first_line, draft.last_line, draft.title, draft.number, len(draft.annexes),
                sum(map(len, draft.plan_projects.values())), sum(map(len, draft.plan_indicators.values())),
                len(draft.targets), _parts(draft),
            )
        )  # fmt: skip

    def lines(self, place: Callable[[int], str], layout_title: Callable[[str], str]) -> Iterator[str]:
        """The account in Chinese, a line each."""
        for issue in self.issues:
            yield f"  公报 {place(issue.line)}起：{issue.title}，目录 {issue.entries} 条"
        if self.documents:
            yield f"  {self.summary}"
        for document in self.documents:
            yield f"  文件 {place(document.line)}至{place(document.last_line)}：{document.number or '无文号'}　{document.title}"
            for part in document.parts:
                yield f"    {place(part.first_line)}至{place(part.last_line)}：{part_title(part, layout_title)}"

    @property
    def summary(self) -> str:
        """How much was found, in one sentence."""
        documents = self.documents
        tables = [part for document in documents for part in document.parts if part.kind in TABLE_TITLES]
        return (
            f"文件 {len(documents)} 份，表格 {len(tables)} 张，规划项目 {sum(one.projects for one in documents)} 个，"
            f"规划指标 {sum(one.indicators for one in documents)} 条，文中目标 {sum(one.targets for one in documents)} 条；"
            f"损坏的表格行 {sum(part.damaged for part in tables)} 行"
        )


TABLE_TITLES = {"project_table": "项目表", "indicator_table": "指标表", "task_table": "任务表", "other": "表格"}


def part_title(part: Part, layout_title: Callable[[str], str]) -> str:
    """What a part was read as."""
    if part.kind not in TABLE_TITLES:
        return f"{layout_title(part.kind)}，{part.count} 个项目"
    damaged = f"，其中损坏 {part.damaged} 行" if part.damaged else ""
    return f"{TABLE_TITLES[part.kind]}“{part.title or '无表题'}”，{part.count} 行{damaged}"


def _parts(draft: DocumentDraft) -> list[Part]:
    tables = [
        Part(
            table.first_line, table.last_line, table.kind, table.caption,
            sum(row.kind == "row" for row in table.rows), sum(row.damage is not None for row in table.rows),
        )
        for table in draft.tables
    ]  # fmt: skip
    embedded = [Part(one.first_line, one.last_line, one.layout, "", one.projects) for one in draft.embedded]
    return _in_order([*tables, *embedded])


def _in_order(parts: Sequence[Part]) -> list[Part]:
    return sorted(parts, key=lambda part: (part.first_line, part.last_line))
