"""Quotas of districts and towns, and other parts of a whole."""

from __future__ import annotations

import pytest

from imports.layouts.gazette.targets.quotas import announced, done_at_place, places
from tests.imports.layouts.gazette.targets.reading import fact, facts


@pytest.mark.parametrize(
    ("label", "named"),
    [
        ("青山区", ["青山区"]),
        ("青山区、白云县", ["青山区", "白云县"]),
        ("柳河镇完成", ["柳河镇"]),
        ("市本级", ["市本级"]),
        ("其余县(市)", ["其余县(市)"]),
        ("示范镇", []),
        ("养老社区", []),
        ("城镇", []),
        ("农村", []),
        ("新建居住区", []),
    ],
)
def test_places_are_told_from_things(label: str, named: list[str]) -> None:
    assert places(label) == named


def test_what_a_clause_shares_out() -> None:
    assert announced("农村改厕任务分配如下", "") == "农村改厕"
    assert announced("任务分解为", "农村改厕任务") == "农村改厕"
    assert announced("会议强调", "农村改厕任务") == ""


def test_who_does_what() -> None:
    assert done_at_place("柳河镇种植药材") == ("柳河镇", "种植药材")
    assert done_at_place("种植药材") is None


@pytest.mark.parametrize(
    "text",
    [
        "2031年改厕任务：青山区300户、白云县200户。",
        "2031年改厕任务分配如下：青山区300户，白云县200户。",
        "2031年，推进改厕任务，分配如下：青山区300户；白云县200户。",
    ],
)
def test_each_place_has_a_target_of_its_own(text: str) -> None:
    found = facts(text)
    assert [(int(number), unit, year) for _, _, number, unit, year in found] == [(300, "户", 2031), (200, "户", 2031)]
    assert [name.endswith(f"改厕（{place}）") for (name, *_), place in zip(found, ("青山区", "白云县"), strict=True)]


def test_the_whole_and_its_parts() -> None:
    found = facts("2031年改造渠道90公里，任务分解为：青山区40公里、白云县50公里。")
    assert found == [
        fact("渠道", "=", "90", "公里", 2031),
        fact("渠道（青山区）", "=", "40", "公里", 2031),
        fact("渠道（白云县）", "=", "50", "公里", 2031),
    ]


def test_the_bound_of_each_place() -> None:
    found = facts("到2031年，管网漏损率控制在9%以内，其中青山区不超过8%、白云县低于10%。")
    assert [(name, operator) for name, operator, *_ in found] == [
        ("管网漏损率", "<="),
        ("管网漏损率（青山区）", "<="),
        ("管网漏损率（白云县）", "<"),
    ]


def test_a_place_before_its_verb() -> None:
    found = facts("到2031年，柳河镇种植药材200亩，桃源乡新建3所学校。")
    assert [name for name, *_ in found] == ["药材（柳河镇）", "学校（桃源乡）"]


def test_towns_that_are_things_are_no_places() -> None:
    names = [name for name, *_ in facts("到2031年，美丽乡村达到20个、示范镇5个、特色小镇3个。")]
    assert names == ["美丽乡村", "示范镇", "特色小镇"]


def test_years_with_a_figure_each() -> None:
    found = facts("2029年、2030年、2031年垃圾回收率分别达到36%、38%、40%以上。")
    assert [(int(number), year) for _, _, number, _, year in found] == [(36, 2029), (38, 2030), (40, 2031)]


def test_a_figure_with_a_verb_of_its_own_has_its_own_bound() -> None:
    found = facts("到2029年、2031年，垃圾处理率分别保持在99%以上和达到100%。")
    assert [(operator, year) for _, operator, _, _, year in found] == [(">=", 2029), ("=", 2031)]


def test_a_word_behind_the_first_figure_is_its_own() -> None:
    found = facts("到2029年、2031年，绿色建筑占比分别达到90%以上和100%。")
    assert [operator for _, operator, *_ in found] == [">=", "="]


@pytest.mark.parametrize("text", ["下达2031年造林任务：青山区6亩。", "从2029年到2031年，新建小院6个。"])
def test_the_year_of_a_task_and_the_last_of_a_span(text: str) -> None:
    assert [year for *_, year in facts(text)] == [2031]


def test_a_bare_share_is_of_what_was_named_before() -> None:
    names = [name for name, *_ in facts("2031年，“免证办”事项突破500项，占比达到七成。")]
    assert names == ["“免证办”事项", "“免证办”事项占比"]


def test_a_unit_printed_once_is_of_all() -> None:
    units = [unit for _, _, _, unit, _ in facts("2031年，水电气报装时间分别压缩至3个、2个、1个工作日以内。")]
    assert units == ["个工作日"] * 3


def test_more_of_the_same_in_another_year() -> None:
    found = facts("2030年新（改、扩）建幼儿园22所，2031年再建30所。")
    assert [(name, int(number), year) for name, _, number, _, year in found] == [
        ("幼儿园", 22, 2030),
        ("幼儿园", 30, 2031),
    ]


def test_this_year_and_the_next() -> None:
    found = facts("今明两年分别更新电梯80部、120部。", issued=2030)
    assert found == [fact("电梯", "=", "80", "部", 2030), fact("电梯", "=", "120", "部", 2031)]


@pytest.mark.parametrize(
    ("text", "name", "number"),
    [
        ("到2031年，绿色建筑面积达到新建面积的40%以上。", "绿色建筑面积占新建面积", 40),
        ("2031年底前，完成80%的清淤任务。", "清淤任务", 80),
        ("到2031年，压减一般性支出10%。", "压减一般性支出", 10),
        ("2031年，为300户家庭更换门窗。", "家庭更换门窗", 300),
        ("2031年，解决3万人的饮水问题。", "解决饮水问题", 30000),
        ("2031年，首批20个示范社区全面建成。", "全面建成的示范社区", 20),
        ("到2031年，青山区、白云区50%的社区建成服务站。", "建成服务站的社区占比（青山区、白云区）", 50),
        ("到2031年，30%以上的村达到“四美”标准、全部改厕。", "达到“四美”标准、全部改厕的村占比", 30),
        ("2031年投入3亿元新建学校5所。", "学校", 5),
        ("2031年完成城区9条道路改造。", "道路改造", 9),
        ("2031年，完成甲路、乙路等53公里道路大修。", "道路大修", 53),
        ("到2031年，覆盖率从目前的23%再提高超1个百分点。", "覆盖率提高", 1),
        ("2031年新建（改建）食堂6家。", "食堂", 6),
        ("到2031年，推动四分之三的养殖场完成设备改造。", "完成设备改造的养殖场占比", 75),
    ],
)
def test_shares(text: str, name: str, number: int) -> None:
    assert [(each[0], int(each[2])) for each in facts(text)] == [(name, number)]


def test_both_ends_of_a_range_are_bounds() -> None:
    found = facts("到2031年，工业增加值年均增长5%—7%。")
    assert [(operator, int(number)) for _, operator, number, _, _ in found] == [(">=", 5), ("<=", 7)]


def test_town_and_country_are_two() -> None:
    names = [name for name, *_ in facts("2031年，城乡居民收入分别增长5%和6%。")]
    assert names == ["城镇居民收入增长", "农村居民收入增长"]


def test_a_level_behind_a_change_is_of_the_quantity() -> None:
    names = [name for name, *_ in facts("到2031年，森林覆盖率提高2个百分点，达到38%。")]
    assert names == ["森林覆盖率提高", "森林覆盖率"]


def test_a_higher_aim_is_another_target() -> None:
    found = facts("到2031年，上市公司达到40家，力争50家。")
    assert found == [fact("上市公司", "=", "40", "家", 2031), fact("上市公司", "=", "50", "家", 2031)]


def test_what_each_of_several_places_does_is_a_target_of_each() -> None:
    found = facts("2031年，青川县、白石区各改造危房320户。")
    assert found == [
        fact("危房（青川县）", "=", "320", "户", 2031),
        fact("危房（白石区）", "=", "320", "户", 2031),
    ]


def test_what_each_of_all_places_does_is_one_target() -> None:
    assert facts("2031年，各县区各建设充电站3座。") == [fact("充电站", "=", "3", "座", 2031)]
