"""The front of an official document: whom it is for, who signed it and when, its 公开 note, and what it issues.

GB/T 9704-2012, 7.3: the addressee closes with a colon; organs and date stand below the text, on lines of their own, or
on one line; the note 此件公开发布 stands in brackets below the date. What a notice issues follows under its own title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from imports.layouts.gazette.dates import PrintedDate, whole_date
from imports.layouts.gazette.heads import Head
from imports.layouts.gazette.lines import is_table_row, joined, line_after, line_before, plain, unspaced
from imports.layouts.gazette.titles import folded, is_organ, organs_end, organs_in

_NOTE = re.compile(
    r"[（(\[【]?(?P<note>此件[^)）\]】]{2,16}|(?:信息)?公开(?:方式|属性|选项|类别|形式)[:：][^)）\]】]{2,12}|(?:主动|依申请|不予|删减后)公开)[)）\]】]?"
)
_ADDRESSEE_END = re.compile(r"[:：]")
_ADDRESSED = re.compile("各|市|县|区|省|你|有关|驻|全|局|部门|单位|政府|委员会|公司|企业|办公室|成员|厅|同志|镇|乡")
_ISSUES = re.compile(
    "(?:印发|转发|批转|公布|发布|颁布|颁发|下达|修订印发|重新印发)(?P<title>.{4,200})的(?:通知|公告|通告|决定|命令|函)"
)
_ENACTED = re.compile("《(?P<title>[^《》]{4,120})》(?:已经|已于|业经)")
_ANNEX = re.compile(r"[（(]?附\s{0,3}[件表录]\s{0,3}[\d一二三四五六七八九十]{0,3}\s{0,3}[)）]?\s{0,3}[:：]?\s*\Z")
_LONGEST: Final = 160
_MOST_ADDRESSEE_LINES: Final = 6
_MOST_TITLE_LINES: Final = 5
_MOST_ORGANS: Final = 12
_ALIKE: Final = 0.85


@dataclass(slots=True)
class Front:
    """What the first part of a document says of it."""

    issuer: str | None = None
    addressee: str | None = None
    signed: PrintedDate | None = None
    signed_line: int | None = None
    public_note: str | None = None
    attached_title: str | None = None
    attached_line: int | None = None
    last_line: int = 0
    """The last line of the head, the signature or the note: what is issued stands below it."""


def read_front(lines: Sequence[str], head: Head, last: int, border: int) -> Front:
    """The front of a document that ends at ``last``; ``border`` is the first line of its annexes, or past its end."""
    front = Front(last_line=head.last_line)
    front.addressee = _addressee(lines, head.last_line, last)
    front.attached_title, front.attached_line = _attached(lines, head, last)
    stop = min(border, front.attached_line or last + 1)
    signed = _signed(lines, head, stop)
    signers: list[str] = []
    if signed:
        front.signed_line, front.signed, signers = signed
        front.last_line = front.signed_line
    front.issuer = _issuer(head, signers)
    front.public_note = _note(lines, head.last_line, stop)
    return front


def issued_title(title: str) -> str | None:
    """What a title says that the document issues: 关于印发…办法的通知."""
    found = _ISSUES.search(title)
    return found["title"].strip("《》〈〉") if found else None


def signature_lines(lines: Sequence[str], first: int, last: int) -> Iterator[int]:
    """Lines among ``first..last`` that are a date by themselves or behind an organ."""
    for number in range(first, last + 1):
        line = lines[number - 1]
        if len(line) <= _LONGEST and "\t" not in line and _date_on(plain(line)):
            yield number


def _addressee(lines: Sequence[str], after: int, last: int) -> str | None:
    parts: list[str] = []
    number = line_after(lines, after, last)
    while number and len(parts) < _MOST_ADDRESSEE_LINES:
        line = lines[number - 1]
        if is_table_row(line):
            return None
        text = plain(line[:400])
        end = _ADDRESSEE_END.search(text)
        before = text[: end.start()] if end else text
        if "。" in before or "；" in before or before.startswith("附件"):
            return None
        parts.append(before)
        if end:
            whole = joined(parts)
            closes = end.end() == len(text) and len(line) < 400
            return whole if whole and (closes or (_ADDRESSED.search(whole) and len(whole) <= 80)) else None
        number = line_after(lines, number, last)
    return None


def _attached(lines: Sequence[str], head: Head, last: int) -> tuple[str | None, int | None]:
    """The title of what is issued, and its line, where it stands as a heading of its own."""
    wanted = issued_title(head.text) or _enacted(lines, head, last)
    if not wanted:
        return None, None
    goal = folded(wanted)
    best: tuple[float, str, int] | None = None
    for number, title in _headings(lines, head.last_line, last, goal):
        name = folded(title)
        if name == goal:
            return unspaced(title), number
        alike = SequenceMatcher(None, name, goal).ratio()
        if alike >= _ALIKE and (best is None or alike > best[0]):
            best = alike, title, number
    return (unspaced(best[1]), best[2]) if best else (None, None)


def _enacted(lines: Sequence[str], head: Head, last: int) -> str | None:
    """What an order enacts: 《…办法》已经…通过."""
    number = line_after(lines, head.last_line, last)
    found = _ENACTED.search(lines[number - 1][:400]) if number else None
    return found["title"] if found and head.number and "令" in head.number else None


def _headings(lines: Sequence[str], after: int, last: int, goal: str) -> Iterator[tuple[int, str]]:
    """Every run of short lines that is about as long as a title and begins or ends as it does."""
    for number in range(after + 1, last + 1):
        line = lines[number - 1]
        if not line or len(line) > _LONGEST or is_table_row(line):
            continue
        text = plain(line)
        if not text or "。" in text or not _starts_alike(folded(text), goal):
            continue
        above = line_before(lines, number, after + 1)
        if above and _ANNEX.match(plain(lines[above - 1][:40])):
            continue
        yield from ((number, title) for title in _grown(lines, number, last, len(goal)))


def _starts_alike(name: str, goal: str) -> bool:
    width = min(len(name), len(goal), 12)
    if width < 2:
        return False
    same = sum(one == other for one, other in zip(name[:width], goal[:width], strict=True))
    return same * 3 >= width * 2


def _grown(lines: Sequence[str], number: int, last: int, length: int) -> Iterator[str]:
    title = ""
    for _ in range(_MOST_TITLE_LINES):
        text = plain(lines[number - 1][: _LONGEST + 1])
        if len(text) > _LONGEST or "。" in text or is_table_row(lines[number - 1]):
            return
        title += text
        if abs(len(folded(title)) - length) <= length // 4 + 2:
            yield title
        if len(folded(title)) > length + 12:
            return
        number = line_after(lines, number, last)
        if not number:
            return


def _signed(lines: Sequence[str], head: Head, stop: int) -> tuple[int, PrintedDate, list[str]] | None:
    """Line, date and organs of the signature: the last date that stands below organs, else the first that stands alone."""
    found: tuple[int, PrintedDate, list[str]] | None = None
    for number in signature_lines(lines, head.last_line + 1, stop - 1):
        printed = _date_on(plain(lines[number - 1]))
        if printed:
            beside = unspaced(plain(lines[number - 1])[: printed.start])
            signers = [beside] if is_organ(beside) else _signers(lines, number, head.last_line + 1)
            if found is None or (signers and not found[2]):
                found = number, printed, signers
            if signers:
                break
    return found


def _date_on(text: str) -> PrintedDate | None:
    """The date that a line is, alone or behind an organ; a line of who printed it and when is none."""
    if "日" not in text and text.count(".") < 2 and text.count("-") < 2:
        return None
    alone = whole_date(text)
    if alone:
        return alone
    end = text.rstrip().rfind("日")
    for start in range(max(end - 24, 0), end):
        printed = whole_date(text[start:]) if text[start] in "12二一１２" else None
        if printed and is_organ(text[:start].strip()):
            return printed._replace(start=printed.start + start, end=printed.end + start)
    return None


def _signers(lines: Sequence[str], line: int, first: int) -> list[str]:
    organs: list[str] = []
    number = line_before(lines, line, first)
    while number and len(organs) < _MOST_ORGANS:
        text = plain(lines[number - 1][: _LONGEST + 1])
        if not is_organ(text) or len(text) > 60 or is_table_row(lines[number - 1]):
            break
        organs[:0] = organs_in(text.split())
        number = line_before(lines, number, first)
    return organs


def _issuer(head: Head, signers: Sequence[str]) -> str | None:
    """The organs that the title names, parted as it parts them or as they signed; else those that signed."""
    named = _named_issuers(head)
    if not named:
        return "、".join(signers) or None
    if len(signers) > len(named) and "".join(signers) == "".join(named):
        named = list(signers)
    return "、".join(named)


def _named_issuers(head: Head) -> list[str]:
    pieces: list[str] = []
    left = organs_end(head.text)
    for piece in head.title:
        for word in re.split(r"[\s、]+", piece.text):
            if left <= 0:
                break
            pieces.append(word[:left])
            left -= len(word)
    if pieces:
        return [organ for organ in organs_in(pieces) if organ]
    name = re.sub("(?:令|公告)$", "", head.text)
    return [name] if name != head.text and is_organ(name) else []


def _note(lines: Sequence[str], after: int, stop: int) -> str | None:
    for number in range(after + 1, stop):
        line = lines[number - 1]
        if "公开" in line[:60] and len(line) <= 60:
            found = _NOTE.fullmatch(plain(line))
            if found:
                return unspaced(found["note"]).strip("（）()")
    return None
