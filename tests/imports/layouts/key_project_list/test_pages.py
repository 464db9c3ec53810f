"""Page breaks, what stands at them, and cells that they displace."""

from __future__ import annotations

from decimal import Decimal

import pytest

from imports.reading import HEADER, RECORD
from tests.imports.layouts.key_project_list.texts import CELL, TOP, read, read_body, texts_of


@pytest.mark.parametrize(
    "furniture",
    [
        " 单位：万元\n\n序号 项    目 预算安排数 部门单位 政策依据及支出内容 绩效目标\n\n",
        "长治市2030年市本级重点项目绩效目标\n ",
        "第 3 页\n\f序号 项    目 预算安排数 部门单位 政策依据及支出内容 绩效目标\n",
        "- 3 -\n ",
        "3 / 12\n",
        "\n12\n\f",
        " ",
    ],
)
def test_page_breaks_between_projects(furniture: str) -> None:
    drafts = read_body(f"1 河道 5 市水务局\n{CELL}{furniture}2 校舍 6 市教育局\n{CELL}")
    assert [(draft.name, draft.goal_annual) for draft in drafts] == [("河道", "器材完好。"), ("校舍", "器材完好。")]


def test_a_page_break_inside_a_cell_is_taken_out() -> None:
    cell = "支出内容：购置水泵和\n第 2 页\n 单位：万元\n\n长治市2030年市本级重点项目绩效目标\n\n闸门。\n\n通畅。\n"
    (draft,) = read_body(f"1 河道 5 市水务局\n{cell}")
    assert texts_of(draft) == (None, "购置水泵和闸门。", "通畅。")


def test_a_sentence_that_a_page_break_cuts_is_one_though_the_goal_begins_with_a_number() -> None:
    cell = "支出内容：修缮校舍 46.3\n第 1 页\n\n 公里，并对粮仓养护。\n\n6.粮仓干燥，\n不漏雨。"
    (draft,) = read_body(f"1 校舍 7 市教育局\n{cell}")
    assert texts_of(draft)[1:] == ("修缮校舍 46.3公里，并对粮仓养护。", "6.粮仓干燥，不漏雨。")


def test_a_column_header_cut_over_lines() -> None:
    top = "长治市2030年市本级重\n点项目绩效目标\n（单位：元）\n预算安 主管\n序号 项 目 政策依据及支出内容 绩效目标\n排数 部门\n\n"
    drafts, reading = read(f"{top}1 河道 5 市水务局\n{CELL}")
    assert (drafts[0].printed_unit, drafts[0].year, list(reading.unclaimed())) == ("元", 2030, [])


def test_a_column_header_of_one_name_a_line() -> None:
    top = "长治市2030年重点项目绩效目标表 单位：亿元\n\n序号\n\n项目名称\n预算金额\n单位\n\n政策依据及支出内容\n绩效目标\n\n"
    drafts, reading = read(f"{top}1 河道 5 市水务局\n{CELL}")
    assert (drafts[0].amount.yuan, list(reading.unclaimed())) == (Decimal("500000000.00"), [])


@pytest.mark.parametrize("total", ["合   计 11", "合计：11", "总计 11.00", "合  计\n11"])
@pytest.mark.parametrize("at_top", [True, False])
def test_the_total_at_top_or_bottom(total: str, at_top: bool) -> None:
    body = f"1 河道 5 市水务局\n{CELL}\n2 校舍 6 市教育局\n{CELL}"
    _, reading = read(f"{TOP}\n{total}\n\n{body}" if at_top else f"{TOP}\n{body}\n{total}\n")
    assert reading.declared_total
    assert reading.declared_total.yuan == Decimal("110000.00")
    assert list(reading.unclaimed()) == []


def test_page_subtotals_are_not_the_total() -> None:
    _, reading = read(f"{TOP}\n1 河道 5 市水务局\n{CELL}\n本页小计 5\n\n2 校舍 6 市教育局\n{CELL}\n合计 11\n")
    assert reading.declared_total
    assert (reading.declared_total.printed, list(reading.unclaimed())) == ("11", [])


def test_the_footnote_is_no_data() -> None:
    _, reading = read(f"{TOP}\n1 河道 5 市水务局\n{CELL}\n备注：只列大额\n项目\n1.不含结转\n")
    assert [(notice.kind, notice.message) for notice in reading.notices] == [
        ("footnote", "备注：只列大额项目1.不含结转")
    ]
    assert [reading.claims[line] for line in (13, 14, 15)] == [HEADER] * 3


def test_who_signed_stays_unclaimed() -> None:
    drafts, reading = read(f"{TOP}\n1 河道 5 市水务局\n{CELL}\n长治市财政局\n2030年1月5日\n")
    assert drafts[0].goal_annual == "器材完好。"
    assert [line for _, line in reading.unclaimed()] == ["长治市财政局", "2030年1月5日"]


PAGE_BREAK = " 单位：万元\n\n"


def test_a_displaced_cell_goes_back_to_its_head() -> None:
    body = f"1 河道 5\n\n2 校舍 6 市教育局\n{CELL}\n支出内容：还本\n付息。\n{PAGE_BREAK}3 路灯 7 市城管局\n{CELL}"
    drafts, reading = read(f"{TOP}\n{body}")
    assert texts_of(drafts[0]) == (None, "还本付息。", None)
    assert (drafts[0].lines, drafts[0].last_line) == ([(7, 7), (15, 16)], 16)
    assert [notice.kind for notice in reading.notices] == ["displaced"]
    assert [reading.claims[line] for line in (7, 15, 16)] == [RECORD] * 3


def test_two_displaced_cells_go_back_in_order() -> None:
    heads = f"1 河道 5\n\n2 校舍 6\n\n3 路灯 7 市城管局\n{CELL}"
    drafts = read_body(
        f"{heads}\n政策依据：甲\n支出内容：乙。\n\n支出内容：丙。\n{PAGE_BREAK}4 桥梁 8 市交通局\n{CELL}"
    )
    assert [texts_of(draft) for draft in drafts[:2]] == [("甲", "乙。", None), (None, "丙。", None)]


def test_a_displaced_cell_without_a_bare_head_is_left_to_the_report() -> None:
    drafts, reading = read(f"{TOP}\n1 河道 5 市水务局\n{CELL}\n支出内容：还本。\n{PAGE_BREAK}2 校舍 6 市教育局\n{CELL}")
    assert texts_of(drafts[0]) == ("《养护办法》", "购置器材。", "器材完好。")
    assert list(reading.unclaimed()) == [(13, "支出内容：还本。")]


def test_a_bare_head_of_another_page_gets_nothing() -> None:
    body = f"1 河道 5\n{PAGE_BREAK}2 校舍 6 市教育局\n{CELL}\n支出内容：还本。\n"
    drafts, reading = read(f"{TOP}\n{body}")
    assert texts_of(drafts[0]) == (None, None, None)
    assert [line for _, line in reading.unclaimed()] == ["支出内容：还本。"]
