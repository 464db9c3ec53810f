"""Projects, departments and funding for programs."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Final

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Sum

from perfgoals.api.parameters import Parameter
from perfgoals.api.views import ReadList, ReadOne, ReadView
from projects.api.filters import Filtered, filter_parameters
from projects.api.published import published, readable_projects
from projects.api.serializers import (
    DepartmentSerializer,
    FundingCellSerializer,
    ProjectDetailSerializer,
    ProjectSerializer,
    PublishedProjectDetailSerializer,
    PublishedProjectSerializer,
)
from projects.models import Department, Funding, Project
from projects.querysets import ProjectQuerySet

PLACE: Final = {
    "filing_document": F("filing__document_id"),
    "filing_name": F("filing__document__name"),
    "filing_sha256": F("filing__document__sha256"),
    "filing_first_line": F("filing__first_line"),
    "filing_last_line": F("filing__last_line"),
}
"""Where a project's current filing stands, in the same statement as the project."""

LONG_TEXTS: Final = ("basis", "content", "overview", "necessity", "safeguards", "plan")
"""Columns that lists leave where they are."""


class OfProjects(ReadView):
    """Answers from projects, by the filters of the address."""

    def parameters(self) -> list[Parameter]:
        """The filters come first."""
        return [*filter_parameters(public=self.is_public), *super().parameters()]

    @cached_property
    def filtered(self) -> Filtered:
        """The projects that the asker may read and asks for."""
        if self.is_public:
            return Filtered(self.request.GET, published(_number(self.request.GET.get("document"))))
        return Filtered(self.request.GET, readable_projects(self.request.user))


class ProjectList(OfProjects, ReadList):
    """Projects."""

    tag, title = "项目", "项目列表"
    words = "按筛选条件查项目，按编号排列。各项说明、目标、指标和资金表在单个项目中。"

    def get_serializer_class(self) -> Any:
        """Less for who has no account."""
        return PublishedProjectSerializer if self.is_public else ProjectSerializer

    def get_queryset(self) -> QuerySet[Project]:
        """The projects found, with their places."""
        return _with_place(self.filtered.projects).defer(*LONG_TEXTS)


class ProjectDetail(ReadOne):
    """One project."""

    tag, title = "项目", "单个项目"
    words = "一个项目的全部内容：说明、资金表、目标、指标和在来源文件中的位置。"

    def get_serializer_class(self) -> Any:
        """Less for who has no account."""
        return PublishedProjectDetailSerializer if self.is_public else ProjectDetailSerializer

    def get_queryset(self) -> QuerySet[Project]:
        """The projects that the asker may read, archived ones too, with all that belongs to them."""
        projects = _with_place(readable_projects(self.request.user))
        return projects.prefetch_related("funding", "goals", "indicators__category__parent")


class FundingList(OfProjects, ReadList):
    """Cells of funding tables."""

    tag, title = "资金", "资金表的单元格"
    words = "所查项目的资金表，一行一格：期间、来源、金额。空白格的金额为 null，印刷为 0 的是 0.00。"
    serializer_class = FundingCellSerializer

    def get_queryset(self) -> QuerySet[Funding]:
        """The cells of the projects found."""
        projects = self.filtered.projects.order_by().values("pk")
        cells = Funding.objects.filter(project__in=projects).select_related("project")
        return cells.defer(*(f"project__{name}" for name in LONG_TEXTS))


class DepartmentList(OfProjects, ReadList):
    """Departments."""

    tag, title = "部门", "部门列表"
    words = "所查项目的主管部门，以及它们印刷的名称、项目个数和年度金额之和。"
    serializer_class = DepartmentSerializer

    def get_queryset(self) -> QuerySet[Department]:
        """The departments of the projects found."""
        projects = self.filtered.projects.order_by()
        return Department.objects.filter(Exists(projects.filter(department=OuterRef("pk")))).select_related("region")

    def paginate_queryset(self, queryset: Any) -> Any:
        """A page of departments with what is summed over their projects, in one more statement."""
        page: list[Any] = super().paginate_queryset(queryset) or []
        sums = _sums(self.filtered.projects.order_by().filter(department__in=page))
        for department in page:
            department.found = sums[department.pk]
        return page


def _number(text: str | None) -> int | None:
    """The number of a document, or ``None`` for what the filter refuses by itself."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def _with_place(projects: ProjectQuerySet) -> QuerySet[Project]:
    filing = FilteredRelation("source_records", condition=Q(source_records__is_current=True))
    return projects.select_related("region", "department").annotate(filing=filing).annotate(**PLACE)


def _sums(projects: ProjectQuerySet) -> dict[int, dict[str, Any]]:
    named = Q(department_printed__gt="")
    rows = projects.values("department_id").annotate(
        n=Count("pk"), total=Sum("amount"), names=ArrayAgg("department_printed", distinct=True, default=[], filter=named)
    )  # fmt: skip
    return {row["department_id"]: {"projects": row["n"], "amount": row["total"], "names": row["names"]} for row in rows}
