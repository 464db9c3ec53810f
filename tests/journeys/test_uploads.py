"""Files on their way in: dropped, checked by a real worker, decided, confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from imports.actions import Options, import_file
from imports.models import Upload
from projects.models import Department, Project
from projects.permissions import ADMIN, DEPARTMENT
from tests import factories
from tests.imports.texts import form
from tests.workers import worker

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PATIENCE = 90_000
"""Milliseconds: the worker begins with the test, on a machine that may be busy."""


@pytest.fixture
def working(samples: None) -> Iterator[None]:
    """A worker beside the site."""
    with worker():
        yield


@pytest.fixture
def two_files(tmp_path: Path) -> list[Path]:
    """A form of a project that people have edited since, and a new one with a line that nobody knows."""
    import_file(form().encode(), name="旧表.txt", options=Options(), by=None)
    Project.objects.filter(name="教室改造").update(overview="人工改写。")
    texts = {"修订.txt": form(overview="新概况。"), "新表.txt": form(name="食堂改造") + "谁也不认得的一行\n"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    return [tmp_path / name for name in texts]


def log_in(page: Page, name: str) -> None:
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill("right-horse")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/projects/")


def test_two_files_are_dropped_checked_decided_and_imported(page: Page, working: None, two_files: list[Path]) -> None:
    factories.user(ADMIN, name="guanli")
    log_in(page, "guanli")
    page.goto("/runs/new/")
    page.locator("input[type=file]").set_input_files(two_files)
    expect(page.locator("[data-files] li")).to_have_count(2)
    page.get_by_role("button", name="上传并预检").click()
    page.wait_for_url("**/uploads/batches/**")
    expect(page.get_by_text("预检完成，等待确认")).to_have_count(2, timeout=PATIENCE)
    page.get_by_role("link", name="新表.txt").click()
    expect(page.locator("tr.unclaimed")).to_contain_text("谁也不认得的一行")
    page.go_back()
    page.get_by_role("link", name="修订.txt").click()
    conflict = page.get_by_role("group", name="项目概况")
    conflict.get_by_role("button", name="采用文件").click()
    expect(page.locator(".upload-sentence")).to_contain_text("1 处人工修改将被文件的值覆盖")
    expect(conflict.get_by_role("button", name="采用文件")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name=re.compile("确认导入")).click()
    expect(page.get_by_role("heading", name="导入报告")).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".notice-success")).to_contain_text("已导入“修订.txt”：新增 0 个，变更 1 个")
    page.get_by_role("link", name="教室改造").click()
    expect(page.locator(".official")).to_contain_text("新概况。")
    page.goto("/uploads/")
    expect(page.get_by_role("link", name="新表.txt")).to_be_visible()
    expect(page.get_by_role("link", name="修订.txt")).to_have_count(0)


def test_a_department_may_not_import_for_another(page: Page, working: None, two_files: list[Path]) -> None:
    factories.user(DEPARTMENT, Department.objects.exclude(name="长治市上党区教育局").first(), name="bumen")
    log_in(page, "bumen")
    page.get_by_role("link", name="导入记录").click()
    page.get_by_role("link", name="导入文件").click()
    page.wait_for_url("**/runs/new/")
    page.locator("input[type=file]").set_input_files(two_files[0])
    page.get_by_role("button", name="上传并预检").click()
    page.wait_for_url("**/uploads/batches/**")
    refusal = page.get_by_text("第 1 行：“教室改造”（长治市上党区教育局）不在您负责的部门内")
    expect(refusal).to_be_visible(timeout=PATIENCE)
    assert Project.objects.get(name="教室改造").overview == "人工改写。"


def test_files_are_imported_without_scripts(
    browser: Browser, live_server: LiveServer, working: None, two_files: list[Path]
) -> None:
    factories.user(ADMIN, name="guanli")
    context = browser.new_context(base_url=live_server.url, locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    page.goto("/login/?next=/runs/new/")
    page.get_by_label("用户名").fill("guanli")
    page.get_by_label("密码").fill("right-horse")
    page.get_by_role("button", name="登录").click()
    page.locator("input[type=file]").set_input_files(two_files)
    page.get_by_role("button", name="上传并预检").click()
    _reload_until(page, "查看预检并确认")
    page.get_by_role("link", name="修订.txt").click()
    page.get_by_role("button", name="全部采用文件").click()
    expect(page.locator(".upload-sentence")).to_contain_text("1 处人工修改将被文件的值覆盖")
    page.get_by_role("button", name=re.compile("确认导入")).click()
    _reload_until(page, "已导入“修订.txt”")
    context.close()
    assert Project.objects.get(name="教室改造").overview == "新概况。"


def test_without_a_worker_the_page_says_so(page: Page, two_files: list[Path]) -> None:
    factories.user(ADMIN, name="guanli")
    log_in(page, "guanli")
    page.goto("/runs/new/")
    page.locator("input[type=file]").set_input_files(two_files[1])
    page.get_by_role("button", name="上传并预检").click()
    expect(page.get_by_text("后台程序没有运行")).to_be_visible()
    with worker():
        expect(page.get_by_text("预检完成，等待确认")).to_be_visible(timeout=PATIENCE)
    assert Upload.objects.get().state == "done"


def dropped(page: Page, name: str, text: str) -> None:
    """Drop a file on the field."""
    script = """([name, text]) => {
        const data = new DataTransfer();
        data.items.add(new File([text], name, {type: "text/plain"}));
        return data;
    }"""
    data = page.evaluate_handle(script, [name, text])
    for event in ("dragenter", "dragover", "drop"):
        page.dispatch_event("[data-drop]", event, {"dataTransfer": data})


def test_a_file_is_dropped_and_goes_on_after_a_session_that_was_lost(page: Page, working: None) -> None:
    factories.user(ADMIN, name="guanli")
    log_in(page, "guanli")
    page.goto("/runs/new/")
    dropped(page, "拖来.txt", form(name="操场改造"))
    expect(page.locator("[data-files] li")).to_contain_text("拖来.txt")
    kept = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="上传并预检").click()
    expect(page.locator("[data-files] [role=alert]")).to_contain_text("登录可能已过期")
    page.context.add_cookies(kept)
    page.get_by_role("button", name="上传并预检").click()
    page.wait_for_url("**/uploads/batches/**")
    expect(page.get_by_text("预检完成，等待确认")).to_be_visible(timeout=PATIENCE)


def _reload_until(page: Page, text: str) -> None:
    for _ in range(PATIENCE // 500):
        if page.get_by_text(text).count():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"{text} never came")
