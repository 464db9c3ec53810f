"""Importing in the site: a file is chosen and looked at, by those who may."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from imports.documents import sha256_of
from imports.layouts import interchange, key_project_list, target_form
from imports.models import ImportRun, Upload
from imports.uploads.deciding import digest
from imports.uploads.receiving import content_of
from imports.wording import in_site_words
from perfgoals import uploads
from perfgoals.models import User
from projects.models import Project
from projects.permissions import ADMIN, AUDIT, DEPARTMENT, FINANCE
from tests.conftest import LogIn, words_of
from tests.imports import texts
from tests.imports.uploading import NEW, confirm, edit, preview, send, stored


@pytest.fixture
def admin(log_in: LogIn) -> Client:
    """A browser of an administrator."""
    return log_in(ADMIN)


# Choosing a file


def test_the_page_offers_the_readers_by_title(admin: Client) -> None:
    text = words_of(admin.get(NEW))
    for title in ("自动识别", interchange.TITLE, target_form.TITLE, key_project_list.TITLE, "50 MB"):
        assert title in text


def test_all_who_may_import_find_the_page_from_the_list_of_runs(log_in: LogIn) -> None:
    page = reverse("run-list")
    for role in (ADMIN, FINANCE, DEPARTMENT):
        assert f'href="{NEW}"' in log_in(role).get(page).content.decode()
    assert NEW not in log_in(AUDIT).get(page).content.decode()


def test_a_file_leads_to_its_preview(admin: Client) -> None:
    response = send(admin)
    upload = Upload.objects.get()
    assert response["Location"] == f"/uploads/{upload.pk}/"
    assert (upload.name, content_of(upload).whole()) == ("教育局.txt", texts.form().encode())
    assert (upload.size, upload.sha256) == (len(texts.form().encode()), sha256_of(texts.form().encode()))
    assert (upload.state, upload.report) == ("waiting", {})


def test_nothing_of_the_dry_run_remains(admin: Client) -> None:
    before = stored()
    preview(admin)
    assert stored() == before


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_encodings_are_those_of_the_command(admin: Client, encoding: str) -> None:
    assert preview(admin, texts.form().encode(encoding)).report["counts"]["created"] == 1


@pytest.mark.django_db
def test_superusers_import_too(client: Client) -> None:
    client.force_login(User.objects.create_superuser("root", password="x"))
    confirm(client, preview(client))
    assert ImportRun.objects.get().by.username == "root"


def test_an_empty_file_is_refused_in_place(admin: Client) -> None:
    response = send(admin, b"", year="2024")
    html = response.content.decode()
    assert response.status_code == 200
    assert "文件是空的" in re.search(r'(?s)id="id_file_error".*?</p>', html)[0]
    assert 'aria-invalid="true"' in html
    assert 'value="2024"' in html
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(b" \n", "文件是空的"), (b"PK\x03\x04xx", "文件已损坏或不完整"), ("一封信", "认不出这份文件的版式")],
)
def test_a_file_that_cannot_be_read_says_so_on_its_page(admin: Client, data: bytes | str, sentence: str) -> None:
    upload = preview(admin, data)
    text = words_of(admin.get(upload.get_absolute_url()))
    assert (upload.state, upload.report) == ("failed", {})
    for expected in (sentence, "这份文件不能导入", "什么也没有导入", "重新上传"):
        assert expected in text


def test_a_refusal_names_the_line_and_the_field_of_the_page(admin: Client) -> None:
    upload = preview(admin, texts.form().replace("（元）", "").replace("(元)", ""))
    assert upload.problem.startswith("第 1 行：")
    assert "请用“金额单位”指明" in upload.problem
    assert "--" not in upload.problem


def test_no_file_is_said(admin: Client) -> None:
    response = admin.post(NEW, {})
    assert response.status_code == 200
    assert "请选择要导入的文件。" in words_of(response)


def test_a_file_above_the_limit_is_refused(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imports.uploads.forms.MAX_BYTES", 100)
    assert "文件超过 50 MB" in words_of(send(admin))
    assert not Upload.objects.exists()


def test_a_far_too_large_request_is_not_stored_and_told_so(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_BYTES", 100)
    monkeypatch.setattr(uploads, "_OTHER_FIELDS", 100)
    response = send(admin)
    assert not response.wsgi_request.FILES
    assert "文件超过 50 MB" in words_of(response)


@pytest.mark.parametrize("length", ["", "x", None])
def test_a_request_without_a_length_is_not_too_large(rf: Any, length: str | None) -> None:
    request = rf.post("/")
    request.META["CONTENT_LENGTH"] = length
    assert not uploads.is_too_large(request)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/教育局.txt", "教育局.txt"), (r"C:\文件\教育局.txt", "教育局.txt"),
        ("<b>.txt", "<b>.txt"), ("x" * 300 + ".txt", "x" * 251 + ".txt"),
    ],
)  # fmt: skip
def test_only_the_last_part_of_a_name_is_kept(admin: Client, sent: str, kept: str) -> None:
    # The test client would take the name apart itself.
    body = (
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename*=UTF-8''"
        + "".join(f"%{byte:02X}" for byte in sent.encode())
        + f"\r\nContent-Type: text/plain\r\n\r\n{texts.form()}\r\n--x--\r\n"
    )
    response = admin.post(NEW, body.encode(), content_type="multipart/form-data; boundary=x")
    assert Upload.objects.get().name == kept
    assert "<b>.txt" not in admin.get(response["Location"]).content.decode()


# What is said about a file


def test_what_the_text_does_not_say_is_taken_from_the_form(admin: Client) -> None:
    text = texts.key_list(("道路", "10.00", "住建局"), title="市本级重点项目绩效目标").replace("单位：万元\n", "")
    assert preview(admin, text, year="2025", region="140400", unit="万元").report["years"] == [2025]
    confirm(admin, Upload.objects.get())
    project = Project.objects.get()
    assert (project.year, project.region_id, str(project.amount)) == (2025, "140400", "100000.00")


def test_a_region_without_a_table_entry_is_stated_with_its_code(admin: Client) -> None:
    text = texts.form().replace("上党区", "").replace("长治市", "")
    assert preview(admin, text, region="140499=长治经济开发区").report["regions"] == ["长治经济开发区"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("year", "1889", "1990 至 2100"), ("year", "今年", "1990 至 2100"), ("region", "火星", "不在行政区划表中"),
        ("region", "鼓楼区", "不止一个"), ("layout", "magic", "选择一个有效的选项"), ("unit", "角", "选择一个有效的选项"),
    ],
)  # fmt: skip
def test_wrong_statements_are_told_at_their_field(admin: Client, field: str, value: str, sentence: str) -> None:
    html = send(admin, **{field: value}).content.decode()
    assert sentence in re.search(rf'(?s)id="id_{field}_error".*?</p>', html)[0]
    assert "再选一次文件" in html
    assert not Upload.objects.exists()


def test_a_stated_layout_is_used(admin: Client) -> None:
    assert preview(admin, layout=key_project_list.NAME).state == "failed"
    upload = preview(admin, layout=target_form.NAME)
    assert "（指定）" in words_of(admin.get(upload.get_absolute_url()))


def test_sentences_of_the_command_are_put_into_words_of_the_site() -> None:
    assert in_site_words("请用 --year 指明，--take-source 可改用它") == "请用“年度”指明，“以来源为准”可改用它"
    assert in_site_words("共 --years 个") == "共 --years 个"


# The preview


def test_the_preview_is_the_report_and_says_that_nothing_was_imported(admin: Client) -> None:
    text = words_of(admin.get(preview(admin).get_absolute_url()))
    for sentence in (
        "预检：还没有导入",
        "确认导入 1 个项目",
        "放弃",
        "将新增 1 个项目",
        "都与来源之和相符",
        "无未识别行",
        "合计 30.00 万元",
    ):
        assert sentence in text


def test_the_preview_of_a_new_file_links_no_lines(admin: Client) -> None:
    text = "乱七八糟的一行\n\n" + texts.form(amount="300,000", local="200,000") + texts.form(overview="另一份。")
    page = admin.get(preview(admin, text).get_absolute_url())
    assert "/documents/" not in page.content.decode().partition("<main")[2]
    assert "第 1 行" in words_of(page) or "重复填报" in words_of(page)


def test_the_preview_of_a_known_file_links_its_lines(admin: Client, imported: ImportRun) -> None:
    edit()
    html = admin.get(preview(admin).get_absolute_url()).content.decode()
    assert f"/documents/{imported.document_id}/" in html


def test_the_preview_of_an_unchanged_file_says_so(admin: Client, imported: ImportRun) -> None:
    assert "没有会改动的内容" in words_of(admin.get(preview(admin).get_absolute_url()))


def test_taking_the_source_names_its_consequence(admin: Client, imported: ImportRun) -> None:
    edit()
    kept = words_of(admin.get(preview(admin, texts.form(overview="新概况。")).get_absolute_url()))
    take = preview(admin, texts.form(overview="新概况。"), take_source="on")
    assert "1 处与人工修改冲突，保留现值" in kept
    assert "1 处人工修改将被文件的值覆盖" in words_of(admin.get(take.get_absolute_url()))
    confirm(admin, take)
    assert Project.objects.get().overview == "新概况。"


def test_markup_in_a_file_is_text(admin: Client) -> None:
    upload = preview(admin, "<script>alert(1)</script>\n\n" + texts.form(), name="<script>alert(2)</script>.txt")
    assert "<script>alert" not in admin.get(upload.get_absolute_url()).content.decode()


# Who may


@pytest.mark.parametrize("role", [AUDIT, None])
def test_others_are_refused_with_a_sentence(log_in: LogIn, role: str | None) -> None:
    other = log_in(role)
    refused = other.get(NEW)
    assert (refused.status_code, "您的角色不能导入文件。" in words_of(refused)) == (403, True)
    assert send(other).status_code == 403
    assert not Upload.objects.exists()


@pytest.mark.parametrize("role", [FINANCE, DEPARTMENT, AUDIT, None])
def test_others_find_no_upload(log_in: LogIn, admin: Client, role: str | None) -> None:
    upload, other = preview(admin), log_in(role)
    assert other.get(upload.get_absolute_url()).status_code == 404
    assert other.get(reverse("upload-batch", args=[upload.batch])).status_code == 404
    for name in ("upload-detail", "upload-decide", "upload-discard"):
        assert other.post(reverse(name, args=[upload.pk]), {"shown": digest(upload.report)}).status_code == 404
    assert Upload.objects.get().run is None


def test_administrators_share_uploads(admin: Client, log_in: LogIn) -> None:
    upload, colleague = preview(admin), log_in(ADMIN)
    confirm(colleague, upload)
    assert ImportRun.objects.get().by != upload.by


def test_wrong_methods(admin: Client) -> None:
    upload = preview(admin)
    assert admin.put(NEW).status_code == 405
    assert admin.put(upload.get_absolute_url()).status_code == 405
    assert admin.get(reverse("upload-discard", args=[upload.pk])).status_code == 405


@pytest.mark.parametrize("pk", [0, 999, 10**30])
def test_what_does_not_exist_is_not_found(admin: Client, pk: int) -> None:
    assert admin.get(f"/uploads/{pk}/").status_code == 404
    assert admin.post(f"/uploads/{pk}/", {"shown": "x"}).status_code == 404
    assert admin.post(f"/uploads/{pk}/discard/").status_code == 404
