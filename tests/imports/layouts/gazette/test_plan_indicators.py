"""Indicator tables → plan indicators: the gold's, and generated ones with other columns, years, units and marks."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.layouts.gazette.drafts import PlanIndicatorDraft, YearValue
from imports.layouts.gazette.indicator_names import is_unit, taken_apart
from imports.layouts.gazette.indicator_values import read_value
from imports.layouts.gazette.plan_indicators import plan_indicators
from imports.layouts.gazette.years import plan_end, years_in
from tests.imports.layouts.gazette.table_drafts import gold, needs_gold, source_tables, squeezed, table

PLAN = """序号|指标|2025 年|2030 年|属性
一、基层服务
1|社区食堂覆盖率（%）|62.5|>90|预期性
2|居民投诉率(‰)|—|<3|约束性
二、蓝绿空间
3|每万人绿道长度（公里）|1.2|[3]|预期性"""


def only(text: str, horizon: int | None = None, **options: Any) -> PlanIndicatorDraft:
    (indicator,) = plan_indicators(table(text, kind="indicator_table", **options), horizon)
    return indicator


def value(printed: str, unit: str = "%") -> YearValue:
    return only(f"指标|单位|2030年\n某率|{unit}|{printed}").values[0]


def test_a_row_becomes_an_indicator() -> None:
    canteen, complaints, paths = plan_indicators(table(PLAN), None)
    assert (canteen.line, canteen.serial, canteen.group, canteen.name) == (3, "1", "一、基层服务", "社区食堂覆盖率")
    assert (canteen.name_printed, canteen.unit, canteen.nature) == ("社区食堂覆盖率（%）", "%", "预期性")
    assert canteen.values == [
        YearValue("2025年", 2025, "62.5", None, Decimal("62.5")), YearValue("2030年", 2030, ">90", ">", Decimal(90)),
    ]  # fmt: skip
    assert (canteen.base_year, canteen.target_year, canteen.direction, canteen.damage) == (2025, 2030, "up", None)
    assert (complaints.unit, complaints.direction, complaints.values[0].number) == ("‰", "down", None)
    assert (paths.group, paths.values[1].number, paths.values[1].printed) == ("二、蓝绿空间", Decimal(3), "[3]")


@pytest.mark.parametrize(
    ("header", "base", "target"),
    [
        ("2020年|2025年", 2020, 2025),
        ("2020年基期值|2025年目标值|年均增速（%）", 2020, 2025),
        ("2025年目标|2020年现状", 2020, 2025),
        ("基期值（2020年）|2023年|目标值（2025年）", 2020, 2025),
        ("2020年|2025年|2035年", 2020, 2025),
        ("2024年目标|2025年目标", None, 2025),
        ("2025年", None, 2025),
        ("基期值|目标值", None, 2025),
        ("“十三五”末|“十四五”末", 2020, 2025),
        ("十三五期末|十四五期末目标", 2020, 2025),
        ("二〇二〇年|二〇二五年", 2020, 2025),
        ("2020年完成值|规划值", 2020, 2025),
        ("２０２０年|2 025年", 2020, 2025),
        ("甲县|乙区|丙镇", None, 2025),
    ],
)
def test_base_and_target_year_are_found_in_many_headers(header: str, base: int | None, target: int) -> None:
    indicator = only(f"指标名称|{header}\n入园率" + "|1" * (header.count("|") + 1), 2025)
    assert (indicator.base_year, indicator.target_year) == (base, target)


def test_without_a_horizon_the_last_year_is_the_target_and_a_vague_header_has_none() -> None:
    assert only("指标|2020年|2025年|2035年\n入园率|1|2|3").target_year == 2035
    assert only("指标|现状|目标值\n入园率|1|2").target_year is None
    assert only("指标|现状|目标值\n入园率|1|2", caption="2028年全市主要指标").target_year == 2028


def test_columns_that_are_no_years_are_values_by_their_label() -> None:
    indicator = only("控制指标|单位|东县|西 区|合计\n用水总量|亿立方米|0.8|≤1.2|2")
    assert [(one.label, one.year, one.operator, one.number) for one in indicator.values] == [
        ("东县", None, None, Decimal("0.8")), ("西区", None, "<=", Decimal("1.2")), ("合计", None, None, Decimal(2)),
    ]  # fmt: skip
    assert (indicator.unit, indicator.direction) == ("亿立方米", "down")


def test_growth_and_remarks_are_no_values_of_a_year() -> None:
    indicator = only("指标|2020年|2025年|2025年比2020年增长（%）|备注|责任单位\n产值（亿元）|5|8|[60]|年报|工信局")
    assert [(one.label, one.year) for one in indicator.values][2:] == [("2025年比2020年增长（%）", None)]
    assert (indicator.unit, indicator.target_year) == ("亿元", 2025)


def test_groups_come_from_rows_columns_and_levels() -> None:
    rows = plan_indicators(table("类别|指标|2030年\n民生|入园率|9\n^|就业人数|8"), None)
    assert [one.group for one in rows] == ["民生", "民生"]
    assert only("一级指标|二级指标|三级指标|目标值\n产出|质量|合格率|9").group == "产出 / 质量"
    assert only("领域|指标|2030年\n一、发展\n创新|专利数|9").group == "一、发展 / 创新"


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("指标|2030年|指标属性\n入园率|9|约束性", "约束性"),
        ("指标|2030年|类型\n入园率|9|预期性", "预期性"),
        ("指标|2030年\n入园率[约束性]|9", "约束性"),
        ("指标|2030年\n一、预期性指标\n入园率|9", "预期性"),
        ("指标（带*为约束性）|2030年\n入园率*|9", "约束性"),
        ("指标|2030年\n★入园率（%）|9\n注：标★的为约束性指标，其余为预期性指标|", "约束性"),
        ("指标|2030年\n入园率*|9", None),
    ],
)
def test_the_nature_is_read_wherever_it_is_printed(text: str, nature: str | None) -> None:
    indicator = only(text)
    assert (indicator.name, indicator.nature) == ("入园率", nature)


@pytest.mark.parametrize(
    ("printed", "name", "unit", "qualifier"),
    [
        ("安全指数(满分=100)", "安全指数", None, "满分=100"),
        ("每千人口执业(助理)医师数(人)", "每千人口执业(助理)医师数", "人", None),
        ("乡镇(街道)覆盖率(%)", "乡镇(街道)覆盖率", "%", None),
        ("增加值（亿元，当年价）", "增加值", "亿元", "当年价"),
        ("能耗（吨标准煤/万元）", "能耗", "吨标准煤/万元", None),
        ("死亡率（1/10万）", "死亡率", "1/10万", None),
        ("专利（件/万人）（含实用新型）", "专利", "件/万人", "含实用新型"),
        ("容量（单位：万千瓦）", "容量", "万千瓦", None),
        ("医师数（执业（助理））", "医师数", None, "执业（助理）"),
        ("森林覆盖率（%", "森林覆盖率", "%", None),
        ("城镇化率，%", "城镇化率", "%", None),
        ("（一）出游次数", "（一）出游次数", None, None),
        ("细颗粒物浓度(μg/m³)", "细颗粒物浓度", "μg/m³", None),
    ],
)
def test_brackets_behind_a_name_are_unit_or_remark(
    printed: str, name: str, unit: str | None, qualifier: str | None
) -> None:
    assert taken_apart(printed)[:3] == (name, unit, qualifier)


def test_spaces_of_line_wraps_in_a_name_are_taken_out() -> None:
    indicator = only("指标|2030年\n农村 生活污水 治理率 (%)|9")
    assert (indicator.name, indicator.unit) == ("农村生活污水治理率", "%")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("指标|计量单位|2030年\n床位（含民办）|张|9", "张"),
        ("指标|2030年目标（%）\n入园率|9", "%"),
        ("指标|2025年|2030年\n入园率|80%|≥90%", "%"),
        ("指标|2025年|2030年\n入园|80%|90人", None),
        ("指标|基期年（2025年）|目标年（2030年）\n入园|80|90", None),
        ("指标|2025年|2030年|年均增速（%）\n人数|80|90|3", None),
    ],
)
def test_the_unit_is_the_columns_the_headers_or_the_values(text: str, unit: str | None) -> None:
    assert only(text).unit == unit


@pytest.mark.parametrize(
    ("printed", "operator", "number"),
    [
        ("95", None, "95"), ("≥ 95", ">=", "95"), ("不低于95%", ">=", "95"), ("＜5.5", "<", "5.5"), ("5.5以内", "<=", "5.5"), ("[25]", None, "25"),
        ("[>7]", ">", "7"), ("-18", None, "-18"), ("[-18]", None, "-18"), ("3.0", None, "3"), ("1,200", None, "1200"), ("９５", None, "95"),
    ],
)  # fmt: skip
def test_operator_and_number_of_a_value_are_read(printed: str, operator: str | None, number: str) -> None:
    assert value(printed) == YearValue("2030年", 2030, printed, operator, Decimal(number))


@pytest.mark.parametrize(
    "printed",
    ["", "—", "完成上级下达目标", "约95", "95左右", "90-95", "93 95", "10个百分点", "1:2.1", "持续下降", "90余"],
)
def test_what_is_no_exact_number_stays_as_printed(printed: str) -> None:
    assert value(printed) == YearValue("2030年", 2030, printed, None, None)


def test_ten_thousands_in_a_cell_are_worked_out() -> None:
    assert [value(*each).number for each in [("2.9万", "元"), ("3万人", "人"), ("3万人", "万人"), ("3", "万人")]] == [
        Decimal(29_000), Decimal(30_000), Decimal(3), Decimal(3),
    ]  # fmt: skip
    assert f"{value('30万', '元').number}" == "300000"


@pytest.mark.parametrize(
    ("name", "base", "target", "direction"),
    [
        ("入园率", "80", "≥90", "up"), ("登记失业率", "3", "4.5以内", "down"), ("登记失业率", "3", "3", "down"), ("管网漏损率", "—", "9", "down"),
        ("单位产值能耗", "—", "—", "down"), ("单位产值能耗降低", "[15]", "[14]", "up"), ("单位产值能耗下降率", "-", "-14", "down"),
        ("医保参保率", "95", "95", "up"), ("某某指数", "90", "96", "up"), ("某某指数", "96", "90", "down"), ("某某指数", "—", "96", None),
        ("污水处理率", "90", "90", "up"), ("优良天数比例", "", "完成下达任务", "up"), ("某某浓度", "40", "持续下降", "down"), ("某某水平", "40", "稳步提升", "up"),
    ],
)  # fmt: skip
def test_which_way_is_better(name: str, base: str, target: str, direction: str | None) -> None:
    assert only(f"指标|2025年|2030年\n{name}|{base}|{target}").direction == direction


def test_damage_is_copied_and_nothing_of_the_row_is_taken_for_a_fact() -> None:
    indicator = only("指标|2025年|2030年\n入园率|80|≥90", damaged="80")
    assert (indicator.damage, indicator.direction) == ("缺少单元格", None)
    assert [(one.printed, one.operator, one.number) for one in indicator.values] == [
        ("80", None, None),
        ("≥90", None, None),
    ]


def test_a_row_of_values_without_a_name_is_marked_and_notes_are_left_out() -> None:
    rows = plan_indicators(table("指标|2030年\n|9\n注：数据来自年报|\n|"), None)
    assert [(one.name, one.damage) for one in rows] == [("", "这一行没有指标名称")]


def test_a_merged_name_serves_each_of_its_rows() -> None:
    rows = plan_indicators(table("指标|单位|2030年\n生产总值|亿元|90\n^|%|8"), None)
    assert [(one.name, one.unit) for one in rows] == [("生产总值", "亿元"), ("生产总值", "%")]
    assert [one.name for one in plan_indicators(table("指标||2030年\n绿地|公园|9\n^|湿地|8"), None)] == [
        "绿地公园",
        "绿地湿地",
    ]


@pytest.mark.parametrize("header", ["行政区|时间|建设标准", "序号|备注", ""])
def test_a_table_without_indicators_has_none(header: str) -> None:
    assert plan_indicators(table(f"{header}\n1|2|3"), 2030) == []


def test_numbers_in_the_names_are_serials_where_the_table_has_no_column_of_them() -> None:
    first, second = plan_indicators(table("指标|2030年\n1.入园率（%）|90\n3岁以下托位数|4"), None)
    assert [(one.serial, one.name, one.name_printed) for one in (first, second)] == [
        ("1", "入园率", "1.入园率（%）"), (None, "3岁以下托位数", "3岁以下托位数"),
    ]  # fmt: skip


LIMITS = """序号|县（市、区）|2030年用水总量（亿立方米）|2035年用水总量（亿立方米）|降幅（%）|备注
1|甲县|0.8|0.9|-12|
2|乙区|≤1.2|1.3|-10|含园区"""


def test_a_town_a_row_has_an_indicator_for_each_subject_of_the_header() -> None:
    rows = plan_indicators(table(LIMITS), 2030)
    assert [(one.line, one.group, one.name, one.unit) for one in rows] == [
        (2, "甲县", "用水总量", "亿立方米"), (2, "甲县", "降幅", "%"), (3, "乙区", "用水总量", "亿立方米"), (3, "乙区", "降幅", "%"),
    ]  # fmt: skip
    water = rows[2]
    assert [(one.label, one.year, one.operator, one.number) for one in water.values] == [
        ("2030年用水总量（亿立方米）", 2030, "<=", Decimal("1.2")), ("2035年用水总量（亿立方米）", 2035, None, Decimal("1.3")),
    ]  # fmt: skip
    assert (water.base_year, water.target_year, water.direction, rows[1].direction) == (None, 2030, "down", "down")


def test_where_the_header_of_towns_has_years_only_the_caption_is_the_indicator() -> None:
    one, other = plan_indicators(table("行政区|2025年基期|2030年\n甲县|8|9\n|1|2", caption="耕地保有量分解表"), None)
    assert (one.name, one.group, one.base_year, one.target_year) == ("耕地保有量", "甲县", 2025, 2030)
    assert (other.group, other.damage) == (None, "这一行没有地区名称")
    assert only("县区|控制指标（万吨）\n甲县|80", 2027, caption="排放总量").name == "排放总量"


def test_a_column_of_towns_beside_names_is_their_group() -> None:
    one = only("县区|指标|2025年|2030年\n甲县|入园率|80|90")
    assert (one.group, one.name, len(one.values)) == ("甲县", "入园率", 2)


@needs_gold
def test_the_rows_of_the_gold_are_all_equal() -> None:
    (draft,) = source_tables("indicator_table")
    rows, indicators = gold("plan_indicators"), plan_indicators(draft, 2025)
    assert [_read(one) for one in indicators] == [_expected(row) for row in rows]
    assert len(indicators) == 23


WORDS = st.text(alphabet="绿道湿地书屋食堂驿站", min_size=2, max_size=6)
YEARS = st.lists(st.integers(2021, 2049), min_size=2, max_size=6, unique=True).map(sorted)


@given(
    YEARS,
    st.lists(st.tuples(WORDS, st.sampled_from(["%", "张", "公里/平方公里", "万人"])), min_size=1, max_size=8),
    st.data(),
)
def test_any_number_of_years_is_read(years: list[int], names: list[tuple[str, str]], data: st.DataObject) -> None:
    numbers = [[data.draw(st.integers(0, 9999)) for _ in years] for _ in names]
    lines = ["|".join(["指标", "属性", *(f"{year}年" for year in years)])]
    lines += [
        "|".join([f"{name}（{unit}）", "预期性", *map(str, row)])
        for (name, unit), row in zip(names, numbers, strict=True)
    ]
    read = plan_indicators(table("\n".join(lines)), years[-1])
    assert [(one.name, one.unit, one.nature) for one in read] == [(*name, "预期性") for name in names]
    assert [[one.number for one in each.values] for each in read] == numbers
    assert {(one.base_year, one.target_year) for one in read} == {(years[0], years[-1])}


@given(st.lists(st.lists(st.text(max_size=30), min_size=3, max_size=3), min_size=1, max_size=8))
def test_no_cells_break_the_reader_and_every_value_is_kept_as_printed(rows: list[list[str]]) -> None:
    draft = table("指标|2025年|2030年\n" + "\n".join("||" for _ in rows))
    for row, cells in zip(draft.rows, rows, strict=True):
        row.cells = tuple(cells)
    printed = [[one.printed for one in indicator.values] for indicator in plan_indicators(draft, None)]
    for cells in rows:
        assert not any(cell.strip() for cell in cells[1:]) or [cell.strip() for cell in cells[1:]] in printed


@given(st.text(max_size=60), st.text(max_size=8))
def test_names_and_values_of_any_text_are_read_without_failing(text: str, unit: str) -> None:
    assert "".join(taken_apart(text).name.split()) in "".join(text.split())
    read_value(text, unit or None)
    is_unit(text)


def test_years_are_read_as_headers_print_them() -> None:
    assert years_in("２０２５年（比2 020年）、二〇三五年") == [2025, 2020, 2035]
    assert years_in("120251") == []
    assert [plan_end(text) for text in ("“十四五”末", "十五五规划", "十五末", "五年")] == [2025, 2030, 2005, None]


def _read(one: PlanIndicatorDraft) -> dict[str, Any]:
    values = {str(each.year): squeezed(each.printed) for each in one.values}
    names = ("line", "serial", "group", "name", "name_printed", "unit", "qualifier", "nature")
    years = {"base": str(one.base_year), "target": str(one.target_year), "operator": one.values[-1].operator}
    return {name: squeezed(getattr(one, name)) for name in names} | {"values": values} | years


def _expected(row: dict[str, Any]) -> dict[str, Any]:
    values = {year: squeezed(printed) for year, printed in row["values"].items()}
    names = ("line", "serial", "group", "name", "name_printed", "unit", "qualifier", "nature")
    years = {"base": row["base_year"], "target": row["target_year"], "operator": row["target_operator_printed"]}
    return {name: squeezed(row[name]) for name in names} | {"values": values} | years
