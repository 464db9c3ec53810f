"""Official workbooks written in tests, and what comes back from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from io import BytesIO

import openpyxl
import xlsxwriter
from openpyxl.workbook import Workbook

from imports.drafts import ProjectDraft
from imports.official.forms import BOOK, FormWriter
from imports.opening import OpenFile, open_workbook
from imports.reading import Defaults
from imports.restating import positions
from imports.workbooks import read_workbook


def forms(drafts: Iterable[ProjectDraft], rows: Sequence[int] | None = None, *, public: bool = False) -> bytes:
    """The workbook of these drafts' forms."""
    to = BytesIO()
    with xlsxwriter.Workbook(to, BOOK) as book:
        writer = FormWriter(book, public=public)
        for draft in drafts:
            writer.add(draft, list(positions(draft.indicators)) if rows is None else rows)
        writer.finish()
    return to.getvalue()


def opened(data: bytes) -> tuple[OpenFile, list[ProjectDraft]]:
    """The file and the drafts that are read from it."""
    file = open_workbook(read_workbook(data), None)
    return file, list(file.drafts(Defaults()))


def edited(data: bytes, edit: Callable[[Workbook], object]) -> bytes:
    """The workbook as a person saves it after changing something."""
    book = openpyxl.load_workbook(BytesIO(data))
    edit(book)
    to = BytesIO()
    book.save(to)
    return to.getvalue()


def bare(draft: ProjectDraft) -> ProjectDraft:
    """A draft without its place in a file."""
    return replace(draft, first_line=1, last_line=1, lines=[], rows=[], source_document=None, source_sha256=None)


def find(book: Workbook, text: str, nth: int = 1) -> tuple[int, int]:
    """Row and column of the nth cell of the first sheet that holds the text."""
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value == text]
    return cells[nth - 1].row, cells[nth - 1].column
