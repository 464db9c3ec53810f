"""What the columns of a table hold: learnt from the words of the header and from the rows that have all their cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from imports.layouts.gazette.tables.cells import (
    BLANK,
    FIGURE,
    NOTHING,
    PERIOD,
    QUANTITY,
    TEXT,
    bare,
    is_body,
    kind,
)
from imports.layouts.gazette.tables.headers import is_serial_word, money_unit, without_brackets
from imports.layouts.gazette.tables.serials import serial

Holds = Literal["serial", "figure", "period", "yes_no", "text", "remark", "mixed"]

_MEASURE = re.compile(
    r"[(\[【](?:单位:)?(?:亿|万|千|百)?[元%个座辆吨人户件套亩处台项所家公里米平方立年次张名床位头只棵株㎡m²km/]{1,8}[)\]】]"
)
_FIGURE_WORD = re.compile(
    r"(?:投资|金额|数量|数|额|经费|面积|里程|长度|人口|分值|权重|得分|比例|占比|产量|产值|预算|合计|小计|总计|造价)\Z"
)
_PERIOD_WORD = re.compile(r"(?:年限|期限|时间|时限|日期|周期|工期|进度安排|完成时间)\Z")
_YES_NO_WORD = re.compile(r"是否")
_REMARK_WORD = re.compile(r"(?:备注|说明|备考)\Z")
_TEXT_WORD = re.compile(
    r"(?:名称|内容|地点|地址|位置|单位|部门|机构|主体|法人|业主|来源|性质|类别|类型|种类|任务|措施|事项|项目|标准|要求|依据|责任人|姓名|区|县|属性|牵头|领域)\Z"
)
_YEAR_COLUMN = re.compile(r"(?:19|20)\d\d年?")
_YES_NO: Final = frozenset("是否√×有无")
_TICKS: Final = frozenset("√✓✔○●★☆▲△※")
_ENOUGH: Final = 3
_MOST: Final = 0.8
_NEARLY_ALL: Final = 0.9
_SHORT: Final = 6
"""A shorter text may stand where a figure is expected: 暂不定, 另行安排 is too long."""
_RARE: Final = 10
"""One among ten others is still foreign."""
_LONGEST_WORD: Final = 12
_VOCABULARY_ROWS: Final = 6
_KEPT_VALUES: Final = 500


@dataclass(slots=True)
class Column:
    """A column of a table: what its header says, and what its whole rows hold."""

    header: str
    said: Holds | None
    filled: int = 0
    blank: int = 0
    figures: int = 0
    periods: int = 0
    texts: int = 0
    bodies: int = 0
    values: Counter[str] = field(default_factory=Counter)
    """Short values, for columns of few words (新建, 改建)."""
    endings: Counter[str] = field(default_factory=Counter)
    """Last characters of the names of bodies: 局, 府, 司."""
    holds: Holds = "mixed"
    is_vocabulary: bool = False
    """Whether the column has few words that come again and again."""

    def learn(self, cell: str) -> None:
        """Take note of a cell."""
        found = kind(cell)
        if found == BLANK:
            self.blank += 1
            return
        self.filled += 1
        self.figures += bool(found & (FIGURE | QUANTITY))
        self.periods += bool(found & PERIOD)
        self.texts += bool(found & TEXT)
        if is_body(cell):
            self.bodies += 1
            self.endings[bare(cell)[-1]] += 1
        if len(cell) <= _LONGEST_WORD and len(self.values) < _KEPT_VALUES:
            self.values[bare(cell)] += 1

    def settle(self) -> None:
        """Decide what the column holds: what its cells show, else what its header says."""
        self.holds = self._shown() or self.said or "mixed"
        self.is_vocabulary = self._has_few_words()

    def may_hold(self, cell: str) -> bool:
        """Whether a cell could stand here: generous, so that no possible reading of a row is overlooked."""
        found = kind(cell)
        if found in (BLANK, NOTHING) or self.holds == "mixed":
            return True
        short = bool(found & TEXT) and len(cell) < _SHORT
        match self.holds:
            case "serial":
                return serial(cell) is not None
            case "figure":
                return bool(found & (FIGURE | QUANTITY)) or short
            case "period":
                return bool(found & PERIOD) or short
            case "yes_no":
                return len(bare(cell)) <= 2
            case "remark":
                return not is_body(cell) or self.bodies > 0
            case _:
                return not self._is_foreign(found)

    def must_hold(self, cell: str) -> bool:
        """Whether a cell stands here rightly: strict, for what a mended row puts here."""
        found = kind(cell)
        if found in (BLANK, NOTHING) or self.holds == "mixed":
            return True
        match self.holds:
            case "figure":
                return bool(found & (FIGURE | QUANTITY))
            case "period":
                return bool(found & PERIOD)
            case "yes_no":
                return bare(cell) in _YES_NO
            case "remark":
                return not found & FIGURE and self.may_hold(cell)
            case _:
                return self.may_hold(cell)

    def is_foreign(self, cell: str) -> bool:
        """Whether a cell is a sign of damage here: another kind of thing than all the others, which are several."""
        found = kind(cell)
        if found in (BLANK, NOTHING) or self.filled <= _ENOUGH:
            return False
        match self.holds:
            case "text":
                rare = max(1, self.filled // _RARE)
                return (found == FIGURE and self.figures <= rare) or (found == PERIOD and self.periods <= rare)
            case "figure":
                return found == PERIOD
            case "period":
                return found == FIGURE
            case "yes_no":
                return bare(cell) not in _YES_NO and self.values.total() >= _MOST * self.filled
            case "serial":
                return serial(cell) is None and found == TEXT
            case _:
                return False

    def is_usual(self, cell: str) -> bool:
        """Whether a cell is like the others: of their kind, of their few words, the name of a body where all are."""
        if not self.must_hold(cell):
            return False
        if self.filled > _ENOUGH and self.bodies >= _NEARLY_ALL * self.filled:
            return is_body(cell) and (self.filled <= _VOCABULARY_ROWS or self.endings[bare(cell)[-1]] > 1)
        return not self.is_vocabulary or self.values[bare(cell)] > 1

    @property
    def is_usually_blank(self) -> bool:
        """Whether at least every third row has nothing here."""
        return 2 * self.blank >= self.filled and self.blank > 1

    @property
    def is_rarely_blank(self) -> bool:
        """Whether a blank is unusual here. Among ticks (√) it says no."""
        if sum(self.values[tick] for tick in _TICKS) == self.filled:
            return False
        return self.filled > _ENOUGH and self.blank <= max(1, self.filled // _RARE)

    def _has_few_words(self) -> bool:
        return (
            self.holds == "text"
            and self.filled >= _VOCABULARY_ROWS
            and sum(self.values.values()) >= _MOST * self.filled
            and 2 * len(self.values) <= self.filled
            and self.bodies == 0
        )

    def _is_foreign(self, found: int) -> bool:
        """A figure or a period in a column of texts that never held one."""
        if found & PERIOD:
            return not self.periods and not (found & FIGURE and self.figures)
        return bool(found & FIGURE) and not self.figures

    def _shown(self) -> Holds | None:
        if self.said in ("serial", "remark") or not self.filled:
            return self.said
        enough = 2 if self.said else _ENOUGH
        if self.filled < enough:
            return self.said
        if self.periods >= _MOST * self.filled and (self.said == "period" or self.figures < self.filled):
            return "period"
        if self.figures >= _MOST * self.filled:
            return "figure"
        if self.said == "yes_no" or sum(self.values[word] for word in _YES_NO) == self.filled:
            return "yes_no"
        if (
            self.texts + self.figures + self.periods >= _MOST * self.filled
            and self.figures + self.periods <= self.filled / 2
        ):
            return "text"
        return "mixed"


def profiled(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[Column]:
    """The columns of a table, learnt from its header and from the rows that are as wide as it."""
    columns = [Column(text, said(text)) for text in header]
    for row in rows:
        if len(row) == len(columns):
            for column, cell in zip(columns, row, strict=True):
                column.learn(cell)
    for column in columns:
        column.settle()
    return columns


def said(header: str) -> Holds | None:
    """What a header cell says that its column holds."""
    text, plain = without_brackets(header), bare(header)
    if is_serial_word(header):
        return "serial"
    if _YES_NO_WORD.search(text):
        return "yes_no"
    if _REMARK_WORD.search(text):
        return "remark"
    if _MEASURE.search(plain) or (_FIGURE_WORD.search(text) and money_unit(plain)):
        return "figure"
    if _PERIOD_WORD.search(text):
        return "period"
    if _YEAR_COLUMN.fullmatch(text):
        return None
    return "text" if _TEXT_WORD.search(text) else None
