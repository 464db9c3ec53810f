from decimal import Decimal

import pytest

from imports.drafts import ProjectDraft
from imports.opening import OpenFile, open_workbook
from imports.reading import Defaults, SourceError, place
from imports.workbooks import read_workbook
from tests.imports.workbooks import books

TITLE = ["长治市2024年市本级重大政策重点项目绩效目标"]
HEADS = ["序号", "项目名称", "预算安排数", "部门单位", "政策依据及支出内容", "绩效目标"]
ROW = [1, "修路", 5000, "市交通局", "政策依据：会议纪要。\n支出内容：修三条路。\n再修一条。", "路修好。"]


def _read(*rows: list[object], **given: str) -> tuple[OpenFile, list[ProjectDraft]]:
    file = open_workbook(read_workbook(books.sheet([*rows], "重点")), None)
    return file, list(file.drafts(Defaults(**given)))  # type: ignore[arg-type]


def test_a_list_is_read_with_its_total() -> None:
    file, [draft] = _read(
        TITLE, ["", "", "", "", "", "单位：万元"], HEADS, ["合   计", None, 5000], ROW, ["备注：只列大额项目"]
    )
    assert (draft.region_code, draft.year, draft.serial, draft.name) == ("140400", 2024, 1, "修路")
    assert (draft.amount.yuan, draft.printed_unit, draft.department_name) == (Decimal(50_000_000), "万元", "市交通局")
    assert (draft.basis, draft.content, draft.goal_annual) == ("会议纪要。", "修三条路。\n再修一条。", "路修好。")
    assert file.reading.declared_total
    assert file.reading.declared_total.yuan == Decimal(50_000_000)
    assert not list(file.reading.unclaimed())
    assert [notice.message for notice in file.reading.notices] == ["备注：只列大额项目"]


def test_unit_and_year_may_stand_in_the_heads() -> None:
    heads = ["序号", "项目", "预算安排数（元）", "责任单位", "政策依据", "支出内容", "绩效目标"]
    _, [draft] = _read(
        ["长治市2025年度重点项目绩效目标表"], heads, [1, "修路", "300,000", "市交通局", "纪要", "修路", "修好"]
    )
    assert (draft.year, draft.amount.yuan, draft.basis, draft.content) == (2025, Decimal(300_000), "纪要", "修路")


def test_a_text_that_goes_on_in_the_next_row_belongs_to_its_project() -> None:
    _, [draft] = _read(TITLE, ["单位：万元"], HEADS, ROW, [None, None, None, None, None, "管护好。"])
    assert (draft.goal_annual, draft.last_line) == ("路修好。\n管护好。", 5)


def test_rows_that_are_no_projects_are_reported_with_sheet_and_row() -> None:
    file, drafts = _read(TITLE, ["单位：万元"], HEADS, ["一、交通"], ROW, TITLE, HEADS)
    assert len(drafts) == 1
    [(line, text)] = file.reading.unclaimed()
    assert (place(line, file.reading.sheets), text) == ("工作表“重点”第 4 行", "一、交通\t")


def test_a_remark_beside_the_table_is_reported() -> None:
    file, _ = _read(TITLE, ["单位：万元"], HEADS, [*ROW, "待核实"])
    assert [line for line, _ in file.reading.unclaimed()] == [4]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["单位：万元"], HEADS, ROW], "--region"),
        ([TITLE, HEADS, ROW], "--unit"),
        (
            [TITLE, ["单位：万元"], HEADS, [1, "修路", "若干", "", "", "好"]],
            "工作表“重点”第4行：项目“修路”的“若干”不是金额",
        ),
        ([TITLE, ["单位：万元"], HEADS, [1, "修路", None, "", "", "好"]], "没有预算安排数"),
    ],
)
def test_what_cannot_be_known_is_refused(rows: list[list[object]], words: str) -> None:
    with pytest.raises(SourceError, match=words):
        _read(*rows)


def test_all_rows_to_mend_are_told_at_once_and_no_more_than_one_can_read() -> None:
    wrong = [[number, f"项目{number}", "若干", "", "", "好"] for number in range(2, 30)]
    with pytest.raises(SourceError) as refused:
        _read(TITLE, ["单位：万元"], HEADS, ROW, [1, "修路", None, "", "", "好"], *wrong)
    message = refused.value.message
    assert message.startswith("有 29 处要改正后再导入：工作表“重点”第5行的项目“修路”没有预算安排数；工作表“重点”第6行")
    assert message.count("不是金额") == 19
    assert message.endswith("；其余 9 处从略。")


def test_what_stands_above_the_table_and_says_nothing_known_is_reported() -> None:
    file, _ = _read(TITLE, ["单位：万元"], ["关于本表的一句说明"], HEADS, ROW)
    assert [text.strip() for _, text in file.reading.unclaimed()] == ["关于本表的一句说明"]


def test_a_column_without_a_place_is_told() -> None:
    file, _ = _read(TITLE, ["单位：万元"], [*HEADS, "联系人"], ROW)
    assert [notice.message for notice in file.reading.notices] == ["“联系人”列没有读取，其内容列在未识别的行里"]
