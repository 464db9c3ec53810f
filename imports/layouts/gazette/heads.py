"""The heads of official documents: title and 文号, in the orders in which they are printed.

In a gazette the title stands above its 文号, over one to six lines or headings, the organs often on lines of their own;
under a letterhead (…文件) the 文号 stands above the title. Orders are numbered by themselves (长治市人民政府令 / 第8号).
A 文号 alone on a line may also be a wrapped piece of prose: a head has a title beside it and a document's text below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from imports.document_numbers import DocumentNumber, numbers_in, whole_number
from imports.layouts.gazette.beneath import LONGEST, has_addressee, has_text, is_order
from imports.layouts.gazette.contents import is_entry
from imports.layouts.gazette.lines import is_table_row, line_after, line_before, mark_level, plain, unspaced
from imports.layouts.gazette.title_lines import (
    MOST_LINES,
    Known,
    Piece,
    begins_another,
    organs_above,
    title_above,
    title_below,
)
from imports.layouts.gazette.titles import can_be_in_title, folded, is_organ, is_title, organs_end

_LISTED = re.compile(r"\d\s{0,3}号\s?[)）\]】]?[\s/／.．…·]{1,20}[(（]?\d{1,4}[)）]?\s*\Z")
"""A line of contents: 文号 and page."""
_NUMBER_LABEL = re.compile(r"(?:发\s?文\s?字\s?号|文\s?号|字\s?号)\s?[:：]\s?")
_ORDINAL = re.compile(r"[（(]?第\s{0,3}(\d[\d\s]{0,5}|[一二三四五六七八九十百〇零]{1,6})\s{0,3}号[)）]?")
_LETTERHEAD = re.compile(r"(?P<organ>[一-鿿、（）()]{2,60})文件(?:[（(][^（()）]{1,12}[)）])?")
_GOES_ON = re.compile(r"[，,、。；;）)》”]|要求|精神|文件|规定|通知|等|的|和|及|有关|执行|印发")
_PLAN = re.compile(
    r"(?:规划|纲要|方案|计划|意见|办法|细则|规定|条例|要点|预案|措施|政策)(?:[（(〔【][^（()）〔〕【】]{1,30}[)）〕】]){0,3}[”’》]?\Z"
)
_FIRST_CHAPTER = re.compile(r"第\s?[一1]\s?[章篇编]|一\s{0,2}、|第一部分")
_SECOND_CHAPTER = re.compile(r"第\s?[二2]\s?[章篇编]|二\s{0,2}、|第二部分")
_COVER_LINES: Final = 12
_ALIKE: Final = 0.75


@dataclass(slots=True)
class Head:
    """Where a document begins, its title and its number."""

    first_line: int
    title: list[Piece]
    number: str | None
    number_printed: str | None
    number_line: int | None
    last_line: int
    """The last line of the head; the addressee or the text follows."""

    @property
    def text(self) -> str:
        """The title without its spaces."""
        return unspaced("".join(piece.text for piece in self.title))


def head_at_number(lines: Sequence[str], number_line: int, first: int, known: Known) -> Head | None:
    """The head whose 文号 is a line, if the line is one; its title may begin at ``first`` at the earliest."""
    printed = _number_on(lines, number_line)
    if printed is None:
        return None
    above = title_above(lines, number_line, first, known)
    if above and not _goes_on(lines, number_line) and has_text(lines, number_line):
        head = _head(above, printed, number_line, last=number_line)
        return _under_letterhead(lines, head, first)
    below = title_below(lines, number_line)
    letterhead = line_before(lines, number_line, first)
    headed = bool(letterhead) and _is_letterhead(lines[letterhead - 1])
    if below and (headed or not letterhead or mark_level(lines[below[0].line - 1])) and has_text(lines, below[-1].line):
        head = _head(below, printed, number_line, last=below[-1].line)
        head.first_line = number_line
        return _under_letterhead(lines, head, first)
    return None


def head_of_order(lines: Sequence[str], number_line: int, first: int) -> Head | None:
    """The head of an order or a public notice that has no number but its own: …人民政府令 over 第8号."""
    line = lines[number_line - 1]
    if len(line) > 60:
        return None
    text = plain(line)
    if _ORDINAL.fullmatch(text):
        above = line_before(lines, number_line, first)
        name = plain(lines[above - 1]) if above and len(lines[above - 1]) <= LONGEST else ""
        if is_order(name) and has_text(lines, number_line):
            printed = f"{unspaced(name)}{unspaced(text).strip('（）()')}"
            return _numbered_order([Piece(above, name)], printed, number_line)
    number = whole_number(text)
    if number and number.kind == "order" and has_text(lines, number_line):
        name = unspaced(text[: text.index("令") + 1]) if "令" in text else text
        return _numbered_order([Piece(number_line, name)], number.printed, number_line)
    return None


def head_with_number(lines: Sequence[str], line: int, first: int) -> Head | None:
    """The head of a title that ends in its own 文号: …的通知（长政发〔2024〕5号), above an addressee."""
    text = plain(lines[line - 1])
    numbers = numbers_in(text)
    if len(numbers) != 1 or text[numbers[0].end :].strip(" \t）)]】"):
        return None
    title = text[: numbers[0].start].rstrip(" \t（([【")
    pieces = [Piece(line, title)]
    if not organs_end(unspaced(title)):
        pieces = [*organs_above(lines, line, first), *pieces]
    whole = "".join(piece.text for piece in pieces)
    if "关于" not in whole or not is_title(whole) or whole.startswith("《") or is_entry(lines[line - 1]):
        return None
    if not has_addressee(lines, line):
        return None
    return _head(pieces, numbers[0], line, last=line)


def head_without_number(lines: Sequence[str], line: int, known: Known) -> Head | None:
    """The head of a title that begins on a line and has no 文号, above an addressee or as the contents name it."""
    pieces: list[Piece] = []
    found: Head | None = None
    number = line
    while number and len(pieces) < MOST_LINES:
        text = lines[number - 1]
        if len(text) > LONGEST or is_table_row(text) or not can_be_in_title(plain(text)):
            break
        if begins_another(pieces, plain(text)) or _LISTED.search(text):
            break
        pieces.append(Piece(number, plain(text)))
        whole = "".join(piece.text for piece in pieces)
        named = known(folded(whole))
        addressed = is_title(whole) and organs_end(unspaced(whole)) > 0 and has_addressee(lines, number)
        if named or (found is None and addressed):
            found = Head(line, list(pieces), None, None, None, number)
            if named:
                break
        number = line_after(lines, number, len(lines))
    return found


def head_of_plan(lines: Sequence[str], first: int, last: int) -> Head | None:
    """The head of a plan or programme that stands alone, at the top of a text with chapters or 一、 二、 below it."""
    pieces: list[Piece] = []
    number = line_after(lines, first - 1, last)
    for _ in range(_COVER_LINES):
        text = plain(lines[number - 1]) if number and len(lines[number - 1]) <= LONGEST else ""
        if not number or is_table_row(lines[number - 1]):
            return None
        pieces = [*pieces, Piece(number, text)] if can_be_in_title(text) else []
        whole = unspaced("".join(piece.text for piece in pieces))
        if len(whole) >= 6 and _PLAN.search(whole) and len(pieces) <= MOST_LINES:
            return (
                Head(pieces[0].line, pieces, None, None, None, number) if _has_chapters(lines, number, last) else None
            )
        number = line_after(lines, number, last)
    return None


def number_on(lines: Sequence[str], line: int) -> str | None:
    """The 文号 that a line consists of, in its standard form."""
    found = _number_on(lines, line)
    return found.standard if found else None


def _number_on(lines: Sequence[str], line: int) -> DocumentNumber | None:
    shown = lines[line - 1]
    if len(shown) > 80 or "号" not in shown:
        return None
    text = plain(shown)
    label = _NUMBER_LABEL.match(text)
    found = whole_number(text[label.end() :] if label else text)
    return found if found and found.kind == "bracketed" else None


def _has_chapters(lines: Sequence[str], after: int, last: int) -> bool:
    wanted = [_FIRST_CHAPTER, _SECOND_CHAPTER]
    for number in range(after + 1, last + 1):
        if wanted[0].match(plain(lines[number - 1][:20])):
            wanted.pop(0)
            if not wanted:
                return True
    return False


def _goes_on(lines: Sequence[str], line: int) -> bool:
    """Whether the line below continues a sentence: the number is a wrapped citation."""
    below = line_after(lines, line, len(lines))
    return bool(below) and _GOES_ON.match(plain(lines[below - 1][:40])) is not None


def _head(title: list[Piece], number: DocumentNumber, number_line: int, last: int) -> Head:
    return Head(title[0].line, title, number.standard, number.printed, number_line, last)


def _numbered_order(title: list[Piece], printed: str, number_line: int) -> Head:
    standard = next((number.standard for number in numbers_in(printed)), unspaced(printed))
    return Head(title[0].line, title, standard, printed, number_line, number_line)


def _is_letterhead(line: str) -> bool:
    text = unspaced(plain(line[: LONGEST + 1]))
    found = _LETTERHEAD.fullmatch(text)
    return found is not None and is_organ(found["organ"])


def _under_letterhead(lines: Sequence[str], head: Head, first: int) -> Head:
    above = line_before(lines, head.first_line, first)
    if above and _is_letterhead(lines[above - 1]):
        head.first_line = above
    return head


def head_like(lines: Sequence[str], number_line: int, first: int, title: str) -> Head | None:
    """The head above a 文号 that the contents name, where its title is misprinted: the lines most like that title."""
    printed = _number_on(lines, number_line)
    if printed is None or not has_text(lines, number_line):
        return None
    pieces: list[Piece] = []
    best: tuple[float, list[Piece]] = (_ALIKE, [])
    number = line_before(lines, number_line, first)
    while number and len(pieces) < MOST_LINES:
        text = plain(lines[number - 1]) if len(lines[number - 1]) <= LONGEST else ""
        if is_table_row(lines[number - 1]) or not can_be_in_title(text):
            break
        pieces.insert(0, Piece(number, text))
        alike = SequenceMatcher(None, folded("".join(piece.text for piece in pieces)), folded(title)).ratio()
        best = max(best, (alike, list(pieces)))
        number = line_before(lines, number, first)
    return _under_letterhead(lines, _head(best[1], printed, number_line, number_line), first) if best[1] else None
