"""Looking back in a real browser: what changed, how it was, and bringing it back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from indicators.state import load_state
from projects.models import Project
from tests.journeys.test_editing import cell, paste
from tests.journeys.test_editing import editor as editor
from tests.journeys.test_editing import project as project

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_change_is_read_in_the_history_and_the_former_state_brought_back(editor: Page, project: Project) -> None:
    before = load_state(project.pk)
    editor.get_by_label("项目期").fill("五年")
    cell(editor, 0, "period.name").focus()
    paste(editor, "改过的名称\t≥77%")
    expect(cell(editor, 0, "period.value")).to_have_value("77")
    editor.get_by_label("修改原因").fill("按批复调整")
    editor.get_by_role("button", name="保存", exact=True).click()
    editor.wait_for_url(f"**{project.get_absolute_url()}")
    editor.get_by_role("link", name="历史", exact=True).last.click()
    entry = editor.locator(".group", has_text="按批复调整")
    expect(entry).to_contain_text("caizheng")
    expect(entry).to_contain_text("五年")
    expect(entry).to_contain_text("改过的名称")
    editor.get_by_role("link", name="当时的内容").last.click()
    expect(editor.locator(".past-banner")).to_contain_text("不是现在的内容")
    editor.get_by_label("恢复原因").fill("调整撤回")
    editor.get_by_role("button", name="恢复到这个状态").click()
    expect(editor.locator(".notice-success")).to_be_visible()
    assert load_state(project.pk) == before


def test_the_difference_from_the_source_is_shown_and_the_printed_value_restored(editor: Page, project: Project) -> None:
    printed = project.duration
    editor.get_by_label("项目期").fill("五年")
    editor.get_by_role("button", name="保存", exact=True).click()
    editor.wait_for_url(f"**{project.get_absolute_url()}")
    expect(editor.locator(".official")).to_contain_text(f"来源：{printed}")
    editor.goto("/differences/")
    editor.get_by_role("link", name=project.name).first.click()
    expect(editor.locator(".compared-table")).to_contain_text("五年")
    editor.get_by_role("button", name="恢复为来源值").first.click()
    expect(editor.locator(".notice-success")).to_be_visible()
    assert load_state(project.pk).fields["duration"] == printed
