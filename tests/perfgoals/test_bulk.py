"""COPY into models."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DataError, IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from imports.models import OfficialDocument, SourceDocument
from perfgoals.bulk import copy_into, copy_new, reserve_ids, update_rows
from projects.models import Project, Region

pytestmark = pytest.mark.django_db
FIELDS = ("id", "region", "year", "name", "amount", "section", "has_funding_table", "printed_unit")


@pytest.fixture(autouse=True)
def region() -> None:
    Region.objects.create(code="140404", name="长治市上党区", short_name="上党区")


def test_reserved_ids_are_new_and_ascending() -> None:
    first, second = reserve_ids(Project, 3), reserve_ids(Project, 2)
    assert sorted({*first, *second}) == first + second
    assert reserve_ids(Project, 0) == []


def test_rows_arrive_as_they_are_with_database_defaults_for_the_rest() -> None:
    (pk,) = reserve_ids(Project, 1)
    copy_into(Project, FIELDS, [(pk, "140404", 2025, "甲\t“乙”\\n", Decimal("0.10"), "", False, "元")])
    project = Project.objects.get(pk=pk)
    assert (project.name, project.amount, project.has_funding_table) == ("甲\t“乙”\\n", Decimal("0.10"), False)
    assert project.created_at is not None


def test_constraints_hold() -> None:
    with pytest.raises(IntegrityError, match="project_year_plausible"), transaction.atomic():
        copy_into(Project, FIELDS, [(1, "140404", 1800, "甲", None, "", False, "元")])
    assert not Project.objects.exists()


def test_rows_get_their_own_values_blank_ones_too_and_others_stay(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first, second, third = numbers = reserve_ids(Project, 3)
    copy_into(Project, FIELDS, [(pk, "140404", 2025, f"项目{pk}", Decimal(pk), "", False, "元") for pk in numbers])
    with django_assert_num_queries(1):
        update_rows(Project, ["name", "amount"], {first: ("“甲”\t{,}\\", None), third: ("丙", Decimal("0.10"))})
    stored = Project.objects.order_by("pk").values_list("name", "amount")
    assert list(stored) == [("“甲”\t{,}\\", None), (f"项目{second}", Decimal(second)), ("丙", Decimal("0.10"))]


def test_a_value_that_is_too_long_is_refused_and_not_cut() -> None:
    (pk,) = reserve_ids(Project, 1)
    copy_into(Project, FIELDS, [(pk, "140404", 2025, "甲", None, "", False, "元")])
    with pytest.raises(DataError), transaction.atomic():
        update_rows(Project, ["printed_unit"], {pk: ("元" * 1000,)})


def test_new_objects_get_their_keys_and_arrive_as_they_are() -> None:
    issue = SourceDocument.objects.create(name="公报.txt", sha256="0" * 64)
    documents = [
        OfficialDocument(
            source=issue, position=place, title=f"通知\t“{place}”\\n", first_line=1, last_line=2, title_lines=[1, 2],
            headings=[{"line": 1, "text": "一、\n目标"}], signed=date(2031, 3, place + 1),
        )
        for place in range(3)
    ]  # fmt: skip
    copy_new(documents)
    stored = OfficialDocument.objects.order_by("position")
    assert list(stored) == documents
    assert list(stored.values()) == [{name: getattr(one, name) for name in stored.values()[0]} for one in documents]


def test_no_new_objects_are_no_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        copy_new([])
