"""LibreOffice, which opens the workbooks as people do."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

AsPdf = Callable[[bytes], PdfReader]


@pytest.fixture(scope="session")
def as_pdf(tmp_path_factory: pytest.TempPathFactory) -> AsPdf:
    """Converts a workbook to PDF. Without LibreOffice the tests are skipped, unless they are required."""
    program = shutil.which("soffice")
    if program is None:
        reason = "没有找到 LibreOffice（soffice），官方表格的打印无法检查"
        if os.environ.get("PERFGOALS_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("libreoffice")  # its own for each worker: a profile serves one process at a time

    def convert(data: bytes) -> PdfReader:
        book = folder / "book.xlsx"
        book.write_bytes(data)
        _run(program, folder, book)
        return PdfReader(BytesIO(book.with_suffix(".pdf").read_bytes()))

    return convert


def _run(program: str, folder: Path, book: Path) -> None:
    command = [
        program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore",
        "--convert-to", "pdf", "--outdir", str(folder), str(book),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
