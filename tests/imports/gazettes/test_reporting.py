"""What a report says of a gazette, printed and on its pages."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from imports.actions import Options, import_file
from imports.gazettes.models import OfficialDocument
from imports.models import ImportRun
from imports.tasks import do_upload
from imports.uploads.receiving import receive
from projects.permissions import ADMIN
from tests import factories
from tests.conftest import words_of
from tests.imports import texts
from tests.imports.gazettes.reading.damaged import DAMAGED
from tests.imports.gazettes.texts import gazette

pytestmark = pytest.mark.django_db
READ_AS = "项目表“校舍修缮重点项目表”，3 行，其中损坏 1 行"


def run_of(text: str) -> ImportRun:
    report = import_file(text.encode(), name="公报.txt", options=Options(), by=None)
    return ImportRun.objects.get(pk=report.run)


def test_a_gazette_without_budget_projects_says_nothing_of_records_and_money() -> None:
    report = import_file(gazette(DAMAGED).encode(), name="公报.txt", options=Options(), by=None)
    printed = report.as_text()
    assert READ_AS in printed
    assert "记录" not in printed
    assert "项目金额合计" not in printed


def test_a_list_of_projects_still_says_both() -> None:
    report = import_file(texts.form().encode(), name="教育局.txt", options=Options(), by=None)
    assert "记录 1：新增 1" in report.as_text()
    assert "项目金额合计" in report.as_text()


def test_the_run_page_says_what_was_read_as_what_and_leads_to_the_documents(auditor: Client) -> None:
    run = run_of(gazette(DAMAGED))
    response = auditor.get(reverse("run-detail", args=[run.pk]))
    said = words_of(response)
    assert READ_AS in said
    assert "2031年第2期（总第66期），目录 1 条" in said
    assert "记录 " not in said.partition("导入报告 打印")[2].partition("读作什么")[0]
    assert "金额核对" not in said
    assert "没有变更" not in said
    assert "没有重复填报" not in said
    assert OfficialDocument.objects.get().get_absolute_url() in response.content.decode()


def test_a_report_of_projects_is_as_it_was(auditor: Client) -> None:
    said = words_of(auditor.get(reverse("run-detail", args=[run_of(texts.form()).pk])))
    assert "金额核对" in said
    assert "读作什么" not in said


def preview_of(text: str) -> str:
    """The words of the page on which a text waits to be confirmed."""
    person = factories.user(ADMIN)
    upload = receive([text.encode()], name="公报.txt", options=Options(), by=person, batch=uuid.uuid4())
    do_upload(pk=str(upload.pk))
    client = Client()
    client.force_login(person)
    return words_of(client.get(upload.get_absolute_url()))


def test_the_preview_says_it_before_anything_is_stored() -> None:
    said = preview_of(gazette(DAMAGED))
    assert READ_AS in said
    assert "将保存 1 份公文及其中的表格和目标" in said
    assert not OfficialDocument.objects.exists()


def test_the_preview_counts_what_the_confirmation_saves() -> None:
    with_form = gazette(f"\n附件\n\n{texts.form()}")
    assert "确认导入 1 份公文和 1 个项目" in preview_of(with_form)
    run_of(with_form)
    said = preview_of(f"{with_form}\n")
    assert "确认导入 1 份公文 放弃" in said
    assert "其中的 1 个预算项目库中已有，内容不变" in said
    assert "导入只会保存来源文件" not in said
