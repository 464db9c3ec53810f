"""From an administrator's rule to a signed review sheet and an auditor's sample, in a browser."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from indicators.models import ProjectFinding, ProjectReview
from perfgoals.models import User
from projects.models import Project
from projects.permissions import ADMIN, FINANCE
from tests import factories

pytestmark = pytest.mark.journey
RULE = "money.period-below-annual"


def become(page: Page, user: User, live_server: LiveServer) -> None:
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.clear_cookies()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])


def test_a_rule_is_set_a_sheet_signed_and_a_sample_drawn(window: Page, live_server: LiveServer, tmp_path: Path) -> None:
    project = Project.objects.get(pk=_with_finding())
    become(window, factories.user(ADMIN, name="guanli"), live_server)
    window.goto("/rules/")
    window.get_by_role("link", name="实施期资金少于年度资金").click()
    window.get_by_label("严重程度").select_option(label="提示")
    window.get_by_label("说明").fill("本年先提示")
    window.get_by_role("button", name="试算").click()
    expect(window.get_by_role("status").filter(has_text="试算结果")).to_contain_text("必须修改 → 提示")
    window.get_by_role("button", name="保存设置").click()
    expect(window.locator("main")).to_contain_text("全部行政区划和年度：提示")
    assert ProjectFinding.objects.get(project=project, rule=RULE).severity == 3

    become(window, factories.user(FINANCE, project.region, name="caizheng"), live_server)
    window.goto(f"/projects/{project.pk}/")
    window.get_by_role("link", name="审核表").click()
    expect(window.get_by_role("button", name="保存并签字")).to_be_visible()
    for group in window.get_by_role("radiogroup").all():
        group.get_by_label("良").check()
    window.get_by_label("总评意见").fill("同意，请补正")
    window.get_by_role("button", name="保存并签字").click()
    expect(window.locator("main")).to_contain_text("已签字：caizheng")
    assert ProjectReview.objects.get(project=project).grade == "良"
    with window.expect_download() as download:
        window.get_by_role("link", name="下载 xlsx").click()
    download.value.save_as(tmp_path / "sheet.xlsx")
    cells = [cell.value for row in openpyxl.load_workbook(tmp_path / "sheet.xlsx")["总览"].iter_rows() for cell in row]
    assert "已签字" in cells

    become(window, User.objects.get(username="shenji"), live_server)
    window.goto("/paper/?year=2025")
    window.get_by_label("抽取方式").select_option(label="按金额抽样（PPS）")
    window.get_by_label("抽取个数").fill("3")
    window.get_by_label("种子").fill("11")
    window.get_by_role("button", name="抽取").click()
    expect(window.locator("main")).to_contain_text("11（同样的项目和种子，抽到的相同）")
    expect(window.get_by_role("rowheader")).to_have_count(3)
    drawn = window.get_by_role("rowheader").all_inner_texts()
    window.reload()
    assert window.get_by_role("rowheader").all_inner_texts() == drawn


def _with_finding() -> int:
    """A project of the sample forms, with a finding of the rule."""
    from perfgoals.history import change

    number = Project.objects.filter(year=2025, amount__gt=1).earliest("pk").pk
    with change(by=None, action="edit"):
        Project.objects.filter(pk=number).update(period_amount=1)
    return number
