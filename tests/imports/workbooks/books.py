"""Workbooks made for tests."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

Make = Callable[[xlsxwriter.Workbook], object]


def made(make: Make) -> bytes:
    """The bytes of a workbook that ``make`` fills."""
    to = BytesIO()
    book = xlsxwriter.Workbook(to)
    make(book)
    book.close()
    return to.getvalue()


def sheet(rows: Sequence[Sequence[Any]], name: str = "Sheet1") -> bytes:
    """A workbook of one sheet with these rows."""

    def make(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    page.write_string(number, column, value)
                elif value is not None:
                    page.write(number, column, value)

    return made(make)


def with_part(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The package with one part changed."""
    to = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as other:
        for name in package.namelist():
            content = package.read(name)
            other.writestr(name, change(content) if name == part else content)
    return to.getvalue()
