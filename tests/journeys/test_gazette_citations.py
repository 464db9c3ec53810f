"""From a project's basis to the document, and from the document back to the projects that rest on it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from imports.actions import Options, import_file
from projects.models import Project
from tests.imports.gazettes.texts import NUMBER, gazette

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_from_a_basis_to_its_document_and_back_to_all_that_rest_on_it(inside: Page) -> None:
    import_file(gazette().encode(), name="公报.txt", options=Options(), by=None)
    one, other = Project.objects.filter(basis__isnull=False).order_by("pk")[:2]
    Project.objects.filter(pk=one.pk).update(basis="按长政发（2031） 7 号和晋财社[2030]99号办理")
    Project.objects.filter(pk=other.pk).update(basis="长政发[2031]7号")
    inside.goto(one.get_absolute_url())
    links = inside.locator(".basis-links")
    expect(links).to_contain_text("晋财社〔2030〕99号 未收录")
    links.get_by_role("link", name=NUMBER).click()
    expect(inside.locator("h1")).to_contain_text("校舍修缮五年规划")
    resting = inside.locator("#resting")
    expect(resting).to_contain_text("2 个项目")
    expect(resting).to_contain_text(one.name)
    resting.get_by_role("link", name=other.name).click()
    inside.wait_for_url(f"**{other.get_absolute_url()}")


def test_what_is_cited_and_not_held_is_found_by_how_often(inside: Page) -> None:
    projects = Project.objects.filter(basis__isnull=False).order_by("pk")
    for pk in projects.values_list("pk", flat=True)[:3]:
        Project.objects.filter(pk=pk).update(basis="晋财社[2030]99号")
    inside.goto("/citations/")
    inside.get_by_role("link", name="未收录").click()
    inside.get_by_label("文号或标题").fill("晋财社（2030）99号")
    row = inside.locator("tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("3")
    row.get_by_role("link").first.click()
    expect(inside.locator("h1")).to_have_text("晋财社〔2030〕99号")
    expect(inside.locator(".summary")).to_contain_text("3 个项目以它为依据")
