"""From the list of plan projects to its totals and its file, and confirming a link, in a real browser."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from imports.actions import Options, import_file
from imports.gazettes.models import LinkState, PlanLink
from projects.permissions import FINANCE
from tests import factories
from tests.imports.gazettes.texts import gazette

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def read_gazette() -> None:
    import_file(gazette().encode(), name="公报.txt", options=Options(), by=None)


def log_in_as_finance(page: Page, live_server: LiveServer) -> None:
    client = Client()
    client.force_login(factories.user(FINANCE, factories.city()))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])


def test_filter_total_and_file_agree(inside: Page, tmp_path: Path) -> None:
    read_gazette()
    inside.get_by_role("link", name="规划项目").click()
    summary = inside.locator("#results .summary")
    expect(summary).to_contain_text("共 3 个规划项目，投资合计 10,160.50 万元")
    inside.get_by_label("文字", exact=True).fill("市教育局")
    expect(summary).to_contain_text("共 2 个规划项目，投资合计 9,800.50 万元")
    inside.get_by_role("link", name="按起始年").click()
    row = inside.get_by_role("row", name=re.compile("2032 年"))
    expect(row).to_contain_text("8,600.50")
    expect(inside.locator("tfoot .all-sum")).to_have_text("9,800.50")
    row.get_by_role("link").click()
    expect(summary).to_contain_text("共 1 个规划项目，投资合计 8,600.50 万元")
    expect(inside.locator(".chip")).to_have_count(2)
    inside.locator(".export-menu summary").click()
    with inside.expect_download() as download:
        inside.get_by_role("link", name="CSV").click()
    path = tmp_path / "规划项目.csv"
    download.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(one["项目名称"], one["投资（元）"]) for one in rows] == [("北塬中学迁建", "86005000.00")]


def test_a_proposed_link_is_confirmed_and_stands_on_the_project_s_page(window: Page, live_server: LiveServer) -> None:
    bureau = factories.department("长治市教育局", factories.city())
    factories.project("长治市东街小学改造工程", region=factories.city(), department=bureau, year=2032)
    read_gazette()
    log_in_as_finance(window, live_server)
    window.goto("/plans/?linked=proposed")
    window.get_by_role("link", name="东街小学改造").click()
    window.get_by_role("button", name="是同一项目").click()
    expect(window.locator(".notice")).to_contain_text("已确认对应：长治市东街小学改造工程")
    assert PlanLink.objects.get().state == LinkState.CONFIRMED
    window.locator("#links").get_by_role("link", name="长治市东街小学改造工程").click()
    panel = window.get_by_role("complementary", name="来源与填报")
    expect(panel).to_contain_text("对应的规划项目")
    expect(panel).to_contain_text("已确认")
