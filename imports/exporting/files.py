"""Whole files of projects, written from one snapshot of the database with memory that does not grow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import BinaryIO, Final, NamedTuple

from imports.exporting.columns import COLUMNS, INDICATOR_HEADS, INDICATORS, PROJECTS, Column
from imports.exporting.copying import BATCH as COPIED
from imports.exporting.copying import BY_INDEX, can_copy, copied
from imports.exporting.interchange import interchange_chunks
from imports.exporting.rows import ProjectRows, batches, count_indicator_rows, indicator_rows, numbers_of
from imports.models import ExportKind
from imports.official.forms import write_forms
from imports.official.listing import write_list
from perfgoals.jobs.running import Progress, RefusedError
from perfgoals.snapshot import snapshot, steered
from perfgoals.spreadsheets import MAX_ROWS, Sheet, csv_chunks, write_sheets
from perfgoals.spreadsheets import write_xlsx as write_frame
from projects.filters import ProjectFilter
from projects.querysets import ProjectQuerySet
from projects.totals import Layout, fits_file, pivot_frame, pivot_table, summary_of

WRITING: Final = "写入"
TOO_MANY_BODIES: Final = "项目太多，不能按部门、科室汇总，请缩小范围，或改按行政区划等汇总。"
TARGETS: Final = "写入指标"


class Format(NamedTuple):
    """What a kind of export is outside: the end of its file's name, and its type."""

    extension: str
    content_type: str


XLSX: Final = Format("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
FORMATS: Final = {
    ExportKind.XLSX: XLSX,
    ExportKind.CSV: Format("csv", "text/csv; charset=utf-8"),
    ExportKind.JSON: Format("json", "application/json"),
    ExportKind.FORMS: XLSX,
    ExportKind.LIST: XLSX,
    ExportKind.TOTALS: XLSX,
}


class Look(NamedTuple):
    """How a file shows the projects: tables have columns, the official list a unit, official forms a public edition.

    ``texts``: an interchange file holds the gazettes and plans as well.
    """

    columns: Sequence[Column] = COLUMNS
    unit: str = "万元"
    public: bool = False
    texts: bool = False


Write = Callable[[ProjectQuerySet, Look, BinaryIO, Progress], None]


def write_file(
    kind: str, projects: ProjectQuerySet, to: BinaryIO, *, look: Look | None = None, progress: Progress | None = None,
) -> None:  # fmt: skip
    """Write the projects: tables in the order of the queryset, everything else in that of `in_export_order`.

    Raises `CellTooLongError` for a text that xlsx cannot hold, `RefusedError` for what official tables cannot be made of.
    """
    with snapshot():
        WRITERS[ExportKind(kind)](projects, look or Look(), to, progress or _silent)


def write_xlsx(projects: ProjectQuerySet, look: Look, to: BinaryIO, progress: Progress) -> None:
    """A sheet of projects; with all columns also one of indicators, so that everything that can be edited is there."""
    numbers, reader = numbers_of(projects), ProjectRows(look.columns)
    rows = chain.from_iterable(map(reader.read, _told(batches(numbers), len(numbers), progress)))
    sheets = [Sheet(PROJECTS, [column.head for column in look.columns], rows, len(numbers))]
    if is_whole(look.columns):
        targets = chain.from_iterable(map(indicator_rows, _told(batches(numbers), len(numbers), progress, TARGETS)))
        sheets.append(Sheet(INDICATORS, INDICATOR_HEADS, targets, count_indicator_rows(projects, MAX_ROWS)))
    write_sheets(sheets, to)


def write_csv(projects: ProjectQuerySet, look: Look, to: BinaryIO, progress: Progress) -> None:
    """One row a project; made by the database itself where it has all that the columns show."""
    numbers, heads = numbers_of(projects), [column.head for column in look.columns]
    if can_copy(look.columns):
        to.writelines(csv_chunks(heads, ()))
        with steered(BY_INDEX):
            for batch in _told(batches(numbers, COPIED), len(numbers), progress):
                to.writelines(copied(look.columns, batch))
        return
    reader = ProjectRows(look.columns)
    rows = (row for batch in _told(batches(numbers), len(numbers), progress) for row in reader.read(batch))
    to.writelines(csv_chunks(heads, rows))


def write_json(projects: ProjectQuerySet, look: Look, to: BinaryIO, progress: Progress) -> None:
    """The interchange file, which has no columns to choose."""
    total = projects.count()
    for done, chunk in enumerate(interchange_chunks(projects, texts=look.texts)):
        to.write(chunk.encode())
        progress(WRITING, min(done, total), total)


def _forms(projects: ProjectQuerySet, look: Look, to: BinaryIO, progress: Progress) -> None:
    write_forms(projects, to, progress, public=look.public)


def _list(projects: ProjectQuerySet, look: Look, to: BinaryIO, progress: Progress) -> None:
    write_list(projects, to, unit=look.unit, progress=progress)


def is_whole(columns: Sequence[Column]) -> bool:
    """Whether nothing that can be edited is left out."""
    return set(COLUMNS) <= set(columns)


def write_totals(found: ProjectFilter, layout: Layout, to: BinaryIO, *, unit: str) -> None:
    """The whole table of totals of what is found, amounts in the unit. Raises `RefusedError` where it would not fit into memory."""
    with snapshot():
        if layout.bodies and not fits_file(layout, summary_of(found)):
            raise RefusedError(TOO_MANY_BODIES)
        table = pivot_frame(pivot_table(found, layout), unit)
    write_frame(table, to, sheet="汇总")


WRITERS: Final[dict[ExportKind, Write]] = {
    ExportKind.XLSX: write_xlsx,
    ExportKind.CSV: write_csv,
    ExportKind.JSON: write_json,
    ExportKind.FORMS: _forms,
    ExportKind.LIST: _list,
}


def _told(
    parts: Iterable[Sequence[int]], total: int, progress: Progress, stage: str = WRITING
) -> Iterator[Sequence[int]]:
    done = 0
    for batch in parts:
        progress(stage, done, total)
        yield batch
        done += len(batch)
    progress(stage, total, total)


def _silent(_stage: str, _done: int, _total: int) -> None:
    """No progress is shown."""
