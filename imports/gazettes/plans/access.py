"""Fetching plan projects and links for a person: what they may not see is not found, what they may not decide is refused."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from imports.gazettes.models import PlanLink, PlanProject
from imports.gazettes.permissions import document_to_mend, documents_to_mend, require_texts
from perfgoals.models import User
from projects.models import Project


def plan_projects() -> QuerySet[PlanProject]:
    """Plan projects with what a page says of each."""
    return PlanProject.objects.select_related("document__region", "document__source", "table__annex", "row")


def plan_project_to_see(user: User, pk: int) -> PlanProject:
    """A plan project. Raises `Http404` and, for people without a role, ``PermissionDenied``."""
    require_texts(user)
    return get_object_or_404(plan_projects().prefetch_related("bodies__department"), pk=pk)


def plan_project_to_link(user: User, pk: int) -> PlanProject:
    """A plan project whose links the person decides. Raises `Http404` or ``PermissionDenied``."""
    plan_project = plan_project_to_see(user, pk)
    document_to_mend(user, plan_project.document_id)
    return plan_project


def link_to_decide(user: User, pk: int) -> PlanLink:
    """A link to a budget project that the person may see. Raises `Http404` or ``PermissionDenied``."""
    require_texts(user)
    seen = Project.objects.visible_to(user)
    link = get_object_or_404(PlanLink.objects.select_related("plan_project"), pk=pk, project__in=seen)
    document_to_mend(user, link.plan_project.document_id)
    return link


def may_link(user: User, plan_project: PlanProject) -> bool:
    """Whether the person decides the links of a plan project."""
    return documents_to_mend(user).filter(pk=plan_project.document_id).exists()
