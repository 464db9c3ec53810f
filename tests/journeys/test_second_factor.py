"""A person sets up a second factor and logs in with it, wrongly, rightly, and without the telephone."""

from __future__ import annotations

import re
import time

import pyotp
import pytest
from playwright.sync_api import Page, expect

from perfgoals.logins.models import SecondFactor

pytestmark = pytest.mark.journey


def log_in(page: Page) -> None:
    page.get_by_label("用户名").fill("shenji")
    page.get_by_label("密码").fill("right-horse")
    page.get_by_role("button", name="登录").click()


def log_out(page: Page) -> None:
    page.locator("details.person > summary").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()


def give(page: Page, code: str) -> None:
    page.get_by_label("验证码").fill(code)
    page.get_by_role("button", name="登录").click()


def test_setting_up_and_logging_in_with_a_code_or_a_recovery_code(page: Page) -> None:
    log_in(page)
    page.locator("details.person > summary").click()
    page.get_by_role("link", name="两步验证").click()
    expect(page.get_by_role("img", name="两步验证的二维码")).to_be_visible()
    page.get_by_text("不能扫描时").click()
    telephone = pyotp.TOTP(page.locator(".factor-steps .given-password").inner_text().replace(" ", ""))
    page.get_by_label("密码").fill("right-horse")
    page.get_by_label("验证码").fill(telephone.now())
    page.get_by_role("button", name="启用两步验证").click()
    codes = re.findall(r"(?:[a-z2-9]{4}-){5}[a-z2-9]{4}", page.locator(".recovery-codes").inner_text())
    assert len(codes) == 10

    log_out(page)
    log_in(page)
    give(page, "000000")
    expect(page.get_by_text("验证码不正确或已用过")).to_be_visible()
    # As if that had been a while ago: the code that set it up is used up.
    SecondFactor.objects.update(last_step=int(time.time()) // 30 - 5)
    give(page, telephone.now())
    expect(page.get_by_role("heading", name="项目")).to_be_visible()

    log_out(page)
    log_in(page)
    give(page, codes[0].upper())
    expect(page.get_by_text("它已作废，还剩 9 个")).to_be_visible()
