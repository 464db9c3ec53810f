"""Source documents are searched for by name: however many there are, each can be chosen."""

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from imports.models import ImportRun, SourceDocument
from projects.filters import ProjectFilter
from projects.filters.facets import facets_of
from projects.filters.searching import MOST, matches_of
from projects.models import Project
from tests import factories
from tests.conftest import words_of
from tests.projects.filters.filed import filed

pytestmark = pytest.mark.django_db
NAMES = [f"第{at}号文件.txt" for at in range(150)]


@pytest.fixture
def documents(imported: ImportRun) -> list[SourceDocument]:
    """150 that state one project, beside the one that was imported."""
    return filed(imported, factories.project("甲"), NAMES)


def filtered(query: str) -> ProjectFilter:
    return ProjectFilter(QueryDict(query), Project.objects.all())


def listed(query: str, typed: str = "") -> list[tuple[str, int | None, bool]]:
    return [(one.label, one.number, one.is_chosen) for one in matches_of(filtered(query), "document", typed).choices]


def test_any_document_is_found_by_words_of_its_name(documents: list[SourceDocument]) -> None:
    assert listed("", "149 号文件") == [("第149号文件.txt", 1, False)]
    assert listed("", "第14号") == [("第14号文件.txt", 1, False)]
    assert listed("", "没有") == listed("", "%") == []


def test_without_a_word_those_with_most_projects_come_first(
    documents: list[SourceDocument], imported: ImportRun
) -> None:
    record = documents[140].records.get()
    record.pk, record.project = None, factories.project("丙")
    record.save()
    assert listed("")[0] == ("第140号文件.txt", 2, False)
    assert len(listed("")) == MOST


def test_a_chosen_one_is_listed_by_its_name_whatever_is_typed(documents: list[SourceDocument]) -> None:
    query = f"document={documents[149].pk}&year=2025"
    assert listed(query)[0] == ("第149号文件.txt", 1, True)
    assert listed(query, "第3号") == [("第149号文件.txt", 1, True), ("第3号文件.txt", 1, False)]
    assert listed(query + "&q=没有", "第3号")[0] == ("第149号文件.txt", 0, True)


def test_a_project_filed_twice_in_a_document_counts_once(imported: ImportRun) -> None:
    record = imported.records.get()
    record.pk, record.is_current, record.first_line, record.last_line = None, False, 900, 901
    record.save()
    assert listed("") == [("教育局.txt", 1, False)]


def test_documents_of_one_name_are_told_apart_by_their_numbers(imported: ImportRun) -> None:
    one, other = filed(imported, factories.project("甲"), ["名单.txt", "名单.txt"])
    labels = {f"名单.txt（编号 {one.pk}）", f"名单.txt（编号 {other.pk}）"}
    assert {label for label, _, _ in listed("", "名单")} == labels
    assert {label for label, _, _ in listed(f"document={one.pk}", "名单")} == labels


def test_nobody_finds_documents_of_others(documents: list[SourceDocument], imported: ImportRun) -> None:
    own = factories.project("市里的", region=factories.city())
    filed(imported, own, ["市里.txt"])
    found = ProjectFilter(QueryDict(f"document={documents[3].pk}"), Project.objects.filter(pk=own.pk))
    assert [one.label for one in matches_of(found, "document", "txt").choices] == ["市里.txt"]
    assert found.chips()[0].value == f"编号 {documents[3].pk}"


def test_a_document_of_archived_projects_keeps_its_name(imported: ImportRun) -> None:
    (document,) = filed(
        imported, factories.project("旧", archived_at=timezone.now(), archive_reason="重复"), ["旧文件.txt"]
    )
    assert filtered(f"document={document.pk}").chips()[0].value == "旧文件.txt"


def test_the_page_shows_the_chosen_one_and_no_other(auditor: Client, documents: list[SourceDocument]) -> None:
    page = auditor.get("/projects/", {"document": documents[149].pk}).content.decode()
    assert page.count('name="document"') == 1
    assert "data-picked>第149号文件.txt</span>" in page
    assert "第148号文件.txt" not in page


def test_without_scripts_one_of_them_is_chosen_on_a_page_of_its_own(
    auditor: Client, documents: list[SourceDocument]
) -> None:
    page = auditor.get("/projects/choices/document/", {"typed": "第149号"})
    assert "第149号文件.txt" in words_of(page)
    assert f'type="radio" name="document" id="document-{documents[149].pk}"' in " ".join(page.content.decode().split())


def test_documents_are_not_counted_with_the_other_choices(documents: list[SourceDocument]) -> None:
    assert "document" not in facets_of(filtered("")).counts


@pytest.mark.parametrize("number", [5, 150])
def test_a_search_asks_as_often_among_many(
    imported: ImportRun, django_assert_num_queries: DjangoAssertNumQueries, number: int
) -> None:
    filed(imported, factories.project("甲"), NAMES[:number])
    found = filtered("")
    assert found.form.is_valid()
    with django_assert_num_queries(3):
        matches_of(found, "document", "号")
