"""What each project adds to totals, and the totals themselves. Triggers write both; nobody else does (ADR 20)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class ProjectTally(models.Model):
    """Everything of one project that any total counts, in one narrow row.

    ``region`` is the project's own code, ``top`` that of the division above all above it. ``department`` is 0 and
    ``section`` empty where there is none, ``attribute`` the kind that filters know (`projects.filters.conditions`).
    """

    project = models.OneToOneField(
        "projects.Project", models.CASCADE, primary_key=True, related_name="tally", verbose_name="项目"
    )
    region = models.CharField("行政区划代码", max_length=6)
    top = models.CharField("省级代码", max_length=6)
    year = models.PositiveSmallIntegerField("年度")
    department = models.BigIntegerField("部门", default=0)
    section = models.CharField("科室", max_length=60)
    attribute = models.CharField("项目属性", max_length=10)
    is_archived = models.BooleanField("已归档")
    amount = models.DecimalField("年度金额", null=True, max_digits=17, decimal_places=2)
    period_amount = models.DecimalField("实施期资金总额", null=True, max_digits=17, decimal_places=2)
    is_unlisted = models.BooleanField("有未列明来源的资金")
    """Whether the year's amount is another than its sources add up to."""
    indicators = models.PositiveIntegerField("指标数")
    period_indicators = models.PositiveIntegerField("实施期指标数")
    sources = ArrayField(models.CharField(max_length=20), verbose_name="资金来源")
    """Those with an amount in any scope, in the order of their codes; what they give stands in the same places below."""
    annual_money = ArrayField(models.DecimalField(max_digits=17, decimal_places=2, null=True), verbose_name="年度资金")
    period_money = ArrayField(
        models.DecimalField(max_digits=17, decimal_places=2, null=True), verbose_name="实施期资金"
    )
    classes = ArrayField(models.CharField(max_length=40), verbose_name="指标类别")
    """Of both levels, in the order of their codes; how many indicators each has stands in the same places below."""
    class_numbers = ArrayField(models.IntegerField(), verbose_name="各类指标数")

    class Meta:
        verbose_name = verbose_name_plural = "项目计数"
        indexes = [
            models.Index(fields=["indicators", "project"], name="project_fewest_indicators"),
            models.Index(fields=["-indicators", "project"], name="project_most_indicators"),
            models.Index(fields=["region", "year"], name="tally_region_year"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}"


class Level(models.IntegerChoices):
    """How wide a place of a rollup is."""

    COUNTRY = 0, "全国"
    TOP = 1, "省级"
    REGION = 2, "行政区划"


class Rollup(models.Model):
    """Sums over the projects of a place, year and kind; several rows of one key add up.

    A change of projects adds rows (``change`` is not 0) and touches none, so that no writer waits for another; a worker
    puts them together into one row a key (``change`` 0). Classes of indicators are told apart for the country and the
    divisions below it only. With an empty class or source the row is about all projects; a source with a plus before it
    stands for the projects that have its money, with all their money. Empty groups may remain: who reads asks for
    ``held`` above 0.
    """

    level = models.PositiveSmallIntegerField("范围", choices=Level)
    place = models.CharField("行政区划代码", max_length=6)
    year = models.PositiveSmallIntegerField("年度")
    attribute = models.CharField("项目属性", max_length=10)
    is_archived = models.BooleanField("已归档")
    category = models.CharField("指标类别", max_length=40)
    source = models.CharField("资金来源", max_length=21)
    held = models.IntegerField("组内项目数")
    projects = models.IntegerField("项目数")
    """Those counted: of a source, the projects that it gives money in the year."""
    amounts = models.IntegerField("有年度金额的个数")
    amount = models.DecimalField("年度金额", max_digits=24, decimal_places=2)
    periods = models.IntegerField("有实施期金额的个数")
    period = models.DecimalField("实施期金额", max_digits=24, decimal_places=2)
    indicators = models.BigIntegerField("指标数")
    change = models.BigIntegerField("变动号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "汇总数"
        constraints = [
            models.UniqueConstraint(
                fields=["level", "source", "category", "place", "year", "attribute", "is_archived", "change"],
                name="rollup_once",
            )
        ]
        indexes = [models.Index(fields=["change"], name="rollup_unsettled", condition=Q(change__gt=0) | Q(held=0))]

    def __str__(self) -> str:
        return f"{self.level} {self.place} {self.year}"
