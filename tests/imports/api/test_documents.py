"""Source documents for programs."""

import pytest

from imports.models import ImportRun
from projects.models import Project
from projects.permissions import AUDIT, DEPARTMENT, FINANCE
from tests import factories
from tests.perfgoals.api.reading import Program

pytestmark = pytest.mark.django_db


def test_documents_say_what_they_are(imported: ImportRun) -> None:
    document = imported.document
    program = Program(factories.user(AUDIT))
    (read,) = program.rows("documents/")
    assert (read["id"], read["name"], read["sha256"]) == (document.pk, "教育局.txt", document.sha256)
    assert (read["layout"], read["line_count"]) == (document.layout, document.line_count)
    assert program.read(f"documents/{document.pk}/") == read
    assert [row["id"] for row in program.rows("projects/", f"document={document.pk}")] == [Project.objects.get().pk]


def test_filters_leave_documents_that_state_a_project_found(imported: ImportRun) -> None:
    factories.project(year=2024)
    program = Program(factories.user(AUDIT))
    assert len(program.rows("documents/", "year=2025")) == 1
    assert program.rows("documents/", "year=2024") == []


def test_departments_read_no_sources(imported: ImportRun) -> None:
    answer = Program(factories.user(DEPARTMENT, Project.objects.get().department)).ask("documents/")
    assert answer.status_code == 403
    assert "部门人员不能查看" in answer.json()["message"]


def test_documents_of_others_are_not_there(imported: ImportRun) -> None:
    elsewhere = Program(factories.user(FINANCE, factories.region("140403", "长治市潞州区", "潞州区", "140400")))
    assert elsewhere.rows("documents/") == []
    assert elsewhere.ask(f"documents/{imported.document_id}/").status_code == 404
