"""The wording of indicators, goals and texts."""

import pytest

from indicators.checks import Correction, Rule, Severity, wording
from tests.indicators.checks.forms import form, found, messages, target


def says(rule: Rule, name: str, value: str = "≥5个") -> bool:
    return bool(found(rule, form(target("benefit.social", name, value))))


@pytest.mark.parametrize(
    ("value", "once"), [("提高提高", "提高"), ("长期稳定长期稳定", "长期稳定"), ("改善改善改善改善", "改善")]
)
def test_a_doubled_value_is_written_once(value: str, once: str) -> None:
    row = target("benefit.social", "生活水平", value)
    (finding,) = found(wording.doubled, form(row))
    assert finding.corrections == (Correction(row.at("value"), once),)


def test_a_doubled_word_in_a_name_is_a_hint() -> None:
    (finding,) = found(wording.doubled, form(target("benefit.social", "安全水平水平", "好")))
    assert finding.severity is Severity.HINT
    assert not finding.corrections


@pytest.mark.parametrize(
    ("name", "value"), [("生活水平", "提高"), ("家家户户受益", "天天向上"), ("2020年道路", "1212")]
)
def test_words_that_stand_once_are_left_alone(name: str, value: str) -> None:
    assert not says(wording.doubled, name, value)


@pytest.mark.parametrize("value", ["有限", "一定程度", "有所提高", "一般", "较好", "一定程度上改善"])
def test_empty_words_are_found(value: str) -> None:
    assert says(wording.empty_words, "生活水平", value)
    assert not says(wording.cannot_be_judged, "生活水平", value)


@pytest.mark.parametrize("value", ["明显改善", "良好", "有限公司参股", "基本建成", "≥5个"])
def test_words_with_a_measure_are_not_empty(value: str) -> None:
    assert not says(wording.empty_words, "生活水平", value)


@pytest.mark.parametrize("value", ["提高", "不断完善", "有效促进", "得到改善", "稳步提升"])
def test_a_bare_wish_cannot_be_judged(value: str) -> None:
    assert says(wording.cannot_be_judged, "居民健康", value)


@pytest.mark.parametrize("value", ["显著提高", "健全", "规范", "合格", "提高5%", "长期", "提高提高", "明显改善"])
def test_a_grade_a_state_or_a_figure_can(value: str) -> None:
    assert not says(wording.cannot_be_judged, "居民健康", value)


def test_what_another_rule_says_is_not_said_again() -> None:
    assert not says(wording.cannot_be_judged, "提高居民健康", "提高")
    assert not says(wording.cannot_be_judged, "居民参与率", "提高")


LONG = "通过修缮校舍和改造操场使全体师生在安全舒适的环境中学习生活并促进教育均衡发展"


def test_a_long_name_is_found_with_its_length() -> None:
    assert f"长 {len(LONG)} 字" in messages(wording.name_is_sentence, form(target("benefit.social", LONG, "好")))[0]
    assert not found(wording.name_is_sentence, form(target("benefit.social", LONG, "好")), name_length=60)


@pytest.mark.parametrize("name", ["改善办学条件，促进教育教学质量全面提升", "工程全部按照批复的计划完工。"])
def test_a_sentence_is_a_hint(name: str) -> None:
    (finding,) = found(wording.name_is_sentence, form(target("benefit.social", name, "好")))
    assert finding.severity is Severity.HINT


@pytest.mark.parametrize(
    "name", ["校舍安全达标率", "农村老旧住房（含砖木、土坯、窑洞和其他危险结构房屋的鉴定）改造户数", "学生、家长满意度"]
)
def test_noun_phrases_are_left_alone(name: str) -> None:
    assert not says(wording.name_is_sentence, name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("居民满意度≥95%", "95%"),
        ("受训人数不少于500人", "完成"),
        ("满意度达到95%以上", "达到"),
        ("新建公厕12座", "12座"),
    ],
)
def test_a_value_in_the_name_is_found(name: str, value: str) -> None:
    assert says(wording.name_holds_value, name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("65岁以上老人体检率", "≥70%"),
        ("10kV线路长度", "≥10公里"),
        ("≥35岁居民筛查率", "≥60%"),
        ("5个村道路", "≥12公里"),
        ("2025", "2025"),
    ],
)
def test_numbers_that_belong_to_the_name_are_left_alone(name: str, value: str) -> None:
    assert not says(wording.name_holds_value, name, value)
