"""The user, and nothing more."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A person who logs in. Roles are groups; what a person may see follows from memberships (`projects`)."""

    is_demo = models.BooleanField("演示账号", default=False)
    """Made by demo mode. Such accounts can log in while demo mode is on, and never otherwise."""

    must_change_password = models.BooleanField("须修改密码", default=False, db_default=False)
    """An administrator knows the password: it must be changed before anything else."""

    class Meta(AbstractUser.Meta):
        verbose_name = "用户"
        verbose_name_plural = "用户"

    @property
    def display_name(self) -> str:
        """The person's name as the site shows it: family name first."""
        return f"{self.last_name}{self.first_name}" or self.username
