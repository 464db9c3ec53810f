"""Tokens of the API, and how often it was asked."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from knox.models import get_digest_token
from knox.settings import CONSTANTS

from perfgoals.history import event_model
from perfgoals.models import User

NAME_LENGTH = 60


class ApiTokens(models.Manager["ApiToken"]):
    """Makes tokens."""

    def issue(self, *, user: User, name: str, lifetime: timedelta) -> tuple[ApiToken, str]:
        """A new token, and its text, which nothing else will ever show."""
        digest, text = get_digest_token()
        key = text[: CONSTANTS.TOKEN_KEY_LENGTH]
        made = self.create(digest=digest, token_key=key, user=user, name=name, expiry=timezone.now() + lifetime)
        return made, text


class ApiToken(models.Model):
    """What a program shows instead of a password. Only its digest and its first characters are stored.

    It reads what its person may see, and nothing else: the API has no way to write. The fields that django-rest-knox
    knows have the names that it gives them.
    """

    digest = models.CharField("摘要", max_length=CONSTANTS.DIGEST_LENGTH, primary_key=True)
    token_key = models.CharField("开头", max_length=CONSTANTS.TOKEN_KEY_LENGTH)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens", verbose_name="用户")
    created = models.DateTimeField("创建时间", auto_now_add=True)
    expiry = models.DateTimeField("到期时间")
    number = models.UUIDField("编号", default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField("用途", max_length=NAME_LENGTH)
    used_at = models.DateTimeField("最近使用", null=True, blank=True)
    """To the minute: a busy program must not cause a write with every request."""

    objects = ApiTokens()

    class Meta:
        verbose_name = verbose_name_plural = "接口令牌"
        ordering = ["-created"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="token_has_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def has_expired(self) -> bool:
        """Whether it is too old to be accepted."""
        return self.expiry <= timezone.now()


TOKEN_NOT_RECORDED = ("digest", "used_at")


class ApiTokenEvent(
    event_model(ApiToken, index=("user", "pgh_id"), exclude=TOKEN_NOT_RECORDED, obj_field=None)  # type: ignore[misc]
):
    """History of tokens: made and taken back. It holds no digests, hence ``number`` says which token it was."""


class ApiUse(models.Model):
    """How often one person, token or address asked within a window of time: shared by all processes of the site.

    ``minute`` is when the window began. Besides the API's, files and uploads of people are counted (`perfgoals.rates`).
    """

    asker = models.CharField("来者", max_length=80, primary_key=True)
    minute = models.DateTimeField("分钟", db_index=True)
    count = models.PositiveIntegerField("次数")

    class Meta:
        verbose_name = verbose_name_plural = "接口使用"

    def __str__(self) -> str:
        return f"{self.asker} {self.count}"
