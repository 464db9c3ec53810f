"""The second factor of a person, and its recovery codes."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from perfgoals.history import event_model


class SecondFactor(models.Model):
    """What a person proves besides the password. Its number stands with the person while it is in force."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="second_factor", verbose_name="用户"
    )
    number = models.UUIDField("编号", unique=True, editable=False)
    key = models.CharField("密钥", max_length=64)
    """Base32. Codes are made of it, hence it is kept readable (docs/security.md, Secrets)."""
    created = models.DateTimeField("启用时间", auto_now_add=True)
    last_step = models.BigIntegerField("最近的时段", default=0)
    """Codes of this half minute and of those before are used up."""
    failures = models.PositiveSmallIntegerField("连续错误次数", default=0)
    failed_at = models.DateTimeField("最近错误", null=True, blank=True)
    codes_left = models.PositiveSmallIntegerField("剩余恢复码", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "两步验证"

    def __str__(self) -> str:
        return str(self.number)


class RecoveryCode(models.Model):
    """A code for whoever lost the telephone, known by its digest. It is gone once it was used."""

    factor = models.ForeignKey(SecondFactor, models.CASCADE, related_name="recovery_codes", verbose_name="两步验证")
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "恢复码"
        constraints = [models.UniqueConstraint(fields=["factor", "digest"], name="recovery_code_once")]

    def __str__(self) -> str:
        return str(self.pk)


FACTOR_NOT_RECORDED = ("key", "last_step", "failures", "failed_at")


class SecondFactorEvent(
    event_model(SecondFactor, index=("user", "pgh_id"), exclude=FACTOR_NOT_RECORDED, obj_field=None)  # type: ignore[misc]
):
    """History of second factors: set up, taken away, recovery codes used and made anew. It holds no secrets."""


class LogIn(models.Model):
    """A log-in that stands (`perfgoals.logins.keeping`). It is gone when it ends, a day after it began at the latest."""

    id = models.UUIDField("编号", primary_key=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="log_ins", verbose_name="用户")
    session_key = models.CharField("会话", max_length=40, unique=True)
    began = models.DateTimeField("登录时间", auto_now_add=True, db_index=True)
    seen = models.DateTimeField("最近使用", auto_now_add=True)
    """To the minute."""
    address = models.GenericIPAddressField("地址")
    browser = models.CharField("浏览器", max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = "登录"

    def __str__(self) -> str:
        return f"{self.address} {self.browser}"
