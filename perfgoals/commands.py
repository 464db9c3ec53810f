"""What PerfGoals' own commands share: a current schema before they start, and refusals of one sentence."""

from __future__ import annotations

import errno
import os
import sys
from typing import Any, Final, NoReturn

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection

from perfgoals.health.schema import misfit, schema_of

REFUSED: Final = 2
"""Exit code for input that is refused; nothing was then changed."""
INTERRUPTED: Final = 130
"""As shells have it for a command that was stopped by its person."""

_REASONS: Final = {
    errno.ENOENT: "不存在",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "所在磁盘只能读取",
    errno.ENAMETOOLONG: "文件名过长",
}


def reason(error: OSError) -> str:
    """Why a file cannot be used, in Chinese."""
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")


class PerfGoalsCommand(BaseCommand):
    """A command over the database.

    The embedded server's schema is brought up to date by whichever command comes first; a server of one's own is
    changed by ``migrate`` alone, so that an upgrade is never begun by accident.
    """

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run the command with the schema in place; a database that cannot be reached is one sentence."""
        try:
            self._require_schema()
            printed = super().execute(*args, **options)
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever reads has read enough (… | head). What the command did stands.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return None
        except KeyboardInterrupt:
            self.stderr.write("已中断。")
            sys.exit(INTERRUPTED)
        except OperationalError as error:
            self.refuse(f"无法使用数据库：{str(error).strip().splitlines()[0]}")

        return printed

    def refuse(self, message: str) -> NoReturn:
        """Say in one sentence what is wrong, and end."""
        self.stderr.write(self.style.ERROR(message))
        sys.exit(REFUSED)

    def _require_schema(self) -> None:
        schema = schema_of(connection)
        if connection.settings_dict["ENGINE"] != "perfgoals.postgres":
            self._refuse_if(misfit(schema))
        self._refuse_if(misfit(schema._replace(missing=[])))
        if schema.missing:
            call_command("migrate", verbosity=0)

    def _refuse_if(self, wrong: str | None) -> None:
        if wrong is not None:
            self.refuse(wrong)
