"""Where number and sums of a frequent word do not come, the page says why and what to do, and keeps its rows."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import OperationalError
from playwright.sync_api import Locator, Page, Route, expect

from projects import views
from tests.projects.words import few_are_many

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

NEARLY_ONE = datetime(2025, 3, 1, 12, 59, 58, tzinfo=UTC)
COUNTS = "**/projects/?*page=1*"
WAITING = "正在统计准确的数目和金额"


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three projects are very many, and no minute turns."""
    few_are_many(monkeypatch)
    monkeypatch.setattr("perfgoals.rates.middleware.time", NEARLY_ONE.timestamp)


def summary(page: Page) -> Locator:
    return page.locator("#results .summary")


def rows(page: Page) -> Locator:
    return page.locator("[data-rows] tr")


def again(page: Page) -> Locator:
    return page.get_by_role("link", name="再统计一次")


def test_who_asks_too_often_is_told_so_and_gets_them_in_time(hurried: Page, settings: Any) -> None:
    def refuse(route: Route) -> None:
        settings.PAGE_RATE = 1
        route.continue_()

    hurried.route(COUNTS, refuse)
    hurried.goto("/projects/?q=市")
    expect(summary(hurried)).to_contain_text("没有统计出数目和金额：操作过于频繁，请 2 秒后再试。到时间会自动再统计。")
    expect(hurried.get_by_text(WAITING)).to_be_hidden()
    expect(again(hurried)).to_be_hidden()
    expect(rows(hurried)).to_have_count(50)
    hurried.unroute(COUNTS)
    settings.PAGE_RATE = 0
    expect(summary(hurried)).to_contain_text("共 76 个项目")


def test_a_server_that_is_busy_is_asked_again_when_it_said(hurried: Page) -> None:
    hurried.route(COUNTS, lambda route: route.fulfill(status=503, headers={"Retry-After": "1"}), times=1)
    hurried.goto("/projects/?q=市")
    expect(summary(hurried)).to_contain_text("没有统计出数目和金额：服务器正忙，请等 1 秒。到时间会自动再统计。")
    expect(summary(hurried)).to_contain_text("共 76 个项目")


def test_a_count_that_fails_leaves_the_rows_and_a_link(hurried: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    counting = views.summary_of

    def cancelled(*_args: Any) -> None:
        raise OperationalError("canceling statement due to statement timeout")

    monkeypatch.setattr(views, "summary_of", cancelled)
    hurried.goto("/projects/?q=市")
    expect(summary(hurried)).to_contain_text("没有统计出数目和金额：服务器没有完成统计。")
    expect(rows(hurried)).to_have_count(50)
    monkeypatch.setattr(views, "summary_of", counting)
    again(hurried).click()
    expect(summary(hurried)).to_contain_text("共 76 个项目")
    expect(hurried).to_have_url(re.compile("page=1"))


def test_without_a_server_the_rows_stay(hurried: Page) -> None:
    hurried.route(COUNTS, lambda route: route.abort("connectionreset"), times=1)
    hurried.goto("/projects/?q=市")
    expect(summary(hurried)).to_contain_text("没有统计出数目和金额：没有连上服务器。")
    expect(rows(hurried)).to_have_count(50)
    again(hurried).click()
    expect(summary(hurried)).to_contain_text("共 76 个项目")


def test_a_count_that_gave_way_to_a_refused_wish_is_asked_for_again(hurried: Page, settings: Any) -> None:
    held: list[Route] = []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append(route)

    hurried.route(COUNTS, hold_the_first)
    hurried.goto("/projects/?q=市")
    expect(summary(hurried)).to_contain_text(WAITING)
    settings.PAGE_RATE = 1
    hurried.get_by_label("年度", exact=True).select_option("2024")
    expect(hurried.get_by_role("alert")).to_contain_text("操作过于频繁，请 2 秒后再试。")
    expect(summary(hurried)).to_contain_text("没有统计出数目和金额：操作过于频繁")
    settings.PAGE_RATE = 0
    expect(summary(hurried)).to_contain_text("共 76 个项目")
    hurried.unroute_all(behavior="ignoreErrors")
