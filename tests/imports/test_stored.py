"""Stored projects as drafts: read in bulk as read one by one."""

import pytest
from pytest_django import DjangoAssertNumQueries

from imports.actions import Options, import_file
from imports.stored import current_record, draft_of, load_stored, stored_drafts, with_parts
from projects.models import Project
from tests import factories
from tests.imports.texts import form

pytestmark = pytest.mark.django_db


@pytest.fixture
def numbers(django_assert_num_queries: DjangoAssertNumQueries) -> list[int]:
    """Two projects of a source, and one that was entered by hand."""
    text = form(name="甲") + "\n" + form(name="乙")
    import_file(text.encode(), name="forms.txt", options=Options(), by=None)
    factories.project(amount="1.00", sources={"local": None})
    return list(Project.objects.order_by("pk").values_list("pk", flat=True))


def test_drafts_are_the_same_in_bulk_as_one_by_one(numbers: list[int]) -> None:
    one_by_one = [draft_of(project) for project in with_parts(Project.objects.order_by("pk"))]
    assert [one.draft for one in load_stored(Project.objects.order_by("pk"))] == one_by_one
    assert [draft for _, draft in stored_drafts(numbers[::-1])] == one_by_one[::-1]


def test_what_the_source_states_comes_with_it_where_it_is_asked_for(numbers: list[int]) -> None:
    *stated, by_hand = load_stored(Project.objects.order_by("pk"), stated=True)
    for one, project in zip(stated, with_parts(Project.objects.order_by("pk")), strict=False):
        record = current_record(project)
        assert one.filed is not None
        assert record is not None
        assert record.document is not None
        assert (one.filed.document, one.filed.first_line) == (record.document.name, record.first_line)
        assert one.filed.stated is not None
        assert one.filed.stated.indicators == one.draft.indicators
    assert by_hand.filed is None


def test_statements_do_not_grow_with_projects(
    numbers: list[int], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for wanted in (numbers[:1], numbers):
        with django_assert_num_queries(7):
            load_stored(Project.objects.filter(pk__in=wanted), stated=True)
