"""A person sees a log-in of theirs at another desk and ends it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from playwright.sync_api import Page, expect

from perfgoals.models import User
from projects.permissions import ADMIN, AUDIT
from tests import factories

pytestmark = pytest.mark.journey


def test_a_log_in_at_another_desk_is_seen_and_ended(inside: Page) -> None:
    other = Client()
    other.force_login(User.objects.get(username="shenji"))
    inside.locator("details.person > summary").click()
    inside.get_by_role("link", name="我的登录").click()
    expect(inside.locator("tbody tr")).to_have_count(2)
    inside.get_by_role("button", name="从 127.0.0.1 的登录").click()
    expect(inside.get_by_role("alert")).to_contain_text("请先输入密码")
    inside.get_by_label("密码").fill("right-horse")
    inside.get_by_role("button", name="结束其他全部登录").click()
    expect(inside.get_by_role("status").first).to_contain_text("已结束 1 处登录")
    expect(inside.locator("tbody tr")).to_have_count(1)
    assert other.get("/password/").status_code == 302


def test_an_administrator_ends_all_of_them(inside: Page) -> None:
    User.objects.get(username="shenji").groups.add(Group.objects.get(name=ADMIN))
    other = Client()
    other.force_login(factories.user(AUDIT, name="liming"))
    inside.goto("/users/")
    inside.get_by_role("link", name="结束全部登录").click()
    expect(inside.get_by_text("除您之外有 1 个人的 1 处登录")).to_be_visible()
    inside.get_by_label("密码").fill("right-horse")
    inside.get_by_role("button", name="结束全部登录").click()
    expect(inside.get_by_role("status").first).to_contain_text("已结束所有人的登录，共 1 处。您现在的登录保留。")
    assert other.get("/password/").status_code == 302
