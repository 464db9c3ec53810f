"""A project beside the list: which one the address asks for, and what stands in the panel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from perfgoals.models import User
from projects.models import Project
from projects.official_forms import OfficialForm, form_of
from projects.tables.rows import SourceLine, source_lines

OPEN: Final = "open"
"""The parameter of the list's address that names the project in the panel."""


@dataclass(frozen=True, slots=True)
class Panel:
    """What the panel shows of a project; without one, that it is not to be found."""

    project: Project | None
    form: OfficialForm | None = None
    source: SourceLine | None = None


def panel_of(user: User, pk: int) -> Panel:
    """The panel of a project that the person may see."""
    visible = Project.objects.visible_to(user).select_related("region", "department")
    project = visible.prefetch_related("funding", "goals").filter(pk=pk).first()
    if project is None:
        return Panel(None)
    return Panel(project, form_of(project), source_lines([pk]).get(pk))


def take_opened(request: HttpRequest) -> int | None:
    """The number of the project that the address opens.

    It is taken out of the request: what the page links to are lists, and none of them is about one project.
    """
    query = request.GET.copy()
    asked = query.pop(OPEN, [""])[-1]
    request.GET = query  # type: ignore[assignment]  # a copy that nobody changes any more
    # Longer ones are no number of a project, and the column could not be asked for them.
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
