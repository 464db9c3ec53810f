"""The lines of a list that are not data: title, unit, column header, total and page numbers.

They stand at the top and may stand again at every page break, in any order or not at all (layout fact), so they are
recognised by what they say and never by where they stand, except where a line of prose could look the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from projects.regions import regions_at_start

TEXT: Final = 0
BLANK: Final = 1
FURNITURE: Final = 2

_UNIT = re.compile(r"[（(]?(?:金额|计量|货币)?单位[:：]?(?:人民币)?(元|万元|亿元)[)）]?")
_UNIT_BESIDE = re.compile(r"(?:单位[:：](?:人民币)?|[（(])(元|万元|亿元)(?:[)）]|$)")
_PAGE_NUMBER = re.compile(
    r"第\d+页(?:[,，/]?共\d+页)?|[-—–－·]+\d+[-—–－·]+|\d+/\d+|[Pp]age\d+(?:of\d+)?|共\d+页第\d+页"
)
_SPACED_OUT = re.compile(r"\D\s*\d+\s*\D|\d\s+/\s+\d")
"""第 3 页, - 3 - and 3 / 12 are page numbers even inside a cell; 3/12 could be the end of a sentence."""
_ATTACHMENT = re.compile(r"附[件表]\d*[-—]?\d*[:：]?")
_LEADING_ATTACHMENT = re.compile(r"^附[件表]\d*[:：]")
_TOTAL = re.compile(r"(合计|总计|共计|本页小计|本页合计|小计)[:：]?(\d[\d,，.．]*(?:亿元|万元|元)?)?")
_AMOUNT = re.compile(r"\d[\d,，.．]*(?:亿元|万元|元)?")
_YEAR_DIGITS: Final = r"(?:(?:19|20|１９|２０)\d\d|二[〇○零][〇○零一二三四五六七八九]{2})"
_YEAR = re.compile(rf"({_YEAR_DIGITS})年")
_YEAR_LINE = re.compile(rf"[（(]?({_YEAR_DIGITS})年度?[)）]?")
_TITLE_END = re.compile(
    r"绩效目标(?:申报|批复|公开|汇总|情况|一览|明细)*(?:表|清单|目录)?(?:[（(][^（）()]{1,12}[)）])?"
)
_SENTENCE = re.compile(r"[，。；！？,;!?]")
_SERIAL = re.compile(r"\s*\d{1,4}(?:\s|$)")
_DATA = re.compile(r"\s*(?:(?:政策依据|支出内容)\s*[:：]|\d{1,4}(?:\s|$))")
_PLACE = re.compile(r"[省市区县旗州盟会](?:本级)?$")
_COLUMN_YEAR = re.compile(r"(?:19|20)\d\d")
_COLUMN_CHARACTERS: Final = frozenset(
    "序号项目名称预算安排数金额资金额度部门单位主管责任政策依据及支出内容绩效目标年度本总体备注元万亿使用实施主要"
    "情况类别科室性质计划（）()：: "
)
_UNKNOWN: Final = rf"[^{re.escape(''.join(sorted(_COLUMN_CHARACTERS)))}\d]"
_STRANGE = re.compile(f"{_UNKNOWN}.*{_UNKNOWN}")
_COLUMN_LINES: Final = 12
_TITLE_WIDTH: Final = 80
_CHINESE_DIGITS: Final = str.maketrans("〇○零一二三四五六七八九", "000123456789")


@dataclass(slots=True)
class Furniture:
    """What the furniture of a list says, and which kind (`TEXT`, `BLANK`, `FURNITURE`) each line is (0-based)."""

    kinds: bytearray
    title: str | None = None
    title_line: int | None = None
    year: int | None = None
    units: list[tuple[str, int]] = field(default_factory=list)
    """Every printed unit with its 1-based line."""
    totals: list[tuple[str, str, int]] = field(default_factory=list)
    """Word (合计, 总计, 小计 …), printed amount and 1-based line."""
    columns: list[int] = field(default_factory=list)
    """1-based lines on which a column header begins."""
    strange: dict[str, int] = field(default_factory=dict)
    """What stands in column headers and names no column that is known, with the 1-based line where it first does."""


def squeeze(text: str) -> str:
    """The text without any white space: what furniture is compared by, since converters space it out."""
    return "".join(text.split())


def is_column_header(line: str) -> bool:
    """Whether one line names the columns of this layout: 序号, 项目, an amount and 绩效目标."""
    text = squeeze(line)
    return text.startswith("序号") and len(text) <= _TITLE_WIDTH and _names_columns(text)


def _names_columns(text: str) -> bool:
    amount = any(word in text for word in ("预算", "金额", "资金", "安排数", "额度"))
    return amount and "项目" in text and "绩效目标" in text and not _SENTENCE.search(text)


class _Finder:
    """One pass of recognition over the lines of a text."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.found = Furniture(bytearray(len(lines)))
        self.pieces: set[str] = set()
        for index, line in enumerate(lines):
            if not line or line.isspace():
                self.found.kinds[index] = BLANK

    def mark(self, first: int, last: int) -> None:
        for index in range(first, last + 1):
            if self.found.kinds[index] == TEXT:
                self.found.kinds[index] = FURNITURE

    def opens(self, index: int) -> bool:
        """Whether nothing runs into the line from above: a blank, other furniture or a page break."""
        return index == 0 or self.found.kinds[index - 1] != TEXT or self.lines[index][:1].isspace()

    def closes(self, index: int) -> bool:
        """Whether nothing runs on below the line."""
        if index + 1 >= len(self.lines) or self.found.kinds[index + 1] != TEXT:
            return True
        below = self.lines[index + 1]
        return below[:1].isspace() or _SERIAL.match(below) is not None

    def beside_furniture(self, first: int, last: int) -> bool:
        """Whether only blank lines part the lines from other furniture."""
        return FURNITURE in (self._next_kind(first, -1), self._next_kind(last, 1))

    def _next_kind(self, index: int, step: int) -> int:
        index += step
        while 0 <= index < len(self.lines) and self.found.kinds[index] == BLANK:
            index += step
        return self.found.kinds[index] if 0 <= index < len(self.lines) else BLANK

    def small_marks(self) -> None:
        """Units, page numbers and 附件 marks: lines that say nothing else."""
        for index, line in enumerate(self.lines):
            if len(line) > 60 or self.found.kinds[index] != TEXT:
                continue
            text = squeeze(line)
            if unit := _UNIT.fullmatch(text):
                self.found.units.append((unit[1], index + 1))
                self.mark(index, index)
            elif _PAGE_NUMBER.fullmatch(text) and (_SPACED_OUT.search(line) or self._stands_apart(index)):
                self.mark(index, index)

    def _stands_apart(self, index: int) -> bool:
        return self.opens(index) or self.closes(index)

    def column_headers(self) -> None:
        """Column headers on one line or cut over several, blank lines between the pieces or not."""
        for index, line in enumerate(self.lines):
            if self.found.kinds[index] == TEXT and line.lstrip()[:1] == "序":
                last = index if is_column_header(line) else self._pieced_header(index)
                if last is not None:
                    self._take_header(self._pieces_above(index), self._pieces_below(last))

    def _pieced_header(self, start: int) -> int | None:
        text, taken = "", 0
        for index in range(start, len(self.lines)):
            if self.found.kinds[index] == BLANK:
                continue
            if taken == _COLUMN_LINES or not _is_column_piece(self.lines[index]):
                return None
            text, taken = text + squeeze(self.lines[index]), taken + 1
            if text.startswith("序号") and set("项目绩效标") <= set(text) and _has_goal_column(text):
                return index
        return None

    def _pieces_above(self, index: int) -> int:
        """Upper halves of column names, which converters print above the line of 序号."""
        first = index
        while first > 0 and self.found.kinds[first - 1] == TEXT and not self.lines[first][:1].isspace():
            if not self._known_piece(self.lines[first - 1]):
                return index
            first -= 1
        return first

    def _pieces_below(self, index: int) -> int:
        last = index
        while last + 1 < len(self.lines) and self.found.kinds[last + 1] == TEXT:
            if not self._known_piece(self.lines[last + 1]):
                break
            last += 1
        return last

    def _known_piece(self, line: str) -> bool:
        """A repeated header has the pieces of the first one: a cell that goes on below it is not one of them."""
        return squeeze(line) in self.pieces if self.pieces else _is_column_piece(line)

    def _take_header(self, first: int, last: int) -> None:
        self.found.columns.append(first + 1)
        pieces = [squeeze(line) for line in self.lines[first : last + 1]]
        self.pieces = self.pieces or set(pieces)
        text = "".join(pieces)
        if strange := _STRANGE.search(text):
            self.found.strange.setdefault(strange[0], first + 1)
        if not self.found.units and (unit := _UNIT_BESIDE.search(text)):
            self.found.units.append((unit[1], first + 1))
        self.mark(first, last)

    def totals(self) -> None:
        """Lines of 合计 with their amount, on the same line or alone on the next."""
        for index, line in enumerate(self.lines):
            if self.found.kinds[index] != TEXT or len(line) > 80 or "计" not in line:
                continue
            match = _TOTAL.fullmatch(squeeze(line))
            if match and (self.opens(index) or not line.lstrip().startswith(match[1])):
                self._take_total(index, match)

    def _take_total(self, index: int, match: re.Match[str]) -> None:
        last = index if match[2] else self._amount_below(index)
        if last is not None and self.closes(last):
            self.found.totals.append((match[1], match[2] or self.lines[last].strip(), index + 1))
            self.mark(index, last)

    def _amount_below(self, index: int) -> int | None:
        for below in range(index + 1, min(index + 3, len(self.lines))):
            if self.found.kinds[below] == TEXT:
                return below if _AMOUNT.fullmatch(squeeze(self.lines[below])) else None
        return None

    def titles(self) -> None:
        """Titles on one line or two: at the top, beside other furniture, repeated, or naming a known division."""
        candidates = [found for index in range(len(self.lines)) if (found := self._title_at(index))]
        times = Counter(text for _, _, text in candidates)
        top = self._first_data_line()
        for first, last, text in candidates:
            apart = times[text] > 1 or self.beside_furniture(first, last) or first == last
            if last < top or (apart and _names_a_place(text)):
                self._take_title(first, last, text)
        if self.found.title:
            self._repeated_titles(self.found.title)

    def _first_data_line(self) -> int:
        data = (i for i, line in enumerate(self.lines) if self.found.kinds[i] == TEXT and _DATA.match(line))
        return next(data, len(self.lines))

    def _title_at(self, index: int) -> tuple[int, int, str] | None:
        if not self.opens(index) or _SERIAL.match(self.lines[index]):
            return None
        for last in (index, index + 1):
            text = self._joined(index, last)
            if text and _is_title(text) and self.closes(last):
                return index, last, text
        return None

    def _joined(self, first: int, last: int) -> str | None:
        """The squeezed text of one or two lines that could be a title, ``None`` where they could not."""
        if last >= len(self.lines):
            return None
        lines = self.lines[first : last + 1]
        if any(self.found.kinds[i] != TEXT for i in range(first, last + 1)) or sum(map(len, lines)) > _TITLE_WIDTH:
            return None
        if last > first and (lines[-1][:1].isspace() or self._is_whole_title(lines[-1])):
            return None
        return squeeze("".join(lines))

    @staticmethod
    def _is_whole_title(line: str) -> bool:
        """A line that is a title by itself is not the rest of one: what stands above it is the end of a cell."""
        return _is_title(squeeze(line)) and _names_a_place(squeeze(line))

    def _take_title(self, first: int, last: int, text: str) -> None:
        if self.found.title is None:
            self.found.title, self.found.title_line = text, first + 1
        if not self.found.units and (unit := _UNIT_BESIDE.search(text)):
            self.found.units.append((unit[1], first + 1))
        self.mark(first, last)

    def _repeated_titles(self, known: str) -> None:
        """A title that is known is furniture even where a page break drops it into the middle of a cell."""
        for index, line in enumerate(self.lines):
            if self.found.kinds[index] == TEXT and line.lstrip()[:4] == known[:4]:
                for last in (index, index + 1):
                    if self._joined(index, last) == known:
                        self.mark(index, last)

    def top_marks(self) -> None:
        """附件 and a line with only the year, which stand above the first data line."""
        for index in range(len(self.lines)):
            if self.found.kinds[index] != TEXT:
                continue
            text = squeeze(self.lines[index])
            if year := _YEAR_LINE.fullmatch(text):
                self.found.year = self.found.year or _as_year(year[1])
            elif not _ATTACHMENT.fullmatch(text):
                return
            self.mark(index, index)


def _has_goal_column(text: str) -> bool:
    return "绩效目标" in text or text.endswith("标")


def _is_column_piece(line: str) -> bool:
    text = _COLUMN_YEAR.sub("", line)
    return len(text) <= _TITLE_WIDTH and _COLUMN_CHARACTERS.issuperset(squeeze(text))


def _is_title(text: str) -> bool:
    if len(text) > _TITLE_WIDTH or _SENTENCE.search(text) or not _YEAR.search(text):
        return False
    end = text.rfind("绩效目标")
    if end < 1 or ":" in _LEADING_ATTACHMENT.sub("", text[:end]).replace("：", ":"):
        return False
    return re.fullmatch(_TITLE_END.pattern + r"(?:[（(]?单位[:：].{1,6})?", text[end:]) is not None


def _names_a_place(text: str) -> bool:
    """Whether a title says whose it is, which a goal such as 完成2024年绩效目标 does not."""
    year = _YEAR.search(text)
    return bool(regions_at_start(text)) or (year is not None and _PLACE.search(text[: year.start()]) is not None)


def _as_year(digits: str) -> int:
    return int(digits.translate(_CHINESE_DIGITS))


def find_furniture(lines: Sequence[str]) -> Furniture:
    """Recognise the furniture of a whole text."""
    finder = _Finder(lines)
    finder.small_marks()
    finder.column_headers()
    finder.totals()
    finder.titles()
    finder.top_marks()
    found = finder.found
    if found.title and (year := _YEAR.search(found.title)):
        found.year = _as_year(year[1])
    return found
