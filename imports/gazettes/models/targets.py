"""What follows from prose: targets in sentences, and the 文号 that texts cite."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from imports.gazettes.models.documents import OfficialDocument
from perfgoals.history import event_model


class TargetState(models.TextChoices):
    """What a person said of a target that the reader found."""

    OPEN = "open", "待审"
    ACCEPTED = "accepted", "已接受"
    CORRECTED = "corrected", "已更正"
    REJECTED = "rejected", "不是目标"


class ProseTarget(models.Model):
    """A quantified target in running text; ``draft`` is what the reader took, the fields are what is in force."""

    document = models.ForeignKey(OfficialDocument, models.CASCADE, related_name="targets", verbose_name="文件")
    position = models.PositiveIntegerField("顺序")
    line = models.PositiveIntegerField("行")
    text = models.TextField("分句")
    sentence = models.TextField("句子")
    name = models.TextField("指标")
    operator = models.CharField("比较", max_length=2)
    word = models.TextField("用词", blank=True)
    number = models.DecimalField("数值", max_digits=24, decimal_places=6)
    number_printed = models.TextField("数值（印刷）")
    unit = models.TextField("单位", blank=True)
    year = models.PositiveSmallIntegerField("目标年", null=True, blank=True)
    year_basis = models.CharField("目标年依据", max_length=9, blank=True)
    state = models.CharField("状态", max_length=9, choices=TargetState, default=TargetState.OPEN)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="审核人"
    )
    reviewed_at = models.DateTimeField("审核时间", null=True, blank=True)
    draft = models.JSONField("读取内容")

    class Meta:
        verbose_name = verbose_name_plural = "文中目标"
        ordering = ["document_id", "position"]
        indexes = [models.Index(fields=["state", "document"], name="prose_target_to_review")]
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="prose_target_once"),
            models.CheckConstraint(
                condition=Q(operator__in=[">=", "<=", ">", "<", "=", "~"]), name="prose_target_operator_known",
                violation_error_message="比较符只能是 ≥ ≤ ＞ ＜ ＝ ≈ 之一。",
            ),
            models.CheckConstraint(condition=Q(state__in=TargetState.values), name="prose_target_state_known"),
            models.CheckConstraint(
                condition=Q(state=TargetState.OPEN, reviewed_at=None)
                | (~Q(state=TargetState.OPEN) & Q(reviewed_at__isnull=False)),
                name="prose_target_reviewed_at_a_time",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.text


class ProseTargetEvent(event_model(ProseTarget, index=("document", "pgh_id"))):  # type: ignore[misc]  # made at run time
    """History of targets: what was read, accepted, corrected and rejected."""


class CitedText(models.Model):
    """The 文号 that a text cites, by the text's digest: kept so that each text is searched once (`imports.gazettes.citing`).

    It depends on nothing but the text, so that it is never out of date, whoever changed a project in whatever way.
    """

    digest = models.CharField("文字摘要", max_length=32, primary_key=True)
    """MD5 of the text, as PostgreSQL computes it."""
    numbers = ArrayField(models.TextField(), verbose_name="文号")
    """In their standard form, each once, in the text's order."""

    class Meta:
        verbose_name = verbose_name_plural = "所引文号"
        indexes = [GinIndex(fields=["numbers"], name="cited_numbers")]

    def __str__(self) -> str:
        return self.digest
