"""Who asks too often is told how long to wait, in the form in which they asked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from perfgoals.api.models import ApiUse
from projects.permissions import ADMIN, AUDIT
from tests.conftest import LogIn, words_of

pytestmark = pytest.mark.django_db

NOON = datetime(2025, 3, 1, 12, 7, 30, tzinfo=UTC)
CSV = "/totals/export/?format=csv"


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfgoals.rates.middleware.now", lambda: NOON)
    monkeypatch.setattr("perfgoals.rates.middleware.time", NOON.timestamp)


def statements(browser: Client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        browser.get(address)
    return [query["sql"] for query in captured.captured_queries]


def test_files_of_one_person_are_counted_over_ten_minutes(auditor: Client, log_in: LogIn, settings: Any) -> None:
    settings.EXPORT_RATE = 2
    answers = [auditor.get(CSV) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "150"
    assert "导出和打印过于频繁，请 3 分钟后再试。" in words_of(answers[2])
    assert auditor.get("/totals/").status_code == 200
    assert log_in(AUDIT).get(CSV).status_code == 200


def test_a_new_window_begins_anew(auditor: Client, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.EXPORT_RATE = 1
    assert [auditor.get(CSV).status_code for _ in range(2)] == [200, 429]
    monkeypatch.setattr("perfgoals.rates.middleware.now", lambda: NOON.replace(minute=10))
    assert auditor.get(CSV).status_code == 200


def test_all_kinds_of_files_count_together(auditor: Client, settings: Any) -> None:
    settings.EXPORT_RATE = 1
    assert auditor.get("/print/list/").status_code == 200
    assert auditor.post("/exports/new/", {"kind": "csv"}).status_code == 429


def test_files_sent_are_counted_and_the_form_is_not(log_in: LogIn, settings: Any) -> None:
    settings.UPLOAD_RATE = 1
    manager = log_in(ADMIN)
    assert [manager.get("/runs/new/").status_code for _ in range(2)] == [200, 200]
    sent = [manager.post("/runs/new/", {"file": SimpleUploadedFile("a.txt", b"x")}) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [302, 429]
    assert "上传文件过于频繁" in words_of(sent[1])
    assert "请返回上一页，到时间后再提交" in words_of(sent[1])


def test_bulk_work_is_counted(log_in: LogIn, settings: Any) -> None:
    settings.BULK_RATE = 1
    manager = log_in(ADMIN)
    assert [manager.post("/departments/join/").status_code for _ in range(2)] == [302, 429]


def test_a_counted_request_takes_one_statement_more_and_a_page_none(auditor: Client, settings: Any) -> None:
    auditor.get(CSV)
    counted = statements(auditor, CSV)
    assert len([sql for sql in counted if "api_apiuse" in sql]) == 1
    settings.EXPORT_RATE = 0
    assert len(statements(auditor, CSV)) == len(counted) - 1
    assert not [sql for sql in statements(auditor, "/projects/") if "api_apiuse" in sql]


def test_no_limit_can_be_set(auditor: Client, settings: Any) -> None:
    settings.EXPORT_RATE = settings.PAGE_RATE = 0
    assert {auditor.get(CSV).status_code for _ in range(3)} == {200}
    assert not ApiUse.objects.exists()


def test_pages_are_counted_by_the_minute(auditor: Client, log_in: LogIn, settings: Any) -> None:
    settings.PAGE_RATE = 2
    answers = [auditor.get("/projects/?q=路") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "30"
    words = words_of(answers[2])
    assert "操作过于频繁，请 30 秒后再试。" in words
    assert 'href="/projects/?q=' in answers[2].content.decode()
    assert log_in(AUDIT).get("/projects/").status_code == 200


def test_a_refused_page_asks_no_more_than_who_it_is(auditor: Client, settings: Any) -> None:
    settings.PAGE_RATE = 1
    auditor.get("/projects/")
    asked = statements(auditor, "/projects/")
    assert len(asked) == 2
    assert "django_session" in asked[0]
    assert "perfgoals_user" in asked[1]


def test_scripts_are_told_in_their_own_form(auditor: Client, settings: Any) -> None:
    settings.PAGE_RATE = 1
    auditor.get("/projects/")
    part = auditor.get("/projects/", headers={"HX-Request": "true"})
    assert (part.status_code, part.content.decode()) == (429, "操作过于频繁，请 30 秒后再试。")
    counts = auditor.get("/projects/facets/", headers={"Accept": "application/json"})
    assert counts.json() == {"code": "too_many_requests", "message": "操作过于频繁，请 30 秒后再试。", "fields": {}}


def test_who_is_not_logged_in_is_led_to_the_login(client: Client, settings: Any) -> None:
    settings.PAGE_RATE = 1
    assert [client.get(CSV).status_code for _ in range(3)] == [302] * 3
    assert not ApiUse.objects.exists()


def test_the_usual_limits_leave_room_for_a_day_of_work(settings: Any) -> None:
    """Keeping drafts, the busiest that a browser does by itself, asks twice a second."""
    assert settings.PAGE_RATE >= 4 * 2 * 60
    assert settings.EXPORT_RATE >= 10 * 6
