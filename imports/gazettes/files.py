"""Lists of gazettes and plans as files to keep."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from io import BytesIO
from typing import Final

from django.http import FileResponse, Http404
from django.utils import timezone

from perfgoals.spreadsheets import Head, Row, Sheet, csv_chunks, write_sheets

TYPES: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def file_response(kind: str | None, name: str, heads: tuple[Head, ...], rows: Iterable[Row]) -> FileResponse:
    """The rows as a file, called by ``name`` and the day.

    Raises ``Http404`` for a format that there is not, and `CellTooLongError` for a text that xlsx cannot hold.
    """
    if kind not in TYPES:
        raise Http404("没有这种文件格式。")
    file = BytesIO()  # a few megabytes at most
    if kind == "csv":
        file.writelines(csv_chunks(heads, rows))
    else:
        write_sheets([Sheet(name, heads, rows)], file)
    file.seek(0)
    file_name = f"{name}_{timezone.localdate():%Y%m%d}.{kind}"
    return FileResponse(file, as_attachment=True, filename=file_name, content_type=TYPES[kind])


def plain_number(number: Decimal | None) -> Decimal | None:
    """Without the zeros that the column adds, and without an exponent, which a csv file would show: 100, not 1E+2."""
    return None if number is None else Decimal(f"{number.normalize():f}")
