"""What people do with the tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.editing.operations import (
    MAX_ROWS,
    Cell,
    OperationError,
    add_row,
    cells_of,
    copy_to_annual,
    move_row,
    paste,
    reclassify_row,
    remove_row,
    restore_row,
    set_printed,
)
from indicators.editing.sheet import Half, Row
from tests.indicators.editing.sheets import row, sheet

QUALITY = {"category": "output.quality", "label": "质量指标"}


def names(rows: list[Row]) -> list[str]:
    return [entry.period.name for entry in rows]


def test_a_row_is_added_below_another_in_its_class() -> None:
    form = sheet(row("i1", "甲"), row("i2", "乙"), row("i3", "丙", **QUALITY))
    cell = add_row(form, "output.quality", after="i1")
    assert [entry.key for entry in form.in_order()] == ["i1", cell.row, "i2", "i3"]
    assert form.row(cell.row).category == "output.quantity"


def test_a_row_is_added_at_the_end_of_an_empty_class_with_its_standard_label() -> None:
    form = sheet(row("i1", "甲"))
    assert form.row(add_row(form, "output.cost").row).label == "成本指标"


def test_an_unknown_class_is_refused() -> None:
    with pytest.raises(OperationError, match="没有这个二级指标类别"):
        add_row(sheet(), "output.colour")


def test_there_is_a_limit_of_rows() -> None:
    form = sheet(*(row(f"i{number}") for number in range(MAX_ROWS)))
    with pytest.raises(OperationError, match="最多"):
        add_row(form, "output.quality")


def test_a_row_of_the_project_is_struck_out_and_taken_back() -> None:
    form = sheet(row("i1", "甲"))
    form.rows[0].period.id = 1
    remove_row(form, "i1")
    assert form.rows[0].removed
    restore_row(form, "i1")
    assert not form.rows[0].removed


def test_an_empty_new_row_goes_at_once() -> None:
    form = sheet(row("n1"), row("n2"))
    assert remove_row(form, "n1") == Cell("n2")
    assert [entry.key for entry in form.rows] == ["n2"]


def test_a_row_moves_within_its_class_and_over_its_end() -> None:
    form = sheet(row("i1", "甲"), row("i2", "乙"), row("i3", "丙", **QUALITY))
    move_row(form, "i1", 1)
    assert names(form.in_order()) == ["乙", "甲", "丙"]
    move_row(form, "i1", 1)
    assert (form.row("i1").category, form.row("i1").label) == ("output.quality", "质量指标")
    assert names(form.in_order()) == ["乙", "甲", "丙"]
    move_row(form, "i1", -1)
    assert form.row("i1").category == "output.quantity"


def test_the_first_row_stays_where_it_is() -> None:
    form = sheet(row("i1", "甲"))
    move_row(form, "i1", -1)
    assert form.row("i1").category == "output.quantity"


def test_a_row_is_put_under_any_class() -> None:
    form = sheet(row("i1", "甲"))
    reclassify_row(form, "i1", "benefit.social")
    assert (form.rows[0].category, form.rows[0].label) == ("benefit.social", "社会效益指标")


def test_period_is_copied_to_annual_for_a_row_and_for_all() -> None:
    form = sheet(row("i1", "甲", "1"), row("i2", "乙", "2"), row("i3"))
    form.rows[0].annual.id = 7
    form.rows[2].annual.name = "只有年度"
    copy_to_annual(form, "i1")
    assert (form.rows[0].annual.name, form.rows[0].annual.id, form.rows[1].annual.name) == ("甲", 7, "")
    copy_to_annual(form)
    assert [entry.annual.name for entry in form.rows] == ["甲", "乙", "只有年度"]


def test_a_block_of_the_official_form_fills_names_and_values_of_both_scopes() -> None:
    form = sheet(row("i1"))
    paste(form, Cell("i1", "period.name"), "甲\t≥12间\t甲\t≥3间\r\n乙\t良好\t乙\t95%以上\r\n")
    assert names(form.rows) == ["甲", "乙"]
    first, second = form.rows
    assert (first.period.operator, first.period.value, first.period.unit) == (">=", "12", "间")
    assert first.annual.printed == "≥3间"
    assert (second.period.value, second.annual.value) == ("良好", "95%以上")


def test_a_block_of_five_rows_and_six_columns_goes_under_its_classes() -> None:
    block = [
        ["产出指标", "数量指标", "甲", "≥1个", "甲", "≥1个"],
        ["", "", "乙", "≥2个", "乙", "≥1个"],
        ["", "质量指标", "丙", "100%", "丙", "100%"],
        ["效益指标", "社会效益", "丁", "提高", "丁", "提高"],
        ["满意度指标", "服务对象满意度", "戊", "≥90%", "戊", "≥90%"],
    ]
    form = sheet(row("i1", "原有"))
    paste(form, Cell("i1"), "\n".join("\t".join(cells) for cells in block))
    found = [(entry.category, entry.period.name, entry.annual.printed) for entry in form.in_order()]
    assert found == [
        ("output.quantity", "原有", ""), ("output.quantity", "甲", "≥1个"), ("output.quantity", "乙", "≥1个"),
        ("output.quality", "丙", "100%"), ("benefit.social", "丁", "提高"), ("satisfaction.served", "戊", "≥90%"),
    ]  # fmt: skip


def test_a_block_with_operators_of_its_own_fills_the_columns_as_they_stand() -> None:
    form = sheet(row("i1"), row("i2", "乙"))
    paste(form, Cell("i1", "period.name"), "甲\t≥\t12\t间\n乙改\t\t良好\t")
    assert [entry.period.printed for entry in form.rows] == ["≥12间", "良好"]
    assert names(form.rows) == ["甲", "乙改"]


def test_pasting_skips_rows_that_are_struck_out() -> None:
    form = sheet(row("i1"), row("i2", "留着"))
    form.rows[1].removed = True
    paste(form, Cell("i1"), "甲\n乙")
    assert names(form.in_order()) == ["甲", "乙", "留着"]


def test_quoted_cells_keep_their_line_ends_as_one_cell() -> None:
    assert cells_of('"甲\n乙"\t1\n丙\t2\n') == [["甲\n乙", "1"], ["丙", "2"]]


def test_an_empty_clipboard_is_said() -> None:
    with pytest.raises(OperationError, match="没有可以粘贴"):
        paste(sheet(row("i1")), Cell("i1"), " \t\n")


@given(st.text(max_size=30))
def test_a_printed_value_is_taken_apart_without_loss(text: str) -> None:
    half = Half()
    set_printed(half, text)
    assert half.printed == text.strip()


@given(st.lists(st.lists(st.text(alphabet="甲乙12%≥ \"'", max_size=6), min_size=1, max_size=9), min_size=1, max_size=6))
def test_any_block_is_pasted_or_refused(block: list[list[str]]) -> None:
    form = sheet(row("i1"), row("i2"))
    try:
        paste(form, Cell("i1", "annual.value"), "\n".join("\t".join(cells) for cells in block))
    except OperationError:
        assert len(form.rows) == 2
    assert len({entry.key for entry in form.rows}) == len(form.rows)


def test_the_head_of_the_form_copied_along_is_no_row() -> None:
    form = sheet()
    paste(form, Cell(""), "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t改造教室\t≥12间")
    assert names(form.rows) == ["改造教室"]


@pytest.mark.parametrize("text", ['"引号开头\t≥1\n第二行\t≥2', '"' + "长" * 140_000 + "\t1\n第二行\t2"])
def test_a_quotation_mark_that_closes_nothing_swallows_no_rows(text: str) -> None:
    assert [cells[0] for cells in cells_of(text)][1:] == ["第二行"]
