"""Tables with other borders than tabs are read as if they had tabs; every line stays the line that it is."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imports.content import Content
from imports.layouts.gazette.borders import with_tabs
from imports.layouts.gazette.drafts import DocumentDraft, TableDraft
from imports.layouts.gazette.reading import read_gazette
from imports.layouts.gazette.tables import find_tables
from imports.text_lines import TextLines
from tests.imports.layouts.gazette.tables.texts import seeded, table_text

HEAD = "序号\t项目名称\t总投资（万元）\t责任单位"
ROWS = ["1\t南河桥维修\t120\t市交通运输局", "2\t东岭水厂扩建\t\t市水务局", "合计\t\t120\t"]


def as_pipes(line: str) -> str:
    return "| " + " | ".join(line.split("\t")) + " |"


def as_markup(line: str) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in line.split("\t")) + "</tr>"


def only(lines: list[str]) -> TableDraft:
    (found,) = find_tables(with_tabs(lines), 1, len(lines))
    return found


def said(draft: TableDraft) -> list[tuple[int, str, tuple[str, ...], bool]]:
    return [(row.line, row.kind, row.cells, bool(row.damage)) for row in draft.rows]


# --- pipes -----------------------------------------------------------------------------------------------------------


@given(seed=st.integers(0, 2**32))
@settings(deadline=None, max_examples=40)
def test_pipes_say_what_tabs_say(seed: int) -> None:
    lines = table_text(seeded(seed), damage=0.1).lines
    piped = [as_pipes(line) if "\t" in line else line for line in lines]
    expected = [said(draft) for draft in find_tables(lines, 1, len(lines))]
    assert [said(draft) for draft in find_tables(with_tabs(piped), 1, len(lines))] == expected


@pytest.mark.parametrize(
    "rule", ["|---|---|---|---|", "| :--- | ---: | :-: | --- |", "├──┼──┼──┼──┤", "+---+---+---+---+"]
)
def test_the_rule_below_a_header_is_no_row(rule: str) -> None:
    found = only([as_pipes(HEAD), rule, *map(as_pipes, ROWS)])
    assert [row.line for row in found.rows] == [3, 4, 5]
    assert found.header_lines == [1]


def test_an_empty_header_row_is_passed_over() -> None:
    assert only(["|  |  |  |  |", "|---|---|---|---|", as_pipes(HEAD), *map(as_pipes, ROWS)]).header == tuple(
        HEAD.split("\t")
    )


def test_a_pipe_inside_a_cell_is_text() -> None:
    assert with_tabs(["| 甲\\|乙 | 丙 |", "|---|---|", "| 丁 | 戊 |"])[0] == "甲|乙\t丙"


@pytest.mark.parametrize("line", ["甲 | 乙", "联系人：张某 | 电话：略", "|甲|", "a || b"])
def test_a_line_with_a_pipe_alone_stays_text(line: str) -> None:
    lines = ["上文。", line, "下文。"]
    assert with_tabs(lines) is lines


# --- markup ----------------------------------------------------------------------------------------------------------


def test_rows_of_html_have_the_lines_on_which_they_begin() -> None:
    lines = ["<table>", *map(as_markup, [HEAD, *ROWS]), "</table>", "下文。"]
    assert [(row.line, row.cells) for row in only(lines).rows] == [
        (place, tuple(row.split("\t"))) for place, row in enumerate(ROWS, 3)
    ]


def test_cells_on_lines_of_their_own_belong_to_their_row() -> None:
    cells = [f"<td>{cell}</td>" for cell in ROWS[0].split("\t")]
    lines = ["<table>", as_markup(HEAD), "<tr>", *cells, "</tr>", as_markup(ROWS[1]), "</table>"]
    assert [(row.line, row.cells) for row in only(lines).rows] == [
        (3, tuple(ROWS[0].split("\t"))),
        (9, tuple(ROWS[1].split("\t"))),
    ]


def test_merged_cells_of_html_are_blank_where_they_reach() -> None:
    lines = [
        "<table><caption>投资表</caption>",
        "<tr><th rowspan='2'>项目名称</th><th colspan='2'>投资（万元）</th></tr>",
        "<tr><th>总额</th><th>其中：自筹</th></tr>",
        "<tr><td>南河桥维修</td><td>120</td><td>20</td></tr>",
        "</table>",
    ]
    found = only(lines)
    assert (found.caption, found.header) == ("投资表", ("项目名称", "投资（万元） 总额", "投资（万元） 其中：自筹"))
    assert found.rows[0].cells == ("南河桥维修", "120", "20")


def test_rows_on_one_line_stay_as_printed() -> None:
    lines = ["<table>" + "".join(map(as_markup, [HEAD, *ROWS])) + "</table>"]
    assert with_tabs(lines) is lines


# --- spaces ----------------------------------------------------------------------------------------------------------

SPACED = [
    "投资表",
    "序号  项目名称        总投资（万元）  责任单位",
    "1     南河桥维修      120             市交通运输局",
    "2     东岭水厂扩建                    市水务局",
    "3     白石路改造      35              市交通运输局",
]


def test_cells_parted_by_wide_spaces_are_cells() -> None:
    assert [row.cells for row in only(SPACED).rows][:2] == [
        ("1", "南河桥维修", "120", "市交通运输局"),
        ("2", "东岭水厂扩建", "", "市水务局"),
    ]


def test_a_page_goes_on_with_the_columns_of_the_page_before() -> None:
    found = only([*SPACED, "", "— 2 —", "", "4     青杨桥维修      80              市交通运输局", "", "下文。"])
    assert [row.line for row in found.rows] == [3, 4, 5, 9]


def test_a_cell_that_goes_on_below_leaves_the_whole_as_text() -> None:
    lines = [*SPACED[:3], "      （含引道）", *SPACED[3:]]
    assert with_tabs(lines) is lines


@pytest.mark.parametrize(
    "lines",
    [
        ["主任：王某  副主任：李某  赵某", "委员：钱某  孙某  周某"],
        ["云州市人民政府  云州市水务局  关于做好巡查的通知", "各有关单位：", "请抓好落实。"],
        ["　　第一条　略。", "　　第二条　略。"],
    ],
)
def test_wide_spaces_without_a_header_are_no_table(lines: list[str]) -> None:
    assert with_tabs(lines) is lines


# --- all -------------------------------------------------------------------------------------------------------------


@given(
    st.lists(
        st.sampled_from(
            [
                "| 甲 | 乙 |",
                "|--|--|",
                "<table>",
                "</table>",
                "<tr><td>甲",
                "</tr>",
                "序号  名称  单位",
                "",
                "文",
                "甲\t乙",
            ]
        )
    )
)
def test_no_line_is_lost_or_added(lines: list[str]) -> None:
    assert len(with_tabs(lines)) == len(lines)


def test_a_gazette_with_pipes_has_its_table() -> None:
    head = [
        "云州市人民政府关于下达计划的通知",
        "云政发〔2031〕7号",
        "各有关单位：",
        "现下达计划。",
        "云州市人民政府",
        "2031年5月6日",
    ]
    lines = [*head, "", "计划表", as_pipes(HEAD), "|--|--|--|--|", *map(as_pipes, ROWS)]
    [document] = [part for part in read_gazette(lines) if isinstance(part, DocumentDraft)]
    assert [(project.name, project.investment.yuan) for project in document.plan_projects[0]] == [
        ("南河桥维修", 1_200_000),
        ("东岭水厂扩建", None),
    ]


def test_long_lines_and_many_borders_are_read_in_time() -> None:
    lines = [
        "| " * 200_000,
        *["<table>"] * 20_000,
        *["|"] * 20_000,
        *["序号  名称  内容"] * 5_000,
        " " * 500_000 + "甲",
    ]
    began = time.process_time()
    with_tabs(lines)
    assert time.process_time() - began < 5


def test_a_text_on_disk_has_the_tables_of_one_in_memory() -> None:
    lines = [
        "| 序号 | 项目 |",
        "|---|---|",
        "| 1 | 修缮 |",
        "",
        "<table><tr><td>甲</td><td>乙</td></tr></table>",
        "",
    ] * 900
    lines += ["序号  项目名称  总投资", "1  修缮校舍  30", "2  养护堤岸  40", ""]
    on_disk = TextLines(Content.of("\n".join(lines).encode("gb18030")), "gb18030")
    found = with_tabs(on_disk)
    assert isinstance(found, TextLines)
    assert list(found) == list(with_tabs([*on_disk]))
    assert found[-2] == "1\t修缮校舍\t30"


def test_a_text_on_disk_without_tables_is_itself() -> None:
    on_disk = TextLines(Content.of("校舍\n堤岸\n".encode()), "utf-8")
    assert with_tabs(on_disk) is on_disk
