"""The reader of key-project lists: generated lists, each irregularity alone, refusals, and the source it was built for."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imports.drafts import ProjectDraft
from imports.layouts import key_project_list
from imports.reading import HEADER, RECORD, Defaults, Reading, SourceError
from tests.imports.layouts.key_project_list_texts import ListText, expected, list_texts

SHARED = Path(__file__).parents[3] / "../shared"
SOURCE = SHARED / "sources/changzhi_2024_key_projects.txt"
GOLD = SHARED / "gold/changzhi_2024_key_projects.json"
needs_source = pytest.mark.skipif(not SOURCE.exists(), reason="../shared is absent")

TOP = """长治市2030年市本级重点项目绩效目标

单位：万元

序号 项    目 预算安排数 部门单位 政策依据及支出内容 绩效目标
"""
CELL = "政策依据：《养护办法》\n支出内容：购置器材。\n\n器材完好。\n"


def read(text: str, **defaults: Any) -> tuple[list[ProjectDraft], Reading]:
    reading = Reading(text.split("\n"))
    return list(key_project_list.read(reading, Defaults(**defaults))), reading


def read_body(body: str) -> list[ProjectDraft]:
    """The projects of a body under an ordinary top, of which no line may stay unaccounted for."""
    drafts, reading = read(f"{TOP}\n{body}")
    assert list(reading.unclaimed()) == []
    return drafts


def refusal(text: str, **defaults: Any) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(text, **defaults)
    return caught.value


def head_of(draft: ProjectDraft) -> tuple[int | None, str, str | None, str | None]:
    return draft.serial, draft.name, draft.amount.printed, draft.department_name


def texts_of(draft: ProjectDraft) -> tuple[str | None, str | None, str | None]:
    return draft.basis, draft.content, draft.goal_annual


def fields(draft: ProjectDraft) -> dict[str, Any]:
    return {
        "serial": draft.serial,
        "name": draft.name,
        "amount": draft.amount.printed,
        "department": draft.department_name,
        "basis": draft.basis,
        "content": draft.content,
        "goal": draft.goal_annual,
        "line": draft.first_line,
    }


# --- generated lists -------------------------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(list_texts())
def test_what_is_printed_is_read_back(listed: ListText) -> None:
    drafts, reading = read(listed.text)
    assert [fields(draft) for draft in drafts] == expected(listed)
    assert list(reading.unclaimed()) == []
    assert {(draft.region_code, draft.year) for draft in drafts} == {(listed.place[1], listed.year)}
    assert {draft.printed_unit for draft in drafts} == {listed.unit}
    assert key_project_list.recognise(listed.lines)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(list_texts())
def test_the_sum_is_the_declared_total(listed: ListText) -> None:
    drafts, reading = read(listed.text)
    assert (reading.declared_total is None) == (listed.total is None)
    if reading.declared_total:
        assert sum(draft.amount.yuan or 0 for draft in drafts) == reading.declared_total.yuan


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(list_texts(), st.randoms(use_true_random=False))
def test_no_character_is_read_twice_or_invented(listed: ListText, random: Any) -> None:
    """Whatever happens to a text, what is read stands in it, and refusals are `SourceError`."""
    lines = [line for line in listed.lines if random.random() > 0.1]
    text = "".join("".join(lines).split())
    reading, drafts = Reading(lines), list[ProjectDraft]()
    with suppress(SourceError):
        drafts = list(key_project_list.read(reading, Defaults()))
    read_out = "".join("".join(part.split()) for draft in drafts for part in (draft.name, *texts_of(draft)) if part)
    left = "".join("".join(line.split()) for _, line in reading.unclaimed()) if drafts else ""
    assert len(read_out) + len(left) <= len(text)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.text(alphabet="1235 目项局，。（）政策依据支出内容绩效目标：合计年单位万元\f", max_size=14), max_size=40
    )
)
def test_any_text_is_read_or_refused(lines: list[str]) -> None:
    key_project_list.recognise(lines)
    with suppress(SourceError):
        list(key_project_list.read(Reading(lines), Defaults(region_code="140400", year=2030, unit="元")))


# --- the source ------------------------------------------------------------------------------------------------------


@needs_source
def test_the_source_is_read_like_the_hand_checked_reading() -> None:
    drafts, _ = read(SOURCE.read_text(encoding="utf-8"))
    gold = json.loads(GOLD.read_text(encoding="utf-8"))["projects"]
    assert len(drafts) == len(gold) == 69
    for draft, checked in zip(drafts, gold, strict=True):
        assert _squeezed(fields(draft)) == _squeezed(_gold_fields(checked))
        assert (draft.year, draft.region_code, draft.printed_unit) == (2024, "140400", "万元")


@needs_source
@pytest.mark.parametrize("change", [str.lstrip, lambda line: f"{line}  ", lambda line: line.replace("\n", "") or "  "])
def test_the_source_reads_the_same_with_other_white_space(change: Callable[[str], str]) -> None:
    lines = SOURCE.read_text(encoding="utf-8").split("\n")
    plain, changed = read("\n".join(lines))[0], read("\n".join(map(change, lines)))[0]
    assert [fields(draft) for draft in changed] == [fields(draft) for draft in plain]


@needs_source
def test_the_source_is_accounted_for_to_the_last_line_and_fen() -> None:
    drafts, reading = read(SOURCE.read_text(encoding="utf-8"))
    assert list(reading.unclaimed()) == []
    assert reading.declared_total
    assert sum(draft.amount.yuan or 0 for draft in drafts) == reading.declared_total.yuan == Decimal("13762740000.00")
    assert reading.declared_line == 6


@needs_source
def test_the_displaced_cell_of_the_source_comes_back_to_its_project() -> None:
    drafts, reading = read(SOURCE.read_text(encoding="utf-8"))
    moved = [draft for draft in drafts if draft.lines]
    assert [draft.serial for draft in moved] == [42]
    assert moved[0].last_line == moved[0].lines[-1][1]
    assert [notice.kind for notice in reading.notices] == ["footnote", "displaced"]


@needs_source
def test_only_the_list_is_recognised_among_the_sources() -> None:
    found = [
        path.name
        for path in sorted(SOURCE.parent.glob("*.txt"))
        if key_project_list.recognise(path.read_text(encoding="utf-8").split("\n"))
    ]
    assert found == [SOURCE.name]


def _gold_fields(checked: dict[str, Any]) -> dict[str, Any]:
    named = {"goal": "goal_annual", "line": "source_first_line"}
    keys = ("serial", "name", "amount", "department", "basis", "content", "goal", "line")
    return {key: checked[named.get(key, key)] for key in keys}


def _squeezed(values: dict[str, Any]) -> dict[str, Any]:
    return {key: "".join(value.split()) if isinstance(value, str) else value for key, value in values.items()}


# --- heads -----------------------------------------------------------------------------------------------------------


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


# --- cells -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("label", ["支出内容：", "支出内容:", "支出内容 :", "支出内容： "])
def test_label_spellings(label: str) -> None:
    (draft,) = read_body(f"1 河道 5 市水务局\n政策依据:《办法》\n{label}清淤。\n\n通畅。\n")
    assert texts_of(draft) == ("《办法》", "清淤。", "通畅。")


@pytest.mark.parametrize("before", ["号。", "号； ", "号 "])
def test_a_label_may_stand_behind_a_sentence_or_a_space(before: str) -> None:
    (draft,) = read_body(f"1 河道 5 市水务局\n政策依据：某发〔2030〕1{before}支出内容：清淤。\n\n通畅。\n")
    assert texts_of(draft) == (f"某发〔2030〕1{before}".strip(), "清淤。", "通畅。")


def test_the_word_inside_a_sentence_is_no_label() -> None:
    (draft,) = read_body(
        "1 河道 5 市水务局\n支出内容：分两年。2030年支出内容主要为清淤，项目支出内容：略。\n\n通畅。\n"
    )
    assert draft.content == "分两年。2030年支出内容主要为清淤，项目支出内容：略。"


@pytest.mark.parametrize(
    ("cell", "read_as"),
    [
        ("政策依据：某办法\n", ("某办法", None)),
        ("支出内容：清淤。\n", (None, "清淤。")),
        ("\n清淤船两艘。\n", (None, "清淤船两艘。")),
        ("\n某发〔2030〕1号\n支出内容：清淤。\n", ("某发〔2030〕1号", "清淤。")),
        ("政策依据：\n支出内容：清淤。\n", ("", "清淤。")),
    ],
)
def test_cells_without_a_label_or_a_part(cell: str, read_as: tuple[str | None, str | None]) -> None:
    (draft,) = read_body(f"1 河道 5 市水务局\n{cell}\n通畅。\n")
    assert texts_of(draft) == (*read_as, "通畅。")


def test_a_goal_with_its_own_label_needs_no_blank_line() -> None:
    (draft,) = read_body("1 河道 5 市水务局\n支出内容：清淤。\n绩效目标:河道通畅，\n水质变好。\n")
    assert texts_of(draft) == (None, "清淤。", "河道通畅，水质变好。")


def test_missing_goal_and_missing_cell() -> None:
    drafts = read_body(
        f"1 河道 5 市水务局\n支出内容：清淤。\n\n2 校舍 6 市教育局\n\n绩效目标：安全。\n\n3 灯 7 市城管局\n{CELL}"
    )
    assert [texts_of(draft) for draft in drafts[:2]] == [(None, "清淤。", None), (None, None, "安全。")]


def test_a_blank_line_inside_a_formula_is_no_border() -> None:
    (draft,) = read_body("1 河道 5 市水务局\n支出内容：补助=（\n\n31-\n\n12）×2。\n\n按时补助。\n")
    assert texts_of(draft) == (None, "补助=（31-12）×2。", "按时补助。")


def test_column_widths_find_the_border_when_a_goal_stands_alone() -> None:
    cell, goal = "支出内容：" + "修" * 15 + "\n" + "缮" * 20 + "\n缮。\n", "稳" * 14 + "\n" + "定" * 14 + "\n。\n"
    whole = "".join(f"{serial} 河道 5 市水务局\n\n{cell}\n{goal}\n" for serial in range(1, 5))
    drafts = read_body(f"{whole}5 校舍 6 市教育局\n\n{goal}")
    assert texts_of(drafts[-1]) == (None, None, "稳" * 14 + "定" * 14 + "。")


@pytest.mark.parametrize(
    "pieces",
    [("某发〔", "2030〕6号"), ("某发", "〔2030〕6号"), ("某项工作", "。"), ("甲（乙", "）丙"), ("分为", "1.清淤")],
)
def test_lines_that_begin_in_the_middle_of_something_are_joined(pieces: tuple[str, str]) -> None:
    (draft,) = read_body(f"1 河道 5 市水务局\n支出内容：{pieces[0]}\n{pieces[1]}\n\n通畅\n。\n")
    assert texts_of(draft) == (None, "".join(pieces), "通畅。")


def test_inner_spaces_stay_and_nothing_is_repaired() -> None:
    (draft,) = read_body("1 河道 5 市水务局\n支出内容： 管长 3.5km， 宽,,窄“不一“\n\n通畅\n")
    assert draft.content == "管长 3.5km， 宽,,窄“不一“"


# --- pages -----------------------------------------------------------------------------------------------------------


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


# --- displaced cells -------------------------------------------------------------------------------------------------

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


# --- whose list it is ------------------------------------------------------------------------------------------------


def test_the_text_wins_over_the_defaults() -> None:
    drafts, _ = read(f"{TOP}\n1 河道 5 市水务局\n{CELL}", region_code="140500", year=2020, unit="元")
    assert (drafts[0].region_code, drafts[0].year, drafts[0].printed_unit) == ("140400", 2030, "万元")


def test_the_defaults_fill_in_what_the_text_does_not_say() -> None:
    text = f"序号 项目 预算数 单位 政策依据及支出内容 绩效目标\n\n1 河道 5 市水务局\n{CELL}"
    drafts, _ = read(text, region_code="140423", year=2031, unit="亿元")
    assert (drafts[0].region_name, drafts[0].year, drafts[0].amount.yuan) == (
        "长治市襄垣县",
        2031,
        Decimal("500000000.00"),
    )


@pytest.mark.parametrize(
    ("title", "code", "year"),
    [
        ("山西省长治市2024年市本级重点项目绩效目标", "140400", 2024),
        ("2024年度上党区本级重点项目绩效目标", "140404", 2024),
        ("附件3：沁县二〇二四年重点项目绩效目标表", "140430", 2024),
        ("晋中市太谷区２０２４年重点项目绩效目标（公开）", "140703", 2024),
        ("长治市财政局2024年社区建设重点项目绩效目标", "140400", 2024),
    ],
)
def test_titles_in_their_forms(title: str, code: str, year: int) -> None:
    drafts, reading = read(f"{title}\n{TOP.split(chr(10), 1)[1]}\n1 河道 5 市水务局\n{CELL}")
    assert (drafts[0].region_code, drafts[0].year, list(reading.unclaimed())) == (code, year, [])


def test_a_shared_name_is_decided_by_the_region_given() -> None:
    drafts, _ = read(f"{TOP.replace('长治市', '城区')}\n1 河道 5 市水务局\n{CELL}", region_code="140502")
    assert drafts[0].region_name == "晋城市城区"


def test_a_title_that_first_stands_at_a_later_page() -> None:
    title, rest = TOP.split("\n", 1)
    drafts, reading = read(f"{rest}\n1 河道 5 市水务局\n{CELL}\n{title}\n 2 校舍 6 市教育局\n{CELL}")
    assert ({draft.year for draft in drafts}, list(reading.unclaimed())) == ({2030}, [])


def test_a_goal_that_names_a_year_is_no_title() -> None:
    (draft,) = read_body("1 河道 5 市水务局\n支出内容：清淤。\n\n完成2030年绩效目标\n")
    assert draft.goal_annual == "完成2030年绩效目标"


# --- recognition and refusals ----------------------------------------------------------------------------------------


def test_a_list_without_header_is_recognised_by_title_and_labels() -> None:
    title = TOP.split("\n", 1)[0]
    assert key_project_list.recognise(f"{title}\n\n1 河道 5 市水务局\n{CELL}".split("\n"))
    assert not key_project_list.recognise(f"{title}\n\n各单位要完成年度绩效目标。\n".split("\n"))


def test_tab_separated_tables_are_not_recognised() -> None:
    rows = ["序号\t项目\t预算数\t绩效目标", "1\t河道\t5\t通畅", "2\t校舍\t6\t安全"]
    assert not key_project_list.recognise(rows)


@pytest.mark.parametrize("amount", ["", "—", "待定", "5o0"])
def test_a_head_without_an_amount_is_refused(amount: str) -> None:
    bad = f"2\n校舍\n\n{amount}\n市教育局\n{CELL}"
    error = refusal(f"{TOP}\n1 河道 5 市水务局\n{CELL}\n{bad}\n3 路灯 7 市城管局\n{CELL}")
    assert (error.message, error.line) == ("第13行：序号2的项目没有可读的预算金额，请补上后再导入。", 13)


@pytest.mark.parametrize(
    ("amount", "why"), [("-500", "不是金额"), ("1.2.3", "不是金额"), ("9" * 20, "过大"), ("0.0000001", "不足一分")]
)
def test_an_impossible_amount_is_refused(amount: str, why: str) -> None:
    error = refusal(f"{TOP}\n1 河道 {amount} 市水务局\n{CELL}")
    assert error.message.startswith("第7行：序号1的项目的")
    assert (why in error.message, error.line) == (True, 7)


def test_an_impossible_total_is_refused() -> None:
    error = refusal(f"{TOP}\n合计 1.2.3\n\n1 河道 5 市水务局\n{CELL}")
    assert (error.message, error.line) == ("第7行：合计的“1.2.3”不是金额，请改正后再导入。", 7)


def test_a_list_without_projects_is_refused() -> None:
    error = refusal(f"{TOP}\n备注：暂无\n")
    assert (error.message, error.line) == (
        "清单里没有找到可读的项目（序号、项目名称和预算金额），请检查文本是否完整。",
        5,
    )


def test_units_that_contradict_each_other_are_refused() -> None:
    error = refusal(f"{TOP}\n1 河道 5 市水务局\n{CELL}\n单位：元\n\n2 校舍 6 市教育局\n{CELL}")
    assert (error.message, error.line) == (
        "第3行的单位是万元，第13行却是元，无法确定金额，请改正或分成两个文件后再导入。",
        13,
    )


@pytest.mark.parametrize(
    ("lacking", "message"),
    [
        ("单位：万元", "清单没有写明金额单位，请用 --unit 指明（元、万元或亿元）。"),
        ("2030年", "清单没有写明所属地区的标题，请用 --region 指明。"),
        ("长治市", "标题“2030年市本级重点项目绩效目标”中没有可识别的行政区划，请用 --region 指明。"),
    ],
)
def test_what_neither_text_nor_defaults_say_is_asked_for(lacking: str, message: str) -> None:
    assert refusal(f"{TOP.replace(lacking, '')}\n1 河道 5 市水务局\n{CELL}").message == message


def test_the_year_is_asked_for() -> None:
    text = f"{TOP.replace('2030年', '')}\n1 河道 5 市水务局\n{CELL}"
    assert refusal(text, region_code="140400").message == "清单的标题没有写明年度，请用 --year 指明。"


def test_a_place_that_is_no_division_is_asked_for() -> None:
    text = f"{TOP.replace('长治市', '长治市某某经济技术开发区')}\n1 河道 5 市水务局\n{CELL}"
    assert "没有可识别的行政区划，请用 --region 指明" in refusal(text).message
    drafts, _ = read(text, region_code="140471")
    assert drafts[0].region_code == "140471"


def test_a_shared_name_is_asked_for() -> None:
    error = refusal(f"{TOP.replace('长治市', '城区')}\n1 河道 5 市水务局\n{CELL}")
    assert error.message.startswith("标题所写的地区有同名的（140302 阳泉市城区、")
    assert error.line == 1


# --- speed -----------------------------------------------------------------------------------------------------------


def test_time_grows_with_the_length_of_the_text() -> None:
    project = "".join(
        f"{{}} 河道{n} 5 市水务局\n政策依据：{'某办法' * 8}\n支出内容：清淤。\n\n通畅。\n\n" for n in "一"
    )
    times = []
    for count in (400, 3200):
        text = TOP + "\n" + "".join(project.format(serial) for serial in range(1, count + 1))
        begun = time.process_time()
        assert len(read(text)[0]) == count
        times.append(time.process_time() - begun)
    assert times[1] < 8 * 4 * times[0] + 1


def test_a_line_of_marks_that_show_nothing_is_reported() -> None:
    drafts, reading = read(f"{TOP}\n1 堤岸养护 5000 市水利局\n{CELL} \ufeff \n")
    assert len(drafts) == 1
    assert [line.strip() for _, line in reading.unclaimed()] == ["\ufeff"]
