"""Cells and goals below a head, and the border between them."""

from __future__ import annotations

import pytest

from tests.imports.layouts.key_project_list.texts import CELL, read_body, texts_of


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
