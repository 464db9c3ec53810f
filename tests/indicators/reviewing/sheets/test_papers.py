"""Working papers: findings with source lines and history, whole or of a sample that can be drawn again."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.http import urlencode

from imports.models import ImportRun
from indicators.editing.actions import save_project
from indicators.editing.showing import sheet_of
from indicators.state import load_state, version_of
from perfgoals.history import change
from projects.filters import ProjectFilter
from projects.models import Project, ProjectEvent
from projects.permissions import DEPARTMENT, FINANCE
from tests import factories
from tests.conftest import LogIn, words_of
from tests.indicators.editing import sheets

pytestmark = pytest.mark.django_db


def bad(count: int) -> None:
    before = Project.objects.count()
    with change(by=None, action="edit"):
        for number in range(before, before + count):
            factories.project(f"果园管护{number}", amount=Decimal(2 + number), period_amount=Decimal(1))


def drawn(client: Client, **asked: str) -> list[str]:
    return [one.project.name for one in client.get(reverse("paper"), asked).context["paper"]]


def test_findings_stand_with_source_lines_and_version(auditor: Client, imported: ImportRun) -> None:
    project = Project.objects.get()
    record = imported.records.get()
    page = words_of(auditor.get(reverse("paper")))
    assert f"{imported.file_name}，第 {record.first_line}–" in page
    assert f"版本 {version_of(project.pk)}" in page
    assert f"（第 {imported.pk} 次）" in page


def test_who_changed_a_field_last_is_told(auditor: Client) -> None:
    with change(by=None, action="edit"):
        project = factories.project("果园管护", amount=Decimal(2), period_amount=Decimal(1), has_funding_table=True)
    by = factories.user(FINANCE, factories.county(), name="zhangsan")
    sheet = sheet_of(load_state(project.pk))
    sheet.funding["annual.total"], sheet.reason, sheet.head["funding_note"] = "3", "更正", "另有安排"
    outcome = save_project(
        pk=project.pk, sheet=sheet, version=version_of(project.pk), choices={}, token=sheets.TOKEN, by=by
    )
    assert outcome.is_saved, outcome.errors
    (one,) = auditor.get(reverse("paper")).context["paper"]
    changed = {line.rule: words for line, words in one.lines}
    assert "zhangsan" in changed["money.period-below-annual"]
    event = ProjectEvent.objects.filter(pgh_obj=project.pk).latest("pgh_id")
    assert f"事件 {event.pgh_id}，" in changed["money.period-below-annual"]


def test_a_sample_is_drawn_again_by_its_seed(auditor: Client) -> None:
    bad(12)
    first = drawn(auditor, method="random", n="4", seed="7")
    assert len(first) == 4
    assert drawn(auditor, method="random", n="4", seed="7") == first
    assert any(drawn(auditor, method="random", n="4", seed=str(seed)) != first for seed in range(8, 14))


def test_a_sample_is_of_the_projects_found_with_their_chance(auditor: Client) -> None:
    bad(6)
    factories.project("往年", year=2019)
    first, second = auditor.get(reverse("paper"), {"method": "random", "n": "2", "year": "2025"}).context["paper"]
    assert first.project.pk < second.project.pk
    assert {one.project.year for one in (first, second)} == {2025}
    assert first.chance == Decimal(2) / 6
    assert len(drawn(auditor, method="random", n="9")) == 7


def test_by_money_what_lies_in_several_regions_is_drawn_with_its_share(auditor: Client) -> None:
    bad(12)
    other = factories.region("140403", "潞州区", "潞州区", "140400")
    for number in range(8):
        factories.project(f"往年{number}", region=other, amount=Decimal(10), year=2024)
    factories.project("没有金额", amount=None)
    for asked in ({}, {"year": "2024"}, {"q": "往年"}, {"region": "140404"}):
        total = sum(one.amount or 0 for one in ProjectFilter(QueryDict(urlencode(asked)), Project.objects.all()).qs)
        paper = auditor.get(reverse("paper"), {"method": "money", "n": "5", "seed": "3", **asked}).context["paper"]
        assert len(paper) == 5
        assert [one.chance for one in paper] == [(one.project.amount or 0) * 5 / total for one in paper]


def test_too_many_for_a_paper_are_counted_and_not_listed(auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indicators.reviewing.sheets.paper.MOST", 3)
    bad(4)
    assert "现有 4 个" in words_of(auditor.get(reverse("paper")))
    assert len(drawn(auditor, method="random", n="2")) == 2


def test_the_paper_says_how_it_was_drawn(auditor: Client) -> None:
    bad(12)
    page = words_of(auditor.get(reverse("paper"), {"method": "money", "n": "4", "seed": "7", "year": "2025"}))
    assert "按金额抽样（PPS）" in page
    assert "种子 7" in page
    assert "年度：2025" in page
    assert "12 个" in page


def test_what_is_not_understood_is_said_and_nothing_is_drawn(auditor: Client) -> None:
    bad(1)
    response = auditor.get(reverse("paper"), {"method": "random", "n": "0"})
    assert "抽取个数请填 1 至 500 的整数" in words_of(response)
    assert not response.context["paper"]


def test_the_workbook_has_texts_as_texts_and_money_as_numbers(auditor: Client) -> None:
    with change(by=None, action="edit"):
        factories.project("=1+1", amount=Decimal(2), period_amount=Decimal(1))
    book = openpyxl.load_workbook(io.BytesIO(auditor.get(reverse("paper-xlsx"), {"method": "money"}).content))
    head = {cell.value: place for place, cell in enumerate(book["底稿"][1])}
    row = book["底稿"][2]
    assert (row[head["项目名称"]].value, row[head["项目名称"]].data_type) == ("=1+1", "s")
    assert row[head["年度金额（元）"]].value == 2
    assert row[head["入样机会"]].value == "1.0000"
    assert ["种子", "1（同样的项目和种子，抽到的相同）"] in [[cell.value for cell in row] for row in book["抽取说明"]]


def test_a_project_without_a_department_stands_on_the_paper(auditor: Client) -> None:
    factories.project("垃圾转运", department=None)
    assert "2025 年 未列明部门" in words_of(auditor.get(reverse("paper")))


def test_departments_do_not_see_papers(log_in: LogIn) -> None:
    client = log_in(DEPARTMENT, factories.department())
    assert client.get(reverse("paper")).status_code == 403
    assert client.get(reverse("paper-xlsx")).status_code == 403


def test_a_paper_costs_as_many_statements_however_long(auditor: Client) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert auditor.get(reverse("paper")).status_code == 200
        return len(captured)

    bad(1)
    statements()
    before = statements()
    bad(6)
    assert statements() == before
