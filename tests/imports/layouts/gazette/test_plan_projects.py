"""Project tables → plan projects: the gold's, and generated ones with other headers, units and breaks."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.layouts.gazette.drafts import PlanProjectDraft
from imports.layouts.gazette.plan_projects import plan_projects
from imports.layouts.gazette.tables import find_tables
from tests.imports.layouts.gazette.table_drafts import gold, needs_gold, source_tables, squeezed, table

FIELDS = ("line", "serial", "category", "name", "content", "location", "period", "responsible")
ROAD = """序号|项目名称|建设内容|总投资（万元）|建设地点|建设年限|责任单位|备注
1|滨河路新建工程|新建道路两公里|3200|甲区|2026-2027|市住建局|
2|东湖泵站改造|更换水泵|约450|乙县|2026|市水利局|续建"""


def only(text: str, **options: Any) -> PlanProjectDraft:
    (project,) = plan_projects(table(text, **options))
    return project


def test_a_row_becomes_a_project() -> None:
    road, pump = plan_projects(table(ROAD))
    assert [getattr(road, name) for name in FIELDS] == [
        2, "1", None, "滨河路新建工程", "新建道路两公里", "甲区", "2026-2027", "市住建局",
    ]  # fmt: skip
    assert road.investment == (Decimal("32000000.00"), "3200")
    assert (road.investment_unit, road.other, road.damage) == ("万元", {"备注": ""}, None)
    assert (pump.investment, pump.other) == ((None, "约450"), {"备注": "续建"})


def test_columns_that_the_table_lacks_are_none_and_blank_cells_are_empty() -> None:
    project = only("项目名称|建设地点|总投资（亿元）\n文化馆||")
    assert (project.serial, project.content, project.period, project.responsible) == (None, None, None, None)
    assert (project.location, project.investment, project.investment_unit) == ("", (None, ""), "亿元")
    assert only("项目名称|建设地点\n文化馆|甲区").investment == (None, None)


def test_the_unit_comes_from_cell_header_or_unit_line() -> None:
    assert only("项目名称|总投资（万元）\n一号桥|2亿元").investment == (Decimal("200000000.00"), "2亿元")
    assert only("项目名称|总投资（万元）\n一号桥|2亿元").investment_unit == "亿元"
    assert only("项目名称|总投资\n一号桥|25", unit="万元").investment.yuan == Decimal("250000.00")
    assert only("项目名称|总投资（亿元）\n一号桥|25", unit="万元").investment_unit == "亿元"
    assert only("项目名称|总投资\n一号桥|25").investment == (None, "25")


@pytest.mark.parametrize(
    "printed",
    [
        "约15",
        "15左右",
        "10.5-12",
        "待定",
        "3.5 4.5",
        "12 000",
        "15.5（暂估）",
        "-3",
        "一千二百",
        "—",
        "0.123456789012",
    ],
)
def test_what_is_no_exact_amount_stays_as_printed(printed: str) -> None:
    assert only(f"项目名称|总投资（亿元）\n一号桥|{printed}").investment == (None, printed)


@pytest.mark.parametrize(
    ("printed", "yuan"),
    [
        ("3,200.5", "32005000"),
        ("１２", "120000"),
        ("0", "0"),
        ("1.2亿", "120000000"),
        ("￥80", "800000"),
        ("90（其中：市级 30）", "900000"),
        ("1.5亿（含征地）", "150000000"),
        (" 3. 5 ", "35000"),
    ],
)
def test_exact_amounts_are_read_however_they_are_printed(printed: str, yuan: str) -> None:
    assert only(f"项目名称|总投资（万元）\n一号桥|{printed}").investment.yuan == Decimal(yuan)


def test_the_category_is_the_section_row_or_its_own_column() -> None:
    grouped = plan_projects(table("序号|项目名称|类别\n航运\n1|码头|新建\n铁路\n1|专线|扩建"))
    assert [(one.category, one.other) for one in grouped] == [("航运", {"类别": "新建"}), ("铁路", {"类别": "扩建"})]
    merged = plan_projects(table("类别|序号|项目名称\n水利|1|水库\n^|2|泵站"))
    assert [(one.category, one.name) for one in merged] == [("水利", "水库"), ("水利", "泵站")]


def test_rows_below_blank_serial_and_name_are_one_project() -> None:
    text = "序号|项目名称|项目内容|责任单位\n一、提质\n(一)|补齐短板|1. 修路|市住建局\n||2. 停车位|\n||3.管网|\n(二)|绿化|种树|市林业局"
    first, second = plan_projects(table(text))
    assert (first.line, first.serial, first.content, first.responsible) == (
        3,
        "(一)",
        "1. 修路\n2. 停车位\n3.管网",
        "市住建局",
    )
    assert (first.damage, second.category, second.content) == (None, "一、提质", "种树")


def test_a_content_that_a_page_break_cuts_is_put_together() -> None:
    assert (
        only("序号|项目名称|建设内容\n1|管网|更换老旧管线，建设\n||加压站。\n||完善计量。").content
        == "更换老旧管线，建设加压站。\n完善计量。"
    )


def test_a_merged_name_has_one_project_a_serial_and_one_without_serials() -> None:
    numbered = plan_projects(table("序号|项目名称|建设内容\n1|产业园|一期厂房\n2|^|二期厂房\n3|^|三期厂房"))
    assert [(one.serial, one.name, one.content) for one in numbered] == [
        ("1", "产业园", "一期厂房"), ("2", "产业园", "二期厂房"), ("3", "产业园", "三期厂房"),
    ]  # fmt: skip
    assert only("项目名称|建设内容\n产业园|1、厂房\n^|2、道路").content == "1、厂房\n2、道路"


def test_a_label_in_the_middle_of_its_rows_belongs_to_all_of_them() -> None:
    draft = table("序号|项目名称|建设内容\n1|甲园|种树\n||1、厂房\n2|乙园|2、道路\n||3、绿化")
    draft.rows[1].cells, draft.rows[1].filled = ("2", "乙园", "1、厂房"), (0, 1)
    assert [(one.serial, one.name, one.content) for one in plan_projects(draft)] == [
        ("1", "甲园", "种树"), ("2", "乙园", "1、厂房\n2、道路\n3、绿化"),
    ]  # fmt: skip


def test_a_name_over_two_columns_is_the_second_and_the_first_its_category() -> None:
    projects = plan_projects(
        table("序号|项目名称||总投资（万元）\n1|旧城更新|甲巷改造|30\n2|^|乙巷改造|40\n3|体育公园||50")
    )
    assert [(one.category, one.name, one.other) for one in projects] == [
        ("旧城更新", "甲巷改造", {}), ("旧城更新", "乙巷改造", {}), ("体育公园", "体育公园", {}),
    ]  # fmt: skip
    stray = only("序号|项目名称||总投资（万元）\n1|体育公园||50")
    assert (stray.name, stray.category, stray.other) == ("体育公园", None, {"项目名称（2）": ""})


def test_a_name_in_pieces_is_joined_and_marked() -> None:
    project = only(
        "序号|项目名称|项目内容|责任单位\n1|健全基层|1. 培训|市人社局\n|医疗服务|2. 设备|\n|网络体系|3. 转诊|"
    )
    assert (project.name, project.content) == ("健全基层医疗服务网络体系", "1. 培训\n2. 设备\n3. 转诊")
    assert project.damage is not None
    assert "第2、3、4行" in project.damage


@pytest.mark.parametrize(
    "text",
    ["序号|项目名称|总投资（万元）\n1|甲路改造|30\n|乙路改造|40", "项目名称|建设内容\n健全基层|培训\n医疗服务|设备"],
)
def test_names_of_their_own_are_projects_of_their_own(text: str) -> None:
    projects = plan_projects(table(text))
    assert len(projects) == 2
    assert not any(one.damage for one in projects)


def test_parts_of_a_project_join_its_content_and_not_the_list() -> None:
    project = only(
        "序号|项目名称|建设内容|总投资（万元）\n1|环城水系|整治河道|900\n|其中：东段|清淤|300\n|其中：西段|护岸|600"
    )
    assert project.content == "整治河道\n其中：东段 清淤 300\n其中：西段 护岸 600"
    assert project.investment == (Decimal("9000000.00"), "900")


def test_several_amounts_of_one_project_are_not_its_total() -> None:
    project = only("序号|项目名称|建设内容|总投资（万元）\n1|环城水系|东段|300\n||西段|600")
    assert project.investment == (None, "300\n600")


def test_a_merged_amount_counts_for_the_project_that_prints_it() -> None:
    first, second = plan_projects(table("序号|项目名称|总投资（万元）\n1|甲路|300\n2|乙路|^"))
    assert (first.investment.yuan, second.investment) == (Decimal("3000000.00"), (None, "300"))


def test_damage_is_copied_and_nothing_of_the_row_is_taken_for_a_fact() -> None:
    road, pump = plan_projects(table(ROAD, damaged="1"))
    assert (road.damage, road.investment) == ("缺少单元格", (None, "3200"))
    assert pump.damage is None


def test_a_row_without_a_name_is_marked() -> None:
    draft = only("序号|项目名称|建设内容\n1||植树")
    assert (draft.name, draft.damage) == ("", "这一行没有项目名称")


def test_a_name_in_pieces_that_is_marked_already_is_marked_once() -> None:
    draft = table("序号|项目名称|主要内容\n1|健全基层|1. 培训\n|医疗服务|2. 设备", damaged="健全基层")
    assert plan_projects(draft)[0].damage == "缺少单元格"


def test_numbers_in_the_names_are_serials_where_the_table_has_no_column_of_them() -> None:
    assert [(one.serial, one.name) for one in plan_projects(table("项目名称|备注\n1、东桥|\n（二）西桥|\n207国道|\n3.5米渠|"))] == [
        ("1", "东桥"), ("（二）", "西桥"), (None, "207国道"), (None, "3.5米渠"),
    ]  # fmt: skip
    assert only("序号|项目名称\n7|1、东桥").name == "1、东桥"


def test_total_rows_and_blank_rows_are_no_projects() -> None:
    draft = table("序号|项目名称|总投资（万元）\n1|甲路|300\n||\n合计||300\n2|乙路|40")
    draft.rows[2].kind = "total"
    assert [one.name for one in plan_projects(draft)] == ["甲路", "乙路"]


def test_a_table_without_names_has_no_projects() -> None:
    assert plan_projects(table("行政区|时间|数量\n甲区|2026年|3")) == []


@pytest.mark.parametrize(
    ("content", "printed", "yuan"),
    [
        ("新建三座泵站，总投资约 6.5 亿元，力争开工", "总投资约6.5亿元", None),
        ("估算投资156亿元，其中市境内投资约64亿元", "估算投资156亿元", 15_600_000_000),
        ("总投资2640万元；其中一标段投资1200万元", "总投资2640万元", 26_400_000),
        ("迁建工程投资约为33亿元。", "迁建工程投资约为33亿元", None),
        ("改造项目，投资5千万元", "投资5千万元", 50_000_000),
        ("总投资3亿元，设备投资1亿元，已完成投资0.5亿元", "总投资3亿元", 300_000_000),
        ("项目总投资10亿元左右", "项目总投资10亿元左右", None),
        ("投资额：1,250万元", "投资额：1,250万元", 12_500_000),
        ("计划总投资8至10亿元", "计划总投资8至10亿元", None),
    ],
)
def test_a_total_in_the_content_is_found(content: str, printed: str, yuan: int | None) -> None:
    stated = only(f"项目名称|建设内容\n泵站|{content}").investment_in_text
    assert stated == (None if yuan is None else Decimal(yuan).quantize(Decimal("0.01")), printed)


@pytest.mark.parametrize(
    "content",
    [
        "其中一期投资3亿元",
        "2026年完成投资3亿元",
        "年度投资3亿元",
        "带动社会投资3亿元",
        "甲段总投资3亿元，乙段总投资2亿元",
        "占地3亩",
        "设备投资3万元",
    ],
)
def test_a_part_of_the_investment_is_not_the_total(content: str) -> None:
    assert only(f"项目名称|建设内容\n泵站|{content}").investment_in_text is None


def test_a_total_in_the_content_is_not_needed_beside_a_cell() -> None:
    text = "项目名称|建设内容|总投资（亿元）\n泵站|总投资3亿元|{}"
    assert only(text.format("3")).investment_in_text is None
    assert only(text.format("")).investment_in_text == (Decimal("300000000.00"), "总投资3亿元")


@needs_gold
def test_the_sound_rows_of_the_gold_are_all_equal_and_no_damaged_row_is_a_fact() -> None:
    projects = {one.line: one for draft in source_tables("project_table") for one in plan_projects(draft)}
    rows = gold("plan_projects")
    assert list(projects) == [row["line"] for row in rows]
    sound = [row for row in rows if not row["damaged"]]
    assert len(sound) == 107
    for row in rows:
        one = projects[row["line"]]
        # A damaged row may be mended; then it has to say what the careful reader says.
        assert (_read(one) == _expected(row) and one.damage is None) or (row["damaged"] and one.damage is not None)


@needs_gold
def test_the_totals_that_the_gold_finds_in_contents_are_found() -> None:
    projects = {one.line: one for draft in source_tables("project_table") for one in plan_projects(draft)}
    for row in gold("plan_projects"):
        stated = projects[row["line"]].investment_in_text
        assert (stated is not None) == ("investment_in_content" in row)
        assert stated is None or (stated.printed or "") in squeezed(row["investment_in_content"])


SAFE = st.text(alphabet="东南西北桥渠塔湖山田井泉", min_size=2, max_size=6)
ORDERS = st.permutations(["序号", "工程名称", "实施内容", "计划总投资（万元）", "实施地点", "牵头单位", "资金来源"])


@given(ORDERS, st.lists(st.tuples(SAFE, SAFE, st.integers(1, 10**7), SAFE, SAFE, SAFE), min_size=1, max_size=12))
def test_columns_in_any_order_give_the_same_projects(header: list[str], rows: list[tuple[Any, ...]]) -> None:
    known = ["序号", "工程名称", "实施内容", "计划总投资（万元）", "实施地点", "牵头单位", "资金来源"]
    lines = [
        "|".join(str((number, *row)[known.index(title)]) for title in header) for number, row in enumerate(rows, 1)
    ]
    projects = plan_projects(table("\n".join(["|".join(header), *lines])))
    assert [(one.serial, one.name, one.content, one.location, one.responsible, one.other) for one in projects] == [
        (str(number), row[0], row[1], row[3], row[4], {"资金来源": row[5]}) for number, row in enumerate(rows, 1)
    ]
    assert [one.investment.yuan for one in projects] == [Decimal(row[2]) * 10_000 for row in rows]


@given(st.lists(st.integers(10, 10**6), min_size=6, max_size=30), st.integers(2, 7), st.sampled_from(["续表", ""]))
def test_a_table_over_many_pages_gives_every_project_once(amounts: list[int], page: int, again: str) -> None:
    header = "序号\t工程名称\t建设内容\t总投资\t责任单位"
    lines = ["2031年河道整治工程表", "", "单位：万元", header]
    for number, amount in enumerate(amounts, 1):
        if number % page == 0:
            lines += [again, header] if again else [""]
        lines.append(f"{number}\t第{number}段河道整治工程\t清淤{number}公里\t{amount}\t市水利局")
    (draft,) = find_tables(lines, 1, len(lines))
    projects = plan_projects(draft)
    assert [one.serial for one in projects] == [str(number) for number in range(1, len(amounts) + 1)]
    assert [one.investment.yuan for one in projects] == [Decimal(amount) * 10_000 for amount in amounts]
    assert not any(one.damage for one in projects)


@given(st.lists(st.lists(SAFE, min_size=1, max_size=5), min_size=1, max_size=8))
def test_any_number_of_physical_rows_is_joined(contents: list[list[str]]) -> None:
    lines = ["序号|项目名称|主要内容"]
    for number, items in enumerate(contents, 1):
        lines += [
            f"{number}|第{number}号工程|1.{items[0]}",
            *(f"||{at}.{item}" for at, item in enumerate(items[1:], 2)),
        ]
    projects = plan_projects(table("\n".join(lines)))
    assert [one.content for one in projects] == [
        "\n".join(f"{at}.{item}" for at, item in enumerate(items, 1)) for items in contents
    ]


@given(st.lists(st.lists(st.text(max_size=20), min_size=3, max_size=3), max_size=8))
def test_no_cells_break_the_reader_and_no_row_is_lost(rows: list[list[str]]) -> None:
    draft = table("序号|项目名称|总投资（万元）\n" + "\n".join("|||" for _ in rows))
    for row, cells in zip(draft.rows, rows, strict=True):
        row.cells = tuple(cells)
    kept = "".join(one.name + (one.investment.printed or "") for one in plan_projects(draft))
    assert len(plan_projects(draft)) <= len(rows)
    for cells in rows:
        assert "".join(cells[1].split()) in "".join(kept.split())


def test_two_thousand_rows_and_a_huge_cell_take_no_time() -> None:
    long = "投资约" * 100_000 + "其中" * 100_000
    draft = table(
        "序号|项目名称|主要内容\n"
        + "\n".join(f"{at}|第{at}号桥|总投资{at}万元" for at in range(2000))
        + f"\n9|塔|{long}"
    )
    start = time.perf_counter()
    assert len(plan_projects(draft)) == 2001
    assert time.perf_counter() - start < 1


def _read(one: PlanProjectDraft) -> dict[str, Any]:
    values = {name: squeezed(getattr(one, name)) for name in FIELDS}
    other = {squeezed(header): squeezed(text) for header, text in one.other.items()}
    return values | {"investment": squeezed(one.investment.printed), "unit": one.investment_unit, "other": other}


def _expected(row: dict[str, Any]) -> dict[str, Any]:
    values = {name: squeezed(row[name]) for name in FIELDS}
    other = {squeezed(header): squeezed(text) for header, text in row["other"].items() if "as printed" not in header}
    return values | {"investment": squeezed(row["investment"]), "unit": row["investment_unit"], "other": other}
