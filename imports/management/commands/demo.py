"""``demo``: everything from an empty folder to a site with sample data."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from imports.demo import Account, load_samples, make_accounts
from perfgoals.health.starting import problem_of_database, problem_of_home
from perfgoals.serving import is_free, serve

HOST = "127.0.0.1"


class Command(BaseCommand):
    """Exit code 2 outside demo mode or when the port is taken; nothing is then changed."""

    help = "演示：建库、载入示例文件、建立演示账号并启动网站。用 ./run demo 启动。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="端口，默认 8000")

    def handle(self, *args: Any, **options: Any) -> None:
        del args
        port = options["port"]
        if not settings.DEMO:
            self._refuse("demo 只在演示模式下运行，请用 ./run demo 启动。")
        if not 1 <= port <= 65535 or not is_free(HOST, port):
            self._refuse(
                f"端口 {port} 不可用（可能已被占用），请关闭占用它的程序，或用 ./run demo --port 8001 换一个端口。"
            )
        if problem := problem_of_home() or problem_of_database(may_be_older=True):
            self._refuse(problem)
        call_command("migrate", verbosity=0)
        for report in load_samples(settings.BASE_DIR / "fixtures"):
            counts = f"{report.counts.created} 个项目，{report.indicators} 条指标"
            held = report.texts.summary if report.texts.documents else counts
            self.stdout.write(f"已载入示例 {report.file}：{held}")
        self._print(make_accounts())
        serve(address=f"{HOST}:{port}", on_ready=lambda: self._ready(port))

    def _print(self, accounts: list[Account]) -> None:
        self.stdout.write("演示账号（仅在演示模式下可登录）：")
        for account in accounts:
            self.stdout.write(f"  {account.role}\t{account.username}\t{account.password}\t可见：{account.sees}")

    def _ready(self, port: int) -> None:
        self.stdout.write(f"绩效目标库已就绪，请在浏览器中打开 http://{HOST}:{port}/ （按 Ctrl-C 停止）")
        self.stdout.flush()

    def _refuse(self, message: str) -> None:
        self.stderr.write(self.style.ERROR(message))
        sys.exit(2)
