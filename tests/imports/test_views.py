"""The pages of source documents and import runs."""

import hashlib
import re

import pytest
from django.test import Client
from django.urls import reverse

from imports.actions import Options, import_file
from imports.models import ImportRun, SourceContent, SourceDocument
from projects.permissions import ADMIN, DEPARTMENT, FINANCE
from tests import factories
from tests.conftest import LogIn, words_of
from tests.imports import texts

PAGES = ("document-list", "document-detail", "run-list", "run-detail")


def pages_of(run: ImportRun) -> list[str]:
    return [
        reverse("document-list"), reverse("document-detail", args=[run.document_id]),
        reverse("run-list"), reverse("run-detail", args=[run.pk]),
    ]  # fmt: skip


def take_in(text: str, name: str = "文件.txt") -> ImportRun:
    return ImportRun.objects.get(pk=import_file(text.encode(), name=name, options=Options(), by=None).run)


def test_finance_of_the_region_and_admins_read_sources(log_in: LogIn, imported: ImportRun) -> None:
    for client in (log_in(FINANCE, factories.county()), log_in(FINANCE, factories.city()), log_in(ADMIN)):
        assert [client.get(page).status_code for page in pages_of(imported)] == [200] * 4


def test_departments_are_refused_sources_and_find_no_imports_but_their_own(log_in: LogIn, imported: ImportRun) -> None:
    client = log_in(DEPARTMENT, imported.records.get().project.department)
    assert [client.get(page).status_code for page in pages_of(imported)] == [403, 404, 200, 404]
    assert "教育局.txt" not in words_of(client.get(reverse("run-list")))


def test_finance_of_another_region_finds_no_source(log_in: LogIn, imported: ImportRun) -> None:
    client = log_in(FINANCE, factories.region("140405", "长治市屯留区", "屯留区", "140400"))
    assert [client.get(page).status_code for page in pages_of(imported)] == [200, 404, 200, 404]
    assert "教育局.txt" not in words_of(client.get(reverse("document-list")))


def test_a_document_with_a_record_of_another_region_stays_closed(log_in: LogIn, imported: ImportRun) -> None:
    other = factories.project(region=factories.city())
    imported.records.create(
        document=imported.document, project=other, first_line=900, last_line=901, outcome="created", draft={}
    )
    assert log_in(FINANCE, factories.county()).get(pages_of(imported)[1]).status_code == 404


@pytest.mark.parametrize("name", ["document-detail", "run-detail"])
@pytest.mark.parametrize("pk", [0, 999, 10**30])
def test_what_does_not_exist_is_not_found(auditor: Client, name: str, pk: int) -> None:
    assert auditor.get(reverse(name, args=[pk])).status_code == 404


def test_empty_lists_say_what_will_stand_there(auditor: Client) -> None:
    assert "还没有来源文件" in words_of(auditor.get(reverse("document-list")))
    assert "每次导入的报告都会保存在这里" in words_of(auditor.get(reverse("run-list")))


def test_the_document_list_describes_each_file(auditor: Client, imported: ImportRun) -> None:
    response = auditor.get(reverse("document-list"))
    text = words_of(response)
    for word in ("教育局.txt", "绩效目标表", "UTF-8", imported.document.sha256[:12]):
        assert word in text
    assert f'title="{imported.document.sha256}"' in response.content.decode()


def test_the_text_names_the_project_of_its_lines(auditor: Client, imported: ImportRun) -> None:
    html = auditor.get(pages_of(imported)[1]).content.decode()
    assert 'id="L1"' in html
    assert html.count(imported.records.get().project.get_absolute_url()) == 1


def test_unclaimed_lines_are_marked(auditor: Client) -> None:
    run = take_in("某某乱七八糟的一行\n\n" + texts.form())
    if not run.unclaimed:
        pytest.skip("the reader claims the line")
    html = auditor.get(pages_of(run)[1]).content.decode()
    assert html.count(" unclaimed") == run.unclaimed
    assert "未识别" in html


def test_markup_in_a_source_is_text(auditor: Client) -> None:
    run = take_in(texts.form(name="<script>alert(1)</script>"))
    for page in (*pages_of(run), run.records.get().project.get_absolute_url(), reverse("project-list")):
        assert "<script>alert" not in auditor.get(page).content.decode()


def test_long_texts_come_in_pages(auditor: Client) -> None:
    run = take_in("".join(texts.form(name=f"项目{number}") for number in range(90)))
    page = pages_of(run)[1]
    first, second = auditor.get(page), auditor.get(page, {"line": 2300})
    assert 'id="L2000"' in first.content.decode()
    assert 'id="L2001"' not in first.content.decode()
    assert 'id="L2001"' in second.content.decode()
    assert "第 2001–" in words_of(second)


@pytest.mark.parametrize("line", ["0", "-3", "x", "999999", "9" * 5000, "²"])
def test_a_line_that_does_not_exist_shows_the_nearest_page(auditor: Client, imported: ImportRun, line: str) -> None:
    assert 'id="L3"' in auditor.get(pages_of(imported)[1], {"line": line}).content.decode()


def test_a_document_without_content_says_so(auditor: Client, imported: ImportRun) -> None:
    SourceContent.objects.all().delete()
    assert "没有保存它的原文" in words_of(auditor.get(pages_of(imported)[1]))


def test_a_document_whose_bytes_are_unreadable_says_so(auditor: Client) -> None:
    data = b"PK\x03\x04"
    document = SourceDocument.objects.create(name="a.docx", sha256=hashlib.sha256(data).hexdigest())
    SourceContent.objects.create(document=document, data=data)
    assert "文件已损坏" in words_of(auditor.get(document.get_absolute_url()))


def test_a_run_says_in_words_that_nothing_was_wrong(auditor: Client, imported: ImportRun) -> None:
    text = words_of(auditor.get(pages_of(imported)[3]))
    for sentence in ("无未识别行：文件的每一行都有归属", "都与来源之和相符", "没有冲突", "没有重复填报"):
        assert sentence in text


def test_a_run_shows_sources_that_do_not_add_up(auditor: Client) -> None:
    run = take_in(texts.form(amount="300,000", local="200,000"))
    text = words_of(auditor.get(pages_of(run)[3]))
    assert "2 项与来源之和不符" in text
    assert "教室改造 年度 30.00 20.00" in text


def test_duplicate_filings_show_their_differences_on_both_pages(auditor: Client) -> None:
    run = take_in(texts.form(overview="改造十间。") + texts.form(overview="改造十二间。"))
    report = auditor.get(pages_of(run)[3])
    project = run.records.filter(is_current=True).get().project
    panel = auditor.get(project.get_absolute_url()).content.decode()
    assert "项目概况 改造十间。 改造十二间。" in words_of(report)
    assert 'id="duplicate-1"' in report.content.decode()
    assert f"{run.get_absolute_url()}#duplicate-1" in panel
    assert "有 1 处不同" in panel


def test_changes_show_the_old_and_the_new(auditor: Client, imported: ImportRun) -> None:
    run = take_in(texts.form(overview="改造二十间教室。"), "新.txt")
    text = words_of(auditor.get(pages_of(run)[3]))
    assert "项目概况 改造十二间教室。 改造二十间教室。" in text


def test_what_people_edited_is_listed_as_a_conflict(auditor: Client, imported: ImportRun) -> None:
    project = imported.records.get().project
    type(project).objects.update(overview="人工改写。")
    run = take_in(texts.form(overview="改造二十间教室。"), "新.txt")
    assert "项目概况 人工改写。 改造二十间教室。 保留现有" in words_of(auditor.get(pages_of(run)[3]))


def test_departments_see_the_source_of_their_project_without_links(log_in: LogIn, imported: ImportRun) -> None:
    project = imported.records.get().project
    html = log_in(DEPARTMENT, project.department).get(project.get_absolute_url()).content.decode()
    assert "教育局.txt" in html
    assert "/documents/" not in html
    assert not re.search(r"/runs/\d", html)


def test_lists_cost_as_many_statements_however_long(auditor: Client, django_assert_num_queries) -> None:
    for count in (1, 5):
        for number in range(count):
            take_in(texts.form(name=f"项目{count}-{number}"), f"{count}-{number}.txt")
        with django_assert_num_queries(5):
            auditor.get(reverse("document-list"))
        with django_assert_num_queries(5):
            auditor.get(reverse("run-list"))
