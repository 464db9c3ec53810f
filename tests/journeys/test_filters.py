"""Filters as people use them: conditions on indicators, counts, pickers by keyboard, saving and sharing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from imports.models import ImportRun
from perfgoals.models import User
from projects.permissions import FINANCE
from tests import factories
from tests.journeys.windows import with_scripts
from tests.projects.filters.country import settle
from tests.projects.filters.filed import filed

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SUMMARY = "#results .summary"
PATIENCE = 15_000
"""Milliseconds for what the server answers."""


def log_in(page: Page, name: str) -> Page:
    page.goto("/login/")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill("right-horse")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/projects/")
    return page


@pytest.fixture
def colleagues(samples: None) -> tuple[User, User]:
    """Two people of the city's finance bureau."""
    return tuple(factories.user(FINANCE, factories.city(), name=name) for name in ("caizheng1", "caizheng2"))  # type: ignore[return-value]


def test_a_condition_on_indicators_is_saved_shared_and_opened_by_a_colleague(
    page: Page, browser: Browser, live_server: LiveServer, colleagues: tuple[User, User]
) -> None:
    log_in(page, "caizheng1")
    page.locator(".more > summary").click()
    page.get_by_label("指标名称", exact=True).fill("满意度")
    page.get_by_label("目标值不高于").focus()
    expect(page.locator(".chip")).to_have_count(1)
    page.get_by_label("目标值不高于").fill("<96%")
    page.keyboard.press("Enter")
    group = page.locator(".chip-group")
    expect(group).to_have_text(re.compile(r"同一指标\s*指标名称\s*满意度.*目标值\s*< 96%", re.DOTALL))
    expect(page.locator(SUMMARY)).to_contain_text("占全部 80 个项目的")
    found = page.locator(SUMMARY).inner_text()

    page.keyboard.press("Escape")
    page.locator(".saved > summary").click()
    page.get_by_label("把当前条件保存为").fill("满意度偏低")
    page.get_by_label("共享给").select_option(label="长治市的同事")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".notice")).to_contain_text("已保存筛选“满意度偏低”，并共享给长治市的同事。")
    expect(page.locator(SUMMARY)).to_have_text(found)

    context = with_scripts(browser.new_context(base_url=live_server.url, locale="zh-CN"))
    other = log_in(context.new_page(), "caizheng2")
    other.locator(".saved > summary").click()
    expect(other.locator(".saved-list")).to_contain_text("caizheng1 共享")
    other.get_by_role("link", name="满意度偏低").click()
    expect(other.locator(SUMMARY)).to_have_text(found)
    other.locator(".chip", has_text="< 96%").click()
    expect(other.locator(".chip")).to_have_count(1)
    context.close()


def test_counts_stand_beside_the_choices_and_follow_the_other_filters(inside: Page) -> None:
    inside.locator("#id_year").hover()
    expect(inside.locator("#id_year option[value='2024']")).to_have_text("2024 年（69）", timeout=PATIENCE)
    inside.locator("#id_year").select_option("2025")
    inside.locator("#id_department").click()
    inside.get_by_label("查找部门").fill("市民政局")
    box = inside.locator(".field-department .check", has_text="市民政局").first
    expect(box.locator(".box-count")).to_have_text("0", timeout=PATIENCE)
    expect(inside.locator("#id_year option[value='2024']")).to_have_text("2024 年（69）")


def test_more_filters_are_counted_when_they_open(inside: Page) -> None:
    asked: list[str] = []
    inside.on("request", lambda request: asked.append(request.url) if "/facets/" in request.url else None)
    inside.locator(".more > summary").click()
    box = inside.locator(".more-sources .check").first
    expect(box.locator(".box-count")).to_have_text(re.compile(r"\d+"), timeout=PATIENCE)
    assert [url.endswith("only=usual") for url in asked] == [True, False]


def test_among_many_a_department_is_found_by_typing_chosen_and_taken_off(inside: Page) -> None:
    settle(60)
    inside.goto("/projects/?year=2025")
    inside.locator("#id_department").focus()
    inside.keyboard.press("Enter")
    inside.keyboard.press("Tab")
    boxes = inside.locator(".field-department .check")
    expect(boxes).to_have_count(20, timeout=PATIENCE)
    inside.keyboard.type("第1局 第9区")
    expect(boxes).to_have_count(1, timeout=PATIENCE)
    expect(boxes).to_have_text(re.compile(r"第1局（济南市第9区）\s*1"))
    expect(inside.locator("#announcer")).to_have_text("找到 1 个。")
    inside.keyboard.press("Tab")
    inside.keyboard.press("Space")
    expect(inside.locator(".chip", has_text="部门")).to_contain_text("第1局（济南市第9区）", timeout=PATIENCE)
    expect(inside.locator(f"{SUMMARY} .count")).to_have_text("1")
    expect(inside.locator("#picked-department")).to_have_text("已选 1 个")
    inside.locator("#id_year").select_option("2024")
    expect(boxes.first.locator(".box-count")).to_have_text("0", timeout=PATIENCE)
    inside.locator(".chip", has_text="第1局").click()
    expect(inside.locator("#picked-department")).to_have_text("全部")
    expect(inside).not_to_have_url(re.compile("department"))


def test_any_source_document_is_found_by_typing_and_keeps_its_name(inside: Page) -> None:
    run = ImportRun.objects.all()[0]
    filed(run, run.records.all()[0].project, [f"第{at}号文件.txt" for at in range(150)])
    inside.locator(".more > summary").click()
    inside.locator("#id_document").click()
    field = inside.locator(".field-document")
    expect(field.locator(".check").nth(1)).to_contain_text("changzhi_key_projects_2024.txt", timeout=PATIENCE)
    field.get_by_label("查找来源文件").fill("第149号")
    field.locator(".check", has_text="第149号文件.txt").click()
    expect(inside.locator(".chip")).to_contain_text("第149号文件.txt", timeout=PATIENCE)
    expect(inside.locator("#picked-document")).to_have_text("第149号文件.txt")
    expect(inside.locator("[data-more-count]")).to_have_text("1")
    expect(inside.locator(f"{SUMMARY} .count")).to_have_text("1")
    field.locator(".check", has_text="全部").click()
    expect(inside.locator(".chip")).to_have_count(0)
    expect(inside.locator("[data-more-count]")).to_have_text("")


def test_regions_open_level_by_level_and_a_search_finds_any(inside: Page) -> None:
    settle(60)
    inside.goto("/projects/")
    inside.locator("#id_region").click()
    region = inside.locator(".field-region")
    for name in ("山东省", "济南市", "第7区"):
        region.locator(".check", has_text=name).first.click()
        expect(inside.locator("#picked-region")).to_have_text(name, timeout=PATIENCE)
    expect(inside.locator(".chip")).to_contain_text("济南市第7区")
    region.get_by_label("查找行政区划").fill("第12区")
    region.locator(".check", has_text="济南市第12区").click()
    expect(inside.locator(".chip")).to_contain_text("济南市第12区")


def test_without_scripts_a_page_of_its_own_finds_and_leads_back(browser: Browser, inside: Page) -> None:
    settle(60)
    context = browser.new_context(
        base_url=inside.url.partition("/projects/")[0],
        java_script_enabled=False,
        storage_state=inside.context.storage_state(),
    )
    plain = context.new_page()
    plain.goto("/totals/?year=2025&by=region")
    plain.locator("#id_department").click()
    plain.locator(".field-department").get_by_role("link", name="在单独的页面中查找").click()
    plain.get_by_label("名称中的文字").fill("第1局 第9区")
    plain.get_by_role("button", name="查找").click()
    plain.get_by_label("第1局（济南市第9区）").check()
    plain.get_by_role("button", name="选好了").click()
    expect(plain.locator(".chip", has_text="部门")).to_contain_text("第1局（济南市第9区）")
    expect(plain).to_have_url(re.compile("year=2025&by=region"))
    context.close()


def test_pickers_work_by_keyboard_alone(inside: Page) -> None:
    inside.locator("#id_department").focus()
    inside.keyboard.press("Enter")
    inside.keyboard.press("Tab")
    inside.keyboard.type("市民政")
    expect(inside.locator(".field-department .check").first).to_contain_text("市民政局", timeout=PATIENCE)
    inside.keyboard.press("Tab")
    inside.keyboard.press("Space")
    expect(inside.locator(".chip")).to_contain_text("市民政局", timeout=PATIENCE)
    inside.keyboard.press("Escape")
    expect(inside.locator("#id_department")).to_be_focused()
    expect(inside.locator(".field-department .pick-body")).to_be_hidden()


def test_amounts_keep_their_meaning_when_the_unit_is_switched(inside: Page) -> None:
    inside.locator(".more > summary").click()
    inside.get_by_label("最低金额").fill("50000")
    inside.keyboard.press("Enter")
    expect(inside.locator(".chip")).to_contain_text("≥ 50,000 万元")
    count = inside.locator(f"{SUMMARY} .count").inner_text()
    inside.locator("#unit-switch a", has_text="亿元").click()
    expect(inside.locator(".chip")).to_contain_text("≥ 5 亿元")
    expect(inside.locator(f"{SUMMARY} .count")).to_have_text(count)


def test_hits_are_marked_in_the_list_and_on_the_project(inside: Page) -> None:
    inside.get_by_label("文字", exact=True).fill("滑坡")
    expect(inside.locator("[data-rows] mark").first).to_have_text("滑坡")
    inside.locator("[data-row-link]").first.click()
    inside.wait_for_url(re.compile(r"/projects/\d+/\?q="))
    expect(inside.locator(".official mark").first).to_have_text("滑坡")


CHANGE_QUICKLY = """async ([form, changes]) => {
  for (const [name, value] of changes) {
    const field = document.querySelector(`${form} [name="${name}"]`);
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    await new Promise((done) => setTimeout(done, 45));
  }
}"""
YEARS = [("year", "2024"), ("year", "2025"), ("year", ""), ("year", "2024")]


@pytest.mark.parametrize(
    ("path", "form", "changes"),
    [
        ("/projects/", "#filters", YEARS),
        ("/totals/", "#filters", YEARS),
        ("/totals/", ".layout", [("rows", "region"), ("rows", "year"), ("rows", "source"), ("rows", "region")]),
        ("/charts/", "#filters", YEARS),
    ],
)
def test_a_newer_wish_takes_the_place_of_the_one_that_runs(
    inside: Page, path: str, form: str, changes: list[tuple[str, str]]
) -> None:
    inside.goto(path)
    given_up: list[str] = []
    inside.on("requestfailed", lambda request: given_up.append(str(request.failure)))
    inside.evaluate(CHANGE_QUICKLY, [form, changes])
    name, value = changes[-1]
    expect(inside).to_have_url(re.compile(f"{name}={value}"), timeout=PATIENCE)
    assert "net::ERR_ABORTED" in given_up


def test_the_panel_says_that_of_very_many_projects_some_counts_are_left_out(
    inside: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside.locator("#filters .more > summary").click()
    operators = inside.locator("#filters .check:has(input[name=operator]) .box-count")
    expect(operators.first).to_be_visible()
    expect(inside.locator("[data-uncounted]")).to_be_hidden()
    monkeypatch.setattr("projects.filters.kept_counts.MOST_COUNTED", 1)
    inside.goto("/projects/?archived=all")
    inside.locator("#filters .more > summary").click()
    expect(inside.locator("[data-uncounted]")).to_be_visible()
    expect(inside.locator("#filters .check:has(input[name=source]) .box-count").first).to_be_visible()
    expect(operators).to_have_count(0)
