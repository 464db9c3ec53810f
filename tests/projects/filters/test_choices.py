"""What may be chosen, of which statements are put together once: by archive, and never for part of the projects."""

from __future__ import annotations

import pytest
from django.utils import timezone

from projects.filters.choices import Choices
from projects.models import Project
from projects.querysets import ProjectQuerySet
from tests import factories

pytestmark = pytest.mark.django_db


def offered(visible: ProjectQuerySet, archived: str | None = None) -> tuple[list[str], list[str], list[str]]:
    """Names of regions, departments and sections."""
    choices = Choices(visible, archived)
    regions, departments, sections = (
        [name.strip() for _, name in choices.shown(kind, [])] for kind in ("region", "department", "section")
    )
    return regions, departments, sections


def test_each_archive_offers_what_its_projects_have() -> None:
    factories.project("甲", section="预算科")
    factories.project("乙", section="农业科", archived_at=timezone.now(), archive_reason="重复")
    everything = Project.objects.all()
    for _ in range(2):  # the second time with what was kept
        assert offered(everything)[2] == offered(everything, "什么")[2] == ["预算科"]
        assert offered(everything, "only")[2] == ["农业科"]
        assert offered(everything, "all")[2] == ["农业科", "预算科"]


def test_who_sees_part_of_the_projects_is_offered_that_part() -> None:
    own = factories.project("甲", section="预算科")
    factories.project("乙", section="农业科", department=None)
    everything, part = Project.objects.all(), Project.objects.filter(pk=own.pk)
    for _ in range(2):
        assert offered(everything)[1][1:] == ["未列明部门"]
        assert offered(part)[1:] == (offered(everything)[1][:1], ["预算科"])
        assert offered(Project.objects.none()) == ([], [], [])
