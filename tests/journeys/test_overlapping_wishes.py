"""Somebody who is faster than the server: what was wished for last is what is shown, and nothing that was typed is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from imports.models import ImportRun
from projects.models import Project
from tests.journeys.held import Held, listen
from tests.projects.filters.filed import filed

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SUMMARY = "#results .summary"


@pytest.fixture
def hasty(inside: Page) -> Iterator[Page]:
    """The project list, whose requests may be held back until the end."""
    listen(inside)
    inside.goto("/projects/")
    yield inside
    inside.unroute_all(behavior="ignoreErrors")


def test_words_that_a_link_overtook_are_asked_for_after_it(hasty: Page) -> None:
    held = Held(hasty, r"/projects/\?q=")
    hasty.get_by_label("文字", exact=True).fill("滑坡")
    words = held.one()
    hasty.get_by_role("columnheader", name="项目名称").get_by_role("link").click()
    held.one().continue_()
    expect(hasty).to_have_url(re.compile(r"q=.*sort=name|sort=name.*q="))
    held.let_go(words)
    expect(hasty.locator("[data-rows] mark").first).to_have_text("滑坡")
    expect(hasty.locator("th[aria-sort=ascending]")).to_contain_text("项目名称")


def test_a_link_followed_twice_shows_what_the_second_one_says(hasty: Page) -> None:
    Project.objects.filter(basis__isnull=False).update(basis="晋财社[2030]99号")
    hasty.goto("/citations/")
    held = Held(hasty, r"/citations/\?held=no")
    hasty.get_by_role("link", name="未收录").click()
    first = held.one()
    hasty.get_by_label("文号或标题").fill("没有这样的文号")
    expect(hasty.locator("#results .empty")).to_contain_text("没有符合条件的文号")
    held.let_go(first)
    expect(hasty.locator("#results .empty")).to_contain_text("没有符合条件的文号")


def test_choices_that_come_late_do_not_take_back_a_newer_choice(hasty: Page) -> None:
    run = ImportRun.objects.all()[0]
    filed(run, run.records.all()[0].project, [f"第{at}号文件.txt" for at in range(150)])
    hasty.locator(".more > summary").click()
    hasty.locator("#id_document").click()
    field = hasty.locator(".field-document")
    field.get_by_label("查找来源文件").fill("第149号")
    held = Held(hasty, r"/choices/document/\?.*document=")
    field.locator(".check", has_text="第149号文件.txt").click()
    expect(hasty.locator(".chip")).to_contain_text("第149号文件.txt")
    late = held.one()
    field.locator(".check", has_text="全部").click()
    expect(hasty.locator(".chip")).to_have_count(0)
    held.let_go(late)
    expect(hasty.locator("[data-more-count]")).to_have_text("")


def test_words_are_not_asked_for_again_when_their_field_is_left(hasty: Page) -> None:
    asked: list[str] = []
    hasty.on("request", lambda request: asked.append(request.url) if "/projects/?" in request.url else None)
    words = hasty.get_by_label("文字", exact=True)
    words.press_sequentially("滑坡")
    expect(hasty.locator("[data-rows] mark").first).to_have_text("滑坡")
    words.blur()
    hasty.wait_for_timeout(200)
    assert len(asked) == 1
