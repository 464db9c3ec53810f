"""Every page of the site, held against the rules of axe-core: in both themes and on a narrow window.

No page loads or runs what the site's own policy refuses, either (`perfgoals.security.policy`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from projects.permissions import ADMIN, AUDIT, DEPARTMENT, FINANCE
from tests.perfgoals.test_access import ROLES as TABLE_ROLES
from tests.perfgoals.test_access import TABLE, World, address_of, addresses, person_of, world

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WINDOWS: Final[dict[str, tuple[int, Literal["light", "dark"]]]] = {
    "wide, light": (1440, "light"),
    "narrow, dark": (390, "dark"),
}
ROLES: Final = (FINANCE, ADMIN, DEPARTMENT, AUDIT)
"""Those that are shown most stand first."""
PARTS: Final = {FINANCE: 5, ADMIN: 1}
"""In how many parts the pages of a role are looked at, so that several processes share them."""
SERIOUS: Final = {"serious", "critical"}
VARIANTS: Final = {
    "project-list": ["?q=教&archived=all&sort=-amount", "?year=nonsense"],
    "totals": ["?by=source", "?by=region"],
}
"""More states of a page than its bare address."""


@pytest.fixture
def own(committed: None) -> World:
    return world("上党区")


def pages(role: str, part: int, own: World) -> Iterator[tuple[str, str]]:
    """Name and path of every page that the role is the first of `ROLES` to be shown, or of one of its `PARTS`."""
    person = person_of(role, own)
    client = Client()
    client.force_login(person)
    theirs = [pattern for pattern in addresses() if first_shown(str(pattern.name)) == role]
    for pattern in theirs[part :: PARTS[role]]:
        path = path_of(pattern, own, person)
        for variant in ["", *VARIANTS.get(str(pattern.name), [])] if path else []:
            answer = client.get(path + variant)
            if answer.status_code == 200 and is_page(answer):
                yield str(pattern.name), path + variant


def first_shown(name: str) -> str | None:
    shown = dict(zip(TABLE_ROLES, TABLE[name].get.split(), strict=True))
    return next((role for role in ROLES if shown[role] == "200"), None)


def is_page(answer: HttpResponse) -> bool:
    """Not a file, and not a part that a page loads and that is seen there."""
    return answer.headers["Content-Type"].startswith("text/html") and b"<html" in b"".join(answer)


def path_of(pattern: URLPattern, own: World, person: Any) -> str:
    return address_of(pattern, own, person) if pattern.name not in {"login", "home", "logout"} else ""


def window(browser: Browser, server: LiveServer, session: str) -> Page:
    # Without motion a page has its colours at once, also when the theme changes under it.
    context = browser.new_context(base_url=server.url, reduced_motion="reduce")
    context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
    return context.new_page()


def session_of(role: str, own: World) -> str:
    client = Client()
    client.force_login(person_of(role, own))
    session: SessionStore = client.session  # type: ignore[assignment]
    return str(session.session_key)


def violations(page: Page, path: str) -> list[str]:
    """What is wrong with a page in any of the windows."""
    page.goto(path)
    return [fault for size in WINDOWS for fault in _violations(page, path, size)]


def _violations(page: Page, path: str, size: str) -> list[str]:
    width, theme = WINDOWS[size]
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{path} ({size}): {one['id']} ({one['impact']}) at {node['target'][0]}: {node['failureSummary']}"
        for one in found
        if one["impact"] in SERIOUS
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize(("role", "part"), [(role, part) for role, parts in PARTS.items() for part in range(parts)])
def test_no_page_has_a_serious_fault(
    role: str, part: int, own: World, browser: Browser, live_server: LiveServer
) -> None:
    page = window(browser, live_server, session_of(role, own))
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if "Content Security Policy" in said.text else None)
    found = {path: violations(page, path) for _, path in pages(role, part, own)}
    page.context.close()
    assert refused == []
    assert len(found) > 5
    faults = [fault for faults in found.values() for fault in faults]
    assert not faults, "\n".join(faults)


def test_every_page_is_shown_to_one_of_these_roles() -> None:
    others = [name for name in TABLE if first_shown(name) not in (None, *PARTS)]
    assert others == []


def test_the_login_has_no_serious_fault(browser: Browser, live_server: LiveServer) -> None:
    page = window(browser, live_server, "none")
    assert violations(page, "/login/") == []
    page.context.close()
