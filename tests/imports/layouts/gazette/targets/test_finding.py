"""Targets in sentences: how they are meant, when they are to be reached, and what is none."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imports.layouts.gazette.drafts import DocumentDraft
from imports.layouts.gazette.paragraphs import Paragraph
from imports.layouts.gazette.reading import read_gazette
from imports.layouts.gazette.targets import find_targets
from imports.layouts.gazette.targets.measuring import Score, label_of, score
from tests.imports.layouts.gazette.targets.reading import fact, facts, targets

SHARED = Path(__file__).parents[5] / "../shared"
GOLD = SHARED / "gold/plan_and_gazette_prose_targets.json"
LABELLED = Path(__file__).with_name("labelled.json")
needs_gold = pytest.mark.skipif(not GOLD.exists(), reason="../shared is absent")


@pytest.mark.parametrize(
    ("wording", "operator", "word"),
    [
        ("达到95%", "=", "达到"),
        ("达95%", "=", "达"),
        ("提高到95%", "=", "提高到"),
        ("达到95%以上", ">=", "以上"),
        ("不低于95%", ">=", "不低于"),
        ("不少于95%", ">=", "不少于"),
        ("不得低于95%", ">=", "不得低于"),
        ("至少达到95%", ">=", "至少"),
        ("超过95%", ">", "超过"),
        ("要大于95%", ">", "大于"),
        ("突破95%", ">", "突破"),
        ("控制在95%以内", "<=", "以内"),
        ("不超过95%", "<=", "不超过"),
        ("不高于95%", "<=", "不高于"),
        ("不超95%", "<=", "不超"),
        ("降至95%以下", "<", "以下"),
        ("低于95%", "<", "低于"),
        ("小于95%", "<", "小于"),
        ("达到95%左右", "~", "左右"),
        ("约95%", "~", "约"),
        ("≥95%", ">=", "≥"),
        ("≤95%", "<=", "≤"),
        ("保持在95%（含）以上", ">=", "以上"),
    ],
)
def test_the_wording_says_how_a_figure_is_meant(wording: str, operator: str, word: str) -> None:
    (target,) = targets(f"到2031年，河湖管护覆盖率{wording}。")
    assert (target.name, target.operator, target.word, target.number) == ("河湖管护覆盖率", operator, word, Decimal(95))


@pytest.mark.parametrize(
    ("printed", "number", "unit"),
    [
        ("９５％", "95", "%"),
        ("95 %", "95", "%"),
        ("百分之九十五", "95", "%"),
        ("百分之九十五点五", "95.5", "%"),
        ("百分之95", "95", "%"),
        ("千分之八", "8", "‰"),
        ("1.2万人", "12000", "人"),
        ("3.5亿元", "3.5", "亿元"),
        ("1,200万元", "1200", "万元"),
        ("2 500 公顷", "2500", "公顷"),
        ("8.5公里/平方公里", "8.5", "公里/平方公里"),
        ("32微克/立方米", "32", "微克/立方米"),
        ("260万千瓦", "2600000", "千瓦"),
        ("1.8亿立方米", "180000000", "立方米"),
        ("三千二百元", "3200", "元"),
        ("4.5", "4.5", None),
        ("6 5 %", "65", "%"),
    ],
)
def test_numbers_and_units_in_every_print(printed: str, number: str, unit: str | None) -> None:
    (target,) = targets(f"示范区综合水平达到{printed}。")
    assert (target.number, target.unit) == (Decimal(number), unit)


@pytest.mark.parametrize(
    ("when", "year"),
    [
        ("到2031年", 2031),
        ("2031年底前", 2031),
        ("力争 2031 年末", 2031),
        ("2031年6月底前", 2031),
        ("2029-2031年", 2031),
        ("2029年至2031年", 2031),
        ("2029—2031年三年间", 2031),
        ("到“十五五”末", 2030),
        ("“十五五”时期", 2030),
        ("到十六五末", 2035),
        ("到二〇三一年", 2031),
        ("今年", None),
        ("年底前", None),
    ],
)
def test_the_year_in_its_own_clause(when: str, year: int | None) -> None:
    (target,) = targets(f"{when}，新建社区食堂12处。", horizon=2040)
    assert (target.number, target.year) == (Decimal(12), year)
    assert target.year_basis == ("clause" if year else None)


@pytest.mark.parametrize(("when", "year"), [("今年", 2031), ("年底前", 2031), ("明年6月底前", 2032), ("当年", None)])
def test_the_date_of_the_document_tells_what_this_year_is(when: str, year: int | None) -> None:
    assert targets(f"{when}，新建社区食堂12处。", issued=2031)[0].year == year


def test_years_from_further_and_further_away() -> None:
    sentence = "新建社区食堂12处。"
    assert targets(f"到2031年，完成布局。{sentence}")[0].year_basis == "paragraph"
    assert targets(sentence, headings=("2031年重点工作",), horizon=2035)[0].year_basis == "heading"
    assert targets(sentence, headings=("重点工作",), horizon=2035)[0].year_basis == "document"
    assert targets(sentence)[0].year_basis is None


def test_a_year_behind_that_says_when_it_is_done() -> None:
    text = "建设东山、北坡、河口等6个气象观测站，2029年开展选址，2031年建成投用。"
    assert facts(text) == [fact("气象观测站", "=", "6", "个", 2031)]


@pytest.mark.parametrize("base", ["较2026年", "比2026年", "与2026年相比"])
def test_what_is_compared_with_is_no_target_year(base: str) -> None:
    (target,) = targets(f"到2031年，公共建筑能耗{base}下降12%。")
    assert (target.year, target.number) == (2031, Decimal(12))


def test_paired_lists() -> None:
    found = facts("到2031年，污水集中处理率、垃圾回收利用率分别超过96%、38%。")
    assert found == [fact("污水集中处理率", ">", "96", "%", 2031), fact("垃圾回收利用率", ">", "38", "%", 2031)]


def test_paired_years() -> None:
    found = facts("到2029年和2031年，病床使用率分别达到75%、82%以上。")
    assert [(number, year) for _, _, number, _, year in found] == [(Decimal(75), 2029), (Decimal(82), 2031)]


def test_a_pair_that_goes_back_to_the_targets_before_it() -> None:
    found = facts("接待游客40万人次、旅游收入达到3亿元，分别增长8%和9%。")
    assert [name for name, *_ in found][2:] == ["游客增长", "旅游收入增长"]


def test_a_span_of_years_with_a_figure_for_each() -> None:
    found = facts("2029—2031年，分别新建充电桩120个、150个、180个。")
    assert [(name, number, year) for name, _, number, _, year in found] == [
        ("充电桩", Decimal(120), 2029),
        ("充电桩", Decimal(150), 2030),
        ("充电桩", Decimal(180), 2031),
    ]


def test_a_part_is_named_with_the_whole() -> None:
    assert [name for name, *_ in facts("景区达到30家，其中国家级1家、省级8家。")] == [
        "景区",
        "景区（国家级）",
        "景区（省级）",
    ]


def test_a_pair_of_which_only_the_last_says_what_is_measured() -> None:
    names = [name for name, *_ in facts("常住、户籍人口城镇化率分别达到68%、49%。")]
    assert names == ["常住、户籍人口城镇化率（常住）", "常住、户籍人口城镇化率（户籍人口城镇化率）"]


def test_one_figure_for_two_names() -> None:
    assert [name for name, *_ in facts("入学率和巩固率均达到99%。")] == ["入学率", "巩固率"]


def test_a_number_before_its_subject() -> None:
    found = facts("到2031年，全县85%以上村庄、70%以上社区建成议事场所。")
    assert [(operator, number) for _, operator, number, _, _ in found] == [(">=", Decimal(85)), (">=", Decimal(70))]
    assert found[0][0] == "建成议事场所的村庄占比"


def test_a_verb_goes_on_over_an_enumeration() -> None:
    found = facts("2031年底前，新建公厕30座，垃圾中转站4座、便民浴室2处。")
    assert [(name, number, year) for name, _, number, _, year in found] == [
        ("公厕", Decimal(30), 2031),
        ("垃圾中转站", Decimal(4), 2031),
        ("便民浴室", Decimal(2), 2031),
    ]


def test_a_name_goes_on_over_its_years() -> None:
    found = facts("三年间，全县治理沙化土地900亩（其中：2029年400亩、2030年300亩、2031年200亩）。")
    assert [(number, year) for _, _, number, _, year in found][1:] == [
        (Decimal(400), 2029),
        (Decimal(300), 2030),
        (Decimal(200), 2031),
    ]
    assert {name for name, *_ in found[1:]} == {"沙化土地"}


def test_where_a_clause_begins_is_its_line() -> None:
    paragraph = Paragraph("到2031年，公共厕所达标率达到90%，旱厕改造率达到80%。", ((0, 7), (19, 9)), ())
    found = list(find_targets([paragraph], None))
    assert [target.line for target in found] == [7, 9]
    assert found[0].text == "到2031年，公共厕所达标率达到90%"
    assert found[1].sentence == paragraph.text


def test_what_is_handed_on_is_as_printed() -> None:
    (target,) = targets("到 2031 年，全县改造供水管网 1.5 万 米。")
    assert (target.text, target.number_printed) == ("到 2031 年，全县改造供水管网 1.5 万 米", "1.5 万")


@pytest.mark.parametrize(
    "text",
    [
        "“十四五”末，人均收入达到21000元。",
        "截至2029年底，全县建成驿站40个。",
        "我县已建成驿站40个。",
        "去年新建驿站40个。",
        "2029年，全县新建驿站40个。",
        "五年来，新建驿站40个，覆盖率达到80%。",
        "荣获省级表彰，完成年度目标的108%。",
    ],
)
def test_what_was_reached_is_no_target(text: str) -> None:
    assert facts(text, issued=2031, horizon=2035) == []


@pytest.mark.parametrize("heading", ["第一章 发展基础", "一、“十五五”工作回顾", "（一）现状与问题", "起草说明"])
def test_a_review_has_no_targets(heading: str) -> None:
    assert facts("驿站达到40个，覆盖率达到80%。", headings=(heading,), horizon=2035) == []


def test_a_heading_that_strengthens_a_base_is_no_review() -> None:
    assert len(facts("驿站达到40个。", headings=("着力夯实消防工作基础",))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "第37次常务会议审议通过，第12条同时废止。",
        "《防灾规划（2026—2035年）》（某政发〔2026〕15号）已印发，联系电话0355-1234567。",
        "推广5G、4A级景区、G309线和国道208线的做法。",
        "打造“3510”计划和“15分钟”生活圈，全力建设八百里画廊。",
        "方案明确了3类20项重点任务和5项保障措施。",
        "公示期不少于5个工作日，应在15个工作日内办结，有效期3年。",
        "连续旷工15天或者一年内累计旷工30天的，予以解聘。",
        "违反规定的，处2万元以上5万元以下罚款。",
        "由市、县分别按5%、30%的比例抽检。",
        "常住人口10万人以上的镇要编制规划。",
        "完成使用寿命超过30年的管网改造。",
        "比例不低于1:8，总量在1.1-1.3倍之间，每3—5年修订一次。",
        "对首次升规的企业一次性奖励20万元。",
        "24小时降雨量达到100毫米以上，启动三级应急响应。",
        "投标保证金不得超过估算价的2%。",
        "超前谋划一批科技平台，做好二次供水和一期工程。",
    ],
)
def test_figures_that_are_no_targets(text: str) -> None:
    assert facts(text, horizon=2035) == []


def test_a_list_of_conditions_has_no_targets_and_ends() -> None:
    found = facts(
        "申报单位应具备以下条件：", "（一）从业人员不少于20人。", "（二）场所面积不少于200平方米。", "新建站点8个。"
    )
    assert [number for _, _, number, _, _ in found] == [Decimal(8)]


def test_a_regulation_sets_shares_and_what_is_dated() -> None:
    articles = (
        "第三条 合作单位一般不超过2个。",
        "第四条 储备计划中稻谷比例不低于百分之四十。",
        "第五条 到2031年底前，超编人员退出比例达到20%。",
    )
    assert [number for _, _, number, _, _ in facts(*articles)] == [Decimal(40), Decimal(20)]


@needs_gold
def test_nine_of_ten_gold_targets_are_found_with_operator_number_unit_and_year() -> None:
    result = _against_gold()
    assert result.labelled == 40
    assert result.right >= 39
    assert result.named >= 38


def test_nine_of_ten_found_in_our_sentences_are_right() -> None:
    result = Score()
    for entry in json.loads(LABELLED.read_text(encoding="utf-8")):
        result.add(score(_found_in(entry), [label_of(target) for target in entry["targets"]]))
    assert (result.precision or 0) >= 0.95
    assert (result.recall or 0) >= 0.95


NAMES = [
    "自来水普及率",
    "垃圾资源化利用率",
    "集中供暖覆盖面积",
    "床位使用率",
    "巡护里程",
    "养老服务设施数量",
    "林草覆盖率",
]
NUMERALS = {"百分之七十": "70", "百分之十二": "12", "百分之一百": "100", "百分之九十九点五": "99.5", "百分之三": "3"}
OPERATORS = {
    "达到{}": "=", "稳定在{}以上": ">=", "不低于{}": ">=", "不少于{}": ">=", "超过{}": ">", "高于{}": ">", "控制在{}以内": "<=",
    "不超过{}": "<=", "不高于{}": "<=", "降至{}以下": "<", "低于{}": "<", "小于{}": "<", "达到{}左右": "~", "约{}": "~",
}  # fmt: skip
WHENS = {"到{}年，": 0, "力争{}年底前，": 0, "至{}年末，": 0, "2028-{}年，": 0}
UNITS = [
    "%",
    "个",
    "座",
    "公里",
    "公里/平方公里",
    "亩",
    "万元",
    "亿元",
    "平方米",
    "倍",
    "张",
    "件",
    "套",
    "人次",
    "吨",
    "分",
]
THINGS = ["生态公厕", "换热站", "乡镇粮仓", "口袋公园", "应急广播终端", "监测点位"]
VERBS = [
    "新建{thing}{n}{u}",
    "新建{n}{u}{thing}",
    "打造{n}{u}{thing}",
    "建成{thing}{n}{u}",
    "更新{thing}{n}{u}",
    "完成{thing}{n}{u}",
]


@st.composite
def measured_clauses(draw: st.DrawFn) -> tuple[str, tuple[str, Decimal, str | None]]:
    """A clause about a measured quantity, and its operator, number and unit."""
    name, (pattern, operator) = draw(st.sampled_from(NAMES)), draw(st.sampled_from(sorted(OPERATORS.items())))
    if draw(st.booleans()):
        printed, number = draw(st.sampled_from(sorted(NUMERALS.items())))
        return name + pattern.format(printed), (operator, Decimal(number), "%")
    value = draw(
        st.decimals(min_value="0.1", max_value=99999, places=draw(st.sampled_from([0, 1, 2])), allow_nan=False)
    )
    unit = draw(st.sampled_from(UNITS))
    number = f"{value:,f}" if draw(st.booleans()) else f"{value:f}"
    space = draw(st.sampled_from(["", " "]))
    return name + pattern.format(f"{space}{number}{space}{unit}"), (operator, value, unit)


@given(st.lists(measured_clauses(), min_size=1, max_size=4), st.sampled_from(sorted(WHENS)), st.integers(2029, 2045))
def test_generated_measures_come_back(clauses: list[Any], when: str, year: int) -> None:
    found = targets(when.format(year) + "，".join(text for text, _ in clauses) + "。", issued=2027)
    assert [(each.operator, each.number, each.unit) for each in found] == [expected for _, expected in clauses]
    assert {each.year for each in found} == {year}


@given(
    st.sampled_from(VERBS), st.sampled_from(THINGS), st.integers(2, 99999), st.sampled_from(["个", "座", "处", "套"]),
    st.integers(2029, 2045),
)  # fmt: skip
def test_generated_works_come_back(verb: str, thing: str, number: int, unit: str, year: int) -> None:
    found = facts(f"{year}年底前，" + verb.format(thing=thing, n=number, u=unit) + "。", issued=2027)
    assert found == [(thing, "=", Decimal(number), unit, year)]


@given(
    st.text(
        alphabet="到20年31底前达率数5%万亿百分之七十，。、（）《》“”个座 以上不低于分别新建增长较第条的\t", max_size=200
    )
)
@settings(max_examples=300)
def test_arbitrary_text_never_raises(text: str) -> None:
    for target in targets(text, horizon=2035):
        assert target.name
        assert target.operator in {">=", "<=", ">", "<", "=", "~"}
        assert target.number_printed in text


@given(st.text(max_size=80))
def test_any_characters_never_raise(text: str) -> None:
    targets(text, issued=2030)


@pytest.mark.parametrize(
    "piece",
    ["5个、", "《5", "（", "2025年", "新建", "分别达到1%、2%、", "1 ", "一二三万亿", "第1条。", "以2025年", "“5"],
)
def test_repeated_pieces_take_linear_time(piece: str) -> None:
    short, long = (_seconds(piece * (count // len(piece))) for count in (20_000, 80_000))
    assert long < 8 * max(short, 0.05)


def test_a_line_of_a_megabyte_takes_less_than_two_seconds() -> None:
    prose = "加强组织领导，落实主体责任，完善工作机制，营造良好氛围，推动各项任务落地见效。" * 20
    text = (prose + "到2031年，农村自来水普及率达到95%以上，新建水厂12座。") * 1250
    assert len(text) > 1_000_000
    assert _seconds(text) < 2


def _seconds(text: str) -> float:
    begun = time.process_time()
    targets(text, horizon=2035)
    return time.process_time() - begun


def _found_in(entry: dict[str, Any]) -> list[Any]:
    headings = tuple(entry.get("headings", ()))
    return targets(entry["text"], horizon=entry.get("horizon"), issued=entry.get("issued"), headings=headings)


def _against_gold() -> Score:
    entries = json.loads(GOLD.read_text(encoding="utf-8"))
    result = Score()
    for name in sorted({entry["file"] for entry in entries}):
        lines = (SHARED / "sources" / name).read_text(encoding="utf-8").split("\n")
        found = [each for draft in read_gazette(lines) if isinstance(draft, DocumentDraft) for each in draft.targets]
        result.add(score(found, [label_of(entry) for entry in entries if entry["file"] == name], sample=True))
    return result


def test_a_year_between_a_share_and_its_verb_dates_it() -> None:
    found = facts("产能占比2031年达到85%，2033年达到95%以上。")
    assert found == [fact("产能占比", "=", "85", "%", 2031), fact("产能占比", ">=", "95", "%", 2033)]


def test_an_equals_sign_says_what_is_reached() -> None:
    found = facts("医疗废物处置率=100%，达标率≥95%。", horizon=2031)
    assert found == [fact("医疗废物处置率", "=", "100", "%", 2031), fact("达标率", ">=", "95", "%", 2031)]


def test_a_part_of_the_year_is_no_name() -> None:
    names = [name for name, *_ in facts("确保一季度开工率达到40%，上半年达到70%，三季度末达到100%。")]
    assert names == ["开工率", "开工率", "开工率"]


def test_within_three_years_is_no_name() -> None:
    assert facts("三年里改造老旧小区320个。", horizon=2031) == [fact("老旧小区", "=", "320", "个", 2031)]
