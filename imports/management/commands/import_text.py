"""``import_text FILE…``: take source texts in, files and folders of them."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from typing import Any

from django.utils.timezone import localtime
from tqdm import tqdm

from imports.actions import Options, import_file
from imports.asking import FIRST_YEAR, LAST_YEAR, RegionUnclearError, region_asked
from imports.content import PIECE, Content
from imports.decoding import MAX_BYTES
from imports.models import ImportRun
from imports.reading import Defaults, SourceError
from imports.recognise import READERS, TABLE
from imports.reporting import Report
from imports.resuming import files_in, run_before
from perfgoals.commands import INTERRUPTED, REFUSED, PerfGoalsCommand, reason
from perfgoals.money import UNITS
from projects.regions import RegionRef

NOT_RECONCILED = 1


class Command(PerfGoalsCommand):
    """Exit code 0; 1 under ``--strict`` when a line was unclaimed or sums do not agree; 2 for a refused file; 130 where it was interrupted."""

    help = "导入文本：重点项目清单、项目支出绩效目标表或交换文件（JSON）。一个文件要么全部导入，要么一条也不导入。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path, help="要导入的文件，或装有这些文件的文件夹")
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
        parser.add_argument(
            "--resume", action="store_true", help="跳过已按同样选项导入过的文件：中断的一批文件从停下的地方继续"
        )
        parser.add_argument("--strict", action="store_true", help="有未识别行或合计不符时以退出码 1 结束")
        parser.add_argument("--format", choices=["text", "json"], default="text", help="报告的格式")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        wanted = self._options(options)
        paths = self._files(options["files"])
        told = _Told(self, options, len(paths))
        try:
            for path in paths:
                told.add(path, self._import(path, wanted, resumes=options["resume"]))
        except KeyboardInterrupt:
            told.interrupt()
            sys.exit(INTERRUPTED)
        finally:
            told.end()
        if told.code:
            sys.exit(told.code)

    def _files(self, paths: list[Path]) -> list[Path]:
        try:
            return list(files_in(paths))
        except OSError as error:
            self.refuse(f"{error.filename}：无法读取（{reason(error)}），请检查路径和权限。")

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

    def _import(self, path: Path, options: Options, *, resumes: bool) -> Report | ImportRun | str:
        name = _readable(path)
        if path.is_dir():
            return f"{name}：文件夹里没有可以导入的文件。"
        try:
            content = _read(path)
        except OSError as error:
            return f"{name}：无法读取（{reason(error)}），请检查路径和权限。"
        if resumes and (run := run_before(content.sha256, options)):
            return run
        try:
            with Bar(name) as bar:
                return import_file(content, name=name, options=options, by=None, progress=bar.show)
        except SourceError as error:
            where = f"{name}：" + (f"第 {error.line} 行：" if error.line else "")
            return f"{where}{error.message}"


class _Told:
    """What is printed of each file as soon as it is done, however many there are, and the exit code that follows."""

    def __init__(self, command: Command, options: dict[str, Any], files: int) -> None:
        """``files``: how many are meant."""
        self.code = 0
        self._files = files
        self._command = command
        self._is_strict: bool = options["strict"]
        self._is_dry: bool = options["dry_run"]
        self._as_json: bool = options["format"] == "json"
        self._is_one = len(options["files"]) == 1 and not options["files"][0].is_dir()
        self._imported = self._passed_over = self._refused = 0

    def add(self, path: Path, outcome: Report | ImportRun | str) -> None:
        """A file's report, the run that had taken it in before, or why it was refused."""
        if isinstance(outcome, str):
            self._refused += 1
            self.code = REFUSED
            self._command.stderr.write(self._command.style.ERROR(outcome))
            self._say({"file": _readable(path), "error": outcome}, None)
        elif isinstance(outcome, ImportRun):
            self._passed_over += 1
            if self._is_strict and (outcome.unclaimed or not outcome.report.get("reconciles", True)):
                self.code = max(self.code, NOT_RECONCILED)
            when = f"{localtime(outcome.started_at):%Y-%m-%d %H:%M}"
            passed = {"file": _readable(path), "imported_before": outcome.pk}
            self._say(passed, f"{_readable(path)}：{when} 已导入过（导入记录 {outcome.pk}），跳过。")
        else:
            self._imported += 1
            if self._is_strict and (outcome.unclaimed or not outcome.reconciles):
                self.code = max(self.code, NOT_RECONCILED)
            self._say(outcome.as_json(), outcome.as_text() if not self._as_json else None)

    def interrupt(self) -> None:
        """Somebody stopped the command: what that left."""
        left = "已导入的文件保留，未完成的那个文件没有留下任何内容。加上 --resume 再运行一次，就从停下的地方继续。"
        self._command.stderr.write(f"已中断。{'试运行没有写入任何内容。' if self._is_dry else left}")

    def end(self) -> None:
        """After the last file."""
        done = self._imported + self._passed_over + self._refused
        if self._as_json and not self._is_one:
            self._command.stdout.write("]" if done else "[]")
        elif not self._is_one:
            left = f"共 {self._files} 个文件" if done == self._files else f"{self._files} 个文件中处理了 {done} 个"
            what = "试运行" if self._is_dry else "导入"
            self._command.stdout.write(
                f"{left}：{what} {self._imported} 个，跳过 {self._passed_over} 个，拒绝 {self._refused} 个。"
            )

    def _say(self, record: dict[str, Any], text: str | None) -> None:
        if not self._as_json:
            if text is not None:
                self._command.stdout.write(text)
            return
        if not self._is_one:
            is_first = self._imported + self._passed_over + self._refused == 1
            self._command.stdout.write("[" if is_first else ",", ending="")
        self._command.stdout.write(json.dumps(record, ensure_ascii=False, indent=2))


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
