"""Each rule of tables alone, on small texts."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from imports.layouts.gazette.drafts import AnnexDraft, TableDraft
from imports.layouts.gazette.tables import find_tables

HEAD = "序号\t项目名称\t建设地点\t总投资（万元）"


def tables(text: str) -> list[TableDraft]:
    lines = text.split("\n")
    return find_tables(lines, 1, len(lines))


def table(text: str) -> TableDraft:
    (found,) = tables(text)
    return found


def cells(found: TableDraft) -> list[tuple[str, ...]]:
    return [row.cells for row in found.rows if row.kind == "row"]


@pytest.mark.parametrize(
    "above",
    [
        "水利项目表\n\n",
        "## **水利项目表**\n",
        "附件 2\n\n水利项目表\n\n单位：万元\n\n",
        "水利项目表\n\n附件 2\n\n",
        "附件2：水利项目表\n",
    ],
)
def test_caption_above(above: str) -> None:
    assert (
        table(f"前文到此为止。\n\n{above}{HEAD}\n1\t甲渠整修\t东村\t30\n2\t乙渠整修\t西村\t20").caption == "水利项目表"
    )


def test_caption_padded_as_a_row() -> None:
    found = table("专栏二 主要指标\t\t\n指标\t2025年\t2030年\n覆盖率（%）\t50\t60\n普及率（%）\t70\t80")
    assert (found.caption, found.caption_line, found.kind) == ("专栏二 主要指标", 1, "indicator_table")


def test_a_sentence_above_is_no_caption() -> None:
    assert (
        table(f"有关项目见下面所列，请遵照执行。\n{HEAD}\n1\t甲渠整修\t东村\t30\n2\t乙渠整修\t西村\t20").caption == ""
    )


def test_unit_line_between_caption_and_header() -> None:
    assert table("资金表\n（单位：亿元）\n序号\t单位\t金额\n1\t甲局\t3\n2\t乙局\t4").unit == "亿元"


@pytest.mark.parametrize("between", ["\n", "\n— 3 —\n\n", "\n续表\n\n" + HEAD + "\n", "\n" + HEAD + "\n", "\n续表\n\n"])
def test_goes_on_over_a_page_break(between: str) -> None:
    found = table(f"{HEAD}\n1\t甲渠整修\t东村\t30\n2\t丙渠整修\t南村\t10\n{between}3\t乙渠整修\t西村\t20")
    assert [row[0] for row in cells(found)] == ["1", "2", "3"]


def test_prose_ends_a_table() -> None:
    found = tables(
        f"{HEAD}\n1\t甲渠整修\t东村\t30\n2\t丙渠整修\t南村\t10\n\n另有说明的一段话。\n\n{HEAD}\n1\t丁渠\t北村\t5"
    )
    assert [found.last_line for found in found] == [3, 8]


def test_another_header_under_one_caption_is_another_table() -> None:
    found = tables(f"水利总表\n\n{HEAD}\n1\t甲渠整修\t东村\t30\n\n序号\t姓名\t职务\n1\t张三\t组长\n2\t李四\t组员")
    assert [(one.caption, len(one.header)) for one in found] == [("水利总表", 4), ("水利总表", 3)]


def test_header_of_two_rows() -> None:
    found = table("序号\t项目名称\t投资（万元）\t\n\t\t总投资\t本年\n1\t甲渠\t30\t10\n2\t乙渠\t20\t5")
    assert found.header == ("序号", "项目名称", "投资（万元） 总投资", "投资（万元） 本年")
    assert found.header_lines == [1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "目 录\n\n第一章 总则\t1\n第二章 分工\t3\n第三章 保障\t9",
        "各有关单位要认真做好本年度的各项准备工作，确\t第三条 本办法所称的设施，是指在本行政区域内由\n"
        "保各项任务按照规定的时间完成，并且及时把进展\t政府投资建设的各类公共服务设施，包括学校、医\n"
        "情况报送牵头单位，由牵头单位统一汇总后上报办\t院、养老机构等，其管理适用本办法，法律法规另",
    ],
)
def test_no_tables(text: str) -> None:
    assert tables(text) == []


def test_tags_are_cleaned_and_kept_as_printed() -> None:
    (row,) = table(f"{HEAD}\n1\t<b>甲渠</b><br>整修\t东&nbsp;村\t<p>30</p>").rows
    assert row.cells == ("1", "甲渠\n整修", "东 村", "30")
    assert row.printed[1] == "<b>甲渠</b><br>整修"


@pytest.mark.parametrize("section", ["一、灌溉", "<b>灌溉</b>", "灌溉"])
def test_section_rows(section: str) -> None:
    found = table(f"{HEAD}\n{section}\t\t\t\n1\t甲渠整修\t东村\t30\n2\t乙渠整修\t西村\t20")
    assert [row.kind for row in found.rows] == ["group", "row", "row"]
    assert found.rows[1].group == section.replace("<b>", "").replace("</b>", "")


def test_merged_cells_are_filled_down() -> None:
    found = table("单位\t设备\t数量（台）\n一站\t水泵\t3\n\t电机\t2\n二站\t水泵\t4\n\t阀门\t7")
    assert [row.cells[0] for row in found.rows] == ["一站", "一站", "二站", "二站"]
    assert [row.filled for row in found.rows] == [(), (0,), (), (0,)]


def test_declared_counts_show_where_a_group_begins() -> None:
    found = table(
        "乡镇\t类型\t村名\n甲乡（3个）\t新建（2个）\t子、丑\n\t改建（1个）\t寅\n\t新建（1个）\t卯\n乙乡（5个）\t改建（4个）\t略四村"
    )
    assert [row.cells[0] for row in found.rows] == ["甲乡（3个）", "甲乡（3个）", "乙乡（5个）", "乙乡（5个）"]
    assert [(total.declared, total.computed) for total in found.totals] == [(3, 3), (5, 5)]


def test_where_nothing_shows_it_the_cell_stays_blank() -> None:
    found = table("片区\t时间\t村名\n\t2024年\t子村\n东片\t2025年\t丑村\n\t2025年\t寅村\n西片\t2026年\t卯村")
    assert [row.cells[0] for row in found.rows] == ["东片", "东片", "", "西片"]


def test_totals_are_checked_by_column() -> None:
    found = table("序号\t单位\t2024年\t金额（万元）\n1\t甲局\t2\t30\n2\t乙局\t3\t20.5\n合 计\t\t5\t50")
    assert [(total.column, total.declared, total.computed) for total in found.totals] == [
        (2, Decimal(5), Decimal(5)),
        (3, Decimal(50), Decimal("50.5")),
    ]


def test_a_total_that_lost_its_blanks_is_laid_on_the_columns_of_figures() -> None:
    found = table(f"{HEAD}\n1\t甲渠整修\t东村\t30\n2\t乙渠整修\t西村\t20\n3\t丙渠整修\t南村\t10\n合计\t60")
    assert found.rows[-1].cells == ("合计", "", "", "60")
    assert [(total.declared, total.computed) for total in found.totals] == [(60, 60)]


def test_subtotals_sum_up_their_section() -> None:
    found = table(f"{HEAD}\n1\t甲渠整修\t东村\t30\n小计\t\t\t30\n2\t乙渠整修\t西村\t20\n小计\t\t\t25\n总计\t\t\t50")
    assert [(int(total.declared), int(total.computed or 0)) for total in found.totals] == [(30, 30), (25, 20), (50, 50)]


def test_a_repeated_row_is_damaged() -> None:
    found = table(f"{HEAD}\n1\t甲渠整修工程\t东村\t30\n2\t乙渠整修工程\t西村\t20\n2\t乙渠整修工程\t西村\t20")
    assert [bool(row.damage) for row in found.rows] == [False, False, True]


def test_a_broken_serial_is_looked_at() -> None:
    found = table(
        f"{HEAD}\n1\t甲渠整修\t东村\t30\n2\t乙渠整修\t西村\t20\n8\t丁渠整修\t北村\t9\n4\t丙渠整修\t南村\t10\n5\t戊渠整修\t中村\t1"
    )
    assert [bool(row.damage) for row in found.rows] == [False, False, True, False, False]


def test_a_row_cut_in_two_lines_is_put_together() -> None:
    found = table(f"{HEAD}\n1\t甲渠整修\t东村\t30\n2\t乙渠\n整修\t西村\t20\n3\t丙渠整修\t南村\t10")
    assert cells(found)[1] == ("2", "乙渠整修", "西村", "20")
    assert found.rows[1].mended


def test_a_last_row_that_is_cut_off_is_damaged() -> None:
    found = table(f"{HEAD}\n1\t甲渠整修\t东村\t30\n2\t乙渠整修\t西村\t20\n3\t丙渠")
    assert found.rows[-1].damage
    assert found.rows[-1].cells == ("3", "丙渠", "", "")


def test_the_annex_of_a_table() -> None:
    annex = AnnexDraft("1", "水利项目", None, None, 1, None, 1, 4)
    lines = f"附件1\n\n{HEAD}\n1\t甲渠整修\t东村\t30".split("\n")
    (found,) = find_tables(lines, 1, 4, [annex])
    assert (found.annex, found.caption) == (0, "水利项目")


def test_a_long_table_is_read_in_linear_time() -> None:
    rows = [f"{at}\t第{at}号渠整修\t第{at}村\t{at}" for at in range(1, 3001)]
    started = time.perf_counter()
    assert len(table("\n".join([HEAD, *rows])).rows) == 3000
    assert time.perf_counter() - started < 10


def test_words_that_nobody_knows_head_a_table_below_its_title() -> None:
    [found] = tables("险种缴费一览表\n\n险种\t档位\t免赔\n甲种险\t每人每年三百元\t无\n乙种险\t每人每年五百元\t无")
    assert found.header == ("险种", "档位", "免赔")


def test_a_page_may_break_right_below_the_header() -> None:
    text = "里程表\n线路\t起点\t终点\t里程\n1路\t东站\t西站\t26\n\n- 7 -\n\n线路\t起点\t终点\t里程\n2路\t南站\t北站\t33"
    [found] = tables(text)
    assert ([row.cells[0] for row in found.rows], found.caption) == (["1路", "2路"], "里程表")


def test_names_below_a_title_have_no_header() -> None:
    assert tables("获奖人员名单\n\n王某\t李某\t赵某\n钱某\t孙某\t周某") == []


def test_who_made_the_table_is_no_caption() -> None:
    assert tables("渡口统计表\n填报单位：市交通局\n2031年3月\n渡口\t数量\n东渡\t3\n西渡\t4")[0].caption == "渡口统计表"


def test_a_chinese_serial_with_a_name_alone_heads_a_section() -> None:
    [found] = tables("序号\t事项\t依据\n一\t城区\t\n1\t桥梁审批\t略\n二\t乡镇\t\n2\t渡口审批\t略")
    assert [row.kind for row in found.rows] == ["group", "row", "group", "row"]


def test_rows_without_a_tick_are_not_shifted() -> None:
    rows = ["甲事\t√\t√\t", "乙事\t√\t√\t√", "丙事\t\t√\t√", "丁事\t√\t√\t", "戊事\t√\t√\t√"]
    [found] = tables("事项\t县级\t乡级\t主责\n" + "\n".join(rows))
    assert not any(row.damage for row in found.rows)
