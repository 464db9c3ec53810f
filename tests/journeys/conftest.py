"""A real browser on a live site with the sample documents."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from imports.actions import Options, import_file
from perfgoals.models import User
from projects.models import Project, Region
from projects.permissions import ADMIN, AUDIT, FINANCE
from tests import factories
from tests.journeys.windows import with_scripts
from tests.snapshots import Snapshot, put_back, take

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
WITHOUT = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying",
    "OptimizationHints", "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning",
)  # fmt: skip
"""Features of Chromium that are switched off: the pages under its address bar, which it loads for every window although
nobody sees one, at half of what a window costs; and what Playwright switches off on Linux, whose list this one replaces."""


@pytest.fixture(scope="session")
def browser(django_db_setup: Snapshot) -> Iterator[Browser]:
    """Chromium of the machine; without one, journeys are skipped, unless they are required."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        reason = f"没有找到 Chromium（{'、'.join(PROGRAMS)}），浏览器测试无法运行"
        if os.environ.get("PERFGOALS_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, in which Django would refuse to ask the database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        expect.set_options(timeout=15_000)
        opened = playwright.chromium.launch(
            executable_path=program, args=[*QUIET, f"--disable-features={','.join(WITHOUT)}"]
        )
        yield opened
        opened.close()


SAMPLES = ("changzhi_key_projects_2024.txt", "shangdang_target_forms_2025.txt")
"""Of budgets: journeys through gazettes bring the gazette that they know by heart."""


@pytest.fixture(scope="session")
def kept() -> dict[str, Snapshot]:
    """The database with the sample documents, once somebody asked for it."""
    return {}


@pytest.fixture
def samples(committed: None, kept: dict[str, Snapshot]) -> None:
    """The sample documents, and an auditor who may see all of them."""
    if not kept:
        for path in (Path(settings.BASE_DIR, "fixtures", name) for name in SAMPLES):
            import_file(path.read_bytes(), name=path.name, options=Options(), by=None)
        factories.user(AUDIT, name="shenji")
        kept["samples"] = take()
    else:
        put_back(kept["samples"])


@pytest.fixture
def window(browser: Browser, live_server: LiveServer, samples: None) -> Iterator[Page]:
    """A fresh, empty window; afterwards, nothing may have left the machine or been complained about."""
    options = {"base_url": live_server.url, "locale": "zh-CN", "viewport": {"width": 1440, "height": 900}}
    context = with_scripts(browser.new_context(**options))
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
    yield opened
    context.close()
    assert outside == []
    assert complaints == []


@pytest.fixture
def page(window: Page) -> Page:
    """A fresh page at the login."""
    window.goto("/")
    return window


@pytest.fixture
def inside(window: Page, live_server: LiveServer) -> Page:
    """The page after logging in: the project list."""
    client = Client()
    client.force_login(User.objects.get(username="shenji"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    window.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    window.goto("/projects/")
    return window


@pytest.fixture
def hurried(browser: Browser, live_server: LiveServer, samples: None) -> Iterator[Page]:
    """A window that, unlike others, may hear of refused requests in its console: somebody who may edit and import."""
    person = factories.user(FINANCE, *{project.region for project in Project.objects.select_related("region")})
    person.groups.add(*factories.user(ADMIN).groups.all())
    client = Client()
    client.force_login(User.objects.get(pk=person.pk))
    context = with_scripts(browser.new_context(base_url=live_server.url, locale="zh-CN"))
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    yield context.new_page()
    context.close()


@pytest.fixture
def finance(page: Page) -> Page:
    """The list as the city's finance bureau sees it."""
    factories.user(FINANCE, Region.objects.get(code="140400"), name="caizheng")
    page.get_by_label("用户名").fill("caizheng")
    page.get_by_label("密码").fill("right-horse")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/projects/")
    return page
