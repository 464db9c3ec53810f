"""Saved filters as a page shows them: whose they are, what they ask for, and whether all of it is still there."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from perfgoals.models import User
from projects.filters import ProjectFilter
from projects.filters.chips import Chip
from projects.filters.choices import Choices
from projects.models import Project, SavedFilter
from projects.saved_filters.places import filters_for


@dataclass(frozen=True, slots=True)
class Entry:
    """A saved filter with its conditions in words."""

    saved: SavedFilter
    is_own: bool
    chips: list[Chip]


def entries_for(user: User) -> list[Entry]:
    """The filters that reach a person, their own first. The choices are read once for all of them."""
    visible = Project.objects.visible_to(user)
    choices = {archived: Choices(visible, archived) for archived in ("", "only", "all")}
    entries = []
    for saved in filters_for(user):
        query = QueryDict(saved.query)
        found = ProjectFilter(query, visible, choices=choices.get(query.get("archived", "")))
        entries.append(Entry(saved, saved.user_id == user.pk, found.chips()))
    return sorted(entries, key=lambda entry: not entry.is_own)


def gone_from(found: ProjectFilter) -> list[str]:
    """The conditions that are no longer understood, by name: choices that were given up, or that one may not see."""
    return [str(found.filters[name].label) for name in found.filters if name in found.form.errors]
