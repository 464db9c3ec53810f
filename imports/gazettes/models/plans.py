"""What follows from tables: plan projects with their bodies and links, and plan indicators with their values."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from imports.gazettes.models.documents import DocumentTable, OfficialDocument, TableRow
from perfgoals.history import event_model
from perfgoals.money import LIMIT
from projects.models import Department, Project


class PlanProject(models.Model):
    """A row of a project table: what a plan or a programme means to build, for how much, where, when and by whom."""

    row = models.OneToOneField(TableRow, models.CASCADE, related_name="plan_project", verbose_name="表格行")
    table = models.ForeignKey(DocumentTable, models.CASCADE, related_name="plan_projects", verbose_name="表格")
    document = models.ForeignKey(OfficialDocument, models.CASCADE, related_name="plan_projects", verbose_name="文件")
    serial = models.TextField("序号", blank=True)
    category = models.TextField("类别", blank=True)
    name = models.TextField("项目名称", blank=True)
    content = models.TextField("建设内容", blank=True)
    investment = models.DecimalField("投资", null=True, blank=True, max_digits=17, decimal_places=2)
    """In yuan."""
    investment_printed = models.TextField("投资（印刷）", blank=True)
    investment_unit = models.CharField("投资单位", max_length=4, blank=True)
    investment_in_text = models.DecimalField("文中所述投资", null=True, blank=True, max_digits=17, decimal_places=2)
    investment_in_text_printed = models.TextField("文中所述投资（印刷）", blank=True)
    location = models.TextField("建设地点", blank=True)
    period = models.TextField("建设年限", blank=True)
    first_year = models.PositiveSmallIntegerField("起始年", null=True, blank=True)
    last_year = models.PositiveSmallIntegerField("结束年", null=True, blank=True)
    responsible = models.TextField("责任单位", blank=True)
    other = models.JSONField("其他各列", default=dict)
    damage = models.TextField("损坏原因", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "规划项目"
        ordering = ["document_id", "table_id", "row__line"]
        indexes = [models.Index(fields=["document", "damage"], name="plan_project_of_document")]
        constraints = [
            models.CheckConstraint(
                condition=Q(investment=None) | Q(investment__gte=0, investment__lt=LIMIT), name="plan_investment_range"
            ),
            models.CheckConstraint(
                condition=Q(investment_in_text=None) | Q(investment_in_text__gte=0, investment_in_text__lt=LIMIT),
                name="plan_investment_in_text_range",
            ),
            models.CheckConstraint(condition=~Q(name="") | ~Q(damage=""), name="sound_plan_project_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("plan-project", args=[self.pk])


class PlanProjectEvent(event_model(PlanProject, index=("document", "pgh_id"))):  # type: ignore[misc]  # made at run time
    """History of plan projects: they follow their rows."""


class PlanBody(models.Model):
    """A body that is responsible for a plan project, as printed, and the department that it is, where one is known."""

    plan_project = models.ForeignKey(PlanProject, models.CASCADE, related_name="bodies", verbose_name="规划项目")
    position = models.PositiveSmallIntegerField("顺序")
    printed = models.TextField("印刷名称")
    department = models.ForeignKey(
        Department, models.SET_NULL, null=True, blank=True, related_name="plan_bodies", verbose_name="部门"
    )

    class Meta:
        verbose_name = verbose_name_plural = "责任单位"
        ordering = ["plan_project_id", "position"]
        constraints = [models.UniqueConstraint(fields=["plan_project", "position"], name="plan_body_once")]

    def __str__(self) -> str:
        return self.printed


class LinkState(models.TextChoices):
    """What a person said of a proposed link."""

    PROPOSED = "proposed", "待确认"
    CONFIRMED = "confirmed", "已确认"
    REJECTED = "rejected", "不是同一项目"


class PlanLink(models.Model):
    """A plan project and a budget project that very likely are one, until a person says so or not."""

    plan_project = models.ForeignKey(PlanProject, models.CASCADE, related_name="links", verbose_name="规划项目")
    project = models.ForeignKey(Project, models.CASCADE, related_name="plan_links", verbose_name="预算项目")
    likeness = models.PositiveSmallIntegerField("相似度")
    """0 to 100, of name and department (`imports.gazettes.linking`)."""
    state = models.CharField("状态", max_length=9, choices=LinkState, default=LinkState.PROPOSED)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="确认人"
    )
    at = models.DateTimeField("确认时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "规划与预算的对应"
        ordering = ["plan_project_id", "-likeness", "project_id"]
        constraints = [
            models.UniqueConstraint(fields=["plan_project", "project"], name="plan_link_once"),
            models.CheckConstraint(condition=Q(state__in=LinkState.values), name="plan_link_state_known"),
            models.CheckConstraint(condition=Q(likeness__lte=100), name="plan_link_likeness_in_percent"),
            models.CheckConstraint(
                condition=Q(state=LinkState.PROPOSED, at=None) | (~Q(state=LinkState.PROPOSED) & Q(at__isnull=False)),
                name="plan_link_decided_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_project_id} – {self.project_id}"


class PlanLinkEvent(event_model(PlanLink, index=("plan_project", "pgh_id"))):  # type: ignore[misc]  # made at run time
    """History of links: who confirmed and who rejected."""


class Direction(models.TextChoices):
    """Which way an indicator is better."""

    UP = "up", "越高越好"
    DOWN = "down", "越低越好"


class PlanIndicator(models.Model):
    """An indicator of a plan (规划指标): a row of an indicator table, or of a table of limits by town."""

    row = models.ForeignKey(TableRow, models.CASCADE, related_name="plan_indicators", verbose_name="表格行")
    table = models.ForeignKey(DocumentTable, models.CASCADE, related_name="plan_indicators", verbose_name="表格")
    document = models.ForeignKey(OfficialDocument, models.CASCADE, related_name="plan_indicators", verbose_name="文件")
    position = models.PositiveSmallIntegerField("行内顺序", default=0)
    """A row of a table of limits holds one indicator a subject."""
    serial = models.TextField("序号", blank=True)
    group = models.TextField("分组", blank=True)
    name = models.TextField("指标")
    name_printed = models.TextField("指标（印刷）")
    unit = models.TextField("单位", blank=True)
    qualifier = models.TextField("说明", blank=True)
    base_year = models.PositiveSmallIntegerField("基期", null=True, blank=True)
    target_year = models.PositiveSmallIntegerField("目标年", null=True, blank=True)
    nature = models.TextField("属性", blank=True)
    direction = models.CharField("方向", max_length=4, choices=Direction, blank=True)
    damage = models.TextField("损坏原因", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "规划指标"
        ordering = ["document_id", "table_id", "row__line", "position"]
        constraints = [
            models.UniqueConstraint(fields=["row", "position"], name="plan_indicator_once"),
            models.CheckConstraint(condition=Q(direction__in=["", *Direction.values]), name="plan_direction_known"),
        ]

    def __str__(self) -> str:
        return self.name


class PlanValue(models.Model):
    """An indicator's value in one column: 2025年, or a town's limit."""

    indicator = models.ForeignKey(PlanIndicator, models.CASCADE, related_name="values", verbose_name="规划指标")
    position = models.PositiveSmallIntegerField("顺序")
    label = models.TextField("列")
    year = models.PositiveSmallIntegerField("年份", null=True, blank=True)
    printed = models.TextField("印刷的值", blank=True)
    operator = models.CharField("比较", max_length=2, blank=True)
    number = models.DecimalField("数值", null=True, blank=True, max_digits=24, decimal_places=6)

    class Meta:
        verbose_name = verbose_name_plural = "规划指标值"
        ordering = ["indicator_id", "position"]
        constraints = [models.UniqueConstraint(fields=["indicator", "position"], name="plan_value_once")]

    def __str__(self) -> str:
        return f"{self.label} {self.printed}"
