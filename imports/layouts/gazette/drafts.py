"""What a gazette or a plan holds: its issues, its official documents, and the tables and targets in them.

All line numbers are 1-based lines of the file. Text is as printed, with the line wraps of the page taken out; what was
understood of it stands beside it. ``None`` is what the text does not have, ``""`` what it prints empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

from imports.drafts import Amount


class ContentsEntry(NamedTuple):
    """A line of a table of contents: the title without its 文号, and the page where one is printed."""

    line: int
    title: str
    number: str | None
    """文号 in its standard form (`imports.document_numbers`)."""
    section: str | None
    """The heading of the contents above it: 市政府文件."""
    page: int | None


@dataclass(slots=True)
class IssueDraft:
    """One issue of a gazette: what its masthead, its contents and its back cover say of it."""

    title: str
    year: int
    number: int
    """第 n 期."""
    total_number: int | None
    """总第 n 期."""
    published: date | None
    published_printed: str | None
    first_line: int
    """Of the issue: from its masthead to its back cover."""
    last_line: int
    entries: list[ContentsEntry] = field(default_factory=list)


class Heading(NamedTuple):
    """A heading of a document's outline. Level 1 is a chapter or 一、, with 一、 (一) 1. below one another as printed."""

    line: int
    level: int
    text: str


@dataclass(slots=True)
class AnnexDraft:
    """An annex of a document."""

    number: str | None
    """As printed after 附件, without brackets: ``"1"``; ``None`` for the only one."""
    title: str
    """Its caption where it stands; where it is only listed, as listed."""
    listed_title: str | None
    """As the list of annexes names it."""
    listed_line: int | None
    label_line: int | None
    """The line 附件 1."""
    heading_line: int | None
    """The line of its caption; ``None`` for an annex that is listed and not printed."""
    first_line: int | None
    last_line: int | None
    page: int | None = None
    """As a table of contents states it."""


RowKind = Literal["row", "group", "total"]
TableKind = Literal["project_table", "indicator_table", "task_table", "other"]


@dataclass(slots=True)
class RowDraft:
    """A row of a table below its header."""

    line: int
    kind: RowKind
    """``group`` is a section row (一、基本民生), ``total`` a row of 合计 or 小计."""
    printed: tuple[str, ...]
    """The cells as printed, tags and all."""
    cells: tuple[str, ...]
    """As wide as the header: cleaned of tags, mended where the row proves it, merged cells filled.

    A damaged row's cells are those printed, cut or padded to the header's width.
    """
    filled: tuple[int, ...] = ()
    """Places in ``cells`` that are blank as printed and belong to a merged cell."""
    group: str | None = None
    """Text of the section row above."""
    mended: str | None = None
    """In Chinese: what was mended, and by what the row itself proves it."""
    damage: str | None = None
    """In Chinese: why the row cannot be understood. No damaged row is taken for a fact."""


class ColumnTotal(NamedTuple):
    """What a table declares for a column (a row of 合计, a caption with 119座), against the sum of its rows."""

    line: int
    column: int | None
    """Place in the header; ``None`` where the caption declares it and no column alone holds it."""
    label: str
    """合计, 小计, or what the caption says."""
    declared: Decimal
    computed: Decimal | None
    """``None`` where rows cannot be added up."""


@dataclass(slots=True)
class TableDraft:
    """One table, over all its pages."""

    caption: str
    """``""`` where it has none."""
    caption_line: int | None
    kind: TableKind
    header: tuple[str, ...]
    """Cleaned of tags; a cell below which columns of a merged head stand is ``""``."""
    header_lines: list[int]
    """Every printing of the header."""
    unit: str | None
    """Money unit that the caption, a unit line or the header's money column prints: 万元."""
    first_line: int
    last_line: int
    rows: list[RowDraft] = field(default_factory=list)
    totals: list[ColumnTotal] = field(default_factory=list)
    annex: int | None = None
    """Place of its annex in the document's annexes."""


@dataclass(slots=True)
class PlanProjectDraft:
    """A row of a project table: what is to be built, for how much, where, when and by whom."""

    line: int
    serial: str | None
    category: str | None
    """The section row above it, or the table's own column of categories."""
    name: str
    content: str | None
    investment: Amount
    """Yuan, and the cell as printed; an amount that stands only in a text (投资约50亿元) is not this."""
    investment_unit: str | None
    """万元 or 亿元, as the header or the cell prints it."""
    location: str | None
    period: str | None
    responsible: str | None
    other: dict[str, str] = field(default_factory=dict)
    """Header → cell of every other column."""
    investment_in_text: Amount | None = None
    """What the content states as the project's total (总投资约6.5亿元), where there is no cell."""
    damage: str | None = None


class YearValue(NamedTuple):
    """An indicator's value for one column: ``label`` is the column as printed without spaces (2025年, 2020)."""

    label: str
    year: int | None
    printed: str
    operator: str | None
    """One of ``>=`` ``<=`` ``>`` ``<`` ``=``, or ``None`` where none is printed."""
    number: Decimal | None


@dataclass(slots=True)
class PlanIndicatorDraft:
    """A row of an indicator table."""

    line: int
    serial: str | None
    group: str | None
    name: str
    """Without its unit and remark."""
    name_printed: str
    unit: str | None
    qualifier: str | None
    """What else the brackets after the name say: 满分=100."""
    values: list[YearValue]
    base_year: int | None
    target_year: int | None
    nature: str | None
    """约束性 or 预期性, as printed."""
    direction: Literal["up", "down"] | None
    """Which way is better, where operator, values or name say it."""
    damage: str | None = None


YearBasis = Literal["clause", "paragraph", "heading", "document"]


@dataclass(slots=True)
class TargetDraft:
    """A quantified target in running text."""

    line: int
    """On which the clause begins."""
    text: str
    """The clause, as printed."""
    sentence: str
    """The sentence around it, as printed."""
    name: str
    """What is to be reached: 燃气普及率."""
    operator: str
    """One of ``>=`` ``<=`` ``>`` ``<`` ``=`` ``~`` (左右, 约)."""
    word: str | None
    """The wording that says so: 以上, 达到, 新建."""
    number: Decimal
    """With 万 and 亿 worked out."""
    number_printed: str
    """1.2万, 百分之七十."""
    unit: str | None
    year: int | None
    year_basis: YearBasis | None


class EmbeddedDraft(NamedTuple):
    """A budget list or target forms inside a document: the layout, the lines, and how many projects were read there."""

    layout: str
    first_line: int
    last_line: int
    projects: int


@dataclass(slots=True)
class DocumentDraft:
    """One official document (文件): a notice with what it issues, a reply, a plan, with all that stands in it."""

    title: str
    """Whole, over several lines, without the spaces at its line wraps."""
    number: str | None
    """文号 in its standard form: 长政发〔2024〕5号."""
    number_printed: str | None
    issuer: str | None
    """Several are joined by 、."""
    addressee: str | None
    signed: date | None
    signed_printed: str | None
    public_note: str | None
    """此件公开发布, without brackets."""
    attached_title: str | None
    """Of what a notice issues: 长治市…规划."""
    first_line: int
    last_line: int
    issue: int | None = None
    """Place of its issue among the issues of the file."""
    section: str | None = None
    """Of the table of contents: 市政府文件."""
    page: int | None = None
    contents_line: int | None = None
    horizon: int | None = None
    """The last year of the period that the title names (2021-2025年, “十四五”)."""
    title_lines: list[int] = field(default_factory=list)
    number_line: int | None = None
    signed_line: int | None = None
    attached_line: int | None = None
    annexes: list[AnnexDraft] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    contents: list[tuple[int, int]] = field(default_factory=list)
    """Line ranges of tables of contents inside the document."""
    tables: list[TableDraft] = field(default_factory=list)
    plan_projects: dict[int, list[PlanProjectDraft]] = field(default_factory=dict)
    """Place of the table → its projects."""
    plan_indicators: dict[int, list[PlanIndicatorDraft]] = field(default_factory=dict)
    targets: list[TargetDraft] = field(default_factory=list)
    embedded: list[EmbeddedDraft] = field(default_factory=list)
