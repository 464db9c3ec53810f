"""Converters that print no tabs at line ends."""

from __future__ import annotations

from imports.layouts.gazette.drafts import RowDraft
from imports.layouts.gazette.tables import find_tables
from tests.imports.layouts.gazette.tables.test_generated import pairs, squeezed
from tests.imports.layouts.gazette.tables.texts import seeded, table_text

HEAD = "序号\t项目名称\t总投资（万元）\t资金来源\t备注"


def rows(*lines: str) -> list[RowDraft]:
    (found,) = find_tables([HEAD, *lines], 1, len(lines) + 1)
    return found.rows


def many(*more: str) -> list[RowDraft]:
    whole = [f"{at}\t东岭{at}号桥维修\t{at * 10}\t{'自筹' if at % 2 else '补助'}\t已开工" for at in range(1, 4)]
    short = [f"{at}\t东岭{at}号桥维修\t{at * 10}\t{'自筹' if at % 2 else '补助'}" for at in range(4, 9)]
    return rows(*whole, *short, *more)[8:]


def test_hardly_any_whole_row_is_marked() -> None:
    found = [row for seed in range(100) for _, row in pairs(table_text(seeded(seed), strips=True))]
    assert sum(1 for row in found if row.damage) <= len(found) / 30


def test_padded_rows_say_what_was_printed() -> None:
    found = [pair for seed in range(60) for pair in pairs(table_text(seeded(seed), strips=True))]
    assert all(row.damage or squeezed(row.cells) == squeezed(truth.cells) for truth, row in found)


def test_a_row_without_its_last_blanks_is_sound() -> None:
    [row] = many("9\t白石路扩建\t90\t自筹")
    assert (row.cells, row.damage) == (("9", "白石路扩建", "90", "自筹", ""), None)


def test_a_row_that_ends_where_none_is_blank_stays_damaged() -> None:
    [row, _] = many("9\t白石路扩建", "10\t南河路扩建\t90\t自筹")
    assert row.damage


def test_a_cell_printed_twice_is_not_hidden_by_a_blank_that_is_not_printed() -> None:
    [row, _] = many("9\t白石路扩建\t90\t自筹\t自筹", "10\t南河路扩建\t90\t自筹")
    assert row.damage


def test_a_total_keeps_its_columns() -> None:
    [total] = many("合计\t\t360")
    assert (total.kind, total.cells, total.damage) == ("total", ("合计", "", "360", "", ""), None)


def test_a_section_row_without_its_tabs_is_a_section() -> None:
    [*_, section, row] = many("9\t白石路扩建\t90\t自筹", "城区", "10\t南河路扩建\t90\t自筹")
    assert (section.kind, row.group) == ("group", "城区")
