"""Target forms in workbooks of other bureaus, which nobody filled in for this system."""

import pytest

from imports.drafts import ProjectDraft
from imports.opening import OpenFile, open_workbook
from imports.reading import Defaults, SourceError, place
from imports.workbooks import read_workbook
from tests.imports.workbooks import books

HEAD = [
    ["长治市上党区2025年项目支出绩效目标表"],
    ["（2025年度）"],
    ["项目名称", None, "修路"],
    ["主管部门及代码", None, "301-长治市上党区教育局", None, "实施单位", None, "某校"],
    ["项目资金（万元）", None, "实施期资金总额：", None, 30, "年度资金总额：", None, 30],
    ["总体目标", None, "实施期目标", None, None, "年度目标"],
    [None, None, "修好", None, None, "修好"],
]
COLUMNS = ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值"]
OUTPUT = [None, "产出指标", "数量指标", "修路", "≥3公里"]
SATISFIED = [None, "满意度指标", "服务对象满意度", "群众满意度", "≥90%"]
SIGNED = ["负责人：", "王", None, None, "填报日期：", "2024-12-17"]


def _read(*rows: list[object]) -> tuple[OpenFile, list[ProjectDraft]]:
    file = open_workbook(read_workbook(books.sheet([*rows], "表")), None)
    return file, list(file.drafts(Defaults()))


def _notices(file: OpenFile) -> list[str]:
    return [notice.message for notice in file.reading.notices]


@pytest.mark.parametrize(
    ("rows", "missing"),
    [([OUTPUT], "满意度指标和落款（负责人、填报日期）"), ([OUTPUT, SATISFIED], "落款（负责人、填报日期）")],
)
def test_a_form_without_its_last_rows_is_read_with_a_notice(rows: list[list[object]], missing: str) -> None:
    file, [draft] = _read(*HEAD, COLUMNS, *rows)
    assert [one.level3 for one in draft.indicators] == [row[3] for row in rows]
    assert _notices(file) == [f"工作表“表”第1行起的表没有{missing}"]
    assert not list(file.reading.unclaimed())


def test_columns_that_have_no_place_are_named_and_their_rows_reported() -> None:
    columns = [*COLUMNS[:4], "指标性质", "指标值", "度量单位", "权重"]
    file, [draft] = _read(*HEAD, columns, [*OUTPUT[:4], "≥", 3, "公里", 10], [*SATISFIED[:4], "≥", 90, "%", 10], SIGNED)
    assert [(one.level3, one.value) for one in draft.indicators] == [("修路", "3"), ("群众满意度", "90")]
    assert _notices(file) == ["指标表的“指标性质、度量单位、权重”列没有读取，其内容列在未识别的行里"]
    places = [place(line, file.reading.sheets) for line, _ in file.reading.unclaimed()]
    assert places == ["工作表“表”第 9 行", "工作表“表”第 10 行"]


def test_a_form_that_nobody_filled_in_is_called_so() -> None:
    blank = [
        [text if text and ("：" in str(text) or column in {0}) else None for column, text in enumerate(row)]
        for row in HEAD
    ]
    with pytest.raises(
        SourceError, match="工作表“表”第1行起的表是没有填写的空表，请填写“项目名称”等内容，或删去这张表"
    ):
        _read(*blank, COLUMNS, [None, "产出指标", "数量指标"], SIGNED)


def test_a_form_filled_in_but_for_its_name_says_what_is_missing() -> None:
    with pytest.raises(SourceError, match="没有“项目名称”的内容"):
        _read(*HEAD[:2], ["项目名称"], *HEAD[3:], COLUMNS, OUTPUT, SATISFIED, SIGNED)
