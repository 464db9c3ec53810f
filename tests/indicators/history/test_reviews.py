"""What the review of targets did, in the pages of the history."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pandas as pd
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.checks import Severity, rule_named
from indicators.history.past import version_at
from indicators.models import ProjectFinding, RuleSetting
from indicators.reviewing.actions import accept_findings, withdraw_acceptance
from indicators.reviewing.rules.actions import set_rule, take_back
from indicators.reviewing.sheets.actions import Written, fill_in, sign
from indicators.state import load_state, state_at, version_of
from perfgoals.models import User
from projects.models import Project, Region
from projects.permissions import AUDIT, DEPARTMENT, FINANCE
from tests import factories
from tests.conftest import LogIn, words_of
from tests.indicators.history.conftest import Editor, forget_context
from tests.indicators.reviewing.made import RULE, finding

LIST = "history-list"
GRADED = Written(
    {name: {"grade": "优", "opinion": ""} for name in ("complete", "relevant", "fit", "feasible")}, "优", ""
)


def of(project: Project) -> str:
    return reverse("project-history", args=[project.pk])


def accepted(project: Project, by: User, message: str = "总额请核对") -> ProjectFinding:
    made = finding(project, message)
    forget_context()
    accept_findings(chosen=[made.pk], reason="另有批复", by=by)
    made.refresh_from_db()
    return made


def set_to(severity: Severity, by: User, *, region: Region | None = None, reason: str = "") -> None:
    rule = rule_named(RULE)
    assert rule
    forget_context()
    set_rule(rule=rule, region=region, year=None, is_on=True, severity=severity, thresholds={}, reason=reason, by=by)


def test_an_acceptance_is_told_with_its_reason_and_leads_to_the_finding(
    project: Project, clerk: User, auditor: Client
) -> None:
    made = accepted(project, clerk)
    for address in (reverse(LIST), of(project)):
        page = auditor.get(address)
        assert "李明 认可审核意见 原因： 另有批复" in words_of(page)
        assert "认可 审核意见：实施期资金少于年度资金 — → 总额请核对" in words_of(page)
        assert f'href="{project.get_absolute_url()}#opinion-{made.pk}"' in page.content.decode()


def test_a_withdrawal_stays_beside_what_was_accepted(project: Project, clerk: User, auditor: Client) -> None:
    made = accepted(project, clerk)
    forget_context()
    assert made.acceptance_id
    withdraw_acceptance(pk=made.pk, seen=made.acceptance_id, reason="批复已废止", by=clerk)
    ProjectFinding.objects.all().delete()
    text = words_of(auditor.get(of(project)))
    assert "李明 撤回认可审核意见 原因： 批复已废止" in text
    assert "撤回认可 审核意见：实施期资金少于年度资金 总额请核对 → —" in text
    assert "另有批复" in text


def test_a_sheet_is_told_field_by_field_and_its_signature(project: Project, clerk: User, auditor: Client) -> None:
    forget_context()
    fill_in(project=project, written=GRADED._replace(grade="良", opinion="补资料"), base=0, by=clerk)
    base = auditor.get(reverse("sheet-detail", args=[project.pk])).context["sheet"].base
    forget_context()
    sign(project=project, written=GRADED, base=base, version=version_of(project.pk), by=clerk)
    page = auditor.get(of(project))
    signed, filled = words_of(page).split("李明 填写审核表")
    assert "李明 签署审核表" in signed
    assert "审核表：总评等级 良 → 优" in signed
    assert "删除 审核表：总评意见 补资料 → —" in signed
    assert "新增 审核表：签字 — → 李明 20" in signed
    assert "新增 审核表：完整性等级 — → 优" in filled
    assert reverse("sheet-detail", args=[project.pk]) in page.content.decode()


def test_a_rule_that_is_set_is_told_with_both_settings(project: Project, clerk: User, auditor: Client) -> None:
    set_to(Severity.HINT, clerk, reason="过渡期")
    set_to(Severity.SHOULD, clerk)
    forget_context()
    take_back(setting=RuleSetting.objects.get(), reason="", by=clerk)
    page = auditor.get(reverse(LIST))
    text = words_of(page)
    assert "李明 设置审核规则 原因： 过渡期" in text
    label = "实施期资金少于年度资金（全部行政区划和年度）"
    assert f"新增 {label} — → 提示" in text
    assert f"{label} 提示 → 建议修改" in text
    assert f"删除 {label} 建议修改 → —" in text
    assert reverse("rule-detail", args=[RULE]) in page.content.decode()


def test_setting_rules_is_no_part_of_a_projects_history(project: Project, clerk: User, auditor: Client) -> None:
    set_to(Severity.HINT, clerk)
    page = auditor.get(of(project), {"action": ""})
    assert "设置审核规则" not in words_of(page)
    assert "设置审核规则" in words_of(auditor.get(reverse(LIST)))


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"action": "finding_accept"}, {"认可 审核意见"}), ({"field": "findings"}, {"认可 审核意见"}),
        ({"action": "review"}, {"审核表：总评等级"}), ({"field": "review"}, {"审核表：总评等级"}),
        ({"action": "rules"}, {"实施期资金少于年度资金（"}), ({"field": "rules"}, {"实施期资金少于年度资金（"}),
        ({"person": "李明"}, {"认可 审核意见", "审核表：总评等级", "实施期资金少于年度资金（"}),
        ({"person": "命令行"}, {"新增 项目："}),
        ({"department": "none"}, set()),
        ({"region": "140404"}, {"新增 项目：", "认可 审核意见", "审核表：总评等级", "实施期资金少于年度资金（"}),
        ({"until": "2020-01-01"}, set()),
    ],
)  # fmt: skip
def test_filters_find_them_by_kind_person_and_place(
    project: Project, clerk: User, auditor: Client, query: dict[str, str], told: set[str]
) -> None:
    accepted(project, clerk)
    forget_context()
    fill_in(project=project, written=GRADED, base=0, by=clerk)
    set_to(Severity.HINT, clerk)
    text = words_of(auditor.get(reverse(LIST), query)).split("清除条件")[1]
    every = ("新增 项目：", "认可 审核意见", "审核表：总评等级", "实施期资金少于年度资金（")
    assert {words for words in every if words in text} == told


def test_of_a_region_the_rules_set_above_and_below_it_are_told(project: Project, clerk: User, auditor: Client) -> None:
    sister = factories.region("140403", "长治市潞州区", "潞州区", "140400")
    factories.project("泵站检修", region=sister)
    set_to(Severity.HINT, clerk, region=sister)
    set_to(Severity.SHOULD, clerk, region=Region.objects.get(pk="140400"))
    county = words_of(auditor.get(reverse(LIST), {"region": "140404", "field": "rules"}))
    assert "（长治市 各年度）" in county
    assert "（潞州区 各年度）" not in county
    assert "（潞州区 各年度）" in words_of(auditor.get(reverse(LIST), {"region": "140400", "field": "rules"}))


def test_files_have_them_too(project: Project, clerk: User, auditor: Client) -> None:
    accepted(project, clerk)
    set_to(Severity.HINT, clerk)
    response = auditor.get(reverse("history-export"), {"format": "csv", "person": "李明"})
    rows = pd.read_csv(BytesIO(response.content), dtype=str, keep_default_na=False)
    assert [tuple(row) for row in rows[["操作", "原因", "项目", "变化", "字段", "旧值", "新值"]].values] == [
        ("设置审核规则", "", "", "新增", "实施期资金少于年度资金（全部行政区划和年度）", "", "提示"),
        ("认可审核意见", "另有批复", "教室改造", "认可", "审核意见：实施期资金少于年度资金", "", "总额请核对"),
    ]
    book = auditor.get(reverse("history-export"), {"format": "xlsx", "field": "findings"})
    assert list(pd.read_excel(BytesIO(book.content), engine="openpyxl")["新值"]) == ["总额请核对"]


@pytest.mark.parametrize("role", [FINANCE, DEPARTMENT, AUDIT])
def test_everybody_sees_those_of_their_projects_only(project: Project, clerk: User, log_in: LogIn, role: str) -> None:
    accepted(project, clerk)
    accepted(
        factories.project("别人的项目", region=factories.region("140403", "长治市潞州区", "潞州区", "140400")), clerk
    )
    set_to(Severity.HINT, clerk)
    text = words_of(log_in(role, project.department if role == DEPARTMENT else factories.county()).get(reverse(LIST)))
    assert "教室改造 2025" in text
    assert ("别人的项目" in text) == (role == AUDIT)
    assert "设置审核规则" in text.split("清除")[-1]


def test_somebody_without_a_role_sees_no_rules(clerk: User, log_in: LogIn) -> None:
    set_to(Severity.HINT, clerk)
    assert "还没有历史" in words_of(log_in("", factories.county()).get(reverse(LIST)))


def test_states_of_the_project_are_left_alone(project: Project, clerk: User, edit: Editor, auditor: Client) -> None:
    before, first = load_state(project.pk), version_of(project.pk)
    accepted(project, clerk)
    forget_context()
    fill_in(project=project, written=GRADED, base=0, by=clerk)
    forget_context()
    last = edit(project, basis="新依据")
    assert state_at(project.pk, last - 1) == before
    version = version_at(project.pk, last)
    assert version
    assert (version.previous, version.next, version.current) == (first, None, last)
    page = auditor.get(of(project))
    assert words_of(page).count("当时的内容") == 2


def test_a_page_costs_as_many_statements_however_much_was_reviewed(
    project: Project, clerk: User, auditor: Client
) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert auditor.get(reverse(LIST)).status_code == 200
        return len(captured)

    def review(one: Project, grade: str) -> None:
        accepted(one, clerk)
        base = auditor.get(reverse("sheet-detail", args=[one.pk])).context["sheet"].base
        forget_context()
        fill_in(project=one, written=GRADED._replace(grade=grade), base=base, by=clerk)

    for severity, grade in [(Severity.HINT, "优"), (Severity.MUST, "中")]:
        review(project, grade)
        set_to(severity, clerk, region=factories.county())
    few = statements()
    for number in range(4):
        review(factories.project(f"其他{number}", amount=Decimal(1)), "良")
        set_to(Severity(1 + number % 3), clerk, region=factories.county())
        review(project, "中" if number % 2 else "差")
    assert statements() == few
    assert few <= 40


def test_pages_follow_one_another_through_both_kinds(project: Project, clerk: User, auditor: Client) -> None:
    for number in range(60):
        accepted(project, clerk, f"第{number}条意见")
    first = auditor.get(of(project))
    second = words_of(auditor.get(of(project), {"before": first.context["found"].next}))
    assert "第10条意见" in words_of(first)
    assert "第9条意见" not in words_of(first)
    assert "第9条意见" in second
    assert "新增 项目：" in second
