from datetime import datetime

import pytest

from imports.reading import SheetLines, place
from imports.workbooks import cell_text, read_workbook
from imports.workbooks.lines import lines_of
from tests.imports.workbooks import books


def test_every_row_of_every_sheet_is_a_line() -> None:
    def make(book) -> None:
        book.add_worksheet("甲").write_row(1, 0, ["项目名称", None, "修路"])
        book.add_worksheet("乙").write_row(0, 0, ["又一", 5300000])

    lines, sheets = lines_of(read_workbook(books.made(make)))
    assert lines == ["", "项目名称\t\t修路\t", "又一\t5300000\t"]
    assert sheets == [SheetLines("甲", 1), SheetLines("乙", 3)]


def test_borders_inside_a_cell_become_spaces() -> None:
    lines, _ = lines_of(read_workbook(books.sheet([["一行\n二行\t三"]])))
    assert lines == ["一行 二行 三\t"]


def test_a_line_of_a_workbook_is_called_by_sheet_and_row() -> None:
    sheets = [SheetLines("甲", 1), SheetLines("空", 3), SheetLines("乙", 3)]
    assert [place(line, sheets) for line in (2, 4)] == ["工作表“甲”第 2 行", "工作表“乙”第 2 行"]
    assert place(12, ()) == "第 12 行"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5300000.0, "5300000"), (1988.0424279999999, "1988.042428"), (0.1 + 0.2, "0.3"), (1e15, "1000000000000000"),
        (True, "是"), (None, ""), (datetime(2024, 12, 17), "2024-12-17"),
        (datetime(2024, 12, 17, 9, 7, 9), "2024-12-17 09:07:09"),
    ],
)  # fmt: skip
def test_values_become_the_texts_that_people_see(value: object, text: str) -> None:
    assert cell_text(value) == text
