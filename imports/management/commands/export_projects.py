"""``export_projects``: projects out as interchange JSON, csv or xlsx."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from django.http import QueryDict

from imports.exporting import in_export_order
from imports.exporting.files import Look, write_file
from perfgoals.commands import PerfGoalsCommand, reason
from perfgoals.spreadsheets import CellTooLongError
from projects.filters import ProjectFilter
from projects.models import Project
from projects.querysets import ProjectQuerySet


class Command(PerfGoalsCommand):
    """Exit code 2 when a filter or the output file is refused; nothing is then written."""

    help = "导出项目：json（交换格式，可原样导回）、csv 或 xlsx。筛选条件与网页列表相同。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["json", "csv", "xlsx"], default="json", help="文件格式")
        parser.add_argument("-o", "--output", type=Path, help="写入的文件；不写则输出到标准输出")
        for name, declared in ProjectFilter.base_filters.items():
            parser.add_argument(f"--{name}", action="append", metavar="值", help=f"筛选：{declared.label}")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        projects = in_export_order(self._filtered(options))
        # Filters choose projects; gazettes and plans, which have none, leave with everything.
        look = Look(texts=not any(options[name] for name in ProjectFilter.base_filters))

        def write(to: BinaryIO) -> None:
            write_file(options["format"], projects, to, look=look)

        try:
            if options["output"] is None:
                self._to_standard_output(write, options["format"])
            else:
                _replace(options["output"], write)
        except CellTooLongError as error:
            self.refuse(str(error))
        except BrokenPipeError:
            raise
        except OSError as error:
            where = options["output"] or "标准输出"
            self.refuse(f"{where}：无法写入（{reason(error)}），请检查路径、权限和磁盘空间。")

    def _filtered(self, options: dict[str, Any]) -> ProjectQuerySet:
        query = QueryDict(mutable=True)
        for name in ProjectFilter.base_filters:
            query.setlist(name, options[name] or [])
        filtered = ProjectFilter(query, queryset=Project.objects.all())
        if not filtered.is_valid():
            problems = "；".join(
                f"--{name}：{'、'.join(str(message) for message in messages)}"
                for name, messages in filtered.form.errors.items()
            )
            self.refuse(f"筛选条件有误：{problems}")
        projects: ProjectQuerySet = filtered.qs
        return projects

    def _to_standard_output(self, write: Callable[[BinaryIO], None], kind: str) -> None:
        if kind == "xlsx" and sys.stdout.isatty():
            self.refuse("xlsx 不能显示在终端上，请用 -o 指明文件。")
        stream = getattr(self.stdout, "buffer", None) or getattr(getattr(self.stdout, "_out", None), "buffer", None)
        if stream is not None:
            write(stream)
            stream.flush()
            return
        collected = io.BytesIO()
        write(collected)
        self.stdout.write(collected.getvalue().decode(), ending="")


def _replace(path: Path, write: Callable[[BinaryIO], None]) -> None:
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
