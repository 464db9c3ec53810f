"""A filled database is what imports would have left: the site's own checks find nothing to say."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from benchmarks.generating.events import last_event
from benchmarks.generating.store import PASSWORD, PERSON, NotEmptyError, fill
from imports.actions import Options, import_file
from imports.differing import candidates, differing
from imports.models import SourceDocument, SourceRecord
from indicators.models import Indicator, IndicatorEvent, UncheckedProject
from indicators.state import load_state, state_at, version_of
from perfgoals.history import change
from perfgoals.models import User
from projects.models import Department, Project, ProjectText

PROJECTS = 160
SCHEMA = """
    SELECT (SELECT array_agg(indexdef ORDER BY indexname) FROM pg_indexes WHERE schemaname = 'public'),
        (SELECT array_agg(conname::text || pg_get_constraintdef(oid) ORDER BY conrelid, conname) FROM pg_constraint WHERE convalidated),
        (SELECT array_agg(tgname::text || tgenabled::text ORDER BY tgrelid, tgname) FROM pg_trigger WHERE NOT tgisinternal)
"""


def asked(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()


def filled(**given: Any) -> list[str]:
    said: list[str] = []
    fill(PROJECTS, 18, 3, 1, documents=0.5, most_regions=4, tell=said.append, **given)
    return said


def test_a_filled_database_stands_as_imports_leave_it(committed: None) -> None:
    schema = asked(SCHEMA)
    filled()
    assert asked(SCHEMA) == schema
    assert Project.objects.count() == UncheckedProject.objects.count() == PROJECTS
    assert Indicator.objects.count() == IndicatorEvent.objects.count() == 18 * PROJECTS
    for pk in Project.objects.values_list("pk", flat=True)[::10]:
        assert state_at(pk, version_of(pk)) == load_state(pk)
    assert 0 < SourceRecord.objects.count() < PROJECTS
    assert candidates(Project.objects.all()) == []
    assert differing(Project.objects.all()) == []
    check_searching()
    check_reading_again()
    check_pages()
    with pytest.raises(NotEmptyError):
        filled()


def check_searching() -> None:
    """The texts that searches look through are there, and what would be written now is what was written."""
    written = dict(ProjectText.objects.values_list("project_id", "text"))
    asked("SELECT indicators_write_texts(array(SELECT id FROM projects_project))")
    assert dict(ProjectText.objects.values_list("project_id", "text")) == written
    assert len(written) == PROJECTS


def check_reading_again() -> None:
    """Whoever imports a kept document again is told that nothing changed."""
    for document in SourceDocument.objects.all()[:5]:
        data = bytes(document.content.data)
        report = import_file(data, name=document.name, options=Options(), by=None)
        assert report.nothing_changed
        assert report.counts.unchanged == report.counts.found == document.records.count()
        kept = document.runs.order_by("pk")[0].report
        assert kept["total"] == f"{report.total:.2f}"
        assert kept["notices"] == report.as_json()["notices"]


def check_pages() -> None:
    browser = Client()
    browser.force_login(User.objects.get(username=PERSON), backend="perfgoals.authentication.PerfGoalsBackend")
    project = Project.objects.filter(source_records__isnull=False)[0]
    run = project.source_records.get().run
    pages = ["/projects/", "/totals/", "/history/", project.get_absolute_url(), f"{project.get_absolute_url()}history/"]
    for page in (*pages, run.get_absolute_url(), run.document.get_absolute_url()):
        assert browser.get(page).status_code == 200, page
    assert project.name in browser.get(project.get_absolute_url()).content.decode()


def test_new_projects_can_be_stored_after_it(committed: None) -> None:
    said = filled(history=False, pending=False)
    assert "GB" in said[-1]
    assert not UncheckedProject.objects.exists()
    assert not IndicatorEvent.objects.exists()
    assert User.objects.get(username=PERSON).check_password(PASSWORD)
    with change(by=None, action="create"):
        project = Project.objects.create(region=Project.objects.latest("pk").region, year=2030, name="新项目")
    assert project.pk == PROJECTS + 1
    assert version_of(project.pk) > last_event(Department.objects.count(), PROJECTS, 18)
