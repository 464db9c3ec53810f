"""Regions, departments, projects and the money that pays for them.

Rules that must hold whoever writes stand here as database constraints. ``null`` text means that the source has no
such field; empty text means that the field is printed and empty. ``null`` money is a blank cell, never zero.
"""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.functions import MD5, Length, Now

from perfgoals.addresses import numbered
from perfgoals.history import event_model
from perfgoals.money import LIMIT, UNITS
from projects.querysets import ProjectQuerySet
from projects.rollups.models import Level, ProjectTally, Rollup

__all__ = [
    "NAME_LENGTH", "YEARS", "Department", "DepartmentEvent", "DepartmentName", "Funding", "FundingEvent", "FundingSource",
    "Level", "ListLayout", "Membership", "MembershipEvent", "Project", "ProjectEvent", "ProjectTally", "ProjectText",
    "Region", "Rollup", "SavedFilter", "Scope",
]  # fmt: skip

models.TextField.register_lookup(Length)

YEARS = (1990, 2100)
NAME_LENGTH = 500
"""Characters; the index that keeps projects apart has no room for much longer names."""
GRAMS = '%(function)s(%(expressions)s) COLLATE "C"'
"""A text's characters and pairs of characters, compared byte by byte: what people search by is no dictionary's order."""


class Scope(models.TextChoices):
    """The two periods that a form states side by side."""

    PERIOD = "period", "实施期"
    ANNUAL = "annual", "年度"


class Region(models.Model):
    """An administrative division (行政区划) by its official six-digit code."""

    code = models.CharField("行政区划代码", max_length=6, primary_key=True)
    name = models.CharField("名称", max_length=60, unique=True)
    short_name = models.CharField("简称", max_length=40)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级"
    )

    class Meta:
        verbose_name = verbose_name_plural = "行政区划"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{6}$"), name="region_code_six_digits",
                violation_error_message="行政区划代码必须是六位数字。",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A body that supervises projects (主管部门). It may be printed under several names (`DepartmentName`)."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="departments", verbose_name="行政区划")
    name = models.CharField("名称", max_length=120)
    code = models.CharField("部门代码", max_length=12, null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "部门"
        ordering = ["region_id", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name"], name="department_name_once_per_region",
                violation_error_message="该行政区划已有同名部门。",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="department_has_name"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class DepartmentName(models.Model):
    """One name under which sources print a department: 市住建局, or with a section, 市财政局（预算科）."""

    department = models.ForeignKey(Department, models.CASCADE, related_name="printed_names", verbose_name="部门")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name="行政区划")
    printed = models.CharField("印刷名称", max_length=120)
    section = models.CharField("科室", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "部门印刷名称"
        ordering = ["region_id", "printed"]
        constraints = [
            models.UniqueConstraint(fields=["region", "printed"], name="printed_department_name_once_per_region"),
            models.CheckConstraint(condition=~Q(printed=""), name="printed_department_name_not_empty"),
        ]

    def __str__(self) -> str:
        return self.printed


class FundingSource(models.Model):
    """A source of money (资金来源) of the official form, in the form's order."""

    code = models.CharField("代码", max_length=20, primary_key=True)
    name = models.CharField("名称", max_length=40, unique=True)
    position = models.PositiveSmallIntegerField("顺序", unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "资金来源"
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name


class Project(models.Model):
    """A project in one budget year of one region.

    It is the same project when region, year, department and name (white space aside) agree.
    """

    region = models.ForeignKey(Region, models.PROTECT, related_name="projects", verbose_name="行政区划")
    year = models.PositiveSmallIntegerField("年度")
    serial = models.PositiveIntegerField("序号", null=True, blank=True)
    name = models.TextField("项目名称")
    name_key = models.GeneratedField(
        expression=Func(
            F("name"), Value("[\\s\u00a0\u3000]"), Value(""), Value("g"), function="regexp_replace",
            output_field=models.TextField(),
        ),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name="项目名称（去空白）",
    )  # fmt: skip
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name="主管部门"
    )
    department_printed = models.CharField("主管部门（印刷名称）", max_length=120, null=True, blank=True)
    department_code = models.CharField("部门代码（印刷）", max_length=12, null=True, blank=True)
    section = models.CharField("科室", max_length=60, blank=True)
    implementing_unit = models.TextField("实施单位", null=True, blank=True)
    attribute = models.TextField("项目属性", null=True, blank=True)
    duration = models.TextField("项目期", null=True, blank=True)
    amount = models.DecimalField("年度金额", null=True, blank=True, max_digits=17, decimal_places=2)
    amount_printed = models.TextField("年度金额（印刷）", null=True, blank=True)
    period_amount = models.DecimalField("实施期资金总额", null=True, blank=True, max_digits=17, decimal_places=2)
    period_amount_printed = models.TextField("实施期资金总额（印刷）", null=True, blank=True)
    has_funding_table = models.BooleanField("有资金表", default=False)
    printed_unit = models.CharField("印刷单位", max_length=2, default="元", choices=[(unit, unit) for unit in UNITS])
    basis = models.TextField("立项依据", null=True, blank=True)
    basis_digest = models.GeneratedField(
        expression=Case(When(basis__contains="号", then=MD5("basis"))),
        output_field=models.CharField(max_length=32, null=True),
        db_persist=True,
        verbose_name="立项依据（摘要）",
    )
    """MD5 of a basis that may cite a 文号; those that lack its last character cite none. Narrow, for the index of citations."""
    content = models.TextField("支出内容", null=True, blank=True)
    overview = models.TextField("项目概况", null=True, blank=True)
    necessity = models.TextField("项目设立必要性", null=True, blank=True)
    safeguards = models.TextField("保证项目实施的制度、措施", null=True, blank=True)
    plan = models.TextField("项目实施计划", null=True, blank=True)
    contact_lead = models.TextField("负责人", null=True, blank=True)
    contact_handler = models.TextField("经办人", null=True, blank=True)
    contact_phone = models.TextField("联系电话", null=True, blank=True)
    filed_at = models.DateTimeField("填报日期", null=True, blank=True)
    funding_note = models.TextField("差额说明", blank=True, default="", db_default="")
    """Why total and sources differ; whoever saves such a form must say it."""
    archived_at = models.DateTimeField("归档时间", null=True, blank=True)
    archive_reason = models.TextField("归档原因", blank=True, default="", db_default="")
    created_at = models.DateTimeField("入库时间", db_default=Now(), editable=False)
    updated_at = models.DateTimeField("更新时间", db_default=Now(), editable=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "项目"
        ordering = ["region_id", "-year", F("serial").asc(nulls_last=True), "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year", "department", "name_key"], nulls_distinct=False, name="project_once",
                violation_error_message="同一行政区划、年度、部门下已有同名项目。",
            ),
            models.CheckConstraint(
                condition=Q(year__range=YEARS), name="project_year_plausible",
                violation_error_message=f"年度必须在 {YEARS[0]} 至 {YEARS[1]} 之间。",
            ),
            models.CheckConstraint(
                condition=Q(name__length__range=(1, NAME_LENGTH)), name="project_has_name",
                violation_error_message=f"项目名称不能为空，也不能超过 {NAME_LENGTH} 个字。",
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0, amount__lt=LIMIT), name="project_amount_range",
                violation_error_message="年度金额不能为负，也不能达到一千万亿元。",
            ),
            models.CheckConstraint(
                condition=Q(period_amount=None) | Q(period_amount__gte=0, period_amount__lt=LIMIT),
                name="project_period_amount_range",
                violation_error_message="实施期资金总额不能为负，也不能达到一千万亿元。",
            ),
            models.CheckConstraint(
                condition=Q(printed_unit__in=list(UNITS)), name="project_printed_unit_known",
                violation_error_message="印刷单位只能是元、万元或亿元。",
            ),
            models.CheckConstraint(
                condition=Q(archived_at=None, archive_reason="") | (Q(archived_at__isnull=False) & ~Q(archive_reason="")),
                name="project_archived_with_reason", violation_error_message="归档项目必须说明原因。",
            ),
        ]  # fmt: skip
        triggers = [pgtrigger.Protect(name="archived_never_deleted", operation=pgtrigger.Delete)]
        indexes = [
            # As lists are sorted, so that a page is read from the index; with what hits and sums of a filter ask for.
            models.Index(
                "region",
                "year",
                F("amount").desc(nulls_last=True),
                "id",
                name="project_region_year_amount",
                include=["period_amount", "archived_at"],
            ),
            models.Index(
                "year",
                F("amount").desc(nulls_last=True),
                "id",
                name="project_year_amount",
                include=["period_amount", "archived_at"],
            ),
            models.Index(F("amount").desc(nulls_last=True), "id", name="project_amount", include=["archived_at"]),
            models.Index(fields=["amount", "id"], name="project_smallest_amount", include=["archived_at"]),
            models.Index(fields=["-year", "id"], name="project_latest_year", include=["archived_at"]),
            models.Index(
                fields=["region", "-year", "serial", "id"],
                name="project_usual_order",
                include=["amount", "period_amount", "archived_at"],
            ),
            models.Index(fields=["department", "year"], name="project_department_year"),
            models.Index(fields=["section"], name="project_section"),
            # What the pages of cited 文号 count, without the long texts around it.
            models.Index(
                fields=["basis_digest"],
                name="project_cites",
                include=["region", "department", "amount"],
                condition=Q(archived_at=None, basis_digest__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return numbered("project-detail", self.pk)


class Funding(models.Model):
    """One cell of a project's funding table: scope × source."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="funding", verbose_name="项目")
    scope = models.CharField("期间", max_length=6, choices=Scope)
    source = models.ForeignKey(FundingSource, models.PROTECT, related_name="+", verbose_name="资金来源")
    amount = models.DecimalField("金额", null=True, blank=True, max_digits=17, decimal_places=2)
    printed = models.TextField("金额（印刷）", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "项目资金"
        constraints = [
            models.UniqueConstraint(fields=["project", "scope", "source"], name="funding_cell_once"),
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="funding_scope_known"),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0, amount__lt=LIMIT), name="funding_amount_range",
                violation_error_message="金额不能为负，也不能达到一千万亿元。",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_scope_display()} {self.source_id}"


class DepartmentEvent(event_model(Department, index=("pgh_obj", "pgh_id"))):  # type: ignore[misc]  # made at run time
    """History of departments: their names outlive them."""


class ProjectEvent(
    event_model(Project, index=("pgh_obj", "pgh_id"), exclude=("name_key", "basis_digest", "created_at", "updated_at"))  # type: ignore[misc]
):
    """History of projects' own fields."""


class FundingEvent(event_model(Funding, index=("project", "pgh_id"))):  # type: ignore[misc]  # made at run time
    """History of funding tables."""


class ProjectText(models.Model):
    """Everything of a project that a search looks through, as one text, folded as words are (``projects_fold``).

    Triggers make it (migration ``indicators.0010``), whoever writes. A control sign parts the fields, so that no word is
    found across two of them.
    """

    project = models.OneToOneField(Project, models.CASCADE, primary_key=True, related_name="texts", verbose_name="项目")
    text = models.TextField("文字")

    class Meta:
        verbose_name = verbose_name_plural = "项目文字"
        indexes = [GinIndex(Func("text", function="projects_grams", template=GRAMS), name="project_text_grams")]

    def __str__(self) -> str:
        return f"{self.pk}"


class Membership(models.Model):
    """A person belongs to a region (财政) or to a department (部门); what they see follows from it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name="用户")
    region = models.ForeignKey(Region, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="行政区划")
    department = models.ForeignKey(
        Department, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="部门"
    )

    class Meta:
        verbose_name = verbose_name_plural = "隶属"
        constraints = [
            models.CheckConstraint(
                condition=Q(region=None) ^ Q(department=None), name="membership_region_or_department",
                violation_error_message="隶属必须且只能指向一个行政区划或一个部门。",
            ),
            models.UniqueConstraint(
                fields=["user", "region", "department"], nulls_distinct=False, name="membership_once"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user} → {self.region or self.department}"


class MembershipEvent(event_model(Membership, index=("user", "pgh_id"))):  # type: ignore[misc]  # made at run time
    """History of memberships: given and taken away."""


class SavedFilter(models.Model):
    """Filters of the list under a name: a person's own, or also for everybody of one of their places."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters", verbose_name="用户"
    )
    name = models.CharField("名称", max_length=60)
    query = models.TextField("条件", blank=True)
    """As in the address (`ProjectFilter.query`)."""
    region = models.ForeignKey(
        Region, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="共享给行政区划"
    )
    department = models.ForeignKey(
        Department, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="共享给部门"
    )
    created_at = models.DateTimeField("保存时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "保存的筛选"
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"], name="saved_filter_name_once_per_person",
                violation_error_message="您已经有一个同名的筛选。",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="saved_filter_has_name"),
            models.CheckConstraint(
                condition=Q(region=None) | Q(department=None), name="saved_filter_shared_with_one_place"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class ListLayout(models.Model):
    """How one person wants the list: its columns in their order, and how dense its rows are."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="list_layout", verbose_name="用户"
    )
    columns = ArrayField(models.CharField(max_length=40), verbose_name="列")
    """Keys of `projects.tables`; one that is known no more is passed over."""
    is_compact = models.BooleanField("紧凑", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "列表版面"

    def __str__(self) -> str:
        return f"{self.user_id}"
