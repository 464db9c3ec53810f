"""The site gone through by each role and by nobody: what is linked opens, nothing breaks, nothing foreign is found."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from imports.actions import Options, import_file
from projects.models import Project
from projects.permissions import ADMIN, AUDIT, FINANCE
from tests.imports import texts
from tests.imports.gazettes.plans.made import link as plan_link
from tests.imports.gazettes.plans.made import plan_project
from tests.imports.gazettes.plans.made import table as plan_table
from tests.imports.gazettes.review.targets import target
from tests.indicators.reviewing.made import finding
from tests.perfgoals.security.crawling import HARMFUL, Crawl
from tests.perfgoals.security.markup import Markup
from tests.perfgoals.test_access import ROLES, World, official_document, person_of, world

SECRET = "别处的项目"


@pytest.fixture(autouse=True)
def no_limits(settings: Any) -> None:
    """A crawl asks much more often than anybody at work."""
    settings.PAGE_RATE = settings.EXPORT_RATE = settings.BULK_RATE = settings.UPLOAD_RATE = 0


@pytest.fixture
def own(db: None) -> World:
    """A county with everything that the site shows, a text in it that is meant to do harm, and another county."""
    own = world("上党区")
    Project.objects.filter(pk=own.project.pk).update(name=f"{HARMFUL}{{{{7*7}}}}", basis="长政发〔2031〕7号")
    finding(own.project)
    document = official_document(own)
    target(document)
    plan_link(plan_project(of=plan_table(document)), own.project)
    import_file(texts.form(SECRET).replace("上党区", "潞州区").encode(), name="b.txt", options=Options(), by=None)
    return own


def crawl_as(role: str | None, own: World) -> Crawl:
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    browser.force_login(person_of(role, own))
    return Crawl(browser).run()


@pytest.mark.parametrize("role", ROLES)
def test_every_way_of_a_role_is_open_guarded_and_its_own(role: str | None, own: World) -> None:
    crawl = crawl_as(role, own)
    if role == FINANCE:
        assert crawl.ask_oddly() > 60
    elif role == ADMIN:
        assert crawl.ask_oddly(below=("/users/", "/departments/", "/rules/")) > 5
    assert crawl.faults == []
    assert [address for address, text in crawl.texts.items() if HARMFUL in text and "<html" in text] == []
    assert any("&lt;i id=harm&gt;{{7*7}}" in text for text in crawl.texts.values()) is (role is not None)
    seen = any(SECRET in text for text in crawl.texts.values())
    assert seen is (role in {AUDIT, ADMIN})
    assert len(crawl.texts) > (40 if role else 10)


def test_nobody_finds_more_than_the_login(own: World) -> None:
    crawl = Crawl(Client(enforce_csrf_checks=True)).run()
    assert crawl.faults == []
    assert {address.partition("?")[0] for address in crawl.texts} == {"/", "/login/"}


def test_the_crawl_sees_what_the_policy_would_refuse() -> None:
    markup = Markup()
    markup.feed('<a href="javascript:x()" onclick="x()">x</a><p style="x"><style>x</style><script>x</script>')
    assert markup.faults == [
        "<a>: onclick", "<a>: an address that is a program", "<p>: style", "<style>: style", "<script>: script",
    ]  # fmt: skip
