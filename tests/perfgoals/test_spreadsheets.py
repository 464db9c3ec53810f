"""Tables out: numbers stay numbers and no text becomes a formula."""

import csv
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import load_workbook

from perfgoals import spreadsheets
from perfgoals.spreadsheets import (
    CellTooLongError,
    Head,
    Kind,
    Sheet,
    as_xlsx,
    csv_chunks,
    guarded,
    unguarded,
    write_csv,
    write_sheets,
    write_xlsx,
)  # fmt: skip

FORMULA = "=HYPERLINK(1)"


def table(**columns: list[object]) -> pd.DataFrame:
    return pd.DataFrame(columns, dtype=object)


def xlsx(frame: pd.DataFrame) -> openpyxl.worksheet.worksheet.Worksheet:
    out = BytesIO()
    write_xlsx(frame, out, sheet="表")
    return openpyxl.load_workbook(out)["表"]


def test_xlsx_keeps_numbers_and_dates() -> None:
    sheet = xlsx(table(金额=[Decimal("12.50")], 日期=[datetime(2025, 1, 2, 3, 4, 5)]))
    assert sheet["A2"].value == 12.5
    assert sheet["B2"].value == datetime(2025, 1, 2, 3, 4, 5)


def test_xlsx_stores_text_as_text_in_cells_and_header() -> None:
    sheet = xlsx(pd.DataFrame({FORMULA: [FORMULA]}, dtype=object))
    assert [(cell.value, cell.data_type) for cell in (sheet["A1"], sheet["A2"])] == [(FORMULA, "s")] * 2


def test_what_is_typed_into_a_column_of_texts_stays_as_typed() -> None:
    out = BytesIO()
    write_sheets([Sheet("表", [Head("代码", Kind.TEXT)], [["00409"], [None]])], out)
    sheet = openpyxl.load_workbook(out)["表"]
    assert [sheet["A2"].number_format, sheet.column_dimensions["A"].number_format] == ["@", "@"]


def test_xlsx_refuses_a_text_that_a_cell_cannot_hold() -> None:
    with pytest.raises(CellTooLongError, match="第 2 行“概况”有 32768 个字"):
        xlsx(table(概况=["长" * 32768]))


def test_csv_has_a_bom_and_guards_formulas() -> None:
    out = BytesIO()
    write_csv(table(**{FORMULA: ["@x", "正文", None]}), out)
    assert out.getvalue() == "\ufeff'=HYPERLINK(1)\r\n'@x\r\n正文\r\n\"\"\r\n".encode()


def read_back(heads: Sequence[Head], rows: Sequence[Sequence[object]], sheet: str = "表") -> list[list[object]]:
    out = BytesIO()
    write_sheets([Sheet("表", heads, rows)], out)
    return load_workbook(BytesIO(out.getvalue())).get_sheet_by_name(sheet).to_python()


def test_a_sheet_has_a_frozen_header_a_filter_and_widths() -> None:
    out = BytesIO()
    write_sheets([Sheet("表", [Head("名称", width=30), Head("金额", Kind.MONEY)], [["甲", Decimal(1)]])], out)
    sheet = openpyxl.load_workbook(out)["表"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B2")
    assert sheet.column_dimensions["A"].width == pytest.approx(30, abs=1)


def test_sheets_are_written_one_after_another() -> None:
    out = BytesIO()
    write_sheets(
        [Sheet("一", [Head("甲")], (["文"] for _ in "ab"), 2), Sheet("二", [Head("乙", Kind.NUMBER)], [])], out
    )
    book = openpyxl.load_workbook(out)
    assert [[cell.value for cell in book[name]["A"]] for name in "一二"] == [["甲", "文", "文"], ["乙"]]


def test_no_column_is_lost_that_is_called_like_another() -> None:
    assert read_back([Head("甲"), Head("甲")], [["一", "二"]]) == [["甲", "甲 (2)"], ["一", "二"]]


def test_rows_that_a_sheet_cannot_hold_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "MAX_ROWS", 3)
    rows = [[number] for number in range(5)]
    assert read_back([Head("数", Kind.NUMBER)], rows, "表3") == [["数"], [4.0]]


def test_an_amount_that_a_number_cannot_hold_to_the_fen_is_text() -> None:
    rows = [[Decimal("9999999999999.99")], [Decimal("999999999999999.99")]]
    assert read_back([Head("金额", Kind.MONEY)], rows)[1:] == [[9999999999999.99], ["999999999999999.99"]]


def test_dates_are_dates_and_truth_is_truth() -> None:
    rows = [[date(2025, 3, 1), True, 0.5]]
    assert read_back([Head("日", Kind.DATE), Head("真", Kind.ANY), Head("数", Kind.ANY)], rows)[1] == [
        date(2025, 3, 1), True, 0.5,
    ]  # fmt: skip


def test_the_values_of_a_table_say_what_its_columns_hold() -> None:
    sheet = xlsx(table(日期=[date(2025, 3, 1), None], 混合=[1, "文"], 金额=[Decimal(2), Decimal("0.5")]))
    assert [cell.number_format for cell in sheet[2]] == ["yyyy-mm-dd", "General", "#,##0.00"]


def test_missing_values_of_pandas_are_blank() -> None:
    frame = pd.DataFrame({"数": [1.5, None], "日": pd.to_datetime(["2025-01-02", None])})
    assert [[cell.value for cell in row] for row in xlsx(frame)][1:] == [[1.5, datetime(2025, 1, 2)]]


def test_a_file_that_failed_leaves_nothing_behind() -> None:
    out = BytesIO()
    with pytest.raises(CellTooLongError, match="第 3 行“文”有 20000 个字"):
        write_sheets([Sheet("表", [Head("文")], [["短"], ["😀" * 20_000]])], out)
    assert out.getvalue() == b""


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30), min_size=1, max_size=5))
def test_every_text_comes_back_from_an_xlsx(texts: list[str]) -> None:
    assert read_back([Head("文")], [[text] for text in texts])[1:] == [[as_xlsx(text)] for text in texts]


STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", " =", "\u3000+", "\t", "\r", "\n", "\ufeff@", "'=", "''+")


@pytest.mark.parametrize("start", STARTS)
def test_whatever_a_spreadsheet_may_run_is_guarded_in_a_csv(start: str) -> None:
    (line,) = csv_chunks([Head(f"{start}头")], [])
    assert line.decode("utf-8-sig").lstrip('"').startswith("'")
    assert unguarded(guarded(f"{start}1")) == f"{start}1"


@given(st.text(st.sampled_from("'=+-@＝＠ \t\r\n\u3000甲1\""), max_size=6))
def test_the_guard_can_always_be_taken_away(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), min_size=1, max_size=5))
def test_every_text_comes_back_from_a_csv(texts: list[str]) -> None:
    data = b"".join(csv_chunks([Head("甲"), Head("乙")], [[text, Decimal("1.50")] for text in texts]))
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))
    assert [[unguarded(text), number] for text, number in rows[1:]] == [[text, "1.50"] for text in texts]


def test_a_long_csv_comes_in_pieces() -> None:
    chunks = list(csv_chunks([Head("数", Kind.NUMBER)], ([number] for number in range(1200))))
    assert [chunk.count(b"\r\n") for chunk in chunks] == [501, 500, 200]
