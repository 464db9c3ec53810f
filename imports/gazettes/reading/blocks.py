"""The text of a document as blocks of a page: title, headings, paragraphs, lists, contents, annexes, tables.

Every line that shows something becomes part of a block. Pure: it knows lines and line numbers, and no database.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from django.utils.safestring import SafeString

from imports.gazettes.reading.marking import Mark, Piece, marked
from imports.gazettes.reading.rendering import anchors_html, line_html, text_html
from imports.layouts.gazette.drafts import Heading
from imports.layouts.gazette.lines import is_blank, is_page_number, is_table_row, joined, plain, unspaced
from imports.layouts.gazette.paragraphs import Paragraph, paragraphs

Kind = Literal[
    "title", "number", "heading", "paragraph", "item", "list", "signature", "contents", "annex", "label", "attached", "table",
    "rows", "projects",
]  # fmt: skip
_BULLET = re.compile(r"[\s\u200b\ufeff]{0,8}[-*+•●▪]\s")
_MOST_TITLE_LINES: Final = 6


@dataclass(slots=True)
class Block:
    """A part of the page. ``line`` is its first line in the source, and its anchor."""

    kind: Kind
    line: int
    last_line: int
    more_lines: list[int] = field(default_factory=list)
    """Of a paragraph that breaks run through: the lines after the first."""
    level: int = 0
    """Of headings: 2 to 4, as in HTML."""
    lead: str = ""
    """A heading with which a paragraph begins on the same line."""
    pieces: list[Piece] = field(default_factory=list)
    missing: list[Mark] = field(default_factory=list)
    """Targets of these lines whose clause could not be found in the text."""
    blocks: list[Block] = field(default_factory=list)
    """Of a list its items."""
    rows: list[tuple[str, ...]] = field(default_factory=list)
    """Of contents and of text in columns: the cells of each line."""
    place: int = 0
    """Of a table: which one of the document."""
    table: object = None
    """What to show of it, for the page to set."""
    records: Sequence[object] = ()
    """Of a note that budget projects were read here: their filings."""
    href: str = ""
    """The line in the source document, where the reader may open that."""

    @property
    def text(self) -> str:
        """What the block says."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def is_plain(self) -> bool:
        """Whether it is a paragraph and nothing else, as most blocks are."""
        return self.kind == "paragraph" and not self.lead

    @property
    def html(self) -> SafeString:
        """The text with its targets marked, and an anchor for each further line that it stands on."""
        return anchors_html(self.more_lines) + text_html(self.pieces)

    @property
    def line_html(self) -> SafeString:
        """The line's number beside it."""
        return line_html(self.line, self.href)


@dataclass(frozen=True, slots=True)
class Fixed:
    """What is already known of a line range: it is no running text."""

    first: int
    last: int
    kind: Kind
    text: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class Target:
    """A target to be marked: its line, its clause as printed."""

    line: int
    clause: str
    mark: Mark


def blocks_of(
    lines: Sequence[str], first: int, last: int, fixed: Sequence[Fixed], headings: Sequence[Heading],
    targets: Sequence[Target],
) -> list[Block]:  # fmt: skip
    """The blocks of the 1-based lines ``first`` to ``last``, in their order."""
    known = sorted([*fixed, *_loose(lines, first, last, fixed)], key=lambda one: (one.first, one.last))
    skip = [(one.first, one.last) for one in known]
    by_line: dict[int, list[Target]] = {}
    for target in targets:
        by_line.setdefault(target.line, []).append(target)
    own = {heading.line: heading for heading in headings}
    prose = [_paragraph(lines, one, own, by_line) for one in paragraphs(lines, first, last, skip, headings)]
    found = [*prose, *(_fixed(lines, one) for one in known)]
    return _listed(sorted(found, key=lambda block: (block.line, block.last_line)))


def title_range(lines: Sequence[str], line: int, title: str, last: int) -> tuple[int, int]:
    """The lines over which a title runs that begins on a line: those that together say it."""
    wanted = unspaced(title)
    said: list[str] = []
    end = line
    for number in range(line, min(last, line + _MOST_TITLE_LINES - 1, len(lines)) + 1):
        text = unspaced(plain(lines[number - 1]))
        together = unspaced(joined([*said, text]))
        if said and (not text or not (wanted.startswith(together) or together in wanted)):
            if text:
                break
            continue
        said.append(text)
        end = number
    return line, end


def _loose(lines: Sequence[str], first: int, last: int, fixed: Sequence[Fixed]) -> Iterator[Fixed]:
    """Ranges of lines with cell borders that belong to no table, such as text in two columns."""
    covered = {number for one in fixed for number in range(one.first, one.last + 1)}
    begin = 0
    for number in range(first, min(last, len(lines)) + 2):
        line = lines[number - 1] if number <= min(last, len(lines)) else ""
        inside = number <= last and number not in covered and is_table_row(line) and not is_blank(line)
        if inside and not begin:
            begin = number
        elif begin and not inside:
            yield Fixed(begin, number - 1, "rows")
            begin = 0


def _fixed(lines: Sequence[str], one: Fixed) -> Block:
    block = Block(one.kind, one.first, one.last, place=one.place)
    if one.kind in ("contents", "rows"):
        shown = (lines[number - 1] for number in range(one.first, min(one.last, len(lines)) + 1))
        block.rows = [_cells(line) for line in shown if not is_blank(line) and not is_page_number(line)]
    elif one.text:
        block.pieces = [Piece(one.text)]
    if one.kind in ("annex", "attached"):
        block.level = 2
    return block


def _cells(line: str) -> tuple[str, ...]:
    return tuple(plain(cell) for cell in line.split("\t"))


def _paragraph(
    lines: Sequence[str], paragraph: Paragraph, own: dict[int, Heading], targets: dict[int, list[Target]]
) -> Block:
    line, last = paragraph.pieces[0][1], paragraph.pieces[-1][1]
    heading = own.get(line)
    text, lead = paragraph.text, ""
    block = Block("paragraph", line, last, more_lines=[number for _, number in paragraph.pieces[1:]])
    if heading:
        block.level = min(heading.level + 1, 4)
        if len(unspaced(text)) <= len(unspaced(heading.text)) + 1:
            block.kind = "heading"
        elif text.startswith(heading.text):
            lead = heading.text
    elif _BULLET.match(lines[line - 1]):
        block.kind = "item"
    block.lead, body = lead, text[len(lead) :]
    offsets = {number: start for start, number in reversed(paragraph.pieces)}
    found = [
        (target.clause, offsets[number] - len(lead), target.mark)
        for number in offsets
        for target in targets.get(number, ())
    ]
    block.pieces, block.missing = marked(body, found)
    return block


def _listed(blocks: Sequence[Block]) -> list[Block]:
    """Neighbouring items put into one list."""
    shown: list[Block] = []
    for block in blocks:
        if block.kind != "item":
            shown.append(block)
        elif shown and shown[-1].kind == "list":
            shown[-1].blocks.append(block)
            shown[-1].last_line = block.last_line
        else:
            shown.append(Block("list", block.line, block.last_line, blocks=[block]))
    return shown
