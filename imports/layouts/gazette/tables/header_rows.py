"""The rows of a header: merged heads over their columns, a row of units, a row that numbers the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from imports.layouts.gazette.tables.cells import bare, filled_places
from imports.layouts.gazette.tables.headers import is_second_row, joined_rows
from imports.layouts.gazette.tables.serials import serial

_MOST_ROWS: Final = 3
_UNIT = re.compile(
    r"[(\[]?(?:[亿万千百]?[元%‰个座辆吨人户件套亩处台项所家米次张名床位头只棵株]|[亿万]?(?:平方|立方)?(?:米|公里|千米|厘米)"
    r"|公顷|万?人次|人/日|吨/日|万?千瓦时?|km²?|m[²³]?|㎡|cm|mm|hm²|百分比|[元亿万]{1,2}/[亩人户平方米年月]{1,3})[)\]]?"
)
_COLUMN_NUMBER = re.compile(r"[(\[]?(?:\d{1,2}|[甲乙丙丁戊己A-Z])(?:=[\d+\-×*/()]{1,20})?[)\]]?")
_NUMBERING = re.compile(r"栏次|行次|列次|栏目")
_FEWEST_NUMBERED: Final = 3


class WholeHeader(NamedTuple):
    """A header of one row or several."""

    cells: tuple[str, ...]
    lower: tuple[tuple[str, ...], ...]
    """Its rows but the first."""

    @property
    def row_count(self) -> int:
        """How many rows it has."""
        return 1 + len(self.lower)


def whole_header(rows: Sequence[Sequence[str]]) -> WholeHeader:
    """The header that begins with the first of some rows, with those below that go on with it."""
    top = tuple(rows[0])
    whole, lower = top, list[tuple[str, ...]]()
    for row in rows[1:_MOST_ROWS]:
        padded = (*row, *[""] * (len(top) - len(row)))
        if _goes_on(top, lower, padded):
            whole = joined_rows(whole, padded)
        elif _are_units(padded) and len(padded) == len(top):
            whole = tuple(
                f"{head}（{unit.strip('()（）')}）" if unit else head for head, unit in zip(whole, padded, strict=True)
            )
        else:
            break
        lower.append(tuple(row))
    at = 1 + len(lower)
    if at < len(rows) and is_numbering(rows[at]) and len(rows[at]) == len(top):
        lower.append(tuple(rows[at]))
    return WholeHeader(whole, tuple(lower))


def is_numbering(cells: Sequence[str]) -> bool:
    """Whether a row numbers the columns: 1 2 3 4, 甲 乙 1 2, 栏次 1 2 3."""
    texts = [bare(cell) for cell in cells]
    if len(texts) < _FEWEST_NUMBERED or not all(texts):
        return False
    texts = texts[1:] if _NUMBERING.fullmatch(texts[0]) else texts
    figures = [text for text in texts if text[0].isdigit() or text[0] in "(["]
    if not all(_COLUMN_NUMBER.fullmatch(text) for text in texts) or len(figures) < 2:
        return False
    numbers = [serial(text.split("=")[0]) for text in figures]
    return numbers == list(range(1, len(numbers) + 1)) and texts[-len(figures) :] == figures


def _goes_on(top: Sequence[str], lower: Sequence[Sequence[str]], cells: Sequence[str]) -> bool:
    if len(lower) and len(lower[-1]) != len(top):
        return False
    return is_second_row(top, cells) and (not lower or is_second_row(lower[-1], cells, least=1))


def _are_units(cells: Sequence[str]) -> bool:
    places = filled_places(cells)
    return bool(places) and not cells[0] and all(_UNIT.fullmatch(bare(cells[place])) for place in places)
