"""A file parted into the issues of gazettes and their official documents, one after another.

An issue runs from its masthead to its back cover, a document from its head to the next. Documents stand where a title
has a 文号 beside it, where a title comes again that the contents name, and, in files without contents, where the title
of an organ has an addressee below it. What a document issues, forwards or annexes may have such a head of its own: it
stays part of that document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from imports.layouts.gazette import heads
from imports.layouts.gazette.contents import is_entry, read_contents
from imports.layouts.gazette.drafts import ContentsEntry, IssueDraft
from imports.layouts.gazette.heads import Head
from imports.layouts.gazette.lines import is_blank, is_table_row, line_after, line_before, mark_level, plain, unspaced
from imports.layouts.gazette.mastheads import (
    Masthead,
    find_mastheads,
    is_contents_heading,
    publication_date,
    says_issue,
)
from imports.layouts.gazette.title_lines import Piece
from imports.layouts.gazette.titles import folded, is_organ, organs_end

_RUNS_ON = re.compile(
    "(?:[，,、《〈（(“‘：:]|根据|按照|依据|依照|遵照|参照|落实|贯彻|执行|转发|印发|关于|经|和|及|与|的|对|由|在|为|以|将|是|有关)\\s*\\Z"
)
_ANNEX_LABEL = re.compile(
    r"[（(]?附\s{0,3}[件表录]\s{0,3}[\d一二三四五六七八九十\-—]{0,6}\s{0,3}[)）]?\s{0,3}[:：]?\s*\Z"
)
_COLOPHON = re.compile(
    "主\\s?管|主\\s?办|承\\s?办|编\\s?辑|编\\s?印|编\\s?委|出\\s?版|印\\s?刷|印\\s?数|发\\s?行|地\\s?址|邮\\s?编|邮政编码|电\\s?话|传\\s?真|网\\s?址|邮\\s?箱|"
    "准印证|刊\\s?号|定\\s?价|赠\\s?阅|免费|内部资料|主\\s?编|责\\s?编|ISSN|CN\\d|https?:|www\\.|印刷厂|扫码|二维码|公众号"
)
_SLOGAN = re.compile(r"[一-鿿]{4,8}")
_ALIKE: Final = 0.85
_PREFIX: Final = 4
_SHORT: Final = 160
_ENTRIES_ENOUGH: Final = 3


@dataclass(frozen=True, slots=True)
class Span:
    """One document of a file: its lines, its head, and what the contents say of it."""

    head: Head
    first: int
    last: int
    issue: int | None
    entry: ContentsEntry | None


@dataclass(slots=True)
class Named:
    """The documents that the contents of an issue name."""

    entries: list[ContentsEntry] = field(default_factory=list)
    titles: set[str] = field(init=False)
    prefixes: set[str] = field(init=False)
    numbers: dict[str, ContentsEntry] = field(init=False)

    def __post_init__(self) -> None:
        self.titles = {folded(entry.title) for entry in self.entries}
        self.prefixes = {title[:_PREFIX] for title in self.titles}
        self.numbers = {entry.number: entry for entry in self.entries if entry.number}

    def __call__(self, title: str) -> bool:
        return title in self.titles


def split(lines: Sequence[str]) -> Iterator[IssueDraft | Span]:
    """Each issue of a file, followed by its documents, in their order."""
    mastheads = find_mastheads(lines)
    end = line_before(lines, len(lines) + 1, 1)
    borders = [masthead.line for masthead in mastheads]
    loose = list(_documents(lines, 1, borders[0] - 1 if borders else end, Named(), None))
    if not loose and not borders and end:
        loose = [_only(lines, end)]
    yield from loose
    if borders and not loose:
        borders[0] = line_after(lines, 0, borders[0]) or borders[0]
    for place, masthead in enumerate(mastheads):
        after = borders[place + 1] - 1 if place + 1 < len(borders) else end
        yield from _issue(lines, masthead, borders[place], after, place)


def _only(lines: Sequence[str], last: int) -> Span:
    """A text without any head: one document, called by the title of a plan or by its first line."""
    first = line_after(lines, 0, last) or last
    title = [Piece(first, plain(lines[first - 1][:_SHORT]))]
    head = heads.head_of_plan(lines, first, last) or Head(first, title, None, None, None, first)
    return Span(head, first, last, None, None)


def has_documents(lines: Sequence[str]) -> bool:
    """Whether a text holds an issue of a gazette or the head of an official document."""
    return bool(find_mastheads(lines)) or next(_heads(lines, 1, len(lines), Named()), None) is not None


def is_plan(lines: Sequence[str]) -> bool:
    """Whether a text is a plan or a programme by itself, with neither notice nor 文号."""
    return heads.head_of_plan(lines, 1, len(lines)) is not None


def match_entry(head: Head, named: Named, used: set[int]) -> ContentsEntry | None:
    """What the contents say of a document: by its 文号, by its title, or by the title most like it."""
    free = [entry for entry in named.entries if entry.line not in used]
    title = folded(head.text)
    by_number = [entry for entry in free if head.number and entry.number == head.number]
    by_title = [entry for entry in free if folded(entry.title) == title]
    found = next((entry for entry in by_number if entry in by_title), None)
    found = found or next(iter(by_number), None) or next(iter(by_title), None)
    if found is None:
        rest = [entry for entry in free if not (entry.number and head.number)]
        alike = [(SequenceMatcher(None, folded(entry.title), title).ratio(), -entry.line, entry) for entry in rest]
        best = max(alike, default=None)
        found = best[2] if best and best[0] >= _ALIKE else None
    if found:
        used.add(found.line)
    return found


def _issue(lines: Sequence[str], masthead: Masthead, first: int, last: int, place: int) -> Iterator[IssueDraft | Span]:
    last = max(line_before(lines, last + 1, first), first)
    begin, entries = _contents(lines, masthead.number_line + 1, last)
    draft = IssueDraft(
        masthead.title, masthead.year, masthead.number, masthead.total_number, None, None, first, last, entries
    )
    cover = _back_cover(lines, begin, last)
    published = publication_date(lines, first, begin - 1) or publication_date(lines, cover, last)
    if published:
        draft.published, draft.published_printed = published[1].value, published[1].printed
    yield draft
    yield from _documents(lines, begin, cover - 1, Named(entries), place)


def _contents(lines: Sequence[str], first: int, last: int) -> tuple[int, list[ContentsEntry]]:
    """The line on which the first document begins, at the earliest, and the entries of the contents above it."""
    head = next(_heads(lines, first, last, Named()), None)
    end = head.first_line - 1 if head else last
    heading = next((number for number in range(first, end + 1) if _opens_contents(lines[number - 1])), 0)
    if not heading:
        return (end + 1 if head else first), []
    stop = next((number for number in range(heading, end + 1) if _is_prose(lines[number - 1])), end + 1)
    entries = read_contents(lines, heading, stop - 1)
    seen: set[str] = set()
    for place, entry in enumerate(entries):
        # Orders are all called alike.
        is_order = "令" in (entry.number or "")
        names = {entry.number or folded(entry.title)} | (set() if is_order else {folded(entry.title)})
        if names & seen and entry.page is None:
            return entry.line, entries[:place]
        seen |= names
    return (stop if stop <= end or head is None else end + 1), entries


def _opens_contents(line: str) -> bool:
    return is_contents_heading(line) or is_entry(line)


def _is_prose(line: str) -> bool:
    return not is_entry(line) and (len(line) > 300 or "。" in line or plain(line[-20:]).endswith(("：", ":")))


def _documents(lines: Sequence[str], first: int, last: int, named: Named, issue: int | None) -> Iterator[Span]:
    """The documents among the lines ``first..last``. Without an issue, what stands above the first is part of it."""
    found = list(_heads(lines, first, last, named))
    used: set[int] = set()
    sections = {folded(entry.section) for entry in named.entries if entry.section}
    for head in found:
        head.first_line = _below_section(lines, head, sections)
    for place, head in enumerate(found):
        begin = head.first_line
        if issue is None and place == 0:
            begin = line_after(lines, first - 1, last) or begin
        after = found[place + 1].first_line if place + 1 < len(found) else last + 1
        end = line_before(lines, after, begin)
        while end > head.last_line and issue is not None and _is_furniture(lines[end - 1], sections):
            end = line_before(lines, end, begin)
        yield Span(head, begin, max(end, head.last_line), issue, match_entry(head, named, used))


def _below_section(lines: Sequence[str], head: Head, sections: set[str]) -> int:
    """The first line of a head, without the name of a section (市政府文件) that reads like a letterhead."""
    own = min([head.title[0].line, *([head.number_line] if head.number_line else [])])
    named = head.first_line < own and folded(plain(lines[head.first_line - 1])) in sections
    return own if named else head.first_line


def _is_furniture(line: str, sections: set[str]) -> bool:
    """Whether a line between two documents is the name of a section, or of the gazette and its number."""
    return len(line) <= _SHORT and (says_issue(line) or folded(plain(line)).strip("[]<>()") in sections)


def _heads(lines: Sequence[str], first: int, last: int, named: Named) -> Iterator[Head]:
    """The heads of documents among lines, in order."""
    current: Head | None = None
    floor = first
    number = first
    while number <= last:
        head = _head_at(lines, number, floor, named)
        if head and head.last_line <= last and not _is_part(lines, head, current, floor, named):
            yield head
            current, floor = head, head.last_line + 1
            number = max(number, head.last_line)
        number += 1


def _head_at(lines: Sequence[str], number: int, floor: int, named: Named) -> Head | None:
    line = lines[number - 1]
    if len(line) > _SHORT or is_blank(line) or is_table_row(line):
        return None
    if "号" in line:
        found = _head_at_number(lines, number, floor, named)
        if found:
            return found
    if not _may_begin_title(line, named):
        return None
    found = heads.head_without_number(lines, number, named)
    if found is None or not _stands_alone(lines, number, floor):
        return None
    below = line_after(lines, found.last_line, len(lines))
    return (below and _head_at_number(lines, below, floor, named)) or found


def _head_at_number(lines: Sequence[str], number: int, floor: int, named: Named) -> Head | None:
    found = heads.head_at_number(lines, number, floor, named) or heads.head_of_order(lines, number, floor)
    if found:
        return found
    if "关于" in lines[number - 1]:
        return heads.head_with_number(lines, number, floor)
    standard = heads.number_on(lines, number)
    entry = named.numbers.get(standard) if standard else None
    return heads.head_like(lines, number, floor, entry.title) if entry else None


def _may_begin_title(line: str, named: Named) -> bool:
    text = plain(line)
    if named.entries:
        return folded(text[:20])[:_PREFIX] in named.prefixes
    return ("关于" in text or "印发" in text or is_organ(text)) and (is_organ(text) or organs_end(unspaced(text)) > 0)


def _stands_alone(lines: Sequence[str], number: int, floor: int) -> bool:
    """Whether what stands above a title does not run on into it."""
    above = line_before(lines, number, floor)
    if not above or mark_level(lines[number - 1]) or is_table_row(lines[above - 1]):
        return True
    return _RUNS_ON.search(plain(lines[above - 1][-200:])) is None


def _is_part(lines: Sequence[str], head: Head, current: Head | None, floor: int, named: Named) -> bool:
    """Whether a head belongs to something inside the document above: an annex, or what it forwards."""
    if named(folded(head.text)) or (head.number and head.number in named.numbers):
        return False
    if current is None:
        return False
    above = line_before(lines, head.first_line, floor)
    if above and len(lines[above - 1]) <= _SHORT and _ANNEX_LABEL.match(plain(lines[above - 1])):
        return True
    if folded(head.text) in folded(current.text):
        return not _is_next_order(head, current)
    return head.number is None and len(named.entries) >= _ENTRIES_ENOUGH


def _is_next_order(head: Head, current: Head) -> bool:
    """Whether two orders of one organ stand below one another: they are called alike, and their numbers differ."""
    return "令" in (head.number or "") and "令" in (current.number or "") and head.number != current.number


def _back_cover(lines: Sequence[str], first: int, last: int) -> int:
    """The first line of the back cover at the end of an issue: who printed it, slogans; ``last + 1`` without one."""
    cover = last + 1
    slogans: list[int] = []
    number = last
    while number >= first and number:
        line = lines[number - 1]
        text = plain(line) if len(line) <= _SHORT and not is_table_row(line) else "。"
        if (_COLOPHON.search(text) and "。" not in text and len(text) <= 80) or says_issue(line):
            cover, slogans = number, []
        elif _SLOGAN.fullmatch(unspaced(text)) and not is_organ(text):
            slogans.append(number)
        else:
            break
        number = line_before(lines, number, first)
    return slogans[-1] if len(slogans) >= 2 and _alike(lines, slogans) else cover


def _alike(lines: Sequence[str], numbers: Sequence[int]) -> bool:
    return len({len(unspaced(plain(lines[number - 1]))) for number in numbers}) == 1
