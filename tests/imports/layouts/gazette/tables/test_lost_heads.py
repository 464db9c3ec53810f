"""Headers that lost a cell: all rows have one more."""

from __future__ import annotations

from imports.layouts.gazette.drafts import TableDraft
from imports.layouts.gazette.tables import find_tables

ROWS = [
    "1\t南河桥维修\t120\t2031年\t市水务局",
    "2\t东岭水厂扩建\t80\t2032年\t市水务局",
    "3\t白石路改造\t35\t2031年\t市教育局",
]


def table(header: str, *rows: str) -> TableDraft:
    (found,) = find_tables([header, *rows], 1, len(rows) + 1)
    return found


def test_a_head_that_only_one_place_explains_is_given_back() -> None:
    found = table("序号\t项目名称\t建设年限\t责任单位", *ROWS)
    assert found.header == ("序号", "项目名称", "第3列", "建设年限", "责任单位")
    assert all(row.damage is None for row in found.rows)


def test_serials_without_their_head_are_known() -> None:
    assert table("项目名称\t总投资（万元）\t建设年限\t责任单位", *ROWS).header[0] == "序号"


def test_where_two_places_would_do_no_row_is_sound() -> None:
    rows = [f"{row}\t甲" for row in ROWS]
    found = table(
        "序号\t总投资（万元）\t建设年限\t责任单位\t说明", *[row.replace("\t", "\t某处某事\t", 1) for row in rows]
    )
    assert all(row.damage for row in found.rows)


def test_a_tab_at_the_end_of_every_row_is_no_lost_head() -> None:
    found = table("序号\t项目名称\t总投资（万元）\t建设年限\t责任单位", *[f"{row}\t" for row in ROWS])
    assert len(found.header) == 5
    assert not any(row.damage for row in found.rows)


def test_rows_that_fit_the_header_show_that_the_others_have_a_cell_too_many() -> None:
    doubled = ["\t".join((*row.split("\t")[:3], *row.split("\t")[2:])) for row in (*ROWS, *ROWS)]
    numbered = [f"{at}\t{row.split(chr(9), 1)[1]}" for at, row in enumerate([ROWS[0], *doubled], 1)]
    found = table("序号\t项目名称\t总投资（万元）\t建设年限\t责任单位", *numbered)
    assert len(found.header) == 5
