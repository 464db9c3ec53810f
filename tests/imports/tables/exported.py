"""Exported tables, changed as people change them."""

from __future__ import annotations

import csv
import subprocess
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl

from imports.actions import Options, import_file
from imports.exporting.files import write_file
from imports.reporting import Report
from perfgoals.models import User
from projects.models import Project
from projects.permissions import FINANCE
from tests import factories


def exported(kind: str = "xlsx", **options: Any) -> bytes:
    """All projects as a file."""
    to = BytesIO()
    write_file(kind, Project.objects.order_by("pk"), to, **options)
    return to.getvalue()


def changed(data: bytes, cells: dict[tuple[str, int, str], Any]) -> bytes:
    """The workbook with some cells (sheet, row, header) changed, saved by another program."""
    book = openpyxl.load_workbook(BytesIO(data))
    for (sheet, row, header), value in cells.items():
        columns = {cell.value: cell.column for cell in book[sheet][1]}
        book[sheet].cell(row, columns[header]).value = value
        if isinstance(value, str):
            book[sheet].cell(row, columns[header]).data_type = "s"
    to = BytesIO()
    book.save(to)
    return to.getvalue()


def with_row(data: bytes, sheet: str, values: dict[str, Any]) -> bytes:
    """The workbook with a row more."""
    book = openpyxl.load_workbook(BytesIO(data))
    book[sheet].append([values.get(cell.value) for cell in book[sheet][1]])
    to = BytesIO()
    book.save(to)
    return to.getvalue()


def taken_in(data: bytes, by: User | None = None, name: str = "项目.xlsx", **options: Any) -> Report:
    """Import it."""
    return import_file(data, name=name, options=Options(**options), by=by)


def differences(report: Report) -> list[tuple[str, str | None, str | None]]:
    """All changes of a report: field, old and new."""
    return [(field["field"], field["old"], field["new"]) for entry in report.changes for field in entry["fields"]]


def finance() -> User:
    """Somebody who may change all projects of the county."""
    return factories.user(FINANCE, factories.county())


def saved_by_office(data: bytes, folder: Path, extension: str = "xlsx") -> bytes:
    """The file as LibreOffice saves it."""
    (folder / "given.xlsx").write_bytes(data)
    out = folder / "out"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", extension, "--outdir", str(out), str(folder / "given.xlsx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    return next(out.iterdir()).read_bytes()


def csv_rows(data: bytes) -> list[dict[str, str]]:
    """The rows of a csv file by header."""
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def csv_of(rows: list[dict[str, str]]) -> bytes:
    """A csv file of rows by header."""
    to = StringIO(newline="")
    writer = csv.DictWriter(to, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return to.getvalue().encode("utf-8-sig")
