"""What a project cites, and what rests on a document."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from imports.actions import Options, import_file
from imports.gazettes.citing.finding import Resting, citations_of, cited_numbers, resting_on, sums_of
from imports.gazettes.models import OfficialDocument
from projects.models import Project
from projects.permissions import AUDIT, DEPARTMENT, FINANCE
from tests import factories
from tests.imports.gazettes.texts import NUMBER, gazette

pytestmark = pytest.mark.django_db
OTHER = "晋财社〔2030〕12号"


def held(text: str = gazette(), name: str = "公报.txt") -> OfficialDocument:
    import_file(text.encode(), name=name, options=Options(), by=None)
    return OfficialDocument.objects.order_by("pk")[0]


def test_a_project_cites_what_its_basis_prints_in_any_brackets() -> None:
    document = held()
    project = factories.project(basis="长政发（2031） 7 号；晋财社[2030]12号；又见长政发〔2031〕7号")
    assert [(one.number, one.document) for one in citations_of(project)] == [(NUMBER, document), (OTHER, None)]


def test_a_project_without_basis_cites_nothing() -> None:
    assert citations_of(factories.project(basis=None)) == []


def test_of_a_document_that_two_texts_print_the_first_is_meant() -> None:
    first = held()
    held(gazette().replace("2031年第2期", "2031年第3期"), "又一期.txt")
    assert [one.document for one in citations_of(factories.project(basis=NUMBER))] == [first]


def test_projects_that_rest_on_a_document_are_counted_and_totalled() -> None:
    factories.project(basis=f"根据{NUMBER}", amount=Decimal(300))
    factories.project(basis="长政发[2031]7号和晋财社〔2030〕12号", amount=Decimal(50))
    factories.project(basis=OTHER, amount=Decimal(1))
    person = factories.user(AUDIT)
    assert sums_of(resting_on(NUMBER, person)) == Resting(2, Decimal(350))
    assert sums_of(resting_on("没有政发〔2031〕7号", person)) == Resting(0, None)


def test_a_number_is_not_part_of_a_longer_one() -> None:
    factories.project(basis="长政发〔2031〕77号")
    assert not resting_on(NUMBER, factories.user(AUDIT)).exists()


def test_only_projects_that_the_person_may_see_count() -> None:
    own, other = factories.department("区教育局"), factories.department("区民政局")
    seen = factories.project(basis=NUMBER, department=own)
    factories.project(basis=NUMBER, department=other)
    person = factories.user(DEPARTMENT, own)
    assert [project.pk for project in resting_on(NUMBER, person)] == [seen.pk]
    assert [(one.number, one.projects) for one in cited_numbers(person)] == [(NUMBER, 1)]


def test_the_archive_is_left_out() -> None:
    project = factories.project(basis=NUMBER)
    Project.objects.filter(pk=project.pk).update(archived_at=timezone.now(), archive_reason="停办")
    person = factories.user(AUDIT)
    assert not resting_on(NUMBER, person).exists()
    assert cited_numbers(person) == []


def test_cited_numbers_come_by_how_often_with_amounts_and_documents() -> None:
    document = held()
    factories.project(basis=f"{OTHER}，{NUMBER}", amount=Decimal(70))
    factories.project(basis=f"{OTHER}；{OTHER}", amount=Decimal(30))
    factories.project(basis="长财社〔2031〕8号", amount=None)
    found = [tuple(one) for one in cited_numbers(factories.user(AUDIT))]
    assert found == [
        (OTHER, 2, Decimal(100), None, None),
        (NUMBER, 1, Decimal(70), document.pk, document.title),
        ("长财社〔2031〕8号", 1, None, None, None),
    ]


def test_somebody_without_a_place_sees_no_citation() -> None:
    factories.project(basis=NUMBER)
    assert cited_numbers(factories.user(FINANCE)) == []
