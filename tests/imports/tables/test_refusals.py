"""Tables that are refused: everything that is wrong is said at once, and nothing is stored."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from imports.actions import Options, import_file
from imports.reading import SourceError
from imports.tables.grids import Grid, Grids
from imports.tables.problems import TableError
from imports.tables.table import read_table
from perfgoals.models import User
from projects.models import Project
from projects.permissions import ADMIN, AUDIT, DEPARTMENT
from tests import factories
from tests.imports import texts
from tests.imports.tables.exported import changed, csv_of, csv_rows, exported, finance, taken_in, with_row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stored() -> None:
    import_file((texts.form() + texts.form("食堂改造")).encode(), name="教育局.txt", options=Options(), by=None)


def problems(data: bytes, by: User | None = None) -> list[str]:
    before = list(Project.objects.order_by("pk").values())
    with pytest.raises(TableError) as refused:
        taken_in(data, by or finance())
    assert list(Project.objects.order_by("pk").values()) == before
    return [str(problem) for problem in refused.value.problems]


def test_all_rows_are_named_at_once_with_column_and_value() -> None:
    data = changed(
        exported(),
        {
            ("项目", 2, "年度金额（元）"): "很多", ("项目", 2, "序号"): "一", ("项目", 3, "填报日期"): "昨天",
            ("项目", 3, "年度"): 2026, ("指标", 2, "二级指标"): "好指标",
        },
    )  # fmt: skip
    found = problems(data)
    assert found == [
        "工作表“项目”第 2 行“年度金额（元）”：“很多”不是金额。请填写以元为单位的数字，或留空。",
        "工作表“项目”第 3 行“年度”：“2026”与导出时不同，这一列不能在表格里修改。",
        "工作表“指标”第 2 行“二级指标”：看不出“好指标”是哪一类指标，请写标准名称，如“数量指标”。",
    ]


@pytest.mark.parametrize(
    ("header", "value", "said"),
    [
        ("序号", "一", "序号必须是整数，“一”不是。"),
        ("填报日期", "昨天", "填报日期“昨天”看不懂"),
        ("年度金额（元）", -5, "“-5”不是金额"),
        ("年度金额（元）", 0.001, "折合元后不足一分"),
        ("年度金额（元）", 310000, "资金总额与各来源之和不等（年度相差 10,000.00 元）"),
        ("项目名称", None, "请填写项目名称。"),
        ("项目名称", "食堂改造", "2025 年该部门已有同名项目“食堂改造”"),
        ("主管部门", "没有的局", "没有叫“没有的局”的部门"),
        ("指标数", 99, "“99”与导出时不同"),
        ("编号", 999999, "没有编号为 999999 的项目"),
        ("编号", None, "没有项目编号"),
        ("版本", 10**9, "这个项目没有版本 1000000000"),
        ("版本", None, "没有版本"),
    ],
)
def test_a_wrong_cell_is_said(header: str, value: Any, said: str) -> None:
    assert any(said in problem for problem in problems(changed(exported(), {("项目", 2, header): value})))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"二级指标": "数量指标", "年度指标": "新", "年度指标编号": 987654}, "“987654”不是这个项目的指标编号"),
        ({"二级指标": "什么", "年度指标": "新"}, "看不出“什么”是哪一类指标"),
    ],
)
def test_a_wrong_indicator_is_said(row: dict[str, Any], said: str) -> None:
    pk = Project.objects.get(name="教室改造").pk
    (problem,) = problems(with_row(exported(), "指标", {"项目编号": pk, **row}))
    assert said in problem


def test_indicators_of_projects_that_were_taken_out_of_the_table_are_left_alone_and_said() -> None:
    data = with_row(exported(), "指标", {"项目编号": 424242, "年度指标": "新"})
    report = import_file(data, name="项目.xlsx", options=Options(), by=None)
    assert [notice.message for notice in report.notices] == ["“指标”表有 1 行的项目不在“项目”表里，这些行没有导入"]
    assert report.nothing_changed


def test_a_project_may_have_one_row_only() -> None:
    rows = csv_rows(exported("csv"))
    assert problems(csv_of([*rows, rows[0]])) == [
        f"第 4 行“编号”：编号 {rows[0]['编号']} 在第 2 行已经有了，一个项目只能有一行。"
    ]


def test_a_column_may_be_there_only_once() -> None:
    assert any(
        "出现了两次" in problem for problem in problems(changed(exported(), {("项目", 1, "项目期"): "实施单位"}))
    )


def test_foreign_projects_are_not_found_and_visible_ones_not_changed() -> None:
    data = exported()
    stranger = factories.user(DEPARTMENT, factories.department("区卫健局"))
    assert all("没有编号为" in problem for problem in problems(data, stranger))
    assert len(problems(data, stranger)) == 2


def test_a_file_that_is_said_to_be_a_table_and_is_none_is_refused() -> None:
    with pytest.raises(SourceError, match="不是导出的项目表"):
        taken_in(texts.form().encode(), finance(), layout="project_table")


@pytest.mark.parametrize("role", [ADMIN, AUDIT])
def test_roles_that_edit_no_projects_take_no_tables_in(role: str) -> None:
    with pytest.raises(SourceError, match="您的角色不修改项目"):
        taken_in(exported(), factories.user(role))


def test_an_archived_project_is_not_changed() -> None:
    data = exported()
    Project.objects.filter(name="教室改造").update(archived_at=timezone.now(), archive_reason="取消")
    (problem,) = problems(data)
    assert "这个项目已归档，先取消归档才能修改。" in problem


def test_columns_that_nobody_takes_in_are_reported() -> None:
    rows = [{**row, "来源": "别处", "我的备注": "看"} for row in csv_rows(exported("csv"))]
    notices = [notice.message for notice in taken_in(csv_of(rows), finance()).notices]
    assert notices == ["“来源”列只供查看，其中的修改没有导入", "“我的备注”列不是导出的列，没有导入"]


def test_sums_that_no_longer_agree_after_others_edits_are_refused() -> None:
    pk = Project.objects.get(name="教室改造").pk
    data = changed(exported(), {("项目", 2, "年度金额（元）"): 310000, ("项目", 2, "年度单位自筹（元）"): 10000})
    Project.objects.get(pk=pk).funding.filter(scope="annual", source="central").update(amount=5)
    assert any("资金总额与各来源之和不等" in problem for problem in problems(data))


def test_a_text_whose_head_turns_out_to_be_another_is_refused() -> None:
    """As one is that begins in one encoding and goes on in another: by its first bytes it has both columns."""
    with pytest.raises(SourceError, match="第一行读不出“编号”和“版本”这两列"):
        read_table(Grids([Grid("", [["编号", "本"], [1, 2]], 2)], [], [], []))
