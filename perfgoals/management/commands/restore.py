"""``restore``: a backup back, whole or not at all."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from perfgoals.commands import REFUSED
from perfgoals.health.schema import misfit
from perfgoals.keeping.errors import KeepingError
from perfgoals.keeping.restoring import restore


class Command(BaseCommand):
    """Exit code 2 for a refusal or a failure; the database is then as it was."""

    help = "恢复：把 backup 写的文件恢复到空的数据库，先核对，恢复后逐表比对，不成功则什么也不改变。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="文件", help="backup 写的文件")
        parser.add_argument("--replace", action="store_true", help="数据库不是空的：用备份替换它的全部内容")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        try:
            manifest, schema = restore(options["file"], replace=options["replace"])
        except KeepingError as error:
            self._refuse(str(error))
        except DatabaseError as error:
            self._refuse(f"无法使用数据库：{str(error).strip().splitlines()[0]}")
        self.stdout.write(
            f"已恢复 {manifest.made_at} 的备份：{len(manifest.tables)} 个表，{manifest.rows} 行，与备份时逐表一致。"
        )
        if misfit(schema):
            self.stdout.write("备份来自较旧的版本，请再运行 ./run manage migrate。")

    def _refuse(self, message: str) -> NoReturn:
        self.stderr.write(self.style.ERROR(message))
        sys.exit(REFUSED)
