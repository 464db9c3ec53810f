"""Choosing projects in the list and changing them together, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from projects.models import Project, Region
from projects.permissions import FINANCE
from tests import factories
from tests.projects.words import few_are_many

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

COUNT = "[data-bulk-count]"
BOXES = 'input[name="ids"]'


def test_a_range_is_chosen_with_its_sum_and_nothing_moves(finance: Page) -> None:
    before = finance.locator(".project-table").bounding_box()
    expect(finance.locator(COUNT)).to_be_hidden()
    finance.locator(BOXES).nth(1).click()
    finance.locator(BOXES).nth(4).click(modifiers=["Shift"])
    expect(finance.locator(COUNT)).to_have_text("已选 4 个，合计 61,073.00 万元")
    assert finance.locator(".project-table").bounding_box() == before
    finance.get_by_role("button", name="取消选择").click()
    expect(finance.locator(COUNT)).to_be_hidden()


def test_what_is_counted_a_moment_later_can_be_chosen_and_stays_so(
    finance: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    few_are_many(monkeypatch)
    finance.goto("/projects/?q=学")
    finance.locator(BOXES).first.check()
    expect(finance.locator(COUNT)).to_contain_text("已选 1 个")
    finance.locator("th.col-amount a").click()
    expect(finance).to_have_url(re.compile("sort="))
    expect(finance.locator("th.col-amount")).to_have_attribute("aria-sort", "ascending")
    expect(finance.locator(COUNT)).to_contain_text("已选 1 个")


def test_sorting_and_paging_keep_what_was_chosen_and_filters_begin_anew(finance: Page) -> None:
    finance.get_by_label("选中本页全部项目").check()
    expect(finance.locator(COUNT)).to_contain_text("已选 50 个")
    finance.locator(".pages a", has_text="2").click()
    expect(finance.locator(COUNT)).to_contain_text("已选 50 个（其他页 50 个）")
    expect(finance.locator(".topbar")).to_be_visible()
    finance.locator(BOXES).first.check()
    finance.locator("th.col-amount a").click()
    expect(finance.locator(COUNT)).to_contain_text("已选 51 个")
    finance.locator(".bulk-actions").get_by_role("button", name="归档").click()
    expect(finance.locator(".bulk-sentence")).to_contain_text("将归档 51 个项目")
    finance.get_by_role("link", name="返回列表").click()
    finance.locator(BOXES).first.check()
    finance.get_by_label("年度", exact=True).select_option("2024")
    expect(finance.locator(".chip")).to_contain_text("2024 年")
    expect(finance.locator(COUNT)).to_be_hidden()


def test_all_that_is_found_is_archived_with_a_reason_and_comes_back(finance: Page) -> None:
    finance.goto("/projects/?year=2024&size=50")
    finance.locator(BOXES).first.check()
    finance.get_by_label("选中全部 69 个筛选结果").check()
    expect(finance.locator(COUNT)).to_have_text("已选 69 个，合计 1,376,274.00 万元")
    finance.locator(".bulk-actions").get_by_role("button", name="归档").click()
    finance.get_by_role("button", name="确认归档").click()
    expect(finance.locator(".field-error")).to_contain_text("请写明归档的原因")
    finance.get_by_label("原因").fill("年度结束")
    finance.get_by_role("button", name="确认归档").click()
    expect(finance.locator("main > .notice")).to_contain_text("已归档 69 个项目，合计 1,376,274.00 万元")
    finance.get_by_role("link", name="查看已归档的项目").click()
    expect(finance.locator("#results .summary")).to_contain_text("共 69 个项目")
    expect(finance.locator(".archived").first).to_have_text("已归档")
    finance.get_by_label("选中本页全部项目").check()
    finance.get_by_role("button", name="取消归档").click()
    finance.get_by_role("button", name="确认取消归档").click()
    expect(finance.locator("main > .notice")).to_contain_text("已取消归档 50 个项目")
    assert Project.objects.exclude(archived_at=None).count() == 19


def test_projects_are_copied_to_another_year_without_scripts(page: Page) -> None:
    factories.user(FINANCE, Region.objects.get(code="140400"), name="caizheng")
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False, base_url=page.url)
    plain = context.new_page()
    plain.goto("/login/")
    plain.get_by_label("用户名").fill("caizheng")
    plain.get_by_label("密码").fill("right-horse")
    plain.get_by_role("button", name="登录").click()
    for nth in (0, 2):
        plain.locator(BOXES).nth(nth).check()
    plain.locator(".bulk-actions").get_by_role("button", name=re.compile("复制")).click()
    plain.get_by_label("清零").check()
    plain.get_by_label("复制到年度").fill("2027")
    plain.get_by_role("button", name="重新预览").click()
    expect(plain.locator(".bulk-sentence")).to_contain_text("将 2 个项目复制到 2027 年，金额清零")
    plain.get_by_role("button", name="确认复制").click()
    expect(plain.locator("main > .notice")).to_contain_text("已将 2 个项目复制到 2027 年")
    assert set(Project.objects.filter(year=2027).values_list("amount", flat=True)) == {0}
    context.close()


@pytest.mark.parametrize("width", [390, 900])
def test_a_selection_does_not_make_the_page_scroll_sideways(finance: Page, width: int) -> None:
    finance.set_viewport_size({"width": width, "height": 844})
    finance.locator(BOXES).nth(1).click()
    assert finance.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    finance.locator(".bulk-actions").get_by_role("button", name=re.compile("复制")).click()
    expect(finance.get_by_label("复制到年度")).to_be_visible()
    assert finance.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
