"""``check_totals``: whether the kept totals are what projects add up to."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any, Final

from perfgoals.commands import PerfGoalsCommand
from projects.rollups.checking import Wrong, compare, rebuild
from projects.rollups.compacting import settle

DIFFERS: Final = 1
"""Exit code when something is counted otherwise than it is."""


class Command(PerfGoalsCommand):
    """Exit code 0; 1 when a kept total is wrong."""

    help = "核对汇总数：重新计算每个项目的计数和各组汇总，与保存的比较；有不同时以退出码 1 结束。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rebuild", action="store_true", help="先重新计算并保存（期间的修改会等待）")
        parser.add_argument("--settle", action="store_true", help="先合并各次修改留下的变动行（后台进程也会定时合并）")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        if options["rebuild"]:
            rebuild()
        if options["settle"]:
            self.stdout.write(f"已合并 {settle()} 行变动。")
        wrong = compare()
        if wrong != Wrong(0, 0):
            self.stdout.write(
                f"不一致：{wrong.projects} 个项目的计数、{wrong.groups} 组汇总与重新计算的不同。"
                "可用 check_totals --rebuild 重新计算。"
            )
            sys.exit(DIFFERS)
        self.stdout.write("一致：保存的汇总数与重新计算的完全相同。")
