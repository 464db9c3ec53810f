"""Editing in a real browser: by keyboard, by pasting, two people at once, and with interruptions."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from indicators.models import EditDraft, Indicator
from indicators.state import load_state
from projects.models import Project, Region
from projects.permissions import FINANCE
from tests import factories
from tests.journeys.windows import with_scripts

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

STATE = "#draft-state"


@pytest.fixture
def project(samples: None) -> Project:
    """A project of the sample forms."""
    return Project.objects.filter(indicators__isnull=False).order_by("pk").first()


@pytest.fixture
def editor(page: Page, project: Project) -> Page:
    """Somebody of the finance bureau on the editing page of the project."""
    factories.user(
        FINANCE, *Region.objects.filter(parent__parent=None, projects__isnull=False).distinct(), name="caizheng"
    )
    log_in(page, "caizheng")
    page.goto(address(project))
    return page


@pytest.fixture
def second(browser: Browser, editor: Page, project: Project) -> Iterator[Page]:
    """A colleague in a browser of their own, on the same page."""
    factories.user(
        FINANCE, *Region.objects.filter(parent__parent=None, projects__isnull=False).distinct(), name="tongshi"
    )
    context = with_scripts(browser.new_context(base_url=base_of(editor), locale="zh-CN"))
    opened = context.new_page()
    opened.goto("/")
    log_in(opened, "tongshi")
    opened.goto(address(project))
    yield opened
    context.close()


def log_in(page: Page, name: str) -> None:
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码").fill("right-horse")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/projects/")


def base_of(page: Page) -> str:
    return re.match(r"https?://[^/]+", page.url)[0]


def address(project: Project) -> str:
    return reverse("project-edit", args=[project.pk])


def kept(page: Page) -> None:
    expect(page.locator(STATE)).to_contain_text("草稿已暂存")


def paste(page: Page, text: str) -> None:
    """What Ctrl-V does with a block of cells on the clipboard."""
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        text,
    )


def cell(page: Page, row: int, column: str):  # a locator of the browser
    return page.locator(f'[data-column="{column}"]').nth(row)


def test_funding_is_edited_by_keyboard_and_the_difference_is_shown_at_once(editor: Page, project: Project) -> None:
    editor.locator("#f-funding-annual-total").focus()
    editor.keyboard.press("ArrowDown")
    expect(editor.locator("#f-funding-annual-central")).to_be_focused()
    editor.keyboard.type("123,456.78")
    expect(editor.locator('[data-difference="annual"]')).to_contain_text("123,456.78")
    editor.keyboard.press("Control+s")
    expect(editor.locator("#problems")).to_contain_text("资金总额与各来源之和不等")
    expect(editor.locator("#f-funding-annual-central")).to_have_value("123,456.78")
    editor.locator("#f-funding_note").fill("上年结转另列")
    editor.keyboard.press("Control+s")
    expect(editor.locator(".notice-success")).to_contain_text("已保存")
    assert str(load_state(project.pk).funding["annual", "central"].amount) == "123456.78"
    assert load_state(project.pk).fields["funding_note"] == "上年结转另列"


def test_the_tree_is_edited_by_keyboard_alone(editor: Page, project: Project) -> None:
    before = Indicator.objects.filter(project=project).count()
    cell(editor, 0, "period.name").focus()
    editor.keyboard.press("Enter")
    added = editor.locator("[data-focus]")
    expect(added).to_be_focused()
    editor.keyboard.type("新增教室数")
    editor.keyboard.press("Tab")
    editor.keyboard.press("Tab")
    editor.keyboard.type("≥95%")
    expect(editor.locator("[data-row=n1] .reading").first).to_have_text("定量 ≥95%")
    editor.keyboard.press("Alt+ArrowUp")
    expect(editor.locator("[data-row]").first).to_have_attribute("data-row", "n1")
    editor.keyboard.press("Control+s")
    expect(editor.locator(".notice-success")).to_contain_text("已保存")
    assert Indicator.objects.filter(project=project).count() == before + 1
    new = Indicator.objects.get(project=project, name="新增教室数")
    assert (new.operator, int(new.number), new.unit, new.value) == (">=", 95, "%", "≥95%")
    assert new.position == min(Indicator.objects.filter(project=project).values_list("position", flat=True))


def test_a_block_of_five_by_six_is_pasted_and_saved(editor: Page, project: Project) -> None:
    block = "\n".join(
        [
            "产出指标\t数量指标\t粘贴一\t≥1个\t粘贴一\t≥1个", "\t\t粘贴二\t≥2个\t粘贴二\t≥1个", "\t质量指标\t粘贴三\t100%\t粘贴三\t100%",
            "效益指标\t社会效益\t粘贴四\t明显提高\t粘贴四\t提高", "满意度指标\t服务对象满意度\t粘贴五\t≥90%\t粘贴五\t≥90%",
        ]
    )  # fmt: skip
    cell(editor, 0, "period.name").focus()
    paste(editor, block)
    expect(editor.locator("[data-row]", has_text="粘贴五")).to_have_count(1)
    editor.get_by_role("button", name="保存", exact=True).click()
    editor.wait_for_url(f"**{project.get_absolute_url()}")
    expect(editor.locator(".tree")).to_contain_text("粘贴四")
    pasted = Indicator.objects.filter(project=project, name__startswith="粘贴")
    assert pasted.count() == 10
    assert pasted.get(name="粘贴三", scope="annual").category_id == "output.quality"


def test_rows_are_reordered_struck_out_and_copied_with_the_mouse(editor: Page, project: Project) -> None:
    cell(editor, 0, "period.name").focus()
    paste(editor, "数量指标\t甲\t1\n数量指标\t乙\t2")
    expect(editor.locator("[data-row=n2]")).to_be_visible()
    names = editor.locator('[data-class="output.quantity"] [data-column="period.name"]')
    editor.locator("[data-row=n1]").get_by_role("button", name="下移").click()
    expect(names.last).to_have_value("甲")
    editor.get_by_role("button", name="全部抄到年度").click()
    expect(editor.locator('[data-row=n1] [data-column="annual.value"]')).to_have_value("1")
    editor.get_by_role("button", name="删除这一行").first.click()
    expect(editor.locator(".removed")).to_contain_text("保存后删除")
    removed = editor.locator('.removed [data-column="period.name"]').input_value()
    editor.get_by_role("button", name="保存", exact=True).click()
    editor.wait_for_url(f"**{project.get_absolute_url()}")
    rows = Indicator.objects.filter(project=project, scope="annual").order_by("position")
    assert list(rows.filter(name__in=["甲", "乙"]).values_list("name", flat=True)) == ["乙", "甲"]
    assert not Indicator.objects.filter(project=project, name=removed).exists()


def test_a_closed_tab_a_lost_log_in_and_a_restart_lose_nothing(editor: Page, project: Project) -> None:
    editor.get_by_label("项目实施计划").fill("写到一半的计划")
    kept(editor)
    context: BrowserContext = editor.context
    context.clear_cookies()
    editor.goto("about:blank")
    again = context.new_page()
    again.goto(address(project))
    log_in_again(again)
    expect(again.locator(".offer")).to_contain_text("有一份填写没有保存")
    again.get_by_role("link", name="继续填写").click()
    expect(again.get_by_label("项目实施计划")).to_have_value("写到一半的计划")
    again.wait_for_load_state()  # keys are heard once the scripts are there
    again.keyboard.press("Control+s")
    expect(again.locator(".notice-success")).to_contain_text("已保存")
    assert load_state(project.pk).fields["plan"] == "写到一半的计划"
    assert not EditDraft.objects.filter(is_closed=False).exists()


def log_in_again(page: Page) -> None:
    page.get_by_label("用户名").fill("caizheng")
    page.get_by_label("密码").fill("right-horse")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/edit/**")


def test_what_is_typed_before_the_scripts_come_is_kept_too(editor: Page, browser: Browser, project: Project) -> None:
    context = browser.new_context(
        base_url=base_of(editor), locale="zh-CN", storage_state=editor.context.storage_state()
    )
    early = context.new_page()
    held: list[Route] = []
    early.route("**/edit*.js", lambda script: held.append(script))
    with early.expect_request("**/edit*.js"):
        early.goto(address(project), wait_until="commit")
    early.get_by_label("项目实施计划").fill("脚本还没有到就写了")
    cell(early, 0, "period.name").fill("抢先写的指标")
    held[0].continue_()
    kept(early)
    context.close()
    sheet = str(EditDraft.objects.get().sheet)
    assert "脚本还没有到就写了" in sheet
    assert "抢先写的指标" in sheet


def test_leaving_with_unsaved_changes_asks_first(editor: Page) -> None:
    asked = []
    editor.get_by_label("项目期").fill("三年")
    kept(editor)
    editor.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    with editor.expect_event("dialog"):
        editor.locator(".brand").click()
    assert asked == ["beforeunload"]
    expect(editor).to_have_url(re.compile("/edit/"))


def test_two_people_edit_one_project_and_neither_loses_anything(editor: Page, second: Page, project: Project) -> None:
    second.get_by_label("项目实施计划").fill("同事的计划")
    second.get_by_label("项目期").fill("五年")
    second.get_by_role("button", name="保存", exact=True).click()
    second.wait_for_url(f"**{project.get_absolute_url()}")
    editor.get_by_label("项目实施计划").fill("我的计划")
    editor.get_by_label("联系电话").fill("12345")
    editor.keyboard.press("Control+s")
    between = editor.locator("#between")
    expect(between).to_contain_text("这个项目被别人改过")
    expect(between).to_contain_text("tongshi")
    expect(between.get_by_label("同事的计划")).to_be_visible()
    expect(between.get_by_label("我的计划")).to_be_visible()
    expect(between).to_contain_text("五年")
    between.get_by_label("同事的计划").check()
    editor.keyboard.press("Control+s")
    expect(editor.locator(".notice-success")).to_contain_text("已保存")
    fields = load_state(project.pk).fields
    assert (fields["plan"], fields["duration"], fields["contact_phone"]) == ("同事的计划", "五年", "12345")


def test_the_same_name_is_caught_while_typing(editor: Page, project: Project) -> None:
    factories.project("重名项目", region=project.region, year=project.year, department=project.department)
    editor.get_by_label("项目名称").fill("重名项目")
    expect(editor.locator("#twin")).to_contain_text("已有同名项目")


def test_next_years_project_is_entered_from_this_years(editor: Page, project: Project) -> None:
    editor.goto(project.get_absolute_url())
    editor.get_by_role("link", name="填报下一年度").click()
    editor.get_by_role("button", name="保存", exact=True).click()
    editor.wait_for_url(re.compile(r"/projects/\d+/$"))
    made = Project.objects.get(year=project.year + 1)
    assert (made.name, made.department_id) == (project.name, project.department_id)
    assert made.indicators.count() == project.indicators.count()


def test_the_page_works_plainer_without_scripts(browser: Browser, editor: Page, project: Project) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=base_of(editor), locale="zh-CN")
    plain = context.new_page()
    plain.goto("/login/")
    log_in(plain, "caizheng")
    plain.goto(address(project))
    plain.get_by_role("button", name="添加数量指标").click()
    plain.locator("[data-row=n1]").get_by_label("年度三级指标").fill("没有脚本")
    plain.get_by_label("修改原因").fill("试一试")
    plain.get_by_role("button", name="保存", exact=True).click()
    expect(plain.locator(".tree")).to_contain_text("没有脚本")
    context.close()


@pytest.mark.parametrize("width", [390, 1440])
def test_the_editing_page_does_not_scroll_sideways(editor: Page, width: int) -> None:
    editor.set_viewport_size({"width": width, "height": 844})
    assert editor.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_log_in_that_is_lost_between_two_steps_of_the_tree_takes_nothing_away(editor: Page) -> None:
    cell(editor, 0, "period.name").fill("没有丢的名称")
    rows = editor.locator("[data-row]").count()
    kept(editor)
    editor.context.clear_cookies(name="sessionid")
    cell(editor, 0, "period.name").press("Enter")
    expect(editor.locator(STATE)).to_contain_text("登录已过期")
    expect(editor.locator("[data-row]")).to_have_count(rows)
    other = editor.context.new_page()
    other.goto("/login/")
    log_in(other, "caizheng")
    other.close()
    cell(editor, 0, "period.name").press("Enter")
    expect(editor.locator("[data-row]")).to_have_count(rows + 1)
    expect(cell(editor, 0, "period.name")).to_have_value("没有丢的名称")
    editor.keyboard.press("Control+s")
    expect(editor.locator(".notice-success")).to_contain_text("已保存")
