"""Where an issue of a gazette begins and what its masthead says: title, 2024年第3期, 总第27期, 出版日期.

The title stands within a few lines of the number of the issue, on one line with it or over two. Both are printed again
above the contents and, by some converters, on every page: an issue begins only where the number is another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from imports.layouts.gazette.dates import PrintedDate, date_in, whole_date
from imports.layouts.gazette.lines import is_table_row, line_after, line_before, plain, unspaced

_FIGURE = r"(?:\d{1,4}|[一二三四五六七八九十百]{1,5})"
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d|[一二][〇○零ＯO0一二三四五六七八九]{3})年?(?!\d)")
_NUMBER = re.compile(rf"第(?P<number>{_FIGURE})(?:[-—–~、,，至]{_FIGURE})?[期号]")
_DOTTED = re.compile(r"[（(]?(?P<year>(?:19|20)\d\d)[·.．•/](?P<number>\d{1,2})[)）]?")
"""2024·3, the third issue of the year."""
_TOTAL = re.compile(rf"总(?:第)?(?:号|期)?[:：]?第?(?P<total>{_FIGURE})[期号]?")
_TITLE = re.compile(r"《?(?P<title>[一-鿿]{2,24}(?:公报|政报))》?")
_REST = re.compile(
    r"(?:双?月刊|半月刊|季刊|旬刊|年|月|日|[\d.,，、·|｜/\\()（）\[\]—–\-:：《》]|出版|总|增刊|专刊|合刊|目录)*"
)
_LABELLED = re.compile(r"(?:出版|发行|编印|出刊|印刷|刊印)(?:日期|时间)")
_PUBLISHED = re.compile(r"(?:出版|发行|出刊)[)）]?\Z")
_PERIOD = re.compile(r"[（(]?(?:双月|半月|单月|月|季|旬|周|年)刊[)）]?")
_CONTENTS = re.compile(r"(?:本期)?(?:目录|目次|要目)(?:contents?)?|contents?", re.IGNORECASE)
_WINDOW: Final = 8
_LONGEST: Final = 100
_HAN: Final = {figure: value for value, figure in enumerate("零一二三四五六七八九")} | dict.fromkeys("〇○ＯO0", 0)


@dataclass(slots=True)
class Masthead:
    """The first lines of an issue."""

    line: int
    """On which the title or the number of the issue stands first."""
    number_line: int
    title: str
    year: int
    number: int
    total_number: int | None
    repeats: set[int] = field(default_factory=set)
    """Lines on which title and number are printed again: above the contents, at the head of pages."""


@dataclass(slots=True)
class _Numbered:
    title: str | None
    year: int | None
    number: int | None
    total: int | None


def find_mastheads(lines: Sequence[str]) -> list[Masthead]:
    """The mastheads of a file, in their order; one for each issue."""
    found: list[Masthead] = []
    for masthead in _candidates(lines):
        last = found[-1] if found else None
        if last and (masthead.year, masthead.number) == (last.year, last.number):
            last.repeats.update({masthead.line, masthead.number_line})
            last.total_number = last.total_number or masthead.total_number
            last.title = last.title or masthead.title
        else:
            found.append(masthead)
    return found


def is_contents_heading(line: str) -> bool:
    """Whether a line is the heading of a table of contents: 目 录."""
    if len(line) > _LONGEST:
        return False
    return _CONTENTS.fullmatch(unspaced(plain(line)).strip("*·•【】[]")) is not None


def says_issue(line: str) -> bool:
    """Whether a line says of which issue it is, or how often the gazette comes out, and nothing else."""
    if len(line) > _LONGEST:
        return False
    text = unspaced(plain(line))
    if _PERIOD.fullmatch(text):
        return True
    numbered = _numbered(line)
    return numbered is not None and (bool(numbered.title) or numbered.number is not None or numbered.total is not None)


def publication_date(lines: Sequence[str], first: int, last: int) -> tuple[int, PrintedDate] | None:
    """The line and the date of publication among the lines of a masthead or a back cover."""
    alone = None
    for number in range(first, last + 1):
        text = plain(lines[number - 1]) if len(lines[number - 1]) <= _LONGEST else ""
        if "日" not in text and "." not in text:
            continue
        found = date_in(text)
        if found and (_LABELLED.search(text) or _PUBLISHED.search(unspaced(text))):
            return number, found
        alone = alone or ((number, found) if found and whole_date(text) else None)
    return alone


def _candidates(lines: Sequence[str]) -> Iterator[Masthead]:
    for number, line in enumerate(lines, start=1):
        if len(line) <= _LONGEST and _may_number(line) and not is_table_row(line):
            masthead = _masthead_at(lines, number)
            if masthead:
                yield masthead


def _may_number(line: str) -> bool:
    """Whether a line may say the number of an issue: 第3期, 总号 27, 2024年第3号, 2024·3."""
    if "期" in line or "总号" in line:
        return True
    return ("号" in line and "年" in line) or ("20" in line and _DOTTED.fullmatch(unspaced(plain(line))) is not None)


def _masthead_at(lines: Sequence[str], number: int) -> Masthead | None:
    numbered = _numbered(lines[number - 1])
    if numbered is None or (numbered.number is None and numbered.total is None):
        return None
    near = _near(lines, number)
    said = [numbered, *(_said for _, _said in near)]
    year = next((one.year for one in said if one.year is not None), None) or _year_of_date(lines, number)
    issue = next((one.number for one in said if one.number is not None), None)
    if year is None or issue is None:
        return None
    title_line, title = _title_near(lines, number, numbered)
    if title is None and not _contents_near(lines, number):
        return None
    total = next((one.total for one in said if one.total is not None), None)
    first = min([number, *(line for line, _ in near), *([title_line] if title_line else [])])
    return Masthead(first, number, title or "", year, issue, total)


def _numbered(line: str) -> _Numbered | None:
    """What a line says of an issue, if it says nothing else."""
    text = unspaced(plain(line))
    if whole_date(text):
        return None
    title = _TITLE.match(text)
    rest = text[title.end() :] if title else text
    if dotted := _DOTTED.fullmatch(rest):
        return _Numbered(title["title"] if title else None, int(dotted["year"]), int(dotted["number"]), None)
    total = _TOTAL.search(rest)
    rest = rest[: total.start()] + "|" + rest[total.end() :] if total else rest
    number = _NUMBER.search(rest)
    rest = rest[: number.start()] + "|" + rest[number.end() :] if number else rest
    year = _YEAR.search(rest)
    rest = rest[: year.start()] + "|" + rest[year.end() :] if year else rest
    if not _REST.fullmatch(rest) or not (title or total or number or year):
        return None
    return _Numbered(
        title["title"] if title else None,
        _figure(year["year"]) if year else None,
        _figure(number["number"]) if number else None,
        _figure(total["total"]) if total else None,
    )


def _year_of_date(lines: Sequence[str], number: int) -> int | None:
    """The year of the date directly below or above the number of an issue."""
    for line in (line_after(lines, number, len(lines)), line_before(lines, number, 1)):
        found = whole_date(plain(lines[line - 1])) if line and len(lines[line - 1]) <= _LONGEST else None
        if found and found.value:
            return found.value.year
    return None


def _near(lines: Sequence[str], number: int) -> list[tuple[int, _Numbered]]:
    """The lines beside one that say the rest of its year and number: 2024 / 第3期 / (总第27期)."""
    found: list[tuple[int, _Numbered]] = []
    for step in (line_before, line_after):
        line = number
        for _ in range(2):
            line = step(lines, line, 1 if step is line_before else len(lines))
            said = _numbered(lines[line - 1]) if line and len(lines[line - 1]) <= _LONGEST else None
            if said is None or said.title:
                break
            found.append((line, said))
    return found


def _title_near(lines: Sequence[str], number: int, numbered: _Numbered) -> tuple[int, str | None]:
    if numbered.title:
        return number, numbered.title
    above = _title_in_direction(lines, number, up=True)
    return above if above[1] else _title_in_direction(lines, number, up=False)


def _title_in_direction(lines: Sequence[str], number: int, *, up: bool) -> tuple[int, str | None]:
    """The title of a gazette within a few lines, on one line or over two (长治市 / 人民政府公报)."""
    line = number
    for _ in range(_WINDOW if up else 3):
        line = line_before(lines, line, 1) if up else line_after(lines, line, len(lines))
        if not line or len(lines[line - 1]) > _LONGEST:
            break
        text = unspaced(plain(lines[line - 1]))
        if not _TITLE.fullmatch(text):
            continue
        above = line_before(lines, line, 1)
        start = unspaced(plain(lines[above - 1])) if above and len(lines[above - 1]) <= _LONGEST else ""
        if re.fullmatch(r"[一-鿿]{2,6}[省市区县州盟旗]", start) and not text.startswith(start):
            return above, _TITLE.fullmatch(start + text)["title"]  # type: ignore[index]
        return line, text.strip("《》")
    return 0, None


def _contents_near(lines: Sequence[str], number: int) -> bool:
    line = number
    for _ in range(5):
        line = line_after(lines, line, len(lines))
        if not line:
            return False
        if is_contents_heading(lines[line - 1]):
            return True
    before = line_before(lines, number, 1)
    return bool(before) and is_contents_heading(lines[before - 1])


def _figure(printed: str) -> int:
    """27, 二十七, 二〇二四."""
    if printed.isdigit():
        return int(printed)
    if "十" not in printed and "百" not in printed:
        return int("".join(str(_HAN[figure]) for figure in printed))
    total, ones = 0, 0
    for figure in printed:
        if figure in "十百":
            total, ones = total + max(ones, 1) * (10 if figure == "十" else 100), 0
        else:
            ones = _HAN[figure]
    return total + ones
