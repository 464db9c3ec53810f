"""The user, and nothing more."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser
from django.db import models

from perfgoals.history import event_model


class User(AbstractUser):
    """A person who logs in. Roles are groups; what a person may see follows from memberships (`projects`)."""

    is_demo = models.BooleanField("演示账号", default=False)
    """Made by demo mode. Such accounts can log in while demo mode is on, and never otherwise."""

    must_change_password = models.BooleanField("须修改密码", default=False, db_default=False)
    """An administrator knows the password: it must be changed before anything else."""

    factor = models.UUIDField("两步验证", null=True, blank=True, editable=False)
    """Number of the second factor in force (`perfgoals.logins`): here, so that no page need ask for it."""

    class Meta(AbstractUser.Meta):
        verbose_name = "用户"
        verbose_name_plural = "用户"

    @property
    def display_name(self) -> str:
        """The person's name as the site shows it: family name first."""
        return f"{self.last_name}{self.first_name}" or self.username

    def get_session_auth_hash(self) -> str:
        """What a session holds of the password and the second factor: when either changes, the log-ins end."""
        return self._with_factor(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """The same under the keys that were in force before (``SECRET_KEY_FALLBACKS``)."""
        return map(self._with_factor, super().get_session_auth_fallback_hash())

    def _with_factor(self, digest: str) -> str:
        return f"{digest} {self.factor}" if self.factor else digest


class Role(User.groups.through):  # type: ignore[misc,name-defined]  # made at run time
    """A role of a person: the row between users and groups, under a name by which its history is recorded."""

    class Meta:
        proxy = True


NOT_RECORDED = ("password", "last_login", "email", "is_staff", "date_joined", "factor")


class UserEvent(event_model(User, index=("pgh_obj", "pgh_id"), exclude=NOT_RECORDED)):  # type: ignore[misc]  # as above
    """History of accounts: made, renamed, locked, unlocked, given a password. It holds no passwords."""


class RoleEvent(event_model(Role, index=("user", "pgh_id"))):  # type: ignore[misc]  # as above
    """History of roles: given and taken away."""
