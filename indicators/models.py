"""Goals per scope and the three-level indicator tree: classes (levels 1 and 2) and indicators (level 3)."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Deferrable, Q

from indicators.reviewing.models import (
    FindingAcceptance,
    FindingAcceptanceEvent,
    ProjectFinding,
    ProjectKey,
    ProjectReview,
    ProjectReviewEvent,
    RuleSetting,
    RuleSettingEvent,
    UncheckedProject,
)
from perfgoals.history import event_model
from projects.models import Project, Scope

__all__ = [
    "Category", "EditDraft", "FindingAcceptance", "FindingAcceptanceEvent", "Goal", "GoalEvent", "Indicator",
    "IndicatorEvent", "Operator", "ProjectFinding", "ProjectKey", "ProjectReview", "ProjectReviewEvent", "RuleSetting", "RuleSettingEvent", "UncheckedProject",
]  # fmt: skip


class Operator(models.TextChoices):
    """Comparators of target values."""

    AT_LEAST = ">=", "≥"
    AT_MOST = "<=", "≤"
    MORE = ">", ">"
    LESS = "<", "<"
    EQUAL = "=", "="


class Category(models.Model):
    """An indicator class of level 1 or 2, by the code of `indicators.categories`."""

    code = models.CharField("代码", max_length=40, primary_key=True)
    name = models.CharField("名称", max_length=40)
    level = models.PositiveSmallIntegerField("层级")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    position = models.PositiveSmallIntegerField("顺序")

    class Meta:
        verbose_name = verbose_name_plural = "指标类别"
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(level=1, parent=None) | (Q(level=2) & ~Q(parent=None)), name="category_level_and_parent"
            ),
            models.UniqueConstraint(fields=["position"], name="category_position_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Goal(models.Model):
    """The overall goal (总体目标) of one scope."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="goals", verbose_name="项目")
    scope = models.CharField("期间", max_length=6, choices=Scope)
    text = models.TextField("目标", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "总体目标"
        constraints = [
            models.UniqueConstraint(fields=["project", "scope"], name="goal_once_per_scope"),
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="goal_scope_known"),
        ]

    def __str__(self) -> str:
        return self.text


class Indicator(models.Model):
    """A level-3 indicator with its target value: as printed, and as operator, number and unit.

    ``position`` is the row of the form; a period and an annual indicator may share it.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="indicators", verbose_name="项目")
    scope = models.CharField("期间", max_length=6, choices=Scope)
    position = models.PositiveIntegerField("行号")
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name="二级指标类别")
    level2_label = models.TextField("二级指标（印刷）", blank=True)
    name = models.TextField("三级指标", blank=True)
    value = models.TextField("指标值", blank=True)
    operator = models.CharField("计算符号", max_length=2, null=True, blank=True, choices=Operator)
    number = models.DecimalField("数值", max_digits=34, decimal_places=10, null=True, blank=True)
    unit = models.CharField("计量单位", max_length=20, null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "绩效指标"
        ordering = ["project_id", "position", "-scope"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "scope", "position"], name="indicator_row_once", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="indicator_scope_known"),
            models.CheckConstraint(
                condition=~Q(name="", value=""), name="indicator_not_empty",
                violation_error_message="三级指标和指标值不能都为空。",
            ),
            models.CheckConstraint(
                condition=Q(operator=None) | Q(operator__in=Operator.values), name="indicator_operator_known"
            ),
            models.CheckConstraint(
                condition=~Q(number=None) | Q(operator=None, unit=None), name="indicator_text_has_no_operator",
                violation_error_message="定性指标不能有计算符号或计量单位。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name} {self.value}"


class GoalEvent(event_model(Goal, index=("project", "pgh_id"))):  # type: ignore[misc]  # made at run time
    """History of goals."""


class IndicatorEvent(event_model(Indicator, index=("project", "pgh_id"))):  # type: ignore[misc]  # made at run time
    """History of indicators."""


class EditDraft(models.Model):
    """An unfinished edit of one person, exactly as typed. Each window that edits has its own.

    ``project`` is null for a project that is being entered. ``version`` is the project's version when the window
    opened (`indicators.history`): what the person saw.
    """

    token = models.UUIDField("编号", primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="用户")
    project = models.ForeignKey(
        Project, models.CASCADE, null=True, blank=True, related_name="drafts", verbose_name="项目"
    )
    version = models.BigIntegerField("打开时的版本", default=0)
    sheet = models.JSONField("填写内容")
    is_closed = models.BooleanField("已了结", default=False)
    """Saved or thrown away. What its window still sends then comes too late, and must not bring it back."""
    created_at = models.DateTimeField("开始填写", auto_now_add=True)
    updated_at = models.DateTimeField("最近填写", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "填报草稿"
        ordering = ["-updated_at"]
        indexes = [models.Index(fields=["user", "project"], name="draft_of_user")]

    def __str__(self) -> str:
        return f"{self.token}"
