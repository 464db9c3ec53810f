"""Findings in a real browser: they go while somebody types, are mended by one click, accepted and opened again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from indicators.models import Indicator, ProjectFinding
from perfgoals.history import change
from projects.models import Project
from projects.permissions import FINANCE
from tests import factories

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
TITLE = "百分号写成文字"


@pytest.fixture
def project(samples: None) -> Project:
    """A project whose satisfaction is spelled badly."""
    with change(by=None, action="edit"):
        made = factories.project("村级道路工程")
        factories.indicator(made, "群众满意度", "≥95百分比", category="satisfaction.served", label="满意度指标")
    return made


@pytest.fixture
def reviewer(page: Page, project: Project) -> Page:
    """Somebody of the county's finance bureau."""
    factories.user(FINANCE, factories.county(), name="shenhe")
    page.get_by_label("用户名").fill("shenhe")
    page.get_by_label("密码").fill("right-horse")
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/projects/")
    return page


def opinion(page: Page) -> object:
    return page.locator(".opinion").filter(has_text=TITLE)


def test_a_finding_goes_while_it_is_mended_and_comes_back_with_the_fault(reviewer: Page, project: Project) -> None:
    reviewer.goto(f"/projects/{project.pk}/edit/")
    cell = reviewer.locator("td.indicator-value").filter(has=reviewer.locator(".finding-mark", has_text=TITLE))
    expect(cell).to_have_count(1)
    unit = reviewer.get_by_label("年度计量单位").first
    unit.fill("%")
    expect(reviewer.locator(".finding-mark:visible", has_text=TITLE)).to_have_count(0)
    unit.fill("百分比")
    expect(reviewer.locator(".finding-mark:visible", has_text=TITLE)).to_have_count(1)
    unit.fill("%")
    expect(reviewer.locator(".finding-mark:visible", has_text=TITLE)).to_have_count(0)
    reviewer.get_by_role("button", name="保存", exact=True).click()
    expect(reviewer.locator("#findings")).to_be_visible()
    expect(opinion(reviewer)).to_have_count(0)


def test_a_row_that_was_added_has_its_warning_too(reviewer: Page, project: Project) -> None:
    reviewer.goto(f"/projects/{project.pk}/edit/")
    reviewer.get_by_label("年度数值或文字").first.press("Enter")
    names = reviewer.get_by_label("年度三级指标")
    expect(names).to_have_count(2)
    names.nth(1).fill("商户满意度")
    reviewer.get_by_label("年度数值或文字").nth(1).fill("90")
    reviewer.get_by_label("年度计量单位").nth(1).fill("百分比")
    expect(reviewer.locator(".finding-mark:visible", has_text=TITLE)).to_have_count(2)


def test_a_correction_is_one_click_and_stands_in_history(reviewer: Page, project: Project) -> None:
    reviewer.goto(f"/projects/{project.pk}/")
    opinion(reviewer).get_by_role("button", name="按建议修改").click()
    expect(reviewer.get_by_text("已按建议修改")).to_be_visible()
    expect(opinion(reviewer)).to_have_count(0)
    assert Indicator.objects.get(project=project).value == "≥95%"
    reviewer.get_by_role("link", name="历史").nth(1).click()
    expect(reviewer.locator(".group-action").first).to_have_text("按审核意见修改")


def test_an_acceptance_is_given_with_a_reason_and_withdrawn(reviewer: Page, project: Project) -> None:
    reviewer.goto("/findings/?q=村级道路工程")
    reviewer.get_by_role("link", name=re.compile("百分比")).click()
    one = opinion(reviewer)
    one.get_by_text("认可", exact=True).click()
    one.get_by_label("认可理由").fill("原件如此")
    one.get_by_role("button", name="确认认可").click()
    expect(reviewer.get_by_text("已认可这条审核意见")).to_be_visible()
    expect(one).to_contain_text("认可：原件如此")
    one.get_by_text("撤回认可", exact=True).click()
    one.get_by_label("撤回原因").fill("再看一次")
    one.get_by_role("button", name="确认撤回").click()
    expect(reviewer.get_by_text("已撤回认可")).to_be_visible()
    reviewer.get_by_text("认可记录 2 条").click()
    expect(reviewer.locator(".opinion-past")).to_contain_text("理由：再看一次")
    assert not ProjectFinding.objects.filter(project=project).exclude(acceptance=None).exists()


def test_many_are_accepted_in_the_list(reviewer: Page, project: Project) -> None:
    reviewer.goto("/findings/?q=村级道路工程")
    number = ProjectFinding.objects.filter(project=project).count()
    reviewer.get_by_label("全选本页").check()
    expect(reviewer.get_by_role("button", name=f"认可所选 {number} 条")).to_be_visible()
    reviewer.get_by_label("认可理由").fill("已核对")
    reviewer.get_by_role("button", name="认可所选").click()
    expect(reviewer.get_by_text(f"已认可 {number} 条审核意见")).to_be_visible()
    expect(reviewer.get_by_role("link", name=f"已认可 {number}")).to_be_visible()
