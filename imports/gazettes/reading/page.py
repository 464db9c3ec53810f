"""One official document as a page: its facts, its outline and its text in blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.urls import NoReverseMatch, reverse

from imports.gazettes.models import Annex, DocumentTable, OfficialDocument, TableRow
from imports.gazettes.permissions import documents_to_mend
from imports.gazettes.reading.blocks import Block, Fixed, Target, blocks_of, title_range
from imports.gazettes.reading.embedding import read_projects, with_projects
from imports.gazettes.reading.marking import Mark, mark_of
from imports.gazettes.reading.outline import DEEPEST, Entry, nested
from imports.gazettes.reading.tables import Shower, ShownTable
from imports.layouts.gazette.drafts import Heading
from imports.layouts.gazette.lines import is_blank, is_table_row, line_before, plain, unspaced
from imports.models import SourceRecord
from imports.permissions import documents_visible_to
from imports.reading import SourceError
from imports.texts import LINES_PER_PAGE, line_url, lines_of
from perfgoals.models import User

NOWHERE = "0"
"""A line that no text has, in whose address the real one is put."""


@dataclass(slots=True)
class ReadingPage:
    """What the page of a document shows. ``missing_text`` says why there is no text, where there is none."""

    document: OfficialDocument
    blocks: list[Block] = field(default_factory=list)
    tables: list[ShownTable] = field(default_factory=list)
    outline: list[Entry] = field(default_factory=list)
    annexes: list[Annex] = field(default_factory=list)
    target_count: int = 0
    open_targets: int = 0
    unplaced: list[Mark] = field(default_factory=list)
    """Targets whose clause is not found in the text as it is shown."""
    records: list[SourceRecord] = field(default_factory=list)
    """Of the budget projects that were read of lists and forms inside the document."""
    missing_text: str = ""
    first_href: str = ""
    may_mend: bool = False

    @property
    def damaged(self) -> int:
        """Damaged rows of all tables."""
        return sum(table.damaged for table in self.tables)

    @property
    def first_damaged(self) -> int | None:
        """Line of the first damaged row."""
        return next((row.row.line for table in self.tables for row in table.rows if row.row.damage), None)


def reading_page(document: OfficialDocument, user: User) -> ReadingPage:
    """The page of a document as a person may see it. The number of statements does not depend on the text."""
    page = ReadingPage(document, annexes=list(document.annexes.all()))
    page.may_mend = documents_to_mend(user).filter(pk=document.pk).exists()
    address = _line_address(document, user)
    targets = list(_targets(document))
    page.target_count = len(targets)
    page.open_targets = sum(target.mark.state == "open" for target in targets)
    page.tables = _tables(document, Shower(may_mend=page.may_mend, line_address=address, targets=_by_line(targets)))
    page.records = read_projects(document, user)
    page.first_href = _at(address, document.first_line)
    try:
        lines = lines_of(document.source, document.first_line, document.last_line).lines
    except SourceError as error:
        page.missing_text = error.message
        page.blocks = [_table_alone(shown) for shown in page.tables]
        return page
    headings = [Heading(**heading) for heading in document.headings]
    fixed = list(_fixed(lines, document, page))
    page.blocks = blocks_of(lines, document.first_line, document.last_line, fixed, headings, targets)
    for block in page.blocks:
        block.table = page.tables[block.place] if block.kind == "table" else None
    _link(page.blocks, address)
    page.unplaced = _unplaced(page, targets)
    page.outline = nested(_entries(page, headings))
    page.blocks = with_projects(page.blocks, page.records)
    return page


def _table_alone(shown: ShownTable) -> Block:
    """A table where there is no text around it: its rows are stored."""
    return Block("table", shown.table.first_line, shown.table.last_line, table=shown, href=shown.href)


def _line_address(document: OfficialDocument, user: User) -> str:
    """The address of a line in the source document, ``{}`` for its number; empty where the person may not open it."""
    if not documents_visible_to(user).filter(pk=document.source_id).exists():
        return ""
    # Beyond the first page of the text the address has the line twice.
    far = line_url(document.source_id, LINES_PER_PAGE + 1)
    return far.replace(str(LINES_PER_PAGE + 1), "{}")


def _at(address: str, line: int) -> str:
    return address.replace("{}", str(line))


def _targets(document: OfficialDocument) -> Iterator[Target]:
    """The document's targets. A plan has thousands, so that no more of them is read than is shown."""
    pattern = _review_address()
    found = document.targets.values_list("line", "text", "pk", "state", "name", "operator", "number", "unit", "year")
    for line, text, pk, state, name, operator, number, unit, year in found:
        url = pattern.replace(NOWHERE, str(pk))
        yield Target(line, text, mark_of(pk, state, name, operator, number, unit, year, url=url))


def _review_address() -> str:
    try:
        return reverse("target-review", args=[NOWHERE])
    except NoReverseMatch:
        return ""


def _by_line(targets: Sequence[Target]) -> dict[int, list[Target]]:
    found: dict[int, list[Target]] = {}
    for target in targets:
        found.setdefault(target.line, []).append(target)
    return found


def _tables(document: OfficialDocument, shower: Shower) -> list[ShownTable]:
    """The document's tables with their rows, in two statements."""
    tables: list[DocumentTable] = list(document.tables.all())
    rows: dict[int, list[TableRow]] = {}
    found = TableRow.objects.filter(table__document=document).defer("draft", "printed").select_related("mended_by")
    for row in found.order_by("table_id", "line"):
        rows.setdefault(row.table_id, []).append(row)
    return [shower.table(table, rows.get(table.pk, [])) for table in tables]


def _fixed(lines: Sequence[str], document: OfficialDocument, page: ReadingPage) -> Iterator[Fixed]:
    """The parts of the text whose place is stored with the document."""
    if document.title_lines:
        yield Fixed(min(document.title_lines), max(document.title_lines), "title", document.title)
    if document.number_line and document.number_line not in document.title_lines:
        yield Fixed(document.number_line, document.number_line, "number", document.number_printed or document.number)
    if document.signed_line:
        yield Fixed(document.signed_line, document.signed_line, "signature", document.signed_printed)
        yield from _signers(lines, document, document.signed_line)
    if document.attached_line:
        first, last = title_range(lines, document.attached_line, document.attached_title, document.last_line)
        yield Fixed(first, last, "attached", document.attached_title)
    for first, last in document.contents:
        yield Fixed(first, last, "contents")
    yield from _annexes(lines, document, page.annexes)
    for place, shown in enumerate(page.tables):
        yield from _table(lines, shown, place)


def _signers(lines: Sequence[str], document: OfficialDocument, signed_line: int) -> Iterator[Fixed]:
    """The names of the issuers directly above the date, which stand on the right as it does."""
    names = {unspaced(name) for name in document.issuer.split("、")}
    at = line_before(lines, signed_line, document.first_line)
    while at and unspaced(plain(lines[at - 1])) in names:
        yield Fixed(at, at, "signature", plain(lines[at - 1]))
        at = line_before(lines, at, document.first_line)


def _annexes(lines: Sequence[str], document: OfficialDocument, annexes: Sequence[Annex]) -> Iterator[Fixed]:
    for annex in annexes:
        label, heading = annex.label_line, annex.heading_line
        if not heading:
            if label:
                yield Fixed(label, label, "annex", annex_title(annex))
            continue
        _, last = title_range(lines, heading, annex.title, annex.last_line or document.last_line)
        if label and _are_near(lines, (label, label), (heading, last)):
            yield Fixed(min(label, heading), max(label, last), "annex", annex_title(annex))
            continue
        if label:
            yield Fixed(label, label, "label", f"附件{annex.number}")
        yield Fixed(heading, last, "annex", annex_title(annex))


def _are_near(lines: Sequence[str], one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether nothing stands between two ranges of lines, whichever comes first."""
    first, second = sorted((one, other))
    return all(map(is_blank, lines[first[1] : second[0] - 1]))


def annex_title(annex: Annex) -> str:
    """附件1　校舍修缮重点项目表."""
    return f"附件{annex.number}　{annex.title}".rstrip()


def _table(lines: Sequence[str], shown: ShownTable, place: int) -> Iterator[Fixed]:
    """A table with its caption where that stands directly above; elsewhere the caption stays a line of the text."""
    table = shown.table
    first = table.first_line
    if table.caption_line and table.caption_line < first:
        between = lines[table.caption_line : first - 1]
        first = table.caption_line if all(map(is_blank, between)) else first
        if first != table.caption_line and not is_table_row(lines[table.caption_line - 1]):
            yield Fixed(table.caption_line, table.caption_line, "paragraph", table.caption)
    yield Fixed(first, table.last_line, "table", place=place)


def _link(blocks: Sequence[Block], address: str) -> None:
    if address:
        for block in blocks:
            block.href = _at(address, block.line)
            _link(block.blocks, address)


def _unplaced(page: ReadingPage, targets: Sequence[Target]) -> list[Mark]:
    placed = {mark.pk for block in _all(page.blocks) for piece in block.pieces for mark in piece.marks}
    cells = (cell for table in page.tables for row in table.rows for cell in row.cells)
    placed |= {mark.pk for cell in cells for piece in cell.pieces for mark in piece.marks}
    return [target.mark for target in targets if target.mark.pk not in placed]


def _all(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield from block.blocks


def _entries(page: ReadingPage, headings: Sequence[Heading]) -> Iterator[Entry]:
    """Headings, annexes, the document that is issued, and captions that no heading says already."""
    shown = {block.line for block in page.blocks}
    said = {unspaced(text) for text in [*(heading.text for heading in headings), *(one.title for one in page.annexes)]}
    for heading in headings:
        if heading.line in shown:
            yield Entry(heading.line, heading.level, heading.text)
    for block in page.blocks:
        if block.kind in ("annex", "attached"):
            yield Entry(block.line, 0, block.text, block.kind)
        elif block.kind == "table" and unspaced(page.tables[block.place].table.caption) not in said:
            yield Entry(block.line, DEEPEST, str(page.tables[block.place].table), "table")
