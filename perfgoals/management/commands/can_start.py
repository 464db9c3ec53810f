"""``can_start``: whether the site could be started now; ``./run serve`` asks before it starts it."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from perfgoals.health.starting import problem_of_site


class Command(BaseCommand):
    """Exit code 1 with one sentence where it could not. Nothing is changed, and no table is made."""

    help = "检查网站现在能不能启动：设置、文件夹、数据库和它的结构。"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        del args, options
        if problem := problem_of_site():
            self.stderr.write(self.style.ERROR(problem))
            sys.exit(1)
