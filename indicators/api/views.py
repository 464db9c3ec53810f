"""Indicators for programs."""

from __future__ import annotations

from django.db.models import QuerySet

from indicators.models import Indicator
from perfgoals.api.views import ReadList
from projects.api.serializers import IndicatorSerializer, ProjectReferenceSerializer
from projects.api.views import LONG_TEXTS, OfProjects
from projects.filters.conditions import indicator_conditions, with_indicator


class IndicatorOfProjectSerializer(IndicatorSerializer):
    """An indicator with its project."""

    project = ProjectReferenceSerializer()


class IndicatorList(OfProjects, ReadList):
    """Indicators."""

    tag, title = "指标", "指标列表"
    words = "所查项目的绩效指标，一行一个（实施期和年度各算一个），按编号排列。有指标条件时只列出符合的指标。"
    serializer_class = IndicatorOfProjectSerializer

    def get_queryset(self) -> QuerySet[Indicator]:
        """The indicators of the projects found; those that filters on indicators ask for, where there are any."""
        projects = self.filtered.projects.order_by().values("pk")
        found = Indicator.objects.filter(project__in=projects).select_related("project", "category__parent")
        if conditions := indicator_conditions(self.filtered.found.asked):
            found = found.filter(pk__in=with_indicator(conditions.values()).values("indicators"))
        return found.defer(*(f"project__{name}" for name in LONG_TEXTS))
