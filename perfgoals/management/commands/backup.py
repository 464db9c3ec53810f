"""``backup``: everything into one file that proves itself."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from perfgoals.commands import REFUSED
from perfgoals.keeping.backing_up import back_up
from perfgoals.keeping.errors import KeepingError
from perfgoals.keeping.lent import WARNING


class Command(BaseCommand):
    """Works on tables of older versions too, so that one can back up before an upgrade. Exit code 2 for a refusal."""

    help = "备份：把数据库（含全部来源文件的原文）写成一个可以自行核对的文件。网站可以照常运行。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("to", type=Path, metavar="文件或文件夹", help="新文件的名称；给出文件夹时自动按时间命名")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        try:
            path, manifest = back_up(options["to"])
        except KeepingError as error:
            self._refuse(str(error))
        except DatabaseError as error:
            self._refuse(f"无法使用数据库：{str(error).strip().splitlines()[0]}")
        size = path.stat().st_size / 1_000_000
        self.stdout.write(f"已备份到 {path}（{size:.1f} MB，{len(manifest.tables)} 个表，{manifest.rows} 行）。")
        for facts in manifest.facts.values():
            if WARNING in facts:
                self.stderr.write(f"请注意：{facts[WARNING]}，备份照原样保存了它，请告诉系统维护人员。")

    def _refuse(self, message: str) -> NoReturn:
        self.stderr.write(self.style.ERROR(message))
        sys.exit(REFUSED)
