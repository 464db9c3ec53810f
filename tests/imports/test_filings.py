"""A form that stands twice in a document is told by the review."""

import pytest
from pytest_django import DjangoAssertNumQueries

from imports.actions import Options, import_file
from imports.filings import filings_of
from projects.models import Project
from tests.imports import texts

pytestmark = pytest.mark.django_db


def test_a_form_filed_twice_is_told_with_what_differs() -> None:
    twice = "\n".join(texts.form(overview=overview) for overview in ("改造十二间教室。", "改造十二间教室和走廊。"))
    import_file(twice.encode(), name="表.txt", options=Options(), by=None)
    project = Project.objects.get()
    (filing,) = filings_of([project.pk])[project.pk]
    assert (filing.document, filing.line, filing.differing) == ("表.txt", 1, ("项目概况",))


def test_a_form_filed_once_has_no_other_filing() -> None:
    import_file(texts.form().encode(), name="表.txt", options=Options(), by=None)
    assert filings_of([Project.objects.get().pk]) == {}


def test_filings_are_found_without_reading_projects(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """Joined with projects, for their usual order, an import read all of them again for each batch."""
    with django_assert_num_queries(1) as captured:
        filings_of([1, 2])
    assert "projects_project" not in captured[0]["sql"]
