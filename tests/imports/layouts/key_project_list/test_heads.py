"""Heads: serial, name, amount and department in every cut."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.imports.layouts.key_project_list.texts import CELL, TOP, head_of, read, read_body, texts_of


@pytest.mark.parametrize(
    ("head", "read_as"),
    [
        ("1 河道清淤 500 市水务局", (1, "河道清淤", "500", "市水务局")),
        ("1 河道清淤 500\n市河湖管\n理中心", (1, "河道清淤", "500", "市河湖管理中心")),
        ("1 河道清淤 500\n市河湖中\n\n心", (1, "河道清淤", "500", "市河湖中心")),
        ("1 河道清淤 500\n\n市河湖管\n护中\n\n心", (1, "河道清淤", "500", "市河湖管护中心")),
        ("1\n河道清淤和堤岸\n加固\n\n500 市水务局", (1, "河道清淤和堤岸加固", "500", "市水务局")),
        ("1\n河道清淤\n\n500\n市财政局\n（预算\n科）", (1, "河道清淤", "500", "市财政局（预算科）")),
        ("1   河道清淤 500 市水务局", (1, "河道清淤", "500", "市水务局")),
        ("1 305、306省道养护 1,500.50 市交通局", (1, "305、306省道养护", "1,500.50", "市交通局")),
        ("1\n2031年校舍修缮（专\n项）\n\n300\n市教育局", (1, "2031年校舍修缮（专项）", "300", "市教育局")),
        ("1 政务大厦5-9层装修 65.5 市机关事\n务中心", (1, "政务大厦5-9层装修", "65.5", "市机关事务中心")),
        ("1\n滨河路改造\n（东街—西街）\n\n7 市住建局", (1, "滨河路改造（东街—西街）", "7", "市住建局")),
        ("1\n滨河路改造（东街\n—西街）\n\n7 市住建局", (1, "滨河路改造（东街—西街）", "7", "市住建局")),
        ("1\n\n甲区校舍 (6\n个校区)\n\n乙区校舍\n\n9 市教育局", (1, "甲区校舍 (6个校区)乙区校舍", "9", "市教育局")),
        ("1\n道路二期\n2031\n年度工程\n\n5 市交通局", (1, "道路二期2031年度工程", "5", "市交通局")),
        ("1\n旧区改造（\n6 个校区）\n7\n市教育局", (1, "旧区改造（6 个校区）", "7", "市教育局")),
        ("1 河道清淤 500", (1, "河道清淤", "500", None)),
        ("１ 河道清淤 ５００．５ 市水务局", (1, "河道清淤", "５００．５", "市水务局")),
        ("1\u3000河道清淤\u3000500\u3000市水务局", (1, "河道清淤", "500", "市水务局")),
    ],
)
@pytest.mark.parametrize("border", ["\n", "\n\n"], ids=["no blank", "blank"])
def test_a_head_in_each_cut(head: str, read_as: tuple[Any, ...], border: str) -> None:
    (draft,) = read_body(f"{head}{border}{CELL}")
    assert head_of(draft) == read_as
    assert texts_of(draft) == ("《养护办法》", "购置器材。", "器材完好。")


def test_amounts_are_yuan_and_as_printed() -> None:
    drafts = read_body(f"1 河道 6516.5 市水务局\n{CELL}\n2 校舍 30万元 市教育局\n{CELL}\n3 路灯 0 市城管局\n{CELL}")
    assert [draft.amount.yuan for draft in drafts] == [Decimal("65165000.00"), Decimal("300000.00"), Decimal("0.00")]
    assert [draft.amount.printed for draft in drafts] == ["6516.5", "30万元", "0"]


def test_lines_of_prose_that_begin_with_the_next_serial_are_no_heads() -> None:
    body = "支出内容：清理\n2 个乡镇的河道 300 公里，\n2 号闸门 5000\n平方米。\n\n2 条河道 500 米通畅。\n"
    drafts = read_body(f"1 河道 5 市水务局\n{body}\n2 校舍 7 市教育局\n{CELL}")
    assert [draft.name for draft in drafts] == ["河道", "校舍"]
    assert texts_of(drafts[0])[1:] == ("清理2 个乡镇的河道 300 公里，2 号闸门 5000平方米。", "2 条河道 500 米通畅。")


def test_a_count_in_a_goal_without_a_cell_is_not_taken_for_the_amount_of_the_head_above() -> None:
    whole = "".join(f"{serial} 河道 5 市水务局\n{CELL}\n" for serial in range(1, 5))
    drafts = read_body(
        f"{whole}\n5 校舍 14,127\n市教育\n装备公司\n\n（含支线）粮仓养护\n57 个乡镇及粮仓，“一廊”\n培训四次。\n"
    )
    assert (drafts[-1].name, drafts[-1].amount.printed) == ("校舍", "14,127")


def test_a_last_goal_that_looks_like_a_head_stays_a_goal() -> None:
    drafts = read_body(f"1 河道 5 市水务局\n{CELL}\n2 校舍 7 市教育局\n支出内容：修缮。\n\n3 所学校 500\n")
    assert [draft.goal_annual for draft in drafts] == ["器材完好。", "3 所学校 500"]


def test_lists_may_begin_anywhere_skip_and_double_serials() -> None:
    heads = ["7 河道 5 市水务局", "8 校舍 6 市教育局", "8 路灯 7 市城管局", "11 桥梁 8 市交通局", "12 渔港 9 市水务局"]
    drafts, reading = read(TOP + "\n" + "\n".join(f"{head}\n{CELL}" for head in heads))
    assert [draft.serial for draft in drafts] == [7, 8, 8, 11, 12]
    assert [notice.message for notice in reading.notices] == [
        "序号8之后是序号8，请核对是否有缺漏或重复",
        "序号8之后是序号11，请核对是否有缺漏或重复",
    ]


def test_the_declared_total_decides_between_two_readings_of_a_head() -> None:
    plain = f"1 河道\n70\n\n90\n{CELL}"
    for total, amount in (("70", "70"), ("90", "90")):
        drafts, _ = read(f"{TOP}\n合   计 {total}\n\n{plain}")
        assert [draft.amount.printed for draft in drafts] == [amount]
