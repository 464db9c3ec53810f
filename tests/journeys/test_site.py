"""What people do with the site, in a real browser."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from imports.models import ImportRun, SourceDocument
from projects.models import Project

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SUMMARY = "#results .summary"


def test_a_wrong_password_is_said_in_place(page: Page) -> None:
    page.get_by_label("用户名").fill("shenji")
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("用户名或密码不正确")
    expect(page.get_by_label("用户名")).to_have_value("shenji")


def test_the_city_list_is_found_and_its_total_read(inside: Page) -> None:
    inside.get_by_label("年度", exact=True).select_option("2024")
    expect(inside.locator(SUMMARY)).to_have_text(re.compile("共 69 个项目，合计 1,376,274.00 万元"))
    expect(inside).to_have_url(re.compile(r"\?year=2024$"))


def test_typing_narrows_the_list_in_place_and_back_undoes_it(inside: Page) -> None:
    inside.keyboard.press("/")
    inside.keyboard.type("养老保险")
    expect(inside.locator(SUMMARY)).to_contain_text("共 3 个项目")
    inside.go_back()
    expect(inside.locator(SUMMARY)).not_to_contain_text("共 3 个项目")


def test_a_chip_takes_its_filter_off(inside: Page) -> None:
    inside.goto("/projects/?year=2024&q=养老保险")
    inside.locator(".chip", has_text="养老保险").click()
    expect(inside.locator(SUMMARY)).to_contain_text("共 69 个项目")
    expect(inside.get_by_label("文字", exact=True)).to_have_value("")


def test_departments_are_picked_from_a_list_that_narrows(inside: Page) -> None:
    inside.locator("#id_department").click()
    inside.get_by_label("查找部门").fill("民政")
    inside.locator(".field-department .check", has_text="市民政局").first.click()
    expect(inside.locator(".chip")).to_contain_text("市民政局")
    expect(inside.locator("#picked-department")).to_have_text("已选 1 个")
    inside.keyboard.press("Escape")
    expect(inside.locator(".field-department .pick-body")).to_be_hidden()


def test_sorting_keeps_the_filters_and_filters_keep_the_sorting(inside: Page) -> None:
    inside.goto("/projects/?year=2024")
    head = inside.locator("th.col-amount a")
    head.click()
    expect(inside.locator("th.col-amount")).to_have_attribute("aria-sort", "ascending")
    head.click()
    expect(inside.locator("th.col-amount")).to_have_attribute("aria-sort", "descending")
    expect(inside.locator("tbody .col-name a").first).to_have_text("征储土地补偿等成本费用")
    inside.get_by_label("文字", exact=True).fill("道路")
    expect(inside.locator(".chip", has_text="道路")).to_be_visible()
    expect(inside).to_have_url(re.compile("sort=-amount"))


def test_a_row_opens_its_project_with_the_indicator_tree(inside: Page) -> None:
    inside.goto("/projects/?indicators=yes")
    row = inside.locator("[data-rows] tr").first
    name = row.locator("[data-row-link]").inner_text()
    row.locator("[data-row-link]").click()
    expect(inside.get_by_role("heading", level=1)).to_have_text(name)
    expect(inside.locator(".tree .level1").first).to_have_text("产出指标")
    expect(inside.locator(".side")).to_contain_text("来源")


def test_arrows_move_from_row_to_row(inside: Page) -> None:
    links = inside.locator("[data-row-link]")
    links.nth(0).focus()
    inside.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()


def test_a_cell_of_the_totals_opens_the_list_that_it_sums(inside: Page) -> None:
    inside.goto("/totals/?by=source")
    cell = inside.locator('[data-kind="local"]').first
    figure = cell.inner_text()
    cell.click()
    expect(inside.locator('[data-source="local"]')).to_have_text(figure)


def test_the_unit_is_switched_and_stays(inside: Page) -> None:
    inside.goto("/projects/?year=2024")
    inside.locator("#unit-switch a", has_text="亿元").click()
    expect(inside.locator(SUMMARY)).to_contain_text("137.6274 亿元")
    expect(inside).to_have_url(re.compile("year=2024"))
    inside.goto("/totals/?year=2024")
    expect(inside.locator(SUMMARY)).to_contain_text("137.6274 亿元")


def test_the_unit_switch_follows_what_was_filtered_in_place(inside: Page) -> None:
    inside.get_by_label("年度", exact=True).select_option("2024")
    expect(inside.locator(SUMMARY)).to_contain_text("共 69 个项目")
    inside.locator("#unit-switch a", has_text=re.compile("^元$")).click()
    expect(inside.locator(SUMMARY)).to_contain_text("13,762,740,000.00 元")


def test_the_source_opens_at_the_line(inside: Page) -> None:
    inside.goto("/projects/?year=2024&q=乡村振兴接续")
    inside.locator("tbody .col-source a").first.click()
    inside.wait_for_url("**/documents/**")
    line = inside.locator("tr:target")
    expect(line).to_be_in_viewport()
    expect(line.locator(".line-label")).to_contain_text("乡村振兴接续扶持资金")


def test_theme_and_row_height_are_remembered(inside: Page) -> None:
    switch = inside.locator('[data-action="theme"]')
    switch.click()
    switch.click()
    inside.get_by_role("button", name="紧凑").click()
    inside.reload()
    expect(inside.locator("html")).to_have_attribute("data-theme", "dark")
    expect(inside.locator("html")).to_have_attribute("data-density", "compact")
    expect(switch.locator("svg").filter(visible=True)).to_have_count(1)
    expect(switch.locator("svg").nth(2)).to_be_visible()


def test_long_texts_fold_and_open(inside: Page) -> None:
    project = Project.objects.filter(overview__isnull=False).first()
    assert project is not None
    Project.objects.filter(pk=project.pk).update(overview="改造教室。" * 200)
    inside.goto(project.get_absolute_url())
    button = inside.locator(".official .fold-button", has_text="展开").first
    button.click()
    expect(inside.locator(".official .fold-button").first).to_have_text("收起")


def test_the_list_works_without_scripts(page: Page) -> None:
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False, base_url=page.url)
    plain = context.new_page()
    plain.goto("/login/")
    plain.get_by_label("用户名").fill("shenji")
    plain.get_by_label("密码").fill("right-horse")
    plain.get_by_role("button", name="登录").click()
    plain.get_by_label("年度", exact=True).select_option("2024")
    plain.get_by_role("button", name="查询").click()
    expect(plain.locator(SUMMARY)).to_contain_text("共 69 个项目，合计 1,376,274.00 万元")
    context.close()


def test_a_session_that_ended_leads_to_the_login(inside: Page) -> None:
    inside.context.clear_cookies()
    inside.get_by_label("年度", exact=True).select_option("2024")
    inside.wait_for_url("**/login/?next=**")
    expect(inside).to_have_url(re.compile("year%3D2024"))


def test_logging_out_closes_the_site(inside: Page) -> None:
    inside.locator(".person summary").click()
    inside.get_by_role("button", name="退出登录").click()
    inside.wait_for_url("**/login/")
    inside.goto("/projects/")
    expect(inside).to_have_url(re.compile("/login/"))


def test_no_page_scrolls_sideways(inside: Page) -> None:
    for address in every_page():
        inside.goto(address)
        for width in (390, 900, 2560):
            inside.set_viewport_size({"width": width, "height": 844})
            assert inside.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (address, width)


def every_page() -> list[str]:
    projects = [project.get_absolute_url() for project in Project.objects.order_by("region_id", "pk")[68:72]]
    documents = [document.get_absolute_url() for document in SourceDocument.objects.all()]
    runs = [run.get_absolute_url() for run in ImportRun.objects.all()]
    lists = [reverse(name) for name in ("project-list", "totals", "document-list", "run-list")]
    totals = [f"{reverse('totals')}?by={by}" for by in ("source", "region", "year")]
    return [*lists, *totals, "/projects/?q=没有", "/projects/?year=x", *projects, *documents, *runs]
