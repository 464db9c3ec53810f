"""What is recognised, what is refused, and in which words."""

from __future__ import annotations

import pytest

from imports.layouts import key_project_list
from tests.imports.layouts.key_project_list.texts import CELL, TOP, read, refusal


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


def test_a_line_of_marks_that_show_nothing_is_reported() -> None:
    drafts, reading = read(f"{TOP}\n1 堤岸养护 5000 市水利局\n{CELL} \ufeff \n")
    assert len(drafts) == 1
    assert [line.strip() for _, line in reading.unclaimed()] == ["\ufeff"]


def test_the_only_project_stays_though_the_declared_total_is_nothing() -> None:
    drafts, reading = read(f"{TOP}\n合   计 00\n\n1 乡村振兴衔接资金 5000\n")
    assert [draft.amount.printed for draft in drafts] == ["5000"]
    assert list(reading.unclaimed()) == []


def test_words_of_a_column_header_that_are_no_column_are_told() -> None:
    header = TOP.rstrip("\n")
    drafts, reading = read(
        f"{header}丙丁号戊\n\n1 河道 5 市水务局\n{CELL}{header}丙丁号戊\n\n2 校舍 6 市教育局\n{CELL}"
    )
    assert len(drafts) == 2
    assert [(notice.line, notice.message) for notice in reading.notices] == [
        (5, "表头里的“丙丁号戊”不是清单的栏目，这里没有读它，请核对")
    ]
