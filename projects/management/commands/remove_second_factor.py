"""``./run manage remove_second_factor NAME``: for the last administrator who lost telephone and recovery codes."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from perfgoals.models import User
from projects.accounts.factor.actions import remove_factor


class Command(BaseCommand):
    """Ends a person's second factor, as an administrator does in the site."""

    help = "停用一个用户的两步验证（手机和恢复码都丢失，又没有别的管理员时）"

    def add_arguments(self, parser: CommandParser) -> None:
        """The person."""
        parser.add_argument("username", help="用户名")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do it, and say so."""
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"没有用户“{options['username']}”。")
        if user.factor is None:
            raise CommandError(f"用户“{user.username}”没有启用两步验证。")
        remove_factor(user=user, by=None)
        self.stdout.write(f"已停用“{user.username}”的两步验证。")
