"""Who asks too often sees so, wherever they asked from, and loses nothing."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from projects.models import Project

NOON = datetime(2025, 3, 1, 12, 7, 30, tzinfo=UTC)

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """No minute turns between two requests."""
    monkeypatch.setattr("perfgoals.rates.middleware.now", lambda: NOON)
    monkeypatch.setattr("perfgoals.rates.middleware.time", NOON.timestamp)


def test_a_list_stays_and_says_how_long_to_wait(hurried: Page, settings: Any) -> None:
    hurried.goto("/projects/")
    settings.PAGE_RATE = 1
    rows = hurried.locator("#results tbody tr").count()
    hurried.get_by_label("文字", exact=True).fill("没有这样的文字")
    alert = hurried.get_by_role("alert")
    expect(alert).to_contain_text("操作过于频繁，请")
    expect(alert).to_contain_text("秒后再试。")
    assert hurried.locator("#results tbody tr").count() == rows > 0


def test_a_page_says_so_and_offers_to_try_again(hurried: Page, settings: Any) -> None:
    hurried.goto("/projects/")
    settings.PAGE_RATE = 1
    hurried.goto("/totals/?year=2025")
    expect(hurried.get_by_role("heading", name="请稍等一会儿")).to_be_visible()
    settings.PAGE_RATE = 0
    hurried.get_by_role("link", name="再试一次").click()
    expect(hurried.get_by_role("heading", name="汇总")).to_be_visible()
    expect(hurried).to_have_url(re.compile(r"/totals/\?year=2025$"))


def test_what_is_typed_is_kept_once_it_may_be(hurried: Page, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfgoals.rates.middleware.time", lambda: NOON.timestamp() + 28)
    project = Project.objects.latest("pk")
    hurried.goto(f"/projects/{project.pk}/edit/")
    settings.PAGE_RATE = 1
    hurried.locator("[name='head.basis']").fill("新的依据")
    expect(hurried.locator("#draft-state")).to_contain_text("没有暂存：操作过于频繁，请 2 秒后再试。到时间会自动再试")
    settings.PAGE_RATE = 0
    expect(hurried.locator("#draft-state")).to_contain_text("已暂存")


def test_files_that_are_too_many_are_told_one_by_one(hurried: Page, settings: Any) -> None:
    settings.UPLOAD_RATE = 1
    hurried.goto("/runs/new/")
    files = [{"name": f"{name}.txt", "mimeType": "text/plain", "buffer": b"x"} for name in "ab"]
    hurried.locator("input[type=file]").set_input_files(files)
    hurried.get_by_role("button", name="上传并预检").click()
    expect(hurried.get_by_role("alert")).to_contain_text("没有上传：上传文件过于频繁，请")
    expect(hurried.get_by_role("link", name="查看已上传的 1 个文件")).to_be_visible()
