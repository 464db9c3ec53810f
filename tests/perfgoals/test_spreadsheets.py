"""Tables out: numbers stay numbers and no text becomes a formula."""

from datetime import datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pandas as pd
import pytest

from perfgoals.spreadsheets import CellTooLongError, write_csv, write_xlsx

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


def test_xlsx_refuses_a_text_that_a_cell_cannot_hold() -> None:
    with pytest.raises(CellTooLongError, match="第 2 行“概况”有 32768 个字"):
        xlsx(table(概况=["长" * 32768]))


def test_csv_has_a_bom_and_guards_formulas() -> None:
    out = BytesIO()
    write_csv(table(**{FORMULA: ["@x", "正文", None]}), out)
    assert out.getvalue() == "\ufeff'=HYPERLINK(1)\r\n'@x\r\n正文\r\n\"\"\r\n".encode()
