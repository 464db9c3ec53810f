"""Reading an official document in a real browser, and mending a damaged row of it."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from imports.gazettes.models import OfficialDocument, PlanProject
from projects.permissions import FINANCE
from tests import factories
from tests.imports.gazettes.reading.damaged import taken_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def document(samples: None) -> OfficialDocument:
    return taken_in()


@pytest.fixture
def finance(window: Page, live_server: LiveServer, document: OfficialDocument) -> Page:
    client = Client()
    client.force_login(factories.user(FINANCE, factories.city(), name="caizheng"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    window.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    return window


def test_a_document_is_found_and_read_by_its_outline(inside: Page, document: OfficialDocument) -> None:
    inside.goto("/texts/")
    inside.get_by_label("文字").fill("校舍修缮")
    expect(inside.locator(".chip")).to_contain_text("校舍修缮")
    inside.get_by_role("link", name=document.title).click()
    expect(inside.get_by_role("heading", level=1)).to_have_text(document.title)
    inside.locator(".outline").get_by_role("link", name="附件").click()
    expect(inside.locator(".outline [aria-current]")).to_contain_text("校舍修缮重点项目表")
    expect(inside.get_by_role("cell", name="东街小学改造")).to_be_in_viewport()
    expect(inside.locator("mark").first).to_contain_text("98%")


def test_on_a_narrow_screen_the_outline_is_folded_and_only_tables_scroll(
    inside: Page, document: OfficialDocument
) -> None:
    inside.set_viewport_size({"width": 390, "height": 844})
    inside.goto(document.get_absolute_url())
    expect(inside.locator(".outline nav")).to_be_hidden()
    assert inside.evaluate("document.documentElement.scrollWidth") == 390
    inside.locator(".outline summary").click()
    inside.locator(".outline").get_by_role("link", name="附件").click()
    expect(inside.locator(".outline nav")).to_be_hidden()


def test_a_damaged_row_is_mended_and_the_total_follows(finance: Page, document: OfficialDocument) -> None:
    finance.goto(document.get_absolute_url())
    expect(finance.locator(".totals-check")).to_contain_text("算不出")
    finance.locator(".row-note").get_by_role("link", name="修正").click()
    place = finance.get_by_label("建设地点", exact=True)
    expect(place).to_have_value("77")
    # The figure that does not belong here goes, and what stands behind it moves up.
    finance.get_by_role("button", name="建设地点：去掉这一格").click()
    expect(place).to_have_value("上党区")
    finance.get_by_role("button", name="建设年限：去掉这一格").click()
    # What is printed beyond the last column moves in behind it, and what moves out comes back.
    expect(finance.get_by_label("建设年限", exact=True)).to_have_value("2032-2035")
    bodies = finance.get_by_label("责任单位", exact=True)
    expect(bodies).to_have_value("市教育局、市住建局")
    finance.get_by_role("button", name="序号：从这一栏起后移一栏").click()
    expect(bodies).to_have_value("2032-2035")
    finance.get_by_role("button", name="序号：去掉这一格").click()
    expect(bodies).to_have_value("市教育局、市住建局")
    finance.get_by_label("这一行可以采用").check()
    finance.get_by_role("button", name="保存", exact=True).click()
    expect(finance.locator(".notice-success")).to_contain_text("与印刷的相符")
    expect(finance.locator(".totals-check")).to_contain_text("10,160.5")
    expect(finance.locator(".row-note")).to_contain_text("caizheng")
    assert PlanProject.objects.get(serial="2").damage == ""
