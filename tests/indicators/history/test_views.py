"""The pages of the history."""

from __future__ import annotations

import re
from io import BytesIO

import pandas as pd
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from imports.models import ImportRun
from indicators.models import Indicator
from indicators.state import load_state, version_of
from perfgoals.models import User
from projects.actions import join_departments
from projects.models import Project
from projects.permissions import ADMIN, AUDIT, DEPARTMENT, FINANCE
from tests import factories
from tests.conftest import LogIn, words_of
from tests.indicators.history.conftest import Editor, edit_state, forget_context

LIST = "history-list"


def of(project: Project) -> str:
    return reverse("project-history", args=[project.pk])


def at(project: Project, version: int) -> str:
    return reverse("project-version", args=[project.pk, version])


# --- What is told --------------------------------------------------------------------------------------------------


def test_a_change_is_told_with_who_why_and_both_values(project: Project, edit: Editor, auditor: Client) -> None:
    edit(project, amount="310000.5", reason="会议纪要〔2025〕3号")
    text = words_of(auditor.get(of(project)))
    assert "李明 修改 原因： 会议纪要〔2025〕3号" in text
    assert "年度金额 300,000.00 元 → 310,000.50 元" in text


def test_times_are_those_of_shanghai(project: Project, auditor: Client) -> None:
    assert re.search(
        r'<time datetime="[^"]+\+08:00">\d{4}-\d\d-\d\d \d\d:\d\d:\d\d<', auditor.get(of(project)).content.decode()
    )


def test_a_new_project_is_one_line_with_its_parts_counted(project: Project, auditor: Client) -> None:
    text = words_of(auditor.get(of(project)))
    assert "命令行 新增" in text
    assert "新增 项目：资金 1 项，总体目标 1 项，实施期指标 1 条，年度指标 1 条" in text
    assert "→" not in text


def test_an_indicator_is_told_by_its_place(project: Project, clerk: User, auditor: Client) -> None:
    forget_context()
    Indicator.objects.filter(project=project, scope="period").update(value="≥98%")
    text = words_of(auditor.get(of(project)))
    assert "数据库 直接写入数据库" in text
    assert "实施期指标 产出指标/数量指标/改造教室 ≥12间 → ≥98%" in text


def test_a_long_text_has_its_difference_marked(project: Project, edit: Editor, auditor: Client) -> None:
    edit(project, basis="长" * 100 + "。一期")
    edit(project, basis="长" * 100 + "。二期")
    html = auditor.get(of(project)).content.decode()
    assert "<del>一</del><ins>二</ins>期" in html


def test_texts_are_shown_as_they_are(project: Project, edit: Editor, auditor: Client) -> None:
    edit(project, name="<b>名称</b>", reason="<i>原因</i>")
    html = auditor.get(of(project)).content.decode()
    assert "<b>名称" not in html
    assert "<i>原因" not in html
    assert "&lt;b&gt;名称&lt;/b&gt;" in html


def test_a_department_that_is_gone_keeps_its_name(project: Project, auditor: Client) -> None:
    joined, kept = project.department, factories.department("教育和体育局")
    assert joined
    join_departments(keep=kept, join=joined, by=None)
    assert "归口部门 区教育局 → 教育和体育局" in words_of(auditor.get(of(project)))


def test_an_import_links_its_run_for_those_who_see_sources(imported: ImportRun, log_in: LogIn) -> None:
    project = Project.objects.get()
    link = reverse("run-detail", args=[imported.pk])
    assert link in log_in(AUDIT).get(of(project)).content.decode()
    assert project.department
    assert link not in log_in(DEPARTMENT, project.department).get(of(project)).content.decode()


def test_long_histories_of_one_change_are_folded(project: Project, clerk: User, auditor: Client) -> None:
    for number in range(2, 20):
        factories.indicator(project, f"指标{number}", position=number)
    forget_context()
    Indicator.objects.filter(project=project).update(value="若干", number=None, operator=None, unit=None)
    assert "其余 8 处改动" in words_of(auditor.get(of(project)))


# --- Who sees what -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [FINANCE, DEPARTMENT, AUDIT, ADMIN])
def test_everybody_who_sees_a_project_sees_its_history(
    project: Project, edit: Editor, log_in: LogIn, role: str
) -> None:
    version = edit(project, attribute="一次性项目")
    browser = log_in(role, project.department)
    assert "一次性项目" in words_of(browser.get(of(project)))
    assert "一次性项目" in words_of(browser.get(reverse(LIST)))
    assert browser.get(at(project, version)).status_code == 200


def test_projects_of_others_are_not_there(project: Project, edit: Editor, log_in: LogIn) -> None:
    version = edit(project, name="秘密项目")
    other = log_in(DEPARTMENT, factories.department("水利局"))
    assert "秘密项目" not in words_of(other.get(reverse(LIST)))
    assert "秘密项目" not in other.get(reverse("history-export")).content.decode()
    for address in (of(project), reverse("project-history-export", args=[project.pk]), at(project, version)):
        assert other.get(address).status_code == 404


def test_somebody_without_any_place_sees_nothing(project: Project, log_in: LogIn) -> None:
    assert "还没有历史" in words_of(log_in(FINANCE).get(reverse(LIST)))


# --- Filters and pages ---------------------------------------------------------------------------------------------


def test_filters_find_one_change(project: Project, edit: Editor, auditor: Client) -> None:
    edit(project, basis="新依据")
    edit(project, attribute="一次性项目", action="set_attribute")
    for query, found in [
        ({"field": "basis"}, "新依据"),
        ({"action": "set_attribute"}, "一次性项目"),
        ({"person": "李明", "region": "140404", "department": str(project.department_id)}, "新依据"),
        ({"person": "liming", "since": "2020-01-01", "until": "2999-12-31"}, "新依据"),
    ]:
        assert found in words_of(auditor.get(reverse(LIST), query))
    assert "新依据" not in words_of(auditor.get(reverse(LIST), {"action": "set_attribute"}))
    assert "没有符合条件的改动" in words_of(auditor.get(reverse(LIST), {"until": "2020-01-01"}))


def test_the_database_is_found_under_the_name_that_the_page_gives_it(project: Project, auditor: Client) -> None:
    forget_context()
    Project.objects.update(basis="直接写入的依据")
    text = words_of(auditor.get(reverse(LIST), {"person": "数据库"}))
    assert "直接写入的依据" in text
    assert "教室改造 2025" in text
    assert "新增 项目" not in text


def test_paper_says_what_was_asked_for(project: Project, auditor: Client) -> None:
    asked = {"region": "140404", "field": "basis", "since": "2025-01-01", "archived": "only"}
    words = words_of(auditor.get(reverse(LIST), asked))
    assert "上党区；字段：立项依据；从：2025-01-01 " in words


def test_of_a_change_only_the_field_asked_for_is_told(project: Project, edit: Editor, auditor: Client) -> None:
    edit(project, basis="新依据", attribute="一次性项目")
    text = words_of(auditor.get(of(project), {"field": "basis"}))
    assert "新依据" in text
    assert "一次性项目" not in text
    assert "同时还有 1 处其他改动" in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"person": "没有这人"}, "没有姓名或用户名包含“没有这人”的人"),
        ({"since": "2025-02-30"}, "从 ："),
        ({"since": "2025-02-02", "until": "2025-02-01"}, "结束日期早于开始日期"),
        ({"since": "0001-01-01"}, "日期必须在 1900 年至 2999 年之间。"),
        ({"until": "9999-12-31"}, "日期必须在 1900 年至 2999 年之间。"),
        ({"field": "nonsense"}, "字段 ："),
        ({"region": "999999"}, "行政区划 ："),
    ],
)
def test_a_filter_that_is_not_understood_finds_nothing(
    project: Project, auditor: Client, query: dict[str, str], sentence: str
) -> None:
    response = auditor.get(reverse(LIST), query)
    assert response.status_code == 200
    assert sentence in words_of(response)
    assert project.name not in words_of(response)


def test_pages_follow_one_another(project: Project, edit: Editor, auditor: Client) -> None:
    for number in range(60):
        edit(project, duration=f"第{number}版")
    first = auditor.get(of(project))
    link = re.search(r'href="(\?before=\d+)" rel="next"', first.content.decode())
    assert link
    second = words_of(auditor.get(of(project) + link[1]))
    assert "第59版" in words_of(first)
    assert "→ 第9版" not in words_of(first)
    assert "→ 第9版" in second
    assert "已经到最早的历史" in second


@pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "0"])
def test_a_page_of_nonsense_is_some_page(project: Project, auditor: Client, before: str) -> None:
    assert auditor.get(reverse(LIST), {"before": before}).status_code == 200


def statements(browser: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


def test_a_page_costs_as_many_statements_however_much_it_tells(project: Project, edit: Editor, auditor: Client) -> None:
    version = edit(project, basis="新依据")
    addresses = [reverse(LIST), of(project), at(project, version), f"{reverse(LIST)}?field=basis&person=liming"]
    few = [statements(auditor, address) for address in addresses]
    for number in range(8):
        other = factories.project(f"其他{number}")
        edit(other, basis="依据", duration="一年")
        edit(project, basis=f"依据{number}")
    assert [statements(auditor, address) for address in addresses] == few
    assert max(few) <= 30


# --- Exports -------------------------------------------------------------------------------------------------------


def test_the_export_has_a_row_for_every_field(project: Project, edit: Editor, auditor: Client) -> None:
    edit(project, basis="新依据", amount="310000", reason="纪要")
    response = auditor.get(reverse("project-history-export", args=[project.pk]), {"format": "csv"})
    table = pd.read_csv(BytesIO(response.content), dtype=str)
    assert list(table["字段"]) == ["年度金额", "立项依据", "项目"]
    row = table.iloc[0]
    assert (row["操作人"], row["操作"], row["原因"], row["行政区划"], row["年度"], row["部门"], row["项目"]) == (
        "李明", "修改", "纪要", "长治市上党区", "2025", "区教育局", "教室改造",
    )  # fmt: skip
    assert (row["旧值"], row["新值"]) == ("300,000.00 元", "310,000.00 元")


def test_the_export_is_filtered_as_the_page(project: Project, edit: Editor, auditor: Client) -> None:
    edit(project, basis="新依据", amount="310000")
    response = auditor.get(reverse("history-export"), {"format": "xlsx", "field": "basis"})
    assert list(pd.read_excel(BytesIO(response.content), engine="openpyxl")["字段"]) == ["立项依据"]


def test_an_export_that_is_cut_says_so(
    project: Project, edit: Editor, auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(project, basis="新依据")
    monkeypatch.setattr("indicators.history.exports.MOST", 1)
    table = pd.read_csv(BytesIO(auditor.get(reverse("history-export")).content), dtype=str)
    assert len(table) == 2
    assert "更早的历史没有导出" in table.iloc[1]["时间"]


def test_no_text_of_an_export_is_a_formula(project: Project, edit: Editor, auditor: Client) -> None:
    edit(project, basis="=1+1")
    assert "'=1+1" in auditor.get(reverse("history-export")).content.decode("utf-8-sig")


def test_an_unknown_format_is_not_there(auditor: Client) -> None:
    assert auditor.get(reverse("history-export"), {"format": "pdf"}).status_code == 404


# --- Earlier states ------------------------------------------------------------------------------------------------


def test_an_earlier_state_is_the_whole_form_as_it_stood(project: Project, clerk: User, auditor: Client) -> None:
    first = version_of(project.pk)

    def emptied(state: object) -> None:
        state.fields["overview"], state.indicators, state.goals = "新概况", {}, {}  # type: ignore[attr-defined]

    edit_state(project, emptied, by=clerk)
    text = words_of(auditor.get(at(project, first)))
    assert "时的内容，不是现在的内容" in text
    assert "年度目标 建成" in text
    assert "改造教室 ≥12间" in text
    assert "项目概况 — → 新概况" in text
    assert reverse("project-version", args=[project.pk, version_of(project.pk)]) in text or "下一个版本" in text


def test_the_present_state_says_that_it_is(project: Project, auditor: Client) -> None:
    text = words_of(auditor.get(at(project, version_of(project.pk))))
    assert "这是最新的版本，也就是现在的内容" in text
    assert "恢复到这个状态" not in text


def test_a_state_of_a_department_that_is_gone_is_shown(project: Project, auditor: Client) -> None:
    first, joined = version_of(project.pk), project.department
    assert joined
    join_departments(keep=factories.department("教育和体育局"), join=joined, by=None)
    text = words_of(auditor.get(at(project, first)))
    assert "归口部门 区教育局 → 教育和体育局" in text


@pytest.mark.parametrize("version", [0, 10**12, 2**63, 10**30])
def test_a_version_that_never_was_is_not_there(project: Project, auditor: Client, version: int) -> None:
    assert auditor.get(at(project, version)).status_code == 404


def test_a_version_of_another_project_is_not_there(project: Project, auditor: Client) -> None:
    assert auditor.get(at(project, version_of(factories.project().pk))).status_code == 404


# --- Bringing back -------------------------------------------------------------------------------------------------


def bring_back(browser: Client, project: Project, version: int, **changes: object) -> object:
    data = {"seen": version_of(project.pk), "reason": "误改", **changes}
    return browser.post(reverse("project-restore", args=[project.pk, version]), data)


def test_an_earlier_state_comes_back_as_a_new_change(project: Project, edit: Editor, log_in: LogIn) -> None:
    first, before = version_of(project.pk), load_state(project.pk)
    last = edit(project, name="改错了", amount="1")
    browser = log_in(FINANCE, factories.county())
    response = bring_back(browser, project, first)
    assert response.url == of(project)  # type: ignore[attr-defined]
    assert load_state(project.pk) == before
    assert version_of(project.pk) > last
    text = words_of(browser.get(of(project)))
    assert "恢复到以前的状态" in text
    assert "原因： 误改" in text
    assert "项目名称 改错了 → 教室改造" in text


def test_an_archived_project_says_what_must_be_done_first(project: Project, edit: Editor, log_in: LogIn) -> None:
    first = version_of(project.pk)
    edit(project, archived_at=timezone.now(), archive_reason="重复")
    assert "取消归档后才能恢复到这个状态" in words_of(log_in(FINANCE, factories.county()).get(at(project, first)))
    assert "取消归档后才能恢复" not in words_of(log_in(AUDIT).get(at(project, first)))


def test_bringing_back_needs_a_reason(project: Project, edit: Editor, log_in: LogIn) -> None:
    first = version_of(project.pk)
    edit(project, name="新名称")
    response = bring_back(log_in(FINANCE, factories.county()), project, first, reason=" ")
    assert response.status_code == 409  # type: ignore[attr-defined]
    assert "请写明恢复的原因" in words_of(response)  # type: ignore[arg-type]
    assert load_state(project.pk).fields["name"] == "新名称"


def test_what_changed_meanwhile_is_shown_anew(project: Project, edit: Editor, log_in: LogIn) -> None:
    first = version_of(project.pk)
    seen = edit(project, name="新名称")
    edit(project, basis="别人同时改的")
    response = bring_back(log_in(FINANCE, factories.county()), project, first, seen=seen)
    text = words_of(response)  # type: ignore[arg-type]
    assert "打开这一页之后项目又有了改动" in text
    assert "别人同时改的" in text
    assert f'name="seen" value="{version_of(project.pk)}"' in response.content.decode()  # type: ignore[attr-defined]
    assert 'value="误改"' in response.content.decode()  # type: ignore[attr-defined]
    assert load_state(project.pk).fields["name"] == "新名称"


@pytest.mark.parametrize("role", [AUDIT, ADMIN])
def test_who_may_only_see_cannot_bring_back(project: Project, edit: Editor, log_in: LogIn, role: str) -> None:
    first = version_of(project.pk)
    edit(project, name="新名称")
    browser = log_in(role, project.department)
    assert "恢复到这个状态" not in words_of(browser.get(at(project, first)))
    assert bring_back(browser, project, first).status_code == 403  # type: ignore[attr-defined]


def test_what_is_not_ones_own_cannot_be_brought_back(project: Project, edit: Editor, log_in: LogIn) -> None:
    first = version_of(project.pk)
    edit(project, name="新名称")
    assert bring_back(log_in(DEPARTMENT, factories.department("水利局")), project, first).status_code == 404  # type: ignore[attr-defined]


@pytest.mark.parametrize("version", [1, 10**30])
def test_a_version_that_never_was_cannot_be_brought_back(project: Project, log_in: LogIn, version: int) -> None:
    assert bring_back(log_in(FINANCE, factories.county()), project, version).status_code == 404  # type: ignore[attr-defined]


def test_looking_at_the_address_of_bringing_back_is_refused(project: Project, auditor: Client) -> None:
    assert auditor.get(reverse("project-restore", args=[project.pk, 1])).status_code == 405
