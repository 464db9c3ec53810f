"""A slow server and answers that come late: nothing that was typed is lost, and no answer undoes a newer wish."""

from __future__ import annotations

import re
import threading
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Request, expect

from imports.actions import Options, import_file
from imports.gazettes.models import ProseTarget
from imports.models import Upload
from imports.tasks import do_upload
from imports.uploads.receiving import receive
from indicators.editing import views
from indicators.models import EditDraft
from perfgoals.api.models import ApiToken
from projects.models import Project
from projects.permissions import ADMIN
from tests import factories
from tests.imports.gazettes.texts import gazette
from tests.imports.texts import form
from tests.journeys.held import Held, listen

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hasty(hurried: Page) -> Iterator[Page]:
    """A window whose requests may be held back until the end."""
    hurried.set_default_timeout(15_000)
    listen(hurried)
    yield hurried
    hurried.unroute_all(behavior="ignoreErrors")


@pytest.fixture
def editor(hasty: Page) -> Page:
    """The form of a project with indicators."""
    project = Project.objects.filter(indicators__isnull=False).order_by("pk").first()
    hasty.goto(reverse("project-edit", args=[project.pk]))
    return hasty


@pytest.fixture
def reviewer(hasty: Page) -> Page:
    """The two targets of the made-up gazette."""
    import_file(gazette().encode(), name="公报.txt", options=Options(), by=None)
    hasty.goto("/targets/")
    hasty.wait_for_load_state()
    return hasty


# The form of a project


def test_a_form_that_is_being_saved_takes_in_nothing_that_would_be_lost(editor: Page) -> None:
    phone = editor.get_by_label("联系电话")
    phone.fill("123")
    phone.evaluate(
        """phone => addEventListener("pagehide", () => {
            const said = document.getElementById("draft-state").textContent;
            sessionStorage.setItem("left", `${phone.value} ${said}`);
        })"""
    )
    held = Held(editor, r"/edit/", times=1)
    asked: list[Request] = []
    editor.on("request", lambda request: asked.append(request))
    editor.keyboard.press("Control+s")
    saving = held.one()
    editor.keyboard.type("45")
    editor.keyboard.press("Control+s")
    editor.wait_for_timeout(600)  # the pause after which a draft is kept
    assert asked == [saving.request]
    saving.continue_()
    expect(editor.locator(".notice-success")).to_contain_text("改动 1 处")
    assert editor.evaluate("sessionStorage.getItem('left')") == "123 正在保存……"
    assert not EditDraft.objects.filter(is_closed=False).exists()


def test_a_value_that_is_typed_on_while_it_is_read_is_read_again(editor: Page) -> None:
    value = editor.locator('[data-column="annual.value"]:not([readonly])').first
    reading = editor.locator("td.indicator-value", has=value).locator(".reading").first
    held = Held(editor, r"/edit/", times=1)
    value.fill("9%")
    first = held.one()
    value.fill("90%")
    first.continue_()
    expect(reading).to_contain_text("90")


def test_a_department_that_is_chosen_while_the_draft_is_kept_stays(hasty: Page) -> None:
    hasty.goto(reverse("project-new"))
    held = Held(hasty, r"/projects/new/")
    hasty.get_by_label("项目名称").fill("新桥")
    first = held.one()
    department = hasty.locator("#f-department")
    chosen = department.locator("option").nth(1).get_attribute("value")
    department.select_option(chosen)
    with hasty.expect_response(re.compile("/projects/new/")):
        first.continue_()
    expect(hasty.locator("#draft-state")).to_contain_text("草稿已暂存")
    expect(department).to_have_value(chosen)


def test_a_draft_that_the_server_is_slow_to_keep_does_not_undo_a_newer_one(
    editor: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, begun = threading.Event(), threading.Event()
    keep = views.keep_draft

    def slow_at_first(**draft: Any) -> EditDraft | None:
        if not begun.is_set():
            begun.set()
            go_on.wait(10)
        return keep(**draft)

    monkeypatch.setattr(views, "keep_draft", slow_at_first)
    phone = editor.get_by_label("联系电话")
    phone.fill("123")
    while not begun.is_set():
        editor.wait_for_timeout(20)
    phone.fill("12345")
    editor.wait_for_timeout(1000)
    go_on.set()
    editor.wait_for_timeout(1000)
    assert EditDraft.objects.get().sheet["head"]["contact_phone"] == "12345"


# Decisions


def test_whoever_types_at_the_next_target_stays_there_when_a_decision_comes(reviewer: Page) -> None:
    first, second = reviewer.locator(".target-item").all()
    held = Held(reviewer, r"/targets/\d+/$")
    reviewer.keyboard.press("j")
    reviewer.keyboard.press("a")
    decision = held.one()
    reviewer.keyboard.press("j")
    reviewer.keyboard.press("e")
    field = second.get_by_label("指标")
    field.fill("")
    reviewer.keyboard.type("书")
    decision.continue_()
    expect(first.locator(".target-state")).to_contain_text("已接受")
    reviewer.keyboard.type("aru")
    expect(field).to_have_value("书aru")
    assert ProseTarget.objects.get(draft__name="书屋").state == "open"


def test_a_target_is_not_opened_beside_its_own_decision(reviewer: Page) -> None:
    item = reviewer.locator(".target-item").first
    held = Held(reviewer, r"/targets/\d+/$")
    reviewer.keyboard.press("j")
    reviewer.keyboard.press("a")
    decision = held.one()
    reviewer.keyboard.press("e")
    reviewer.keyboard.press("r")
    reviewer.wait_for_timeout(300)
    decision.continue_()
    expect(item.locator(".target-state")).to_contain_text("已接受")
    expect(item.locator(".target-form")).to_have_count(0)


def test_a_correction_that_does_not_reach_the_server_stays_on_the_page(reviewer: Page) -> None:
    item = reviewer.locator(".target-item").first
    item.get_by_role("link", name="更正").click()
    item.get_by_label("指标").fill("抗震达标率")
    reviewer.route(re.compile(r"/targets/\d+/$"), lambda route: route.abort(), times=1)
    reviewer.keyboard.press("Enter")
    expect(reviewer.locator("#main > [role=alert]")).to_contain_text("填写的内容还在本页")
    expect(item.get_by_label("指标")).to_have_value("抗震达标率")
    item.get_by_role("button", name="保存").click()
    expect(item).to_contain_text("已更正")


def test_no_conflict_is_decided_before_the_one_that_is_on_its_way(hasty: Page) -> None:
    import_file(form().encode(), name="a.txt", options=Options(), by=None)
    Project.objects.filter(name="教室改造").update(overview="人工改写。", amount=7)
    text = form(overview="新概况。", amount="400,000").encode()
    person = factories.user(ADMIN)
    upload = receive([text], name="a.txt", options=Options(), by=person, batch=uuid.uuid4())
    do_upload(pk=str(upload.pk))
    hasty.goto(Upload.objects.get(pk=upload.pk).get_absolute_url())
    first, second = hasty.locator(".choose").get_by_role("button", name="采用文件").all()
    held = Held(hasty, r"/decide/", times=1)
    first.click()
    decision = held.one()
    expect(second).to_be_disabled()
    expect(hasty.get_by_role("button", name=re.compile("确认导入"))).to_be_disabled()
    decision.continue_()
    expect(first).to_have_attribute("aria-pressed", "true")
    expect(first).to_be_focused()
    second.click()
    expect(hasty.locator(".upload-sentence")).to_contain_text("2 处人工修改将被文件的值覆盖")


# Files


def test_files_are_taken_away_and_added_while_others_are_sent(hasty: Page) -> None:
    def file(name: str) -> Any:
        return {"name": name, "mimeType": "text/plain", "buffer": form(name=name).encode()}

    hasty.goto("/runs/new/")
    held = Held(hasty, r"/runs/new/$", times=1)
    hasty.locator("input[type=file]").set_input_files([file("甲.txt"), file("乙.txt")])
    hasty.get_by_role("button", name="上传并预检").click()
    first = held.one()
    hasty.get_by_role("button", name="移除 乙.txt").click()
    hasty.locator("input[type=file]").set_input_files([file("丙.txt")])
    hasty.route(
        re.compile(r"/runs/new/$"), lambda route: route.fulfill(status=502, body="<h1>Bad Gateway</h1>"), times=1
    )
    first.continue_()
    expect(hasty.locator("[data-files] [role=alert]")).to_have_text(
        "没有上传：服务器暂时连不上。请稍后再点“上传并预检”。"
    )
    hasty.get_by_role("button", name="上传并预检").click()
    hasty.wait_for_url("**/uploads/batches/**")
    assert [upload.name for upload in Upload.objects.order_by("pk")] == ["甲.txt", "丙.txt"]


# The panel


@pytest.fixture
def panel(hasty: Page) -> Page:
    """The list with its first project beside it."""
    hasty.goto("/projects/")
    hasty.locator("[data-rows] tr").nth(0).locator(".col-year").click()
    expect(hasty.locator("[data-panel-place]")).to_contain_text("第 1 个")
    return hasty


def test_two_steps_at_once_lead_two_projects_on(panel: Page) -> None:
    panel.evaluate(
        """() => {
            const press = () => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true }));
            press();
            press();
        }"""
    )
    expect(panel.locator("[data-panel-place]")).to_contain_text("第 3 个")


def test_a_panel_that_was_closed_stays_closed_when_a_project_comes_late(panel: Page) -> None:
    held = Held(panel, r"/panel/")
    panel.keyboard.press("j")
    late = held.one()
    panel.keyboard.press("Escape")
    held.let_go(late)
    expect(panel.locator("#panel")).to_be_hidden()


# Sent twice, refused


def test_a_second_click_makes_nothing_twice(hasty: Page) -> None:
    hasty.goto("/tokens/")
    hasty.get_by_label("用途").fill("报表")
    held = Held(hasty, r"/tokens/$")
    hasty.keyboard.press("Enter")
    first = held.one()
    hasty.keyboard.press("Enter")
    hasty.wait_for_timeout(300)
    assert held.routes == []
    first.continue_()
    expect(hasty.locator("#token")).to_be_visible()
    assert ApiToken.objects.count() == 1


def test_charts_stay_when_a_filter_is_refused(hasty: Page) -> None:
    hasty.goto("/charts/")
    drawn = hasty.locator("[data-chart][data-drawn] svg").first
    expect(drawn).to_be_visible(timeout=60_000)
    refusal = {"status": 429, "headers": {"Retry-After": "5"}, "body": "操作过于频繁，请 5 秒后再试。"}
    hasty.route(re.compile(r"/charts/\?"), lambda route: route.fulfill(**refusal), times=1)
    hasty.get_by_label("文字", exact=True).fill("项目")
    expect(hasty.locator("#too-often")).to_contain_text("请 5 秒后再试")
    expect(drawn).to_be_visible()


def test_a_place_that_is_ticked_while_others_are_looked_for_stays_ticked(
    hasty: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projects.accounts.places.FEW", 2)
    hasty.goto("/users/new/")
    hasty.locator("#label-departments + details > summary").click()
    words = hasty.get_by_label("查找部门")
    words.fill("住建局")
    box = hasty.locator("#pick-departments").get_by_label("住建局").first
    expect(box).to_be_visible()
    held = Held(hasty, r"/users/new/$", times=1)
    words.fill("教育局")
    late = held.one()
    box.check()
    held.let_go(late)
    expect(hasty.locator("#pick-departments")).to_contain_text("教育局")
    expect(box).to_be_checked()
