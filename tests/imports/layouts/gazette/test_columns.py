"""What the headers of project tables mean, in the wordings of many cities."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.layouts.gazette.columns import ProjectColumns, distinct_labels, money_unit, project_columns, wording

HEADERS = {
    "serial": ["序号", "序 号", "编号", "项目编号", "No.", "顺序号"],
    "name": ["项目名称", "重点项目名称", "工程名称", "项 目", "重大项目", "项目（工程）名称", "桥梁名称", "重点任务", "建设项目名称"],
    "content": [
        "建设内容", "主要建设内容和生产规模", "建设规模及主要内容", "项目概况", "实施内容", "工程规模", "主要建设任务", "项目简介",
        "建设内容（规模）", "目标任务", "改造措施",
    ],
    "investment": [
        "总投资", "预计总投资（亿元）", "投资估算(万元)", "估算总投资", "投资额/万元", "概算投资", "计划投资（万元）", "投资规模", "总造价（万元）",
        "所需资金（万元）", "预算金额（元）", "“十四五”投资（亿元）", "2027年度计划投资",
    ],
    "location": ["建设地点", "项目所在地", "实施地点", "所属县区", "县（市、区）", "项目选址", "实施区域", "行政区"],
    "period": ["建设年限", "建设起止年限", "起止年限", "建设工期", "实施时间", "完成时限", "建设周期（年）", "时间节点", "开竣工时间", "年度"],
    "responsible": [
        "责任单位", "项目主管(责任)部门", "牵头部门", "责任单位及责任人", "实施主体", "主管单位", "建设单位", "项目法人", "项目业主", "责任部门（单位）",
    ],
    "category": ["类别", "项目类型", "所属领域", "所属行业", "工程类别", "板块"],
}  # fmt: skip
OTHERS = [
    "备注", "建设性质", "资金来源", "属性", "责任领导", "联系人及电话", "配合单位", "是否纳入省规划", "截至上年底累计完成投资", "其中：中央投资",
    "政府投资或社会投资", "政府投资（万元）", "专项债券（万元）", "总投资 省级", "设计单位", "形象进度",
]  # fmt: skip


@pytest.mark.parametrize(("role", "printed"), [(role, one) for role, all_ in HEADERS.items() for one in all_])
def test_a_header_is_known_in_many_wordings(role: str, printed: str) -> None:
    columns = project_columns((printed, "备注"))
    assert getattr(columns, role) == 0
    assert columns.other == (1,)


@pytest.mark.parametrize("printed", OTHERS)
def test_a_header_of_something_else_stays_with_the_other_columns(printed: str) -> None:
    columns = project_columns(("序号", "项目名称", printed))
    assert columns.other == (2,)
    assert columns.labels[2] == printed


@pytest.mark.parametrize(
    ("role", "best", "second"),
    [
        ("investment", "总投资（万元）", "“十四五”时期投资（万元）"),
        ("investment", "总投资（万元）", "2027年计划投资（万元）"),
        ("investment", "投资估算（亿元）", "年度投资（亿元）"),
        ("investment", "投资（亿元）", "所需资金（亿元）"),
        ("investment", "投资额（万元）", "投资额（2027年计划）"),
        ("investment", "总投资 合计", "总投资 其中：中央"),
        ("investment", "投资估算", "二〇二七年投资"),
        ("responsible", "主管部门", "牵头部门"),
        ("responsible", "牵头单位", "建设单位"),
        ("responsible", "实施单位", "项目法人（筹建）单位"),
        ("content", "主要建设内容", "建设规模"),
        ("content", "建设规模", "2027年建设内容"),
        ("location", "建设地点", "所属县区"),
        ("period", "建设年限", "时间节点"),
        ("name", "项目名称", "工作任务"),
    ],
)
def test_of_two_columns_the_better_is_taken_wherever_it_stands(role: str, best: str, second: str) -> None:
    assert getattr(project_columns(("序号", best, second)), role) == 1
    assert getattr(project_columns(("序号", second, best)), role) == 2


def test_beginning_and_end_in_two_columns_are_no_period_and_one_alone_is() -> None:
    assert project_columns(("项目名称", "开工时间", "竣工时间")).period is None
    assert project_columns(("项目名称", "完工时间")).period == 1
    assert project_columns(("项目名称", "开工时间", "竣工时间", "建设年限")).period == 3


def test_the_column_right_of_the_serials_names_what_is_built_where_no_header_says_so() -> None:
    assert project_columns(("序号", "桥梁", "所在道路", "投资")).name == 1
    assert project_columns(("序号", "单位", "数量")).name is None
    assert project_columns(("所在道路", "数量")).name is None


def test_every_column_has_one_place_and_nothing_is_lost() -> None:
    columns = project_columns(("序号", "项目名称", "总投资（万元）", "", "", "备注", "备注"))
    assert columns.labels[2:] == ("总投资（万元）", "总投资（万元）（2）", "总投资（万元）（3）", "备注", "备注（2）")
    assert columns.other == (3, 4, 5, 6)


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("总投资（万元）", "万元"), ("总投资 ( 亿 元 )", "亿元"), ("投资额/万元", "万元"), ("投资【元】", "元"), ("总投资额万元", "万元"),
        ("总投资（单位：万元）", "万元"), ("投资，亿元", "亿元"), ("单元名称", None), ("万元GDP能耗", None), ("总投资", None), ("单元（个）", None),
    ],
)  # fmt: skip
def test_the_unit_of_money_is_read_from_the_header(printed: str, unit: str | None) -> None:
    assert money_unit(printed) == unit


def test_brackets_quotes_and_spaces_do_not_change_what_a_header_means() -> None:
    assert wording("项目主管 (责任) 部门") == "项目主管部门"
    assert wording("“十四五”时期投资（亿元）") == "十四五时期投资"
    assert wording("（万元）") == "（万元）"


ROLES = list(HEADERS)


@given(
    st.data(),
    st.lists(st.sampled_from(ROLES), unique=True, min_size=1),
    st.lists(st.sampled_from(OTHERS), unique=True, max_size=4),
)
def test_any_order_of_any_columns_is_read(data: st.DataObject, roles: list[str], others: list[str]) -> None:
    safe = {**HEADERS, "name": HEADERS["name"][:5], "content": HEADERS["content"][:6], "period": HEADERS["period"][:7]}
    cells = [(role, data.draw(st.sampled_from(safe[role]))) for role in roles] + [("", other) for other in others]
    cells = data.draw(st.permutations(cells))
    columns = project_columns(tuple(printed for _, printed in cells))
    for place, (role, _) in enumerate(cells):
        assert (getattr(columns, role) == place) if role else (place in columns.other or place == columns.name)


@given(st.lists(st.text(max_size=80), max_size=12))
def test_no_header_breaks_the_reader(header: list[str]) -> None:
    columns: ProjectColumns = project_columns(tuple(header))
    named = [place for place in columns[:8] if place is not None]
    assert sorted([*named, *columns.other]) == list(range(len(header)))  # type: ignore[type-var]
    assert len(distinct_labels(header)) == len(header)
