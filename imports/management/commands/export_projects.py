"""``export_projects``: projects out as interchange JSON, csv or xlsx."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, BinaryIO

from imports.exporting import in_export_order
from imports.exporting.files import Look, write_file
from perfgoals.commands import PerfGoalsCommand
from perfgoals.output import write_output
from perfgoals.spreadsheets import CellTooLongError
from projects.filters.arguments import add_filter_arguments, filtered, is_filtered


class Command(PerfGoalsCommand):
    """Exit code 2 when a filter or the output file is refused; nothing is then written."""

    help = "导出项目：json（交换格式，可原样导回）、csv 或 xlsx。筛选条件与网页列表相同。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["json", "csv", "xlsx"], default="json", help="文件格式")
        parser.add_argument("-o", "--output", type=Path, help="写入的文件；不写则输出到标准输出")
        add_filter_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        projects = in_export_order(filtered(self, options))
        # Filters choose projects; gazettes and plans, which have none, leave with everything.
        look = Look(texts=not is_filtered(options))

        def write(to: BinaryIO) -> None:
            write_file(options["format"], projects, to, look=look)

        try:
            write_output(self, write, options["output"], binary=options["format"] == "xlsx")
        except CellTooLongError as error:
            self.refuse(str(error))
