"""A token for a program, and the page that explains the API."""

import re

import pytest
from playwright.sync_api import Page, expect

from perfgoals.api.models import ApiToken

pytestmark = pytest.mark.journey


def test_a_token_is_made_and_the_page_of_the_api_shows_what_it_reads(inside: Page) -> None:
    inside.locator("details.person > summary").click()
    inside.get_by_role("link", name="接口令牌").click()
    inside.get_by_label("用途").fill("月报表程序")
    inside.get_by_role("button", name="创建令牌").click()
    expect(inside.locator("#token")).to_have_text(re.compile("pgt_[0-9a-f]{64}"))
    assert ApiToken.objects.get().name == "月报表程序"

    inside.get_by_role("link", name="接口说明").click()
    operation = inside.locator(".opblock", has_text="/api/v1/departments/")
    operation.click()
    operation.get_by_role("button", name="执行").click()
    # The page of Swagger takes its time where many browsers run at once.
    answered = operation.locator(".live-responses-table tbody .response-col_status").first
    expect(answered).to_contain_text("200", timeout=30_000)
