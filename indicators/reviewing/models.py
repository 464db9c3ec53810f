"""Findings of stored projects, what people said of them, and how administrators set the rules."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from indicators.checks.severity import Severity
from perfgoals.history import event_model
from projects.models import YEARS, Project, Region

GRADES = ("优", "良", "中", "差")
"""Of the review of targets (财预〔2015〕88号), the best first."""
SEVERITIES = [(one.value, one.label) for one in Severity]


class FindingAcceptance(models.Model):
    """Somebody looked at a finding and lets the form stand as it is, and why.

    It holds as long as the finding says the same of the same place, also when the finding goes and comes again.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="finding_acceptances", verbose_name="项目")
    digest = models.CharField("意见标识", max_length=32)
    rule = models.CharField("规则", max_length=60)
    message = models.TextField("审核意见")
    """As it was when it was accepted."""
    reason = models.TextField("认可理由")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="认可人")
    at = models.DateTimeField("认可时间", db_default=Now())

    class Meta:
        verbose_name = verbose_name_plural = "认可的审核意见"
        constraints = [
            models.UniqueConstraint(fields=["project", "digest"], name="finding_accepted_once"),
            models.CheckConstraint(
                condition=~Q(reason=""), name="finding_accepted_with_reason",
                violation_error_message="认可审核意见必须说明理由。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.message


class ProjectFinding(models.Model):
    """What a rule says of a stored project now (`indicators.checks.findings.Finding`)."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="findings", verbose_name="项目")
    rule = models.CharField("规则", max_length=60)
    severity = models.PositiveSmallIntegerField("严重程度", choices=SEVERITIES)
    fields = ArrayField(models.CharField(max_length=60), verbose_name="字段")
    message = models.TextField("审核意见")
    corrections = models.JSONField("建议改为", default=list)
    """Pairs of path and text (`Correction`)."""
    digest = models.CharField("意见标识", max_length=32)
    acceptance = models.ForeignKey(
        FindingAcceptance, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="认可"
    )
    found_at = models.DateTimeField("发现时间", db_default=Now())

    class Meta:
        verbose_name = verbose_name_plural = "审核意见"
        ordering = ["project_id", "severity", "id"]
        constraints = [
            models.UniqueConstraint(fields=["project", "digest"], name="finding_once"),
            models.CheckConstraint(condition=Q(severity__in=[one.value for one in Severity]), name="finding_severity_known"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["rule", "severity"], name="finding_rule_severity"),
            # The order of the list, of which a page is a piece.
            models.Index(fields=["severity", "project", "id"], name="finding_in_order"),
        ]

    def __str__(self) -> str:
        return self.message


class ProjectKey(models.Model):
    """What a project has in common with others: a digest of its name, of a text … in its region and year."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="+", verbose_name="项目")
    kind = models.CharField("种类", max_length=20)
    digest = models.UUIDField("摘要")

    class Meta:
        verbose_name = verbose_name_plural = "项目共同点"
        constraints = [models.UniqueConstraint(fields=["project", "kind"], name="project_key_once")]
        indexes = [models.Index(fields=["digest", "project"], name="project_key_digest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.digest}"


class UncheckedProject(models.Model):
    """A project that changed since it was checked. Triggers on projects and their parts fill it, whoever writes.

    ``since`` is the time at which the transaction began that changed it last: by it a transaction knows its own.
    """

    project = models.OneToOneField(Project, models.CASCADE, primary_key=True, related_name="+", verbose_name="项目")
    since = models.DateTimeField("变动时间", db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "待审核项目"

    def __str__(self) -> str:
        return f"{self.project_id}"


class RuleSetting(models.Model):
    """How a rule of the review is set for a region (with those below it) and a year; blank means all.

    Of several the one nearest to the project counts: its own region before that above it, its year before all years.
    """

    rule = models.CharField("规则", max_length=60)
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="行政区划")
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    is_on = models.BooleanField("启用", default=True)
    severity = models.PositiveSmallIntegerField("严重程度", null=True, blank=True, choices=SEVERITIES)
    thresholds = models.JSONField("限值", default=dict, blank=True)
    """Threshold → figure as text."""

    class Meta:
        verbose_name = verbose_name_plural = "规则设置"
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "region", "year"], nulls_distinct=False, name="rule_setting_once",
                violation_error_message="这条规则在该行政区划和年度已有设置。",
            ),
            models.CheckConstraint(
                condition=Q(severity=None) | Q(severity__in=[one.value for one in Severity]),
                name="rule_setting_severity_known",
            ),
            models.CheckConstraint(
                condition=Q(year=None) | Q(year__range=YEARS), name="rule_setting_year_plausible",
                violation_error_message=f"年度必须在 {YEARS[0]} 至 {YEARS[1]} 之间。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.rule


class ProjectReview(models.Model):
    """The review sheet (审核表) of a project: a grade and an opinion for each nature, and who signed it."""

    project = models.OneToOneField(
        Project, models.CASCADE, primary_key=True, related_name="review", verbose_name="项目"
    )
    opinions = models.JSONField("分项意见", default=dict)
    """Family (`indicators.checks.severity.Family`) → ``{"grade": "优", "opinion": "…"}``."""
    grade = models.CharField("总评等级", max_length=1, blank=True)
    opinion = models.TextField("总评意见", blank=True)
    version = models.BigIntegerField("审核时的版本", default=0)
    """The project's version that was reviewed: what changed since is not covered by the signature."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="填写人")
    at = models.DateTimeField("填写时间", db_default=Now())
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签字人"
    )
    signed_at = models.DateTimeField("签字时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "审核表"
        constraints = [
            models.CheckConstraint(condition=Q(grade__in=["", *GRADES]), name="review_grade_known"),
            models.CheckConstraint(
                condition=Q(signed_by=None, signed_at=None) | (Q(signed_by__isnull=False, signed_at__isnull=False) & ~Q(grade="")),
                name="review_signed_with_grade", violation_error_message="签字前请先给出总评等级。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.project_id} {self.grade}"


class ProjectReviewEvent(event_model(ProjectReview, index=("project", "pgh_id"))):  # type: ignore[misc]  # made at run time
    """History of review sheets."""


class FindingAcceptanceEvent(event_model(FindingAcceptance, index=("project", "pgh_id"))):  # type: ignore[misc]  # made at run time
    """History of acceptances: given and withdrawn."""


class RuleSettingEvent(event_model(RuleSetting, index=("rule", "pgh_id"))):  # type: ignore[misc]  # made at run time
    """History of how rules were set."""
