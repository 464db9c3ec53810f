"""Generated tables: whole rows come out as they are, spoilt rows are mended to the truth or marked."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from imports.layouts.gazette.drafts import RowDraft, TableDraft
from imports.layouts.gazette.tables import find_tables
from tests.imports.layouts.gazette.tables.texts import TableText, Truth, seeded, table_text

TELLING = (
    *("lost cell", "doubled figure", "doubled text", "repeated row", "copied values"),
    *("poured", "alien cell", "cut off", "lost blank", "stripped", "extra tab"),
)
"""Damage that a row can show; a cell moved among texts alike cannot be seen by anybody."""
seeds = st.integers(0, 2**32)


def squeezed(cells: tuple[str, ...]) -> list[str]:
    return ["".join(cell.split()) for cell in cells]


def only_table(text: TableText) -> TableDraft:
    (found,) = find_tables(text.lines, 1, len(text.lines))
    return found


def pairs(text: TableText) -> list[tuple[Truth, RowDraft]]:
    by_line = {row.line: row for row in only_table(text).rows}
    return [(truth, by_line[truth.line]) for truth in text.rows]


@given(seed=seeds)
@settings(deadline=None)
def test_a_table_over_several_pages_is_one(seed: int) -> None:
    text = table_text(seeded(seed))
    found = only_table(text)
    assert (found.caption, squeezed(found.header)) == (text.caption, squeezed(text.header))
    assert [row.line for row in found.rows] == [truth.line for truth in text.rows]


@given(seed=seeds)
@settings(deadline=None)
def test_cells_of_whole_rows_come_out_as_printed(seed: int) -> None:
    assert all(squeezed(row.cells) == squeezed(truth.cells) for truth, row in pairs(table_text(seeded(seed))))


def test_hardly_any_whole_row_is_marked() -> None:
    rows = [row for seed in range(100) for _, row in pairs(table_text(seeded(seed)))]
    assert sum(1 for row in rows if row.damage or row.mended) <= len(rows) / 200


def test_nearly_every_spoilt_row_is_mended_to_the_truth_or_marked() -> None:
    outcomes = [
        row.damage is not None or squeezed(row.cells) == squeezed(truth.cells)
        for seed in range(150)
        for truth, row in spoilt(table_text(seeded(seed), damage=0.15, kinds=TELLING))
    ]
    assert len(outcomes) > 200
    assert sum(outcomes) >= 0.99 * len(outcomes)


def spoilt(text: TableText) -> list[tuple[Truth, RowDraft]]:
    by_line = {row.line: row for found in find_tables(text.lines, 1, len(text.lines)) for row in found.rows}
    return [(truth, by_line[truth.line]) for truth in text.rows if truth.damage and truth.line in by_line]


def test_a_doubled_figure_is_mostly_mended() -> None:
    rows = [
        row for seed in range(150) for _, row in spoilt(table_text(seeded(seed), damage=0.1, kinds=("doubled figure",)))
    ]
    assert sum(1 for row in rows if row.mended) >= len(rows) / 2
