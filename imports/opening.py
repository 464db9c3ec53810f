"""A file opened for reading: the lines of a text, or the rows of a workbook, with the reader that knows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from imports.content import Content
from imports.decoding import encoding_of
from imports.reading import Defaults, Reading, SheetLines, SourceError, place
from imports.recognise import Draft, reader_named, recognise, recognise_workbook, sheet_reader_named
from imports.text_lines import TextLines
from imports.workbooks import Workbook
from imports.workbooks.lines import lines_of

XLSX: Final = "xlsx"
"""What stands for a workbook where texts have their encoding."""


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file whose layout is known. ``drafts`` reads it, claiming the lines of ``reading`` as it goes."""

    layout: str
    title: str
    encoding: str
    reading: Reading
    drafts: Callable[[Defaults], Iterator[Draft]]


@contextmanager
def rows_named(sheets: Sequence[SheetLines]) -> Iterator[None]:
    """In a workbook, whose sheets these are, errors inside name sheet and row instead of a line."""
    try:
        yield
    except SourceError as error:
        if not sheets or error.line is None:
            raise
        raise SourceError(f"{place(error.line, sheets)}：{error.message}") from error


def open_text(data: bytes | Content, layout: str | None) -> OpenFile:
    """A text by its layout's name, else by its content. Raises `SourceError` for one that cannot be read."""
    content = Content.of(data)
    encoding = encoding_of(content)
    reading = Reading(TextLines(content, encoding))
    reader = reader_named(layout) if layout else recognise(reading.lines)
    return OpenFile(reader.NAME, reader.TITLE, encoding, reading, lambda defaults: reader.read(reading, defaults))


def open_workbook(workbook: Workbook, layout: str | None) -> OpenFile:
    """A workbook by its layout's name, else by its content. Raises `SourceError` for one that no reader knows."""
    lines, sheets = lines_of(workbook)
    reading = Reading(lines, sheets)
    reader = sheet_reader_named(layout) if layout else recognise_workbook(workbook, lines)
    for sheet in workbook.sheets:
        if sheet.hidden and not sheet.is_ours:
            reading.notice(1, "incomplete", f"工作表“{sheet.name}”是隐藏的，没有读取；需要导入请先取消隐藏")
    return OpenFile(reader.NAME, reader.TITLE, XLSX, reading, lambda defaults: reader.read(reading, workbook, defaults))
