"""``import_text FILE…``: take source texts in."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from typing import Any

from tqdm import tqdm

from imports.actions import Options, import_file
from imports.asking import FIRST_YEAR, LAST_YEAR, RegionUnclearError, region_asked
from imports.content import PIECE, Content
from imports.decoding import MAX_BYTES
from imports.reading import Defaults, SourceError
from imports.recognise import READERS, TABLE
from imports.reporting import Report
from perfgoals.commands import REFUSED, PerfGoalsCommand, reason
from perfgoals.money import UNITS
from projects.regions import RegionRef

NOT_RECONCILED = 1


class Command(PerfGoalsCommand):
    """Exit code 0; 1 under ``--strict`` when a line was unclaimed or sums do not agree; 2 for a refused file."""

    help = "导入文本：重点项目清单、项目支出绩效目标表或交换文件（JSON）。一个文件要么全部导入，要么一条也不导入。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path, help="要导入的文件")
        parser.add_argument(
            "--layout", choices=[*(reader.NAME for reader in READERS), TABLE], help="指定版式，不再按内容识别"
        )
        parser.add_argument("--year", type=int, help="文中没有写明年度时采用的年度")
        parser.add_argument(
            "--region", help="文中没有写明行政区划时采用的区划：六位代码、名称，或“代码=名称”（区划表中没有时）"
        )
        parser.add_argument("--unit", choices=list(UNITS), help="文中没有写明金额单位时采用的单位")
        parser.add_argument("--dry-run", action="store_true", help="试运行：照常报告，不写入")
        parser.add_argument("--take-source", action="store_true", help="与人工修改冲突时采用来源的值")
        parser.add_argument("--strict", action="store_true", help="有未识别行或合计不符时以退出码 1 结束")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="报告的格式")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        wanted = self._options(options)
        reports: list[dict[str, Any]] = []
        code = 0
        for path in options["files"]:
            outcome = self._import(path, wanted)
            if isinstance(outcome, str):
                self.stderr.write(self.style.ERROR(outcome))
                reports.append({"file": _readable(path), "error": outcome})
                code = REFUSED
                continue
            reports.append(outcome.as_json())
            if options["format"] == "text":
                self.stdout.write(outcome.as_text())
            if options["strict"] and (outcome.unclaimed or not outcome.reconciles):
                code = max(code, NOT_RECONCILED)
        if options["format"] == "json":
            self.stdout.write(json.dumps(reports[0] if len(reports) == 1 else reports, ensure_ascii=False, indent=2))
        if code:
            sys.exit(code)

    def _options(self, options: dict[str, Any]) -> Options:
        region = self._region(options["region"])
        year = options["year"]
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            self.refuse(f"--year {year} 不是合理的年度，请写 {FIRST_YEAR} 至 {LAST_YEAR} 之间的四位年份。")
        defaults = Defaults(
            region_code=region.code if region else None, region_name=region.name if region else None, year=year,
            unit=options["unit"],
        )  # fmt: skip
        return Options(options["layout"], defaults, options["take_source"], options["dry_run"])

    def _region(self, text: str | None) -> RegionRef | None:
        try:
            return None if text is None else region_asked(text)
        except RegionUnclearError as error:
            self.refuse(f"--region {error}")

    def _import(self, path: Path, options: Options) -> Report | str:
        name = _readable(path)
        try:
            content = _read(path)
        except OSError as error:
            return f"{name}：无法读取（{reason(error)}），请检查路径和权限。"
        try:
            with Bar(name) as bar:
                return import_file(content, name=name, options=options, by=None, progress=bar.show)
        except SourceError as error:
            where = f"{name}：" + (f"第 {error.line} 行：" if error.line else "")
            return f"{where}{error.message}"


def _read(path: Path) -> Content:
    """The file's bytes, and of an endless or far too large one just enough to be refused for its size."""
    with path.open("rb") as file:
        pieces = (file.read(min(PIECE, left)) for left in range(MAX_BYTES + 1, 0, -PIECE))
        return Content.collected(takewhile(len, pieces))


def _readable(path: Path) -> str:
    """The file's name; archives from Windows hold names in GB18030."""
    name = os.fsencode(path.name)
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeDecodeError):
            return name.decode(encoding)
    return name.decode("utf-8", "backslashreplace")


class Bar:
    """A progress bar on a terminal, and nothing in a pipe."""

    def __init__(self, name: str) -> None:
        self._bar = tqdm(total=0, desc=name, disable=None, leave=False, file=sys.stderr, unit_scale=True)

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *exc: object) -> None:
        self._bar.close()

    def show(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is."""
        if self._bar.disable:
            return
        if self._bar.unit != stage:
            self._bar.unit = stage
            self._bar.set_description(stage)
            self._bar.reset(total)
        self._bar.update(done - self._bar.n)
