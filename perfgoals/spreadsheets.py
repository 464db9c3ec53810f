"""Tables out as csv and xlsx, safely: numbers stay numbers, dates dates, and no text becomes a formula."""

from __future__ import annotations

from io import BytesIO
from typing import BinaryIO, Final

import pandas as pd
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
_MAX_CELL: Final = 32_767
"""Excel's limit of characters in a cell."""


class CellTooLongError(ValueError):
    """A text is longer than an xlsx cell can hold; the message is one Chinese sentence."""


def write_csv(table: pd.DataFrame, to: BinaryIO) -> None:
    """UTF-8 with BOM, which Excel and WPS need to read Chinese. Texts that a spreadsheet would run as a formula get a
    leading apostrophe, the header row too."""
    safe = table.rename(columns=_guard).map(_guard)
    to.write(safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig"))


def write_xlsx(table: pd.DataFrame, to: BinaryIO, *, sheet: str) -> None:
    """One sheet with a frozen header. Every text is stored as text. Raises `CellTooLongError`."""
    for column in table.columns:
        for row, value in enumerate(table[column], start=2):
            if isinstance(value, str) and len(value) > _MAX_CELL:
                raise CellTooLongError(
                    f"第 {row} 行“{column}”有 {len(value)} 个字，超过 xlsx 单元格的 32767 字上限，请改用 csv 或 json。"
                )
    # xlsx cannot hold control characters, which texts from word processors have; the mark shows where one was.
    table = table.map(lambda value: ILLEGAL_CHARACTERS_RE.sub("\ufffd", value) if isinstance(value, str) else value)
    buffer = BytesIO()
    with pd.ExcelWriter(buffer, engine="openpyxl") as writer:
        table.to_excel(writer, index=False, sheet_name=sheet, freeze_panes=(1, 0))
        for cells in writer.sheets[sheet].iter_rows():
            for cell in cells:
                if cell.data_type == "f":
                    cell.data_type = "s"
    to.write(buffer.getvalue())


def _guard(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
