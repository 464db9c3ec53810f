"""Inputs that are large, or claim to be: each read in a process of its own, whose time and memory are measured."""

from __future__ import annotations

import resource
import tempfile
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from queue import Empty
from typing import Any, Final, NamedTuple

from imports.content import Content
from tests.fuzz.packages import opened
from tests.fuzz.processes import CONTEXT, process
from tests.fuzz.starting import starting
from tests.fuzz.sweeping import MEMORY, SECONDS
from tests.fuzz.trying import try_one
from tests.imports.workbooks import books

MB: Final = 1024 * 1024
SHEET: Final = "xl/worksheets/sheet1.xml"


class Measured(NamedTuple):
    """What reading one took."""

    outcome: str
    seconds: float
    megabytes: int
    """At most, the program included."""
    failure: str


def one_line(megabytes: int, text: str = "项目1,") -> bytes:
    """A text of one line."""
    data = text.encode()
    return data * (megabytes * MB // len(data))


def one_line_of(layout: str, megabytes: int) -> bytes:
    """A file of a layout, one of whose lines is that long."""
    lines = starting(layout)[0].split(b"\n")
    at = len(lines) // 2
    return b"\n".join([*lines[:at], lines[at] + one_line(megabytes, "预算安排1.")[: -100 * 1024], *lines[at:]])


def many_lines(layout: str, megabytes: int) -> bytes:
    """A file of a layout, again and again."""
    data = starting(layout)[0] + b"\n"
    return data * (megabytes * MB // len(data))


def bomb(megabytes: int) -> bytes:
    """A workbook one of whose parts is zeros, packed a thousand times smaller."""
    to = BytesIO()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in opened(_book()).items():
            package.writestr(name, content)
        with package.open("xl/media/a.bin", "w", force_zip64=True) as part:
            for _ in range(megabytes):
                part.write(bytes(MB))
    return to.getvalue()


def sheet_of(tail: bytes) -> bytes:
    """A workbook whose sheet ends with other cells."""
    return books.with_part(_book(), SHEET, lambda xml: xml.replace(b"</sheetData>", tail + b"</sheetData>"))


def false_size(claimed: int) -> bytes:
    """A workbook whose package says that a part is of another size."""
    data = bytearray(_book())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = claimed.to_bytes(4, "little")
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def spaces_in_sheet(megabytes: int) -> bytes:
    """A sheet with very much white space between its cells."""
    return sheet_of(b" " * (megabytes * MB) + b'<row r="9"><c r="A9"><v>1</v></c></row>')


def nested(depth: int) -> bytes:
    """A JSON that is nested deeper than anybody reads."""
    return b'{"format": "perfgoals-interchange", "version": 1, "projects": ' + b"[" * depth + b"]" * depth + b"}"


def _book() -> bytes:
    return books.sheet([["序号", "项目", "预算安排数", "政策依据", "绩效目标"], [1, "修路", 5000, "纪要", "修好"]])


def entity_bomb() -> bytes:
    """The billion laughs."""
    rows = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">{rows}]>'.encode()
    return books.with_part(_book(), "xl/sharedStrings.xml", lambda _: head + b"<sst><si><t>&l9;</t></si></sst>")


CASES: Final[dict[str, Callable[[], bytes]]] = {
    "200 MB of one line": lambda: one_line(200),
    "200 MB of one line in GB18030": lambda: one_line(200).decode()[: 60 * MB].encode("gb18030"),
    "200 MB of spaces": lambda: b" " * (200 * MB) + b"a",
    "200 MB of line ends": lambda: b"\n" * (200 * MB) + b"a",
    "a form with a line of 1 MB": lambda: one_line_of("target_form", 1),
    "a list with a line of 1 MB": lambda: one_line_of("key_project_list", 1),
    "a gazette with a line of 1 MB": lambda: one_line_of("gazette", 1),
    "JSON nested 100,000 deep": lambda: nested(100_000),
    "a zip bomb of 1 GB": lambda: bomb(1000),
    "a zip bomb of 3 GB": lambda: bomb(3000),
    "a sheet that claims 10 GB": lambda: sheet_of(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
    "a cell in the last row": lambda: sheet_of(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>'),
    "a part that claims 4 GB": lambda: false_size(2**32 - 1),
    "a part that claims 1 byte": lambda: false_size(1),
    "100 MB of spaces in a sheet": lambda: spaces_in_sheet(100),
    "the billion laughs": entity_bomb,
    "a merged range over the sheet": lambda: books.with_part(
        _book(), SHEET, lambda xml: xml.replace(
            b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    ),
}  # fmt: skip


def measure(name: str, seconds: float = 300.0) -> Measured:
    """Make one, then read it in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "input")
        if _run("make", name, path, seconds) is None:
            return Measured("failed", 0.0, 0, "could not be made")
        measured: Measured | None = _run("read", name, path, seconds)
        return measured or Measured("failed", seconds, 0, "died, or did not end")


def _run(work: str, name: str, path: Path, seconds: float) -> Any:
    results = CONTEXT.Queue()
    with process("heavy", "child", work, name, path, results):
        try:
            return results.get(timeout=seconds)
        except Empty:
            return None


def child(work: str, name: str, path: Path, results: Any) -> None:
    """Make or read one, in this process."""
    results.put({"make": _make, "read": _read}[work](name, path))


def _make(name: str, path: Path) -> int:
    return path.write_bytes(CASES[name]())


def _read(name: str, path: Path) -> Measured:
    begun, failure, outcome = time.process_time(), "", "failed"
    try:
        with path.open("rb") as file:
            outcome = try_one(Content(file)).outcome
    except Exception as error:
        failure = f"{type(error).__name__}: {str(error)[:200]}"
    seconds = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if not failure and (seconds > SECONDS or memory > MEMORY):
        failure = f"took {seconds:.1f} s and {memory // 1024} MB"
    return Measured("failed" if failure else outcome, seconds, memory // 1024, failure)
