"""Projects and what belongs to them as the API answers them, in the words of the interchange format.

Money is a decimal string of yuan and null where the cell is blank; what was printed stands beside it. A text is null
where the source has no such field, and empty where it is printed empty.

Who asks without an account gets the ``Published…`` forms: no contacts, and nothing of how the site is worked with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from perfgoals.api.fields import Money, Number
from perfgoals.money import UNITS
from projects.funding_sources import SOURCES
from projects.models import Funding, Project, Scope

Serializer = serializers.Serializer[Any]


def text(words: str, **options: Any) -> serializers.CharField:
    """A text of the source, which may have no such field."""
    return serializers.CharField(help_text=words, allow_null=True, read_only=True, **options)


def scope_field() -> serializers.ChoiceField:
    """Which of the two periods something belongs to."""
    return serializers.ChoiceField(Scope.choices, help_text="period 实施期，annual 年度。", read_only=True)


class RegionSerializer(Serializer):
    """An administrative division."""

    code = serializers.CharField(help_text="六位代码。")
    name = serializers.CharField()


class ProjectDepartmentSerializer(Serializer):
    """The supervising department of a project."""

    id = serializers.IntegerField(source="department_id", allow_null=True, help_text="归并到的部门的编号。")
    code = text("印刷的部门代码。", source="department_code")
    name = text("印刷的名称。", source="department_printed")
    body = text("归并到的部门的名称。", source="department.name", default=None)


class PlaceSerializer(Serializer):
    """Where the filing that counts stands."""

    id = serializers.IntegerField(source="filing_document", help_text="来源文件的编号，见 documents。")
    document = serializers.CharField(source="filing_name", help_text="文件名。")
    sha256 = serializers.CharField(source="filing_sha256")
    first_line = serializers.IntegerField(source="filing_first_line", allow_null=True, help_text="文件中的起始行。")
    last_line = serializers.IntegerField(source="filing_last_line", allow_null=True)

    def get_attribute(self, instance: Any) -> Any:
        """The project, whose place the view's query brought along; ``None`` where no document states it."""
        return instance if instance.filing_document else None


class PublishedProjectSerializer(Serializer):
    """A project without its long texts."""

    id = serializers.IntegerField()
    region = RegionSerializer()
    year = serializers.IntegerField(help_text="预算年度。")
    serial = serializers.IntegerField(allow_null=True, help_text="序号。")
    name = serializers.CharField(help_text="项目名称。")
    department = ProjectDepartmentSerializer(source="*")
    section = serializers.CharField(help_text="科室；没有为空。")
    implementing_unit = text("实施单位。")
    attribute = text("项目属性。")
    duration = text("项目期。")
    amount = Money(help_text="年度金额，元。")
    amount_printed = text("印刷的年度金额。")
    period_amount = Money(help_text="实施期资金总额，元。")
    period_amount_printed = text("印刷的实施期资金总额。")
    printed_unit = serializers.ChoiceField(list(UNITS), help_text="印刷的金额单位。")
    filed_at = serializers.DateTimeField(allow_null=True, help_text="填报日期。")
    source = PlaceSerializer(  # type: ignore[assignment]  # a field's own attribute has this name
        allow_null=True, help_text="现行填报在来源文件中的位置；不是来自文件时为 null。"
    )


class ProjectSerializer(PublishedProjectSerializer):
    """A project without its long texts, for people with an account."""

    archived_at = serializers.DateTimeField(allow_null=True, help_text="归档时间；没有归档为 null。")
    created_at = serializers.DateTimeField(help_text="入库时间。")
    updated_at = serializers.DateTimeField(help_text="最近更新时间。")


def _column(make: Callable[[str], serializers.Field[Any, Any, Any, Any]], name: str) -> type[Serializer]:
    return type(name, (serializers.Serializer,), {code: make(code) for code in ("total", *SOURCES)})


FundingColumnSerializer = _column(lambda _: Money(), "FundingColumnSerializer")
PrintedColumnSerializer = _column(lambda _: text("印刷的文字。"), "PrintedColumnSerializer")


class FundingSerializer(Serializer):
    """The funding table, both periods."""

    period = FundingColumnSerializer()
    annual = FundingColumnSerializer()

    def get_attribute(self, instance: Project) -> Any:
        """The cells by scope and source; ``None`` where there is no table."""
        totals = {Scope.PERIOD: instance.period_amount, Scope.ANNUAL: instance.amount}
        return _table(instance, totals, lambda cell: cell.amount)


class PrintedFundingSerializer(Serializer):
    """The funding table as printed."""

    period = PrintedColumnSerializer()
    annual = PrintedColumnSerializer()

    def get_attribute(self, instance: Project) -> Any:
        """The same cells as printed."""
        totals = {Scope.PERIOD: instance.period_amount_printed, Scope.ANNUAL: instance.amount_printed}
        return _table(instance, totals, lambda cell: cell.printed)


class GoalsSerializer(Serializer):
    """The overall goals."""

    period = text("实施期目标。")
    annual = text("年度目标。")

    def get_attribute(self, instance: Any) -> Any:
        """The goals by scope."""
        stated = {goal.scope: goal.text for goal in instance.goals.all()}
        return {value: stated.get(value) for value in Scope.values}


class IndicatorSerializer(Serializer):
    """One half (period or annual) of a row of the indicator table."""

    id = serializers.IntegerField()
    scope = scope_field()
    position = serializers.IntegerField(help_text="表中的行号；实施期和年度指标可在同一行。")
    category = serializers.CharField(source="category_id", help_text="类别代码。")
    level1 = serializers.SerializerMethodField(help_text="一级指标。")
    level2 = serializers.CharField(source="level2_label", help_text="二级指标，照印刷。")
    level3 = serializers.CharField(source="name", help_text="三级指标。")
    value = serializers.CharField(help_text="指标值，照印刷。")
    operator = serializers.ChoiceField([">=", "<=", ">", "<", "="], allow_null=True, help_text="计算符号。")
    number = Number(help_text="数值；定性指标为 null。")
    unit = text("计量单位。")

    def get_level1(self, indicator: Any) -> str:
        """The standard name of the class above."""
        return str((indicator.category.parent or indicator.category).name)


class PublishedProjectDetailSerializer(PublishedProjectSerializer):
    """A whole project."""

    funding = FundingSerializer(allow_null=True, help_text="资金表；来源没有资金表时为 null。")
    funding_printed = PrintedFundingSerializer(allow_null=True, help_text="资金表，照印刷。")
    basis = text("立项依据。")
    content = text("支出内容。")
    overview = text("项目概况。")
    necessity = text("项目设立必要性。")
    safeguards = text("保证项目实施的制度、措施。")
    plan = text("项目实施计划。")
    goals = GoalsSerializer(help_text="总体目标。")
    indicators = IndicatorSerializer(many=True, help_text="绩效指标，按表中的顺序。")


class ContactsSerializer(Serializer):
    """Whom the form names."""

    lead = text("负责人。", source="contact_lead")
    handler = text("经办人。", source="contact_handler")
    phone = text("联系电话。", source="contact_phone")


class ProjectDetailSerializer(PublishedProjectDetailSerializer):
    """A whole project, for people with an account."""

    funding_note = serializers.CharField(help_text="总额与来源之差的说明。")
    contacts = ContactsSerializer(source="*")
    archived_at = serializers.DateTimeField(allow_null=True, help_text="归档时间；没有归档为 null。")
    archive_reason = serializers.CharField(help_text="归档原因。")
    created_at = serializers.DateTimeField(help_text="入库时间。")
    updated_at = serializers.DateTimeField(help_text="最近更新时间。")


class ProjectReferenceSerializer(Serializer):
    """The project that something belongs to."""

    id = serializers.IntegerField()
    region = serializers.CharField(source="region_id", help_text="行政区划代码。")
    year = serializers.IntegerField()
    name = serializers.CharField()


class FundingCellSerializer(Serializer):
    """One cell of a project's funding table."""

    id = serializers.IntegerField()
    project = ProjectReferenceSerializer()
    scope = scope_field()
    source = serializers.ChoiceField(  # type: ignore[assignment]  # as above
        list(SOURCES), source="source_id", help_text="资金来源。"
    )
    amount = Money(help_text="金额，元；空白格为 null。")
    printed = text("印刷的文字。")


class DepartmentSerializer(Serializer):
    """A department that supervises some of the projects found."""

    id = serializers.IntegerField()
    region = RegionSerializer()
    code = text("部门代码。")
    name = serializers.CharField()
    printed_names = serializers.ListField(
        child=serializers.CharField(), source="found.names", help_text="所查项目中印刷的名称。", read_only=True
    )
    projects = serializers.IntegerField(source="found.projects", help_text="所查项目的个数。")
    amount = Money(source="found.amount", help_text="所查项目的年度金额之和，元。")


def _table(
    project: Project, totals: Mapping[Scope, Decimal | str | None], what: Callable[[Funding], Any]
) -> dict[str, dict[str, Any]] | None:
    if not project.has_funding_table:
        return None
    columns: dict[str, dict[str, Any]] = {
        scope: {"total": total, **dict.fromkeys(SOURCES)} for scope, total in totals.items()
    }
    for cell in project.funding.all():
        columns[cell.scope][cell.source_id] = what(cell)
    return columns
