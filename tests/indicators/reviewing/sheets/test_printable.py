"""Workbooks to be read and printed."""

from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from indicators.reviewing.sheets.printable import write_printable
from perfgoals.spreadsheets import MAX_TEXT, CellTooLongError, Head, Kind, Sheet

HEADS = (Head("名称"), Head("金额", Kind.MONEY), Head("年度", Kind.NUMBER))


def test_texts_stay_texts_and_numbers_numbers_and_blanks_blank() -> None:
    to = BytesIO()
    write_printable([Sheet("甲", HEADS, [["=1+1", Decimal("0.00"), 2025], ["", None, None]])], to)
    rows = list(openpyxl.load_workbook(to)["甲"].iter_rows(min_row=2))
    assert [(cell.value, cell.data_type) for cell in rows[0]] == [("=1+1", "s"), (0, "n"), (2025, "n")]
    assert [cell.value for cell in rows[1]] == [None, None, None]


def test_a_text_that_no_cell_holds_is_refused_and_nothing_written() -> None:
    to = BytesIO()
    with pytest.raises(CellTooLongError, match="“名称”有"):
        write_printable([Sheet("甲", HEADS, [["长" * (MAX_TEXT + 1), None, None]])], to)
    assert to.getvalue() == b""


def test_rows_are_as_high_as_their_longest_text() -> None:
    to = BytesIO()
    texts = ["短", "二十个字" * 5, "一行\n又一行", "a" * 12, "长" * 5_000]
    write_printable([Sheet("甲", HEADS[:1], [[text] for text in texts])], to)
    rows = openpyxl.load_workbook(to)["甲"].row_dimensions
    heights = [rows[number].height for number in range(2, 7)]
    assert heights == pytest.approx([17, 4 * 17, 2 * 17, 17, 409], abs=0.5)  # stored in whole pixels
