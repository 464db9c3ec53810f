"""A real browser on a live site with the sample documents."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from imports.actions import Options, import_file
from projects.permissions import AUDIT
from tests import factories

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    """Chromium of the machine; without one, journeys are skipped, unless they are required."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        reason = f"没有找到 Chromium（{'、'.join(PROGRAMS)}），浏览器测试无法运行"
        if os.environ.get("PERFGOALS_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    reference_data = connection._test_serialized_contents  # type: ignore[attr-defined]
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, in which Django would refuse to ask the database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        # For the same reason Django makes new connection objects here; they must know what to restore after a flush.
        patch.setattr(connection, "_test_serialized_contents", reference_data, raising=False)
        opened = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield opened
        opened.close()


@pytest.fixture
def samples(transactional_db: None, django_db_serialized_rollback: None, empty_queue: None) -> None:
    """The sample documents, and an auditor who may see all of them."""
    for path in sorted(Path(settings.BASE_DIR, "fixtures").glob("*.txt")):
        import_file(path.read_bytes(), name=path.name, options=Options(), by=None)
    factories.user(AUDIT, name="shenji")


@pytest.fixture
def page(browser: Browser, live_server: LiveServer, samples: None) -> Iterator[Page]:
    """A fresh page at the login; afterwards, nothing may have left the machine or been complained about."""
    context = browser.new_context(base_url=live_server.url, locale="zh-CN", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(15_000)
    opened = context.new_page()
    outside: list[str] = []
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(message.text)

    # A blob is the page's own data: a picture that it drew and offers for download.
    own = (live_server.url, f"blob:{live_server.url}")
    opened.on("request", lambda request: request.url.startswith(own) or outside.append(request.url))
    opened.on("console", note)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto("/")
    yield opened
    context.close()
    assert outside == []
    assert complaints == []


@pytest.fixture
def inside(page: Page) -> Page:
    """The page after logging in: the project list."""
    page.get_by_label("用户名").fill("shenji")
    page.get_by_label("密码").fill("right-horse")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/projects/")
    return page
