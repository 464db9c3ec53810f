"""Tables of contents: of an issue (section, title, 文号, page) and inside a plan (chapter, section, title, page).

An entry ends in its page, after dots, tabs or spaces, or in brackets; the page may be cut off or stand on the next
line. Entries may be wrapped, bulleted, numbered and cut short. What stands between them, short and without a page, is
the heading of a section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from imports.document_numbers import numbers_in
from imports.layouts.gazette.drafts import ContentsEntry
from imports.layouts.gazette.lines import is_blank, is_page_number, joined, line_after, mark_level, plain, unspaced
from imports.layouts.gazette.mastheads import is_contents_heading, says_issue
from imports.layouts.gazette.titles import ends_as_title, folded, is_organ, organs_end

_LEADER = r"[.．·•…⋯‥。_—–\-―﹒ \t\u3000\xa0]"
_PAGE = re.compile(
    rf"(?:{_LEADER}{{2,400}}|(?<=[)）\]】》”])\s{{0,9}}|[\t/／]\s{{0,9}}| )[（(]?\s?(?P<page>\d{{1,4}})\s?[)）]?\s*\Z"
)
_BARE_PAGE = re.compile(rf"{_LEADER}{{0,400}}[（(]?\s?(?P<page>\d{{1,4}})\s?[)）]?\s*\Z")
_PAGE_IN_BRACKETS = re.compile(r"(?<=[^\W\d])\s?(?:（\s?(?P<wide>\d{1,3})\s?）|\(\s?(?P<narrow>\d{1,3})\s?\))\s*\Z")
_DOTS = re.compile(r"[.．·•…⋯‥﹒]{2,}+[ \t.．·•…⋯‥﹒]*+")
_LOST_PAGE = re.compile(r"(?:[.．·•…⋯‥﹒_][ \t]?){2,400}[（(]?\s*[)）]?\s*\Z")
_SERIAL = re.compile(r"(?:\d{1,3}\s{0,3}[.、．)）\t]|[（(]\d{1,3}[)）]|[①-⑳●■◆▲★○◇※•·])\s*(?!\d)")
_BULLET = re.compile(r"\s*[-*+•●▪■◆·]\s")
_NUMBER_BRACKETS = re.compile(r"[（(\[【《]\s*\Z")
_SECTION_ENDS = re.compile(
    r"(?:文件|函件|任免|大事记|文选|选登|解读|法规|规章|专载|特载|讲话|公文|批示|政务|要闻|动态|决定|命令|令|专栏|统计|资料|公告|其他|发布|"
    r"人事|目录|信息|数据|批复|通报|公示|答复|纪要|会议|国务院|省政府)\Z"
)
_INSIDE = re.compile(r"[【\[「『〖<〈《](?P<name>[^】\]」』〗>〉》]{2,20})[】\]」』〗>〉》]\Z")
_CUT_NUMBER = re.compile(r"[〔\[［（(【﹝][12]?\d{0,3}\Z")
"""A line that ends inside the brackets of a 文号."""
_TAIL = re.compile("[的）)》〉（(【\\[、，,和及与]")
_CUT = re.compile("(?:转发|批转|印发|关于|《|〈|、)\\Z")
_LONGEST: Final = 400
_LONGEST_SECTION: Final = 20
_FURTHEST_REPEAT: Final = 600
_PROSE: Final = 60


@dataclass(slots=True)
class _Pending:
    """An entry as far as its lines have been read."""

    line: int
    parts: list[str] = field(default_factory=list)
    page: int | None = None
    closed: bool = False
    """Its page has been read, or the place where it would stand."""


def read_contents(lines: Sequence[str], first: int, last: int) -> list[ContentsEntry]:
    """The entries of an issue's contents among the lines ``first..last``."""
    return list(_entries(_pieces(lines, first, last)))


def inner_contents(lines: Sequence[str], first: int, last: int) -> list[tuple[int, int]]:
    """Line ranges, heading and all, of the tables of contents among the lines ``first..last`` of a document."""
    found: list[tuple[int, int]] = []
    for number in range(first, last + 1):
        if found and number <= found[-1][1]:
            continue
        line = lines[number - 1]
        if len(line) <= 40 and ("目" in line or "ontents" in line.lower()) and is_contents_heading(line):
            end = _inner_end(lines, number, last)
            if end:
                found.append((number, end))
    return found


def inner_entries(lines: Sequence[str], ranges: Sequence[tuple[int, int]]) -> Iterator[ContentsEntry]:
    """The lines of a document's own contents: title and page."""
    for first, last in ranges:
        for number in range(first + 1, last + 1):
            text = plain(lines[number - 1])
            if text and not is_page_number(text):
                title, page = _without_page(text)
                yield ContentsEntry(number, joined(title.split("\t")), None, None, page)


def is_entry(line: str) -> bool:
    """Whether a line ends as entries of contents do: in dots, whether the page behind them is lost or not, or a tab and a page."""
    if len(line) > _LONGEST:
        return False
    found = _PAGE.search(line.rstrip())
    if found is None:
        lost = _LOST_PAGE.search(line.rstrip())
        return lost is not None and len(lost[0].strip()) >= 2 and "。" not in line
    return found is not None and ("\t" in found[0] or _DOTS.search(found[0]) is not None)


def _inner_end(lines: Sequence[str], heading: int, last: int) -> int:
    """The last line of a document's own contents: before the first of them comes again as a heading."""
    start = line_after(lines, heading, last)
    if not start:
        return 0
    wanted = folded(_without_page(plain(lines[start - 1]))[0])
    end = seen = 0
    number = start
    while number and seen < _FURTHEST_REPEAT:
        text = plain(lines[number - 1])
        if number > start and folded(text) == wanted:
            break
        if len(text) > _LONGEST or ((len(text) > _PROSE or "。" in text) and not is_entry(lines[number - 1])):
            break
        end, seen = number, seen + 1
        number = line_after(lines, number, last)
    repeated = bool(number) and end > start
    return end if repeated or is_entry(lines[start - 1]) else 0


def _pieces(lines: Sequence[str], first: int, last: int) -> Iterator[_Pending | str]:
    """Entries with all their lines, and the headings of sections between them."""
    pending: _Pending | None = None
    shown = [line for line in lines[first - 1 : last] if len(line) <= _LONGEST and not is_blank(line)]
    alone = sum(map(_is_bare, shown))
    paged = alone > 0 or any(map(is_entry, shown))
    # A number below an entry is its page; below the last of entries without pages it is that of the contents.
    paged_here = alone > 1 or any(_without_page(plain(line))[1] is not None for line in shown if not _is_bare(line))
    below = alone > 1 and 2 * alone >= sum(_LOST_PAGE.search(line.rstrip()) is not None for line in shown)
    for number in range(first, last + 1):
        line = lines[number - 1]
        cut = pending is not None and not pending.closed and _CUT_NUMBER.search(pending.parts[-1]) is not None
        if is_blank(line) or len(line) > _LONGEST or is_contents_heading(line) or (says_issue(line) and not cut):
            continue
        text = plain(line)
        bare = _BARE_PAGE.match(text)
        if bare and paged_here and pending and pending.page is None and (below or not pending.closed):
            pending.page, pending.closed = int(bare["page"]), True
        if bare or is_page_number(line):
            continue
        section = None if cut else _section(line, text, pending)
        if (
            section
            or (not cut and not _goes_on(line, text, pending, paged=paged))
            or _names_issuers(lines, number, pending, last)
        ):
            if pending:
                yield pending
            pending = None
        if section:
            yield section
            continue
        title, page = _without_page(text)
        pending = pending or _Pending(number)
        pending.parts.append(title)
        pending.page = page
        pending.closed = page is not None or title != text.strip()
    if pending:
        yield pending


def _is_bare(line: str) -> bool:
    return _BARE_PAGE.match(plain(line)) is not None


def _section(line: str, text: str, pending: _Pending | None) -> str | None:
    """The heading of a section: marked, in its own brackets, or named as sections are."""
    inside = _INSIDE.match(text)
    name = inside["name"] if inside else unspaced(text).strip("·•●■◆*|:：-—")
    if not 2 <= len(name) <= _LONGEST_SECTION or any(character.isdigit() for character in name) or "关于" in name:
        return None
    if inside or mark_level(line) or (_SECTION_ENDS.search(name) and not _BULLET.match(line) and not _is_open(pending)):
        return name
    return None


def _is_open(pending: _Pending | None) -> bool:
    """Whether the entry above still lacks its end."""
    if pending is None or pending.closed:
        return False
    return not ends_as_title(_text(pending)) and not numbers_in(_text(pending))


def _goes_on(line: str, text: str, pending: _Pending | None, *, paged: bool) -> bool:
    """Whether a line belongs to the entry above it; where entries have pages, every one goes on to its page."""
    if pending is None or pending.closed or _BULLET.match(line):
        return False
    before = _text(pending)
    if is_organ(before) or _CUT.search(before):
        return True
    begins = _SERIAL.match(text) or organs_end(unspaced(text))
    if begins:
        return False
    if _is_open(pending) or _TAIL.match(text) or not ends_as_title(before):
        return True
    return paged and not numbers_in(before)


def _names_issuers(lines: Sequence[str], number: int, pending: _Pending | None, last: int) -> bool:
    """Whether a line is nothing but the organs of the next entry, whose 关于… stands below."""
    if pending is None or not is_organ(plain(lines[number - 1])):
        return False
    below = line_after(lines, number, last)
    return bool(below) and plain(lines[below - 1])[:2] == "关于" and not is_organ(_text(pending))


def _text(pending: _Pending) -> str:
    return unspaced("".join(pending.parts))


def _entries(pieces: Iterator[_Pending | str]) -> Iterator[ContentsEntry]:
    section = None
    for piece in pieces:
        if isinstance(piece, str):
            section = piece
            continue
        title = _SERIAL.sub("", joined(piece.parts), count=1) if _SERIAL.match(piece.parts[0]) else joined(piece.parts)
        title, number = _without_number(title)
        if len(unspaced(title)) >= 4:
            yield ContentsEntry(piece.line, title, number, section, piece.page)


def _without_page(text: str) -> tuple[str, int | None]:
    """An entry without its leader and page, and the page."""
    text = text.rstrip()
    bracketed = _PAGE_IN_BRACKETS.search(text[-_LONGEST:]) if len(text) <= _LONGEST else None
    if bracketed:
        return text[: bracketed.start()].rstrip(), int(bracketed["wide"] or bracketed["narrow"])
    found = _PAGE.search(text) if len(text) <= _LONGEST else None
    if found:
        return _LOST_PAGE.sub("", text[: found.start()]).rstrip(), int(found["page"])
    return _LOST_PAGE.sub("", text[:_LONGEST]).rstrip(" \t/／"), None


def _without_number(title: str) -> tuple[str, str | None]:
    """An entry's title, and the 文号 that stands at its end, with or without brackets."""
    numbers = numbers_in(title)
    if not numbers or len(unspaced(title[numbers[-1].end :]).strip("）)]】》")) > 0:
        return title, None
    before = _NUMBER_BRACKETS.sub("", title[: numbers[-1].start]).rstrip()
    if not before and numbers[-1].kind == "order":
        # An order is called by its organ: 丁山市人民政府令（第12号）.
        return title[: title.index("令") + 1], numbers[-1].standard
    return before, numbers[-1].standard
