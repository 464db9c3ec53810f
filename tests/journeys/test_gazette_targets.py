"""Reviewing targets in a real browser: by keyboard, several at once, and in two windows."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from imports.actions import Options, import_file
from imports.gazettes.models import ProseTarget
from imports.gazettes.review.actions import accept_target, seen_of
from perfgoals.models import User
from projects.permissions import FINANCE
from tests import factories
from tests.imports.gazettes.texts import gazette

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reviewer(window: Page, live_server: LiveServer) -> Page:
    """Somebody of the city's finance bureau before the two targets of the made-up gazette."""
    import_file(gazette().encode(), name="公报.txt", options=Options(), by=None)
    client = Client()
    client.force_login(factories.user(FINANCE, factories.city(), name="caizheng"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    window.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    window.goto("/targets/")
    return window


def state_of(name: str) -> str:
    return ProseTarget.objects.get(draft__name=name).state


def test_targets_are_reviewed_by_keyboard(reviewer: Page) -> None:
    first, second = reviewer.locator(".target-item").all()
    expect(reviewer.locator("#target-keys")).to_contain_text("接受")
    reviewer.wait_for_load_state()  # keys are heard once the scripts are there
    reviewer.keyboard.press("j")
    expect(first).to_be_focused()
    reviewer.keyboard.press("a")
    expect(first.locator(".target-state")).to_contain_text("已接受")
    expect(second).to_be_focused()
    expect(reviewer.locator("#target-tabs")).to_contain_text("待审 1")
    reviewer.keyboard.press("u")  # the last decision, though the next target has the focus by now
    expect(first.locator(".target-state")).to_contain_text("待审")
    expect(first).to_be_focused()
    reviewer.keyboard.press("a")
    expect(second).to_be_focused()
    reviewer.keyboard.press("e")
    expect(second.get_by_label("指标")).to_be_focused()
    second.get_by_label("数值").fill("一百")
    reviewer.keyboard.press("Enter")
    expect(second.locator(".field-error")).to_contain_text("数值只能写数字")
    expect(second.get_by_label("数值")).to_be_focused()
    reviewer.keyboard.type("150")
    reviewer.keyboard.press("Enter")
    expect(second).to_contain_text("已更正")
    expect(second).to_contain_text("原来读作")
    expect(second).to_be_focused()
    reviewer.keyboard.press("k")
    expect(first).to_be_focused()
    reviewer.keyboard.press("u")
    expect(first.locator(".target-state")).to_contain_text("待审")
    expect(first).to_be_focused()
    reviewer.keyboard.press("r")
    expect(first.locator(".target-state")).to_contain_text("不是目标")
    assert (state_of("校舍抗震达标率"), state_of("书屋")) == ("rejected", "corrected")
    assert ProseTarget.objects.get(draft__name="书屋").number == 150


def test_a_form_that_was_opened_by_mistake_is_left_with_escape(reviewer: Page) -> None:
    item = reviewer.locator(".target-item").first
    item.get_by_role("link", name="更正").click()
    expect(item.get_by_label("指标")).to_be_focused()
    reviewer.keyboard.press("Escape")
    expect(item.get_by_role("button", name="接受")).to_be_visible()
    expect(item).to_be_focused()


def test_several_are_chosen_and_accepted_at_once(reviewer: Page) -> None:
    reviewer.keyboard.press("j")
    reviewer.keyboard.press("x")
    expect(reviewer.locator("[data-chosen]")).to_have_text("（1 条）")
    reviewer.get_by_label("全选本页").check()
    expect(reviewer.locator("[data-chosen]")).to_have_text("（2 条）")
    reviewer.get_by_role("button", name="接受所选").click()
    expect(reviewer.locator(".notice-success")).to_contain_text("已接受 2 条目标")
    expect(reviewer.locator(".empty")).to_contain_text("这里没有目标")
    reviewer.get_by_role("link", name="已接受").click()
    expect(reviewer.locator(".target-item")).to_have_count(2)


def test_who_comes_second_sees_who_was_first_and_goes_on(reviewer: Page) -> None:
    one = ProseTarget.objects.get(draft__name="校舍抗震达标率")
    accept_target(pk=one.pk, seen=seen_of(one), by=User.objects.get(username="shenji"))
    item = reviewer.locator(".target-item").first
    item.get_by_role("button", name="不是目标").click()
    expect(item.get_by_role("alert")).to_contain_text("shenji")
    expect(item).to_contain_text("已接受")
    assert state_of("校舍抗震达标率") == "accepted"


def test_the_review_works_without_scripts(reviewer: Page) -> None:
    context = reviewer.context.browser.new_context(java_script_enabled=False, base_url=reviewer.url)
    context.add_cookies(reviewer.context.cookies())
    page = context.new_page()
    page.goto("/targets/")
    page.locator(".target-item").first.get_by_role("button", name="接受").click()
    expect(page.locator(".target-item")).to_have_count(1)
    page.locator(".target-item").first.get_by_role("link", name="更正").click()
    page.get_by_label("数值").fill("150")
    page.get_by_role("button", name="保存更正").click()
    expect(page.locator(".target-past")).to_contain_text("= 150 个")
    context.close()
