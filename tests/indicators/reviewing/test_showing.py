"""Findings on the page of a project."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from indicators.checks import Severity
from indicators.models import ProjectFinding
from indicators.reviewing.naming import Named, correction_words, field_words, indicator_text
from perfgoals.history import change
from projects.models import Project
from projects.permissions import DEPARTMENT, FINANCE
from tests import factories
from tests.conftest import LogIn, words_of
from tests.indicators.reviewing.made import finding

pytestmark = pytest.mark.django_db
INDICATORS = {7: Named("annual", "道路硬化里程", "≥3公里", "output.quantity", "数量指标")}


@pytest.fixture
def project() -> Project:
    made = factories.project("道路工程", sources={"local": "1"}, overview="概况", basis="纪要", amount="1")
    factories.goal(made, "修路")
    return made


def around(html: str, one: ProjectFinding) -> str:
    """The element that holds the mark of a finding, from its beginning on."""
    at = html.index(f'id="finding-{one.pk}"')
    starts = [match.start() for match in re.finditer(r"<(?:td|dd|header)\b", html[:at])]
    return html[starts[-1] : at]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("overview", "概况"),
        ("basis", "纪要"),
        ("goals.annual", "修路"),
        ("funding.annual.local", "0.0001"),
        ("duration", "3年"),
    ],
)
def test_a_finding_stands_beside_its_field(auditor: Client, project: Project, path: str, words: str) -> None:
    Project.objects.filter(pk=project.pk).update(duration="3年")
    one = finding(project, fields=[path])
    html = auditor.get(project.get_absolute_url()).content.decode()
    assert words in around(html, one)


@pytest.mark.parametrize(("part", "words"), [("name", "硬化里程"), ("value", "≥3公里"), ("category", "硬化里程")])
def test_a_finding_stands_beside_its_indicator(auditor: Client, project: Project, part: str, words: str) -> None:
    row = factories.indicator(project, "硬化里程", "≥3公里")
    one = finding(project, fields=[f"indicator.{row.pk}.{part}"])
    assert words in around(auditor.get(project.get_absolute_url()).content.decode(), one)


def test_a_finding_without_a_place_on_the_page_is_in_the_panel(auditor: Client, project: Project) -> None:
    one = finding(project, fields=["contact_phone"])
    html = auditor.get(project.get_absolute_url()).content.decode()
    assert html.count(f'id="finding-{one.pk}"') == 1
    assert html.index(f'id="opinion-{one.pk}"') < html.index(f'id="finding-{one.pk}"')


def test_the_panel_groups_by_severity_and_says_rule_source_and_correction(auditor: Client, project: Project) -> None:
    finding(project, "概况太短。", fields=["overview"], corrections=[("overview", "道路概况")], severity=Severity.HINT)
    finding(project, "总额有误。", severity=Severity.MUST)
    words = words_of(auditor.get(project.get_absolute_url()))
    panel = words[words.index("审核意见 2 条") :]
    assert panel.index("必须修改 1") < panel.index("总额有误。") < panel.index("提示 1") < panel.index("概况太短。")
    assert "概况 → 道路概况" in panel
    assert "依据：" in panel


@pytest.mark.parametrize(
    ("role", "buttons"),
    [(FINANCE, {"认可", "按建议修改"}), (DEPARTMENT, {"按建议修改"}), ("审计", set()), ("管理员", set())],
)
def test_each_role_has_its_buttons(log_in: LogIn, project: Project, role: str, buttons: set[str]) -> None:
    finding(project, fields=["overview"], corrections=[("overview", "道路概况")])
    places = {FINANCE: [factories.county()], DEPARTMENT: [project.department]}
    html = log_in(role, *places.get(role, [])).get(project.get_absolute_url()).content.decode()
    addresses = {"认可": "/accept/", "按建议修改": "/correct/"}
    assert {name for name, end in addresses.items() if re.search(rf'action="/findings/\d+{end}"', html)} == buttons


def test_an_archived_project_says_that_it_is_not_reviewed(auditor: Client, project: Project) -> None:
    with change(by=None, action="archive"):
        Project.objects.filter(pk=project.pk).update(archived_at="2026-01-01T00:00:00Z", archive_reason="重复")
    assert "已归档的项目不审核" in words_of(auditor.get(project.get_absolute_url()))


def test_a_project_without_findings_says_what_will_stand_here(auditor: Client, project: Project) -> None:
    assert "没有审核意见" in words_of(auditor.get(project.get_absolute_url()))


@pytest.mark.parametrize("count", [1, 25])
def test_a_page_costs_as_many_statements_however_many_findings(
    log_in: LogIn, project: Project, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        row = factories.indicator(project, f"指标{number}")
        path = f"indicator.{row.pk}.value"
        finding(project, fields=[path], corrections=[(path, "≥13间")])
    client = log_in(FINANCE, factories.county())
    client.get(project.get_absolute_url())
    with django_assert_num_queries(PAGE_STATEMENTS):
        client.get(project.get_absolute_url())


PAGE_STATEMENTS = 17


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("overview", "项目概况"), ("goals.period", "实施期目标"), ("funding.annual.total", "年度资金总额"),
        ("indicator.7.value", "年度“道路硬化里程”指标值"), ("indicator.8.value", "绩效指标"), ("filed_at", "填报日期"),
    ],
)  # fmt: skip
def test_fields_are_called_as_the_form_calls_them(path: str, words: str) -> None:
    assert field_words(path, INDICATORS) == words


def test_a_class_is_called_by_its_name() -> None:
    assert correction_words("indicator.7.category", "output.quality") == "质量指标"
    assert indicator_text("indicator.7.category", INDICATORS) == "数量指标"
    assert indicator_text("indicator.7.value", INDICATORS) == "≥3公里"


def test_a_name_that_is_a_sentence_is_cut() -> None:
    long = {7: INDICATORS[7]._replace(name="滑坡治理后保护村民生命财产安全并且改善居住环境")}
    assert field_words("indicator.7.name", long) == "年度“滑坡治理后保护村民生命财产安全…”三级指标"
