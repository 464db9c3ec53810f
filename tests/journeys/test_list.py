"""The list by keyboard, its side panel and its columns, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from projects.models import ListLayout, Project

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

TITLE = "#panel [data-panel-title]"


def names(page: Page) -> Locator:
    return page.locator("[data-row-link]")


def row(page: Page, number: int) -> Locator:
    return page.locator("[data-rows] tr").nth(number)


def test_keys_move_through_the_rows(inside: Page) -> None:
    inside.keyboard.press("j")
    expect(names(inside).nth(0)).to_be_focused()
    for key, at in [("j", 1), ("ArrowDown", 2), ("k", 1), ("ArrowUp", 0), ("ArrowUp", 0), ("End", 49), ("Home", 0)]:
        inside.keyboard.press(key)
        expect(names(inside).nth(at)).to_be_focused()
    inside.keyboard.press("PageDown")
    expect(names(inside).nth(0)).not_to_be_focused()
    inside.keyboard.press("PageUp")
    expect(names(inside).nth(0)).to_be_focused()


def test_the_row_in_hand_is_never_behind_head_or_sums(inside: Page) -> None:
    inside.keyboard.press("j")
    for key in ("End", "PageUp", "PageUp", "Home"):
        inside.keyboard.press(key)
        place = inside.locator("[data-row-link]:focus").bounding_box()
        head, foot = (inside.locator(f".project-table {part} tr").first.bounding_box() for part in ("thead", "tfoot"))
        assert place
        assert head
        assert foot
        assert place["y"] >= head["y"] + head["height"] - 1
        assert place["y"] + place["height"] <= foot["y"] + 1


def test_enter_opens_the_project_itself(inside: Page) -> None:
    inside.keyboard.press("j")
    name = names(inside).first.inner_text()
    inside.keyboard.press("Enter")
    expect(inside.get_by_role("heading", level=1)).to_have_text(name)


def test_letters_in_a_field_are_text(inside: Page) -> None:
    inside.get_by_label("文字", exact=True).fill("")
    inside.get_by_label("文字", exact=True).press_sequentially("jko ")
    expect(inside.get_by_label("文字", exact=True)).to_have_value("jko ")


def test_space_opens_the_panel_and_escape_gives_the_row_back(inside: Page) -> None:
    inside.keyboard.press("j")
    inside.keyboard.press("j")
    name = names(inside).nth(1).inner_text()
    inside.keyboard.press("Space")
    expect(inside.locator(TITLE)).to_have_text(name)
    expect(inside.locator(TITLE)).to_be_focused()
    expect(row(inside, 1)).to_have_attribute("aria-current", "true")
    expect(inside.locator("[data-panel-place]")).to_have_text("第 2 个，共 80 个")
    inside.keyboard.press("Escape")
    expect(inside.locator("#panel")).to_be_hidden()
    expect(names(inside).nth(1)).to_be_focused()
    expect(inside).not_to_have_url(re.compile("open="))


def test_the_panel_goes_on_through_the_rows_and_over_the_page(inside: Page) -> None:
    inside.keyboard.press("j")
    inside.keyboard.press("End")
    inside.keyboard.press("o")
    expect(inside.locator("[data-panel-place]")).to_have_text("第 50 个，共 80 个")
    inside.get_by_role("button", name="下一个项目").click()
    expect(inside.locator("[data-panel-place]")).to_have_text("第 51 个，共 80 个", timeout=15_000)
    expect(inside).to_have_url(re.compile("page=2"))
    expect(inside.get_by_role("button", name="下一个项目")).to_be_focused()
    inside.keyboard.press("k")
    expect(inside.locator("[data-panel-place]")).to_have_text("第 50 个，共 80 个", timeout=15_000)


def test_the_first_row_has_none_before_it(inside: Page) -> None:
    row(inside, 0).locator(".col-year").click()
    expect(inside.get_by_role("button", name="上一个项目")).to_be_disabled()
    expect(inside.get_by_role("button", name="下一个项目")).to_be_enabled()


def test_the_panel_keeps_the_place_of_the_list(inside: Page) -> None:
    box = inside.locator("#results .table-wrap")
    box.evaluate("box => box.scrollTop = 400")
    row(inside, 15).locator(".col-year").click()
    expect(inside.locator(TITLE)).to_be_visible()
    assert abs(box.evaluate("box => box.scrollTop") - 400) <= 1
    inside.locator("[data-panel-close]").click()
    assert abs(box.evaluate("box => box.scrollTop") - 400) <= 1


def test_the_address_opens_list_and_panel_again(inside: Page) -> None:
    inside.goto("/projects/?year=2024&sort=-amount")
    row(inside, 30).locator(".col-year").click()
    name = names(inside).nth(30).inner_text()
    expect(inside.locator(TITLE)).to_have_text(name)
    expect(inside.locator(TITLE)).to_be_focused()
    inside.reload()
    expect(inside.locator(TITLE)).to_have_text(name)
    expect(row(inside, 30)).to_be_in_viewport()
    expect(inside.locator("th.col-amount")).to_have_attribute("aria-sort", "descending")
    inside.get_by_role("link", name="打开完整页面").click()
    expect(inside.get_by_role("heading", level=1)).to_have_text(name)
    inside.go_back()
    expect(inside.locator(TITLE)).to_have_text(name)


def test_what_is_filtered_in_place_leaves_the_panel_open(inside: Page) -> None:
    row(inside, 0).locator(".col-year").click()
    expect(inside.locator(TITLE)).to_be_visible()
    inside.get_by_label("年度", exact=True).select_option("2025")
    expect(inside.locator("[data-panel-place]")).to_have_text("不在本页")
    expect(inside).to_have_url(re.compile(r"year=2025&open=\d+"))
    inside.locator("#unit-switch a", has_text="亿元").click()
    expect(inside.locator(TITLE)).to_be_visible()
    expect(inside.locator("#panel .funding thead")).to_contain_text("亿元")


def test_a_click_on_the_name_opens_the_page_and_with_ctrl_another_tab(inside: Page) -> None:
    with inside.context.expect_page() as opened:
        names(inside).first.click(modifiers=["Control"])
    assert re.search(r"/projects/\d+/$", opened.value.url)
    opened.value.close()
    names(inside).first.click()
    inside.wait_for_url(re.compile(r"/projects/\d+/$"))


def test_on_a_narrow_window_the_panel_covers_the_page(inside: Page) -> None:
    inside.set_viewport_size({"width": 390, "height": 844})
    inside.locator("[data-open-panel]").nth(1).click()
    expect(inside.locator(TITLE)).to_be_focused()
    box = inside.locator("#panel").bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    assert inside.evaluate("document.querySelector('#list').inert && document.querySelector('.topbar').inert")
    inside.keyboard.press("Escape")
    assert not inside.evaluate("document.querySelector('#list').inert")
    expect(names(inside).nth(1)).to_be_focused()


def test_the_panel_opens_without_scripts(page: Page) -> None:
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False, base_url=page.url)
    plain = context.new_page()
    plain.goto("/login/")
    plain.get_by_label("用户名").fill("shenji")
    plain.get_by_label("密码").fill("right-horse")
    plain.get_by_role("button", name="登录").click()
    name = names(plain).nth(2).inner_text()
    row(plain, 2).hover()
    plain.locator("[data-open-panel]").nth(2).click()
    expect(plain.locator(TITLE)).to_have_text(name)
    plain.locator("[data-panel-close]").click()
    expect(plain.locator("#panel")).to_be_hidden()
    context.close()


def open_columns(page: Page) -> None:
    page.locator(".columns-menu summary").click()


def heads(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".project-table thead th").all_inner_texts()]


def test_columns_are_found_switched_and_put_elsewhere_by_keyboard(inside: Page) -> None:
    inside.goto("/projects/?year=2024&sort=-amount")
    open_columns(inside)
    inside.get_by_label("筛选列名").fill("中央财政")
    inside.locator('[data-column="annual_central"] input').check()
    inside.get_by_label("筛选列名").fill("")
    inside.locator('[data-column="year"] input').uncheck()
    inside.locator('[data-column="source"] input').uncheck()
    box = inside.locator('[data-column="amount"] input')
    box.focus()
    inside.keyboard.press("Alt+ArrowUp")
    inside.keyboard.press("Alt+ArrowUp")
    expect(box).to_be_focused()
    expect(inside.locator("#announcer")).to_have_text("年度金额：第 4 列")
    inside.get_by_role("button", name="应用").click()
    expect(inside.locator(".project-table thead")).to_contain_text("中央财政资金（万元）")
    assert heads(inside) == [
        "序号", "项目名称", "年度金额（万元）", "行政区划", "部门", "实施期金额（万元）", "资金来源", "指标数", "中央财政资金（万元）",
    ]  # fmt: skip
    expect(inside).to_have_url(re.compile(r"\?year=2024&sort=-amount$"))
    open_columns(inside)
    inside.get_by_role("button", name="恢复默认").click()
    expect(inside.locator(".project-table thead")).to_contain_text("来源")


def test_columns_are_put_elsewhere_by_mouse(inside: Page) -> None:
    open_columns(inside)
    inside.locator('[data-column="indicators"]').drag_to(
        inside.locator('[data-column="year"]'), target_position={"x": 150, "y": 4}
    )
    inside.get_by_role("button", name="“部门”上移").click()
    inside.get_by_role("button", name="应用").click()
    expect(inside.locator(".project-table thead th").nth(2)).to_have_text("指标数")
    assert heads(inside)[2:6] == ["指标数", "年度", "部门", "行政区划"]


def test_row_height_is_the_persons_own_on_every_device(inside: Page) -> None:
    with inside.expect_response("**/projects/density/"):
        inside.get_by_role("button", name="紧凑").click()
    assert ListLayout.objects.get().is_compact
    inside.evaluate("localStorage.clear()")
    inside.reload()
    expect(inside.locator("html")).to_have_attribute("data-density", "compact")
    height = inside.locator("[data-rows] tr").first.bounding_box()
    assert height
    assert height["height"] == 28


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_scrolls_sideways_but_the_table(inside: Page, width: int) -> None:
    inside.set_viewport_size({"width": width, "height": 844})
    project = Project.objects.filter(indicators__isnull=False).first()
    for address in (f"/projects/?open={project and project.pk}", "/projects/columns/"):
        inside.goto(address)
        assert inside.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert inside.evaluate("(p => p ? p.scrollWidth - p.clientWidth : 0)(document.querySelector('#panel'))") <= 0
