"""Declared totals checked again: the same as when the table was read, and others once a row was mended."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.layouts.gazette.drafts import TableDraft
from imports.layouts.gazette.tables import find_tables
from imports.layouts.gazette.tables.rechecking import rechecked


def table(text: str) -> TableDraft:
    lines = text.split("\n")
    (found,) = find_tables(lines, 1, len(lines))
    return found


@pytest.mark.parametrize(
    "text",
    [
        "项目表\n\n序号\t项目\t投资（万元）\n1\t甲渠整修\t30\n2\t乙渠整修\t20\n合计\t\t51",
        "项目表\n\n序号\t项目\t投资（万元）\n一、水利\t\t\n1\t甲渠整修\t30\n小计\t\t30\n二、道路\t\t\n1\t乙路整修\t20\n小计\t\t21\n合计\t\t50",
        "建站计划表（4座）\n\n序号\t县区\t站点\n1\t东县\t一级站（3座）\n2\t西县\t二级站（1座）",
    ],
)
def test_an_untouched_table_gives_the_totals_of_its_reading(text: str) -> None:
    found = table(text)
    assert found.totals
    assert rechecked(found) == found.totals


def test_a_mended_row_counts_again() -> None:
    found = table("项目表\n\n序号\t项目\t投资（万元）\n1\t甲渠整修\t30\t7\t8\n2\t乙渠整修\t20\n合计\t\t50")
    assert [total.computed for total in rechecked(found)] == [None]
    found.rows[0] = replace(found.rows[0], cells=("1", "甲渠整修", "30"), damage=None)
    assert [total.computed for total in rechecked(found)] == [Decimal(50)]


def test_a_row_that_is_damaged_now_leaves_no_sum() -> None:
    found = table("项目表\n\n序号\t项目\t投资（万元）\n1\t甲渠整修\t30\n2\t乙渠整修\t20\n合计\t\t50")
    found.rows[1] = replace(found.rows[1], damage="看不清")
    assert [total.computed for total in rechecked(found)] == [None]


@given(figures=st.lists(st.integers(1, 9000), min_size=2, max_size=9), new=st.integers(1, 9000))
def test_sums_follow_the_cells_whatever_they_are(figures: list[int], new: int) -> None:
    rows = "\n".join(f"{at}\t第{at}渠整修\t{figure}" for at, figure in enumerate(figures, 1))
    found = table(f"项目表\n\n序号\t项目\t投资（万元）\n{rows}\n合计\t\t{sum(figures)}")
    found.rows[0] = replace(found.rows[0], cells=("1", "第1渠整修", str(new)), damage=None)
    sound = all(row.damage is None for row in found.rows)
    assert [total.computed for total in rechecked(found)] == [Decimal(sum(figures[1:]) + new) if sound else None]
