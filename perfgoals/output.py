"""Where a command writes its file: under a name, whole or not at all, or to standard output."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from perfgoals.commands import PerfGoalsCommand, reason

Write = Callable[[BinaryIO], None]


def write_output(command: PerfGoalsCommand, write: Write, to: Path | None, *, binary: bool = False) -> None:
    """Write a file, to standard output without a path. The command refuses what cannot be written.

    ``binary``: what it writes is nothing for a terminal.
    """
    try:
        if to is None:
            _to_standard_output(command, write, binary)
        else:
            replace(to, write)
    except BrokenPipeError:
        raise
    except OSError as error:
        command.refuse(f"{to or '标准输出'}：无法写入（{reason(error)}），请检查路径、权限和磁盘空间。")


def _to_standard_output(command: PerfGoalsCommand, write: Write, binary: bool) -> None:
    if binary and sys.stdout.isatty():
        command.refuse("xlsx 不能显示在终端上，请用 -o 指明文件。")
    stream: Any = getattr(command.stdout, "buffer", None) or getattr(
        getattr(command.stdout, "_out", None), "buffer", None
    )
    if stream is not None:
        write(stream)
        stream.flush()
        return
    collected = io.BytesIO()
    write(collected)
    command.stdout.write(collected.getvalue().decode(), ending="")


def replace(path: Path, write: Write) -> None:
    """Write a file whole or not at all: an interrupted export never leaves half a file under the name.

    A link is followed, and what is no file (a device, a pipe) is written to and never replaced.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            write(stream)
        return
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            write(stream)
        Path(draft).chmod(0o666 & ~_umask())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
