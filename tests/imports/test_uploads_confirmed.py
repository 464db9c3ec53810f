"""Importing in the site: what was looked at is imported as it was shown, or given up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from imports.actions import Options, import_file
from imports.models import ImportRun, Upload
from imports.tasks import do_upload
from imports.uploads.actions import confirm_upload
from imports.uploads.deciding import digest
from imports.uploads.receiving import KEPT
from perfgoals.models import User
from projects.models import Project, ProjectEvent
from projects.permissions import ADMIN
from tests.conftest import LogIn, words_of
from tests.imports import texts
from tests.imports.uploading import confirm, edit, preview, send, shown_on, stored, work


@pytest.fixture
def admin(log_in: LogIn) -> Client:
    """A browser of an administrator."""
    return log_in(ADMIN)


# Confirming


def test_confirming_imports_with_the_person(admin: Client) -> None:
    upload = preview(admin)
    response = confirm(admin, upload)
    run = ImportRun.objects.get()
    upload.refresh_from_db()
    assert response["Location"] == run.get_absolute_url()
    assert (upload.run, upload.report, upload.parts.count(), upload.state) == (run, {}, 0, "done")
    assert run.by == upload.by
    assert run.report["dry_run"] is False
    assert "已导入“教育局.txt”：新增 1 个" in words_of(admin.get(response["Location"]))


def test_the_import_keeps_the_bytes_and_the_options(admin: Client) -> None:
    confirm(admin, preview(admin, texts.form().encode("gb18030"), take_source="on", year="2024"))
    run = ImportRun.objects.get()
    assert bytes(run.document.content.data) == texts.form().encode("gb18030")
    assert (run.options["take_source"], run.options["defaults"]["year"], run.options["dry_run"]) == (True, 2024, False)


def test_history_knows_the_person_and_the_run(admin: Client) -> None:
    upload = preview(admin)
    confirm(admin, upload)
    context = ProjectEvent.objects.get().pgh_context.metadata
    assert (context["user"], context["action"], context["run"]) == (upload.by.pk, "import", ImportRun.objects.get().pk)


def test_confirming_twice_imports_once(admin: Client) -> None:
    upload = preview(admin)
    shown = shown_on(admin, upload)
    first, second = confirm(admin, upload, shown), confirm(admin, upload, shown)
    assert first["Location"] == second["Location"]
    assert ImportRun.objects.count() == 1


def test_an_imported_upload_leads_to_its_run(admin: Client) -> None:
    upload = preview(admin)
    confirm(admin, upload)
    for response in (
        admin.get(upload.get_absolute_url()),
        admin.post(reverse("upload-discard", args=[upload.pk])),
    ):
        assert response["Location"] == ImportRun.objects.get().get_absolute_url()
    assert Project.objects.count() == 1


@pytest.mark.parametrize("text", [texts.form() + texts.form(overview="第二份。"), texts.form(department="301-") * 2])
def test_a_preview_with_duplicates_of_new_projects_is_what_happens(admin: Client, text: str) -> None:
    assert confirm(admin, preview(admin, text)).status_code == 302
    assert ImportRun.objects.get().duplicates == 1


def test_an_edit_in_between_is_shown_before_anything_is_imported(admin: Client, imported: ImportRun) -> None:
    upload = preview(admin, texts.form(overview="新概况。"))
    shown = shown_on(admin, upload)
    edit()
    before = stored()
    text = words_of(confirm(admin, upload, shown))
    assert "库中的数据有变化，所以还没有导入" in text
    assert "变更 1 → 0，冲突 0 → 1" in text
    assert "人工改写。 新概况。 保留现值" in text
    assert stored() == before
    assert confirm(admin, upload)["Location"] == ImportRun.objects.latest("pk").get_absolute_url()
    assert Project.objects.get().overview == "人工改写。"


def test_a_difference_that_no_count_tells_is_found(admin: Client, imported: ImportRun) -> None:
    edit("甲")
    upload = preview(admin, texts.form(overview="新概况。"), take_source="on")
    shown = shown_on(admin, upload)
    edit("乙")
    assert "还没有导入" in words_of(confirm(admin, upload, shown))
    assert Project.objects.get().overview == "乙"


def test_a_page_of_an_older_report_confirms_nothing(admin: Client, imported: ImportRun) -> None:
    upload = preview(admin, texts.form(overview="新概况。"))
    shown = shown_on(admin, upload)
    edit()
    assert [confirm(admin, upload, shown).status_code for _ in range(2)] == [200, 409]
    assert ImportRun.objects.count() == 1


@pytest.mark.parametrize("shown", ["x", "0" * 64])
def test_a_confirmation_of_nothing_that_was_shown_asks_again(admin: Client, shown: str) -> None:
    assert confirm(admin, preview(admin), shown).status_code == 409
    assert not ImportRun.objects.exists()


def test_a_refusal_of_the_real_import_is_told_and_keeps_the_upload(admin: Client) -> None:
    upload = preview(admin)
    shown = shown_on(admin, upload)
    User.objects.update(is_active=False)
    confirm_upload(pk=upload.pk, shown=shown, by=upload.by)
    failed = work(upload)
    User.objects.update(is_active=True)
    assert (failed.state, failed.run, bool(failed.report)) == ("failed", None, True)
    assert "没有导入：上传或确认这份文件的账号已经停用" in words_of(admin.get(upload.get_absolute_url()))
    assert confirm(admin, upload)["Location"] == ImportRun.objects.get().get_absolute_url()


def test_what_an_import_expects_undoes_it(db: None) -> None:
    def refuse(report: Any) -> None:
        assert report.counts.created == 1
        raise KeyError

    before = stored()
    with pytest.raises(KeyError):
        import_file(texts.form().encode(), name="a.txt", options=Options(), by=None, expect=refuse)
    assert stored() == before


@pytest.mark.django_db
def test_a_dry_run_and_its_import_have_one_digest() -> None:
    data = (texts.form() + texts.form(overview="第二份。") + texts.form(name="食堂")).encode()
    reports = [
        import_file(data, name="a.txt", options=Options(dry_run=dry_run), by=None).as_json()
        for dry_run in (True, False)
    ]
    assert digest(reports[0]) == digest(reports[1])
    assert digest({**reports[0], "total": "1.00"}) != digest(reports[0])


# Giving up


def test_a_discarded_upload_is_forgotten(admin: Client) -> None:
    upload = preview(admin)
    response = admin.post(reverse("upload-discard", args=[upload.pk]), follow=True)
    assert "已放弃“教育局.txt”，没有导入任何内容。" in words_of(response)
    assert not Upload.objects.exists()
    assert not Project.objects.exists()
    assert admin.post(upload.get_absolute_url(), {"shown": "0" * 64}).status_code == 404


def test_old_uploads_go_when_the_next_comes(admin: Client) -> None:
    old, done = preview(admin), preview(admin)
    confirm(admin, done)
    young = preview(admin)
    Upload.objects.exclude(pk=young.pk).update(asked_at=timezone.now() - KEPT - timedelta(minutes=1))
    latest = preview(admin)
    assert set(Upload.objects.values_list("pk", flat=True)) == {done.pk, young.pk, latest.pk}
    assert admin.get(old.get_absolute_url()).status_code == 404


def test_an_upload_that_is_being_imported_is_not_given_up(admin: Client) -> None:
    upload = preview(admin)
    Upload.objects.update(step="import", state="running")
    response = admin.post(reverse("upload-discard", args=[upload.pk]), follow=True)
    assert "正在入库，不能放弃" in words_of(response)
    assert Upload.objects.exists()


def test_an_upload_that_is_given_up_while_it_is_checked_is_gone(admin: Client) -> None:
    send(admin)
    upload = Upload.objects.get()
    admin.post(reverse("upload-discard", args=[upload.pk]))
    do_upload(pk=str(upload.pk))
    assert not Upload.objects.exists()
