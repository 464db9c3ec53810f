"""The editing page in templates."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from indicators.editing.drafts import drafts_of
from indicators.editing.page import EditPage, reading_of
from perfgoals.models import User
from projects.models import Project
from projects.permissions import edits_projects

register = template.Library()
register.filter("reading", reading_of)


@register.filter
def may_change(user: User, project: Project) -> bool:
    """Whether the project is one that the person may change, or take out of the archive."""
    return Project.objects.editable_by(user).filter(pk=project.pk).exists()


@register.filter
def may_enter(user: User) -> bool:
    """Whether the person enters new projects."""
    return user.is_authenticated and edits_projects(user)


@register.simple_tag
def unfinished(user: User, project: Project) -> list[Any]:
    """The person's drafts of a project."""
    return list(drafts_of(user, project)) if edits_projects(user) else []


@register.filter
def of(errors: Any, path: object) -> str:
    """The error of a field, empty if there is none."""
    return str(errors.get(str(path), ""))


@register.filter
def joined(first: object, second: object) -> str:
    """Two parts of a field's path: ``funding.annual`` and ``total`` give ``funding.annual.total``."""
    return f"{first}.{second}"


@register.filter
def anchor(path: str) -> str:
    """The id of a field's element."""
    return f"f-{path.replace('.', '-')}"


@register.filter
def shows_focus(page: EditPage, cell: str) -> bool:
    """Whether the person goes on in this cell: ``i12.period.name``."""
    return page.focus is not None and cell == f"{page.focus.row}.{page.focus.column}"


@register.simple_tag
def edit_address(page: EditPage) -> str:
    """Where the form is sent to."""
    return reverse("project-edit", args=[page.project.pk]) if page.project else reverse("project-new")
