"""A server that is killed while somebody types: the real site in a process of its own, with a database of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.journeys.windows import with_scripts

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

STATE = "#draft-state"


class Site:
    """The demo site on a port, started and killed at will."""

    def __init__(self, home: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.environment = {**os.environ, "PERFGOALS_HOME": str(home), "PERFGOALS_DEMO": "1", "DATABASE_URL": ""}
        self.password = ""
        self.start()

    def start(self) -> None:
        command = [sys.executable, "manage.py", "demo", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=self.environment, stdout=subprocess.PIPE, text=True,
            start_new_session=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if account := re.search(r"demo_finance\s+(\S+)", line):
                self.password = account[1]
            if "已就绪" in line:
                return
        raise AssertionError("the site did not start")

    def kill(self, how: int = signal.SIGKILL) -> None:
        os.killpg(self.process.pid, how)
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    running = Site(tmp_path / "home")
    yield running
    running.kill(signal.SIGTERM)


@pytest.fixture
def editor(browser: Browser, site: Site) -> Iterator[Page]:
    context = with_scripts(browser.new_context(base_url=f"http://127.0.0.1:{site.port}", locale="zh-CN"))
    page = context.new_page()
    page.goto("/login/?next=/projects/%3Findicators=yes")
    page.get_by_label("用户名").fill("demo_finance")
    page.get_by_label("密码").fill(site.password)
    page.get_by_role("button", name="登录").click()
    page.locator("[data-row-link]").first.click()
    page.get_by_role("link", name="修改", exact=True).click()
    yield page
    context.close()


def test_a_killed_server_between_typing_and_saving_loses_nothing(editor: Page, site: Site) -> None:
    editor.get_by_label("项目实施计划").fill("断电以前写的计划")
    expect(editor.locator(STATE)).to_contain_text("草稿已暂存")
    site.kill()
    editor.get_by_label("项目期").fill("断电时写的")
    expect(editor.locator(STATE)).to_contain_text("服务器暂时连不上")
    site.start()
    expect(editor.locator(STATE)).to_contain_text("草稿已暂存", timeout=20_000)
    address = re.sub(r"\?.*", "", editor.url)
    again = editor.context.new_page()
    editor.close(run_before_unload=False)
    again.goto(address)
    again.get_by_role("link", name="继续填写").click()
    expect(again.get_by_label("项目实施计划")).to_have_value("断电以前写的计划")
    expect(again.get_by_label("项目期")).to_have_value("断电时写的")
    again.get_by_role("button", name="保存", exact=True).click()
    expect(again.locator(".notice-success")).to_contain_text("改动 2 处")
    expect(again.locator(".official")).to_contain_text("断电以前写的计划")
