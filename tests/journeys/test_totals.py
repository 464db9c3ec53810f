"""From totals and charts to lists, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SUMMARY = "#results .summary"
PATIENCE = 60_000
"""Milliseconds. Plotly's script is large, and a busy machine takes long to read it."""


def open_charts(page: Page, query: str, chart: str) -> None:
    """The page of charts with one of them in sight and drawn."""
    page.set_default_timeout(PATIENCE)
    page.goto(f"/charts/{query}", wait_until="commit")
    page.locator(f".chart-{chart}").scroll_into_view_if_needed()
    page.locator(f'[data-chart="figure-{chart}"][data-drawn]').wait_for()


def test_a_cell_of_a_table_that_was_put_together_opens_its_list(inside: Page) -> None:
    inside.goto("/totals/?q=项目")
    inside.get_by_label("行", exact=True).select_option("region")
    expect(inside.locator("thead .col-label").last).to_have_text(re.compile("行政区划"))
    inside.get_by_label("行内再分").select_option("department")
    expect(inside.locator("thead .col-label").last).to_have_text(re.compile("行政区划、部门"))
    inside.get_by_label("列", exact=True).select_option("year")
    expect(inside.locator("thead")).to_contain_text("2025 年")
    expect(inside).to_have_url(re.compile("q="))
    cell = inside.locator("tbody .col-part [data-kind=amount]").last
    figure = cell.inner_text()
    cell.click()
    inside.wait_for_url("**/projects/?**")
    expect(inside.locator(f"{SUMMARY} .sum")).to_have_text(figure)


def test_a_column_s_head_sorts_and_filters_keep_the_table(inside: Page) -> None:
    inside.goto("/totals/?by=department")
    inside.locator("th.col-count a").click()
    expect(inside.locator("th.col-count")).to_have_attribute("aria-sort", "descending")
    inside.get_by_label("年度", exact=True).select_option("2024")
    expect(inside.locator(SUMMARY)).to_contain_text("共 69 个项目")
    expect(inside.locator("th.col-count")).to_have_attribute("aria-sort", "descending")


def test_totals_are_put_together_without_scripts(page: Page) -> None:
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False, base_url=page.url)
    plain = context.new_page()
    plain.goto("/login/")
    plain.get_by_label("用户名").fill("shenji")
    plain.get_by_label("密码").fill("right-horse")
    plain.get_by_role("button", name="登录").click()
    plain.goto("/totals/")
    plain.get_by_label("行", exact=True).select_option("category")
    plain.get_by_role("button", name="汇总").click()
    expect(plain.locator("tbody")).to_contain_text("产出指标")
    context.close()


def test_a_click_on_a_bar_opens_its_list(inside: Page) -> None:
    open_charts(inside, "?year=2024", "departments")
    first = inside.locator(".chart-departments tbody tr").first
    figure = first.locator("td").nth(1).text_content()
    # Bars take no clicks themselves: a layer above all of them does.
    box = inside.locator(".chart-departments .bars .point path").first.bounding_box()
    assert box is not None
    inside.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    inside.wait_for_url("**/projects/?**")
    expect(inside).to_have_url(re.compile("year=2024"))
    expect(inside.locator(f"{SUMMARY} .sum")).to_have_text(figure or "")


def test_a_click_on_a_project_s_area_opens_the_project(inside: Page) -> None:
    open_charts(inside, "?year=2024", "treemap")
    inside.locator(".chart-treemap .slice", has_text="新兴产业").last.click()
    inside.wait_for_url(re.compile(r"/projects/\d+/"))
    expect(inside.get_by_role("heading", level=1)).to_contain_text("新兴产业")


def test_a_click_on_a_band_opens_the_projects_that_it_pays(inside: Page) -> None:
    open_charts(inside, "?year=2025", "flows")
    inside.locator(".chart-flows .sankey-link").first.click()
    inside.wait_for_url("**/projects/?**")
    expect(inside).to_have_url(re.compile("source=local"))
    expect(inside).to_have_url(re.compile("department="))


def test_charts_are_downloaded_as_pictures(inside: Page, tmp_path: Path) -> None:
    open_charts(inside, "?year=2024", "departments")
    for kind, begins in (("png", b"\x89PNG\r\n"), ("svg", b"<svg")):
        with inside.expect_download() as waiting:
            inside.locator(f'.chart-departments [data-chart-download="{kind}"]').click()
        path = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(path)
        assert path.name == f"各部门金额_万元.{kind}"
        assert path.read_bytes().startswith(begins)
        assert path.stat().st_size > 10_000


def test_charts_follow_the_filters_and_the_theme(inside: Page) -> None:
    open_charts(inside, "", "departments")
    drawing = inside.locator('[data-chart="figure-departments"][data-drawn]')
    bar = drawing.locator(".bars .point path").first
    light = bar.evaluate("bar => getComputedStyle(bar).fill")
    for _ in range(2):
        inside.locator('[data-action="theme"]').click()
    expect(bar).not_to_have_css("fill", light)
    inside.locator("#id_year").select_option("2025")
    expect(drawing.locator(".yaxislayer-above text").first).to_contain_text("上党区")


def test_every_mark_s_list_is_reached_by_keyboard(inside: Page) -> None:
    open_charts(inside, "?year=2024", "departments")
    table = inside.locator(".chart-departments details")
    table.locator("summary").focus()
    inside.keyboard.press("Enter")
    first = table.locator("tbody a").first
    expect(first).to_be_visible()
    first.press("Enter")
    inside.wait_for_url("**/projects/?**department=**")
