"""``work``: the process that does what people asked for and do not wait for: checking uploads, long exports."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from perfgoals.commands import PerfGoalsCommand
from perfgoals.jobs.workers import work


class Command(PerfGoalsCommand):
    """Runs until it is told to stop; what it has begun then goes back into the queue."""

    help = "后台程序：处理上传文件的检查和导入、大的导出。网站启动时会自动启动一个，也可以在别的机器上多开几个。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--until-idle", action="store_true", help="做完队列中的工作就结束")
        parser.add_argument("--parent", type=int, help="随这个进程一起结束（由网站自己使用）")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        work(until_idle=options["until_idle"], parent=options["parent"])
