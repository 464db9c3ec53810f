"""Where forms begin: the title line …绩效目标表, and a 项目名称 row without one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from imports.layouts.target_form.cells import filled_cells, is_page_number
from imports.layouts.target_form.labels import HEAD_ROLES, compact, role_of
from imports.layouts.target_form.places import regions_printed
from projects.regions import regions_named

_PREFIX = re.compile(r"(?:附件|附表|表|预算)?[\d一二三四五六七八九十\-－—]*(?:[:.、]|表(?=.))?")
_TITLE = re.compile(r"[^。；，！？;,:]{0,60}绩效目标(?:申报|批复|申请|填报|公开|公示|审核)*表(?:\([^()]{0,20}\))*")
_USUAL = re.compile(
    r"(?:(?:19|20)\d\d|[年度本级省市州盟县区旗乡镇()/、及和与的表]|街道|预算|部门|单位|财政|项目|支出|资金|专项|转移支付|重点|政策"
    "|绩效目标|申报|批复|申请|填报|公开|公示|审核)*"
)
"""What titles of forms are made of, beside divisions and bodies."""
_TITLE_LINES = 3
_YEAR = re.compile(r"\(?(?:(?:预算)?年[度份]:?)?((?:19|20)\d\d)(?:年度?)?\)?|\(?年度?\)?")
_YEAR_INSIDE = re.compile(r"(?<!\d)((?:19|20)\d\d)年")
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_LOOK_AHEAD = 12
_LONGEST_DIVISION = 40


class Start(NamedTuple):
    """The first line of a form (index from 0), how many lines its title takes (0: none) and the title."""

    first: int
    title_lines: int
    title: str


def form_starts(lines: Sequence[str], begin: int = 0) -> Iterator[Start]:
    """Every place where a form begins from ``begin`` on, in order. The same title repeated at a page break is none of them."""
    index, total = begin, len(lines)
    inside, named = None, False
    while index < total:
        line = lines[index]
        start = None
        if "\t" not in (text := line.strip()):
            if text and (start := _titled_start(lines, index, inside)):
                named = False
        elif "名" in text[:12] and _is_name_row(text, line):
            if named or inside is None:
                start = Start(_with_year_line(lines, index), 0, inside or "")
            named = True
        index += 1
        if start:
            inside = start.title
            index += max(start.title_lines - 1, 0)
            yield start


def title_at(lines: Sequence[str], index: int) -> tuple[str, int] | None:
    """The title that begins on a line, in one spelling, and the number of lines it takes; ``None`` without one."""
    pieces: list[str] = []
    for line in lines[index : index + _TITLE_LINES]:
        piece = line.strip()
        if not piece or "\t" in piece or len(piece) > 80 or is_page_number(piece):
            return None
        pieces.append(compact(piece))
        text = "".join(pieces)
        if "目标" in text and is_title(text):
            return (text, len(pieces)) if _begins_title(pieces) else None
    return None


def is_title(text: str) -> bool:
    """Whether a text in one spelling is the title of a form of this kind."""
    return "整体支出" not in text and _TITLE.fullmatch(_unprefixed(text)) is not None


def year_in_title(title: str) -> int | None:
    """The year inside a title: ``2025年项目支出绩效目标表``."""
    match = _YEAR_INSIDE.search(title)
    return int(match[1]) if match else None


def year_line(text: str) -> int | Literal[0] | None:
    """The year of a year line, ``（2025年度）``, 0 for one left blank, ``（ 年度）``; ``None`` for other texts."""
    if len(text) > 20 or "年" not in text:
        return None
    match = _YEAR.fullmatch(compact(text).translate(_CHINESE_DIGITS))
    return int(match[1] or 0) if match else None


def place_in_title(title: str) -> str:
    """The title from where a division's name may begin: ``附件2:2025年上党区…`` → ``上党区…``."""
    return re.sub(r"^(?:19|20)\d\d年度?", "", _unprefixed(title))


def is_usual(title: str, bodies: Iterable[str | None]) -> bool:
    """Whether a title in one spelling says nothing but what titles say: a division, a year, a body of the form, and its kind."""
    rest = place_in_title(title).translate(_CHINESE_DIGITS)
    for body in map(compact, filter(None, bodies)):
        rest = rest.replace(body, "").replace(_without_divisions(body), "")
    return _USUAL.fullmatch(_without_divisions(rest)) is not None


def _without_divisions(text: str) -> str:
    """The text after the divisions' names at its start."""
    for length in range(min(len(text), _LONGEST_DIVISION), 1, -1):
        if regions_named(text[:length]):
            return _without_divisions(text[length:])
    return text


def _unprefixed(title: str) -> str:
    prefix = _PREFIX.match(title)
    if prefix is None or not prefix[0] or _YEAR_INSIDE.match(title):
        return title
    return title[prefix.end() :] if prefix[0][-1] in ":.、表" or prefix[0][0] in "附表" else title


def _begins_title(pieces: list[str]) -> bool:
    """Whether the first line is part of the title below it and not something that merely stands above it."""
    whole_below = any(is_title("".join(pieces[at:])) for at in range(1, len(pieces)))
    return not whole_below or bool(regions_printed(place_in_title(pieces[0])))


def _titled_start(lines: Sequence[str], index: int, inside: str | None) -> Start | None:
    titled = title_at(lines, index)
    if titled is None:
        return None
    title, count = titled
    what = _what_follows(lines, index + count)
    opens = what in {"head", "end"} or (what == "other" and inside is None)
    return Start(index, count, title) if opens else None


def _what_follows(lines: Sequence[str], index: int) -> Literal["head", "other", "title", "end"]:
    """What the first label after a title is: a form's head, another row of a form, or no label at all."""
    seen = 0
    for position in range(index, len(lines)):
        line = lines[position]
        if not line or line.isspace():
            continue
        cells = filled_cells(line)
        if (role := role_of(cells[0][1])) is not None:
            return "head" if role in HEAD_ROLES else "other"
        if len(cells) > 2:
            return "other"
        if title_at(lines, position):
            return "title"
        seen += 1
        if seen == _LOOK_AHEAD:
            return "other"
    return "end"


def _is_name_row(text: str, line: str) -> bool:
    return line[:2] != "\t\t" and role_of(text.split("\t", 1)[0].strip()) == "name"


def _with_year_line(lines: Sequence[str], index: int) -> int:
    """A year line right above a 项目名称 row without title belongs to its form."""
    above = index - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    return above if above >= 0 and year_line(lines[above].strip()) is not None else index
