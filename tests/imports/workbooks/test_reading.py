import zipfile
from datetime import date, datetime
from io import BytesIO

import pytest
from openpyxl import Workbook as OpenpyxlWorkbook

from imports.reading import SourceError
from imports.workbooks import Merged, read_workbook
from tests.imports.workbooks import books

SHEET = "xl/worksheets/sheet1.xml"


def _refusal(data: bytes) -> str:
    with pytest.raises(SourceError) as refused:
        read_workbook(data)
    return refused.value.message


def test_cells_keep_their_kinds_and_places() -> None:
    def make(book) -> None:
        page = book.add_worksheet("表一")
        page.write_string(1, 1, "=1+1")
        page.write_number(1, 2, 5300000.25)
        page.write_boolean(2, 1, True)
        page.write_datetime(2, 2, datetime(2024, 12, 17, 9, 7, 9), book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
        page.write_datetime(2, 3, date(2024, 12, 17), book.add_format({"num_format": "yyyy-mm-dd"}))
        page.merge_range("B5:D6", "合并")

    [sheet] = read_workbook(books.made(make)).sheets
    assert sheet.rows[:3] == [
        [None, None, None, None],
        [None, "=1+1", 5300000.25, None],
        [None, True, datetime(2024, 12, 17, 9, 7, 9), date(2024, 12, 17)],
    ]
    assert sheet.merged == [Merged(4, 1, 5, 3)]
    assert sheet.rows[4][1] == "合并"


def test_a_percentage_reads_as_it_is_shown() -> None:
    def make(book) -> None:
        page = book.add_worksheet()
        page.write_number(0, 0, 0.95, book.add_format({"num_format": "0%"}))
        page.write_number(0, 1, 0.955, book.add_format({"num_format": "0.00%"}))
        page.write_number(0, 2, 0.955, book.add_format({"num_format": "0%"}))
        page.write_number(0, 3, 0.95)

    assert read_workbook(books.made(make)).sheets[0].rows == [["95%", "95.50%", "95.5%", 0.95]]


def test_hidden_sheets_are_told_apart() -> None:
    def make(book) -> None:
        book.add_worksheet("看得见")
        book.add_worksheet("隐藏").hide()
        book.add_worksheet("深藏").very_hidden()

    book = read_workbook(books.made(make))
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [
        ("看得见", False), ("隐藏", True), ("深藏", True)
    ]  # fmt: skip
    assert [sheet.name for sheet in book.visible] == ["看得见"]


def test_a_formula_counts_as_its_last_result() -> None:
    data = books.made(lambda book: book.add_worksheet().write_formula("A1", "=1+1", None, 2))
    assert read_workbook(data).sheets[0].rows == [[2]]


def test_a_formula_without_a_result_is_refused_with_its_place() -> None:
    book = OpenpyxlWorkbook()
    book.active.title = "资金"
    book.active["C5"] = "=SUM(A1:A2)"
    to = BytesIO()
    book.save(to)
    assert "工作表“资金”的 C5 的公式还没有算出结果" in _refusal(to.getvalue())


def test_an_error_value_is_refused_with_its_place() -> None:
    data = books.made(lambda book: book.add_worksheet("资金").write_formula("B2", "=1/0", None, "#DIV/0!"))
    assert "工作表“资金”的 B2 是错误值 #DIV/0!" in _refusal(data)


def test_errors_in_hidden_sheets_disturb_nobody() -> None:
    def make(book) -> None:
        book.add_worksheet("看得见").write_string(0, 0, "在")
        hidden = book.add_worksheet("隐藏")
        hidden.hide()
        hidden.write_formula("B2", "=1/0", None, "#DIV/0!")

    assert read_workbook(books.made(make)).visible[0].rows == [["在"]]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "旧版 xls"),
        (b"PK\x03\x04 and nothing more", "损坏"),
        (books.sheet([["甲"]])[:-80], "损坏"),
        (b"plain text", "不是 xlsx"),
    ],
)
def test_what_is_no_workbook_is_refused(data: bytes, words: str) -> None:
    assert words in _refusal(data)


def test_another_package_is_refused() -> None:
    to = BytesIO()
    with zipfile.ZipFile(to, "w") as package:
        package.writestr("word/document.xml", "<document/>")
    assert "不是 xlsx" in _refusal(to.getvalue())


def test_a_bomb_is_refused_before_it_is_opened() -> None:
    bomb = books.with_part(books.sheet([["甲"]]), SHEET, lambda xml: xml + b" " * 40_000_000)
    assert "有害文件" in _refusal(bomb)


def test_a_size_that_is_a_lie_is_refused() -> None:
    data = books.with_part(books.sheet([["甲"]]), SHEET, lambda xml: xml + b" " * 1_000_000)
    with zipfile.ZipFile(BytesIO(data)) as package:
        size = package.getinfo(SHEET).file_size
    lie = data.replace(size.to_bytes(4, "little"), (500).to_bytes(4, "little"))
    assert "损坏" in _refusal(lie)


def test_cells_far_apart_are_refused_before_they_fill_memory() -> None:
    data = books.made(
        lambda book: [page := book.add_worksheet("远"), page.write(0, 0, 1), page.write(1048575, 16383, 1)]
    )
    assert "工作表“远”从第 1 行占到第 1048576 行" in _refusal(data)


def test_empty_cells_far_away_take_no_room() -> None:
    def make(book) -> None:
        page = book.add_worksheet()
        page.write_string(0, 0, "甲")
        page.write_blank(1048575, 16383, None, book.add_format({"bold": True}))

    rows = read_workbook(books.made(make)).sheets[0].rows
    assert rows == [["甲"]]


def test_entities_are_refused() -> None:
    def declare(xml: bytes) -> bytes:
        return xml.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "b">]>', 1)

    assert "损坏" in _refusal(books.with_part(books.sheet([["甲"]]), "xl/workbook.xml", declare))


def test_an_empty_sheet_has_no_rows() -> None:
    assert read_workbook(books.sheet([])).sheets[0].rows == []


def test_a_long_text_repeated_in_many_cells_is_refused_before_it_fills_memory() -> None:
    def make(book) -> None:
        page = book.add_worksheet()
        for row in range(400):
            for column in range(100):
                page.write_string(row, column, "长" * 32_000)

    assert "有害文件" in _refusal(books.made(make))


def test_long_texts_in_some_cells_and_short_ones_in_many_are_read() -> None:
    def make(book) -> None:
        page = book.add_worksheet()
        page.write_string(0, 0, "长" * 32_000)
        for row in range(1, 500):
            for column in range(10):
                page.write_string(row, column, f"第{row}行")

    [sheet] = read_workbook(books.made(make)).sheets
    assert len(sheet.rows) == 500
    assert len(str(sheet.rows[0][0])) == 32_000


def test_strings_hidden_from_weighing_count_as_the_longest() -> None:
    """A comment that looks like strings would give long ones the places of short ones."""

    def make(book) -> None:
        page = book.add_worksheet()
        for row in range(20_000):
            page.write_string(row, 0, "长" * 32_000)

    data = books.with_part(
        books.made(make), "xl/sharedStrings.xml", lambda xml: xml.replace(b"<si>", b"<!--<si>--><si>", 1)
    )
    assert "有害文件" in _refusal(data)


def test_more_strings_than_the_part_has_room_for_are_refused() -> None:
    data = books.with_part(
        books.sheet([["甲", "乙"]]), "xl/sharedStrings.xml",
        lambda xml: xml.replace(b'uniqueCount="2"', b'uniqueCount="99999999999"'),
    )  # fmt: skip
    assert "损坏" in _refusal(data)


def test_xml_of_an_unknown_encoding_is_refused() -> None:
    data = books.with_part(
        books.sheet([["甲"]]), "xl/workbook.xml", lambda xml: xml.replace(b'encoding="UTF-8"', b'encoding="hidden"')
    )
    assert "损坏" in _refusal(data)


def test_a_part_that_stands_before_the_file_is_refused() -> None:
    data = books.sheet([["甲"]])
    at = data.rfind(b"PK\x05\x06") + 16
    moved = int.from_bytes(data[at : at + 4], "little") + 10_000
    assert "损坏" in _refusal(data[:at] + moved.to_bytes(4, "little") + data[at + 4 :])


def test_one_cell_far_away_is_refused_with_its_place() -> None:
    def make(book) -> None:
        page = book.add_worksheet("表一")
        page.write_row(0, 0, list("甲乙丙丁"))
        page.write_string(1_048_575, 0, " ")

    assert "“表一”从第 1 行占到第 1048576 行（4,194,304 格），其中只有 5 格有内容" in _refusal(books.made(make))
