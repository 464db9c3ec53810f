"""Headers of one row and of several."""

from __future__ import annotations

import pytest

from imports.layouts.gazette.tables import find_tables
from imports.layouts.gazette.tables.header_rows import is_numbering, whole_header


def header(*rows: str) -> tuple[tuple[str, ...], int]:
    found = whole_header([tuple(row.split("|")) for row in rows])
    return found.cells, found.row_count


def test_columns_below_merged_heads_of_two_levels() -> None:
    cells, count = header(
        "序号|项目名称|投资|||责任单位", "|||其中||", "||总额|中央|地方|", "1|南河桥维修|10|4|6|市水务局"
    )
    assert count == 3
    assert cells == ("序号", "项目名称", "投资 总额", "投资 其中 中央", "投资 其中 地方", "责任单位")


def test_a_row_of_units_goes_to_the_heads() -> None:
    assert header("项目名称|总投资|长度", "|（万元）|公里", "南河桥|10|2") == (
        ("项目名称", "总投资（万元）", "长度（公里）"),
        2,
    )


def test_a_row_that_numbers_the_columns_is_no_data() -> None:
    assert header("栏目|户数|人口", "甲|1|2", "东岭镇|10|20")[1] == 2


@pytest.mark.parametrize("row", ["1|2|3|4", "甲|乙|1|2", "栏次|1|2|3=1+2", "A|B|1|2"])
def test_rows_that_number_columns(row: str) -> None:
    assert is_numbering(row.split("|"))


@pytest.mark.parametrize("row", ["1|东岭镇|2|3", "1|2", "2|3|4|5", "甲|乙|丙|丁", "1|2||4"])
def test_other_rows(row: str) -> None:
    assert not is_numbering(row.split("|"))


def test_a_row_of_data_below_blank_heads_is_no_header() -> None:
    assert header("项目名称|投资|", "南河桥维修|自筹|贷款")[1] == 1


def test_a_head_over_one_column_may_have_a_row_below_it_too() -> None:
    cells, count = header("指标|单位|2025年||2030年", "||目标|完成|目标", "绿化率|%|20|21|25")
    assert (count, cells[2:]) == (2, ("2025年 目标", "2025年 完成", "2030年 目标"))


def test_merged_heads_are_known_by_the_row_below_them() -> None:
    lines = [
        "县区\t新建\t\t改造\t",
        "\t套数\t资金（万元）\t套数\t资金（万元）",
        "东岭县\t10\t100\t5\t50",
        "白石县\t20\t200\t6\t60",
    ]
    [found] = find_tables(lines, 1, len(lines))
    assert (found.header[1:3], found.unit) == (("新建 套数", "新建 资金（万元）"), "万元")
