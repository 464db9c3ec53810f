"""Which layout a text has, by its content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Protocol

from imports.drafts import ProjectDraft
from imports.layouts import gazette, interchange, key_project_list, key_project_sheet, target_form, target_form_sheet
from imports.layouts.gazette.drafts import DocumentDraft, IssueDraft
from imports.layouts.interchange_texts import SourceTexts
from imports.reading import Defaults, Reading, SourceError
from imports.workbooks import Workbook

Draft = ProjectDraft | IssueDraft | DocumentDraft | SourceTexts
"""A budget project, what a gazette holds, or the gazettes of an interchange file."""


class Reader(Protocol):
    """What a module of `imports.layouts` provides; see `imports.reading`."""

    NAME: str
    TITLE: str
    LOOKED_FOR: str

    def recognise(self, lines: Sequence[str]) -> bool: ...

    def read(self, reading: Reading, defaults: Defaults) -> Iterator[Draft]: ...


class SheetReader(Protocol):
    """What a module of `imports.layouts` provides that reads workbooks. ``lines`` are their rows, as text."""

    NAME: str
    TITLE: str
    LOOKED_FOR: str

    def recognise(self, workbook: Workbook, lines: Sequence[str]) -> bool: ...

    def read(self, reading: Reading, workbook: Workbook, defaults: Defaults) -> Iterator[ProjectDraft]: ...


# The most particular first: a form names its title in every form, a list only at page breaks. A gazette may hold both.
READERS: tuple[Reader, ...] = (interchange, gazette, target_form, key_project_list)
SHEET_READERS: tuple[SheetReader, ...] = (target_form_sheet, key_project_sheet)

TABLE: Final = "project_table"
TABLE_TITLE: Final = "导出的项目表"
"""Exported tables that come back (`imports.tables`): they state changes, and not projects as sources do."""


def reader_named(name: str) -> Reader:
    """The reader of texts in the layout of a name. Raises `SourceError` for a layout of workbooks, `KeyError` for none."""
    if name in {reader.NAME for reader in SHEET_READERS}:
        raise SourceError(f"版式“{layout_title(name)}”是工作簿的版式，这份文件是文本；请去掉 --layout 按内容识别。")
    return {reader.NAME: reader for reader in READERS}[name]


def sheet_reader_named(name: str) -> SheetReader:
    """The reader of workbooks in the layout of a name; a layout of texts means the same table in a workbook."""
    readers = {reader.NAME: reader for reader in SHEET_READERS}
    reader = readers.get(name) or readers.get(_IN_WORKBOOKS.get(name, ""))
    if reader is None:
        raise SourceError(f"版式“{layout_title(name)}”是文本的版式，这份文件是工作簿；请去掉 --layout 按内容识别。")
    return reader


def layout_title(name: str) -> str:
    """The Chinese name of a layout, or the name itself where no reader has it any more."""
    titles = {reader.NAME: reader.TITLE for reader in READERS} | {reader.NAME: reader.TITLE for reader in SHEET_READERS}
    titles[TABLE] = TABLE_TITLE
    return titles.get(name, name)


def recognise(lines: Sequence[str]) -> Reader:
    """The reader that recognises the text. Raises `SourceError` that says what was looked for."""
    for reader in READERS:
        if reader.recognise(lines):
            return reader
    raise _unknown(READERS)


def recognise_workbook(workbook: Workbook, lines: Sequence[str]) -> SheetReader:
    """The reader that recognises the workbook. Raises `SourceError` that says what was looked for."""
    for reader in SHEET_READERS:
        if reader.recognise(workbook, lines):
            return reader
    raise _unknown(SHEET_READERS)


def _unknown(readers: Sequence[Reader | SheetReader]) -> SourceError:
    looked_for = "；".join(f"{reader.TITLE}：{reader.LOOKED_FOR}" for reader in readers)
    return SourceError(f"认不出这份文件的版式。查找过的特征有——{looked_for}。如确知版式，请用 --layout 指定。")


_IN_WORKBOOKS: Final = {target_form.NAME: target_form_sheet.NAME, key_project_list.NAME: key_project_sheet.NAME}
"""Layout of texts → the same table in workbooks."""
