"""Comparators against what is wished."""

import pytest

from indicators.checks import Correction, Rule, Severity, direction
from tests.indicators.checks.forms import form, found, target

LETTERS = {
    "Q": "output.quantity", "L": "output.quality", "T": "output.timeliness", "C": "output.cost",
    "E": "benefit.economic", "S": "benefit.social", "G": "benefit.ecological", "M": "satisfaction.served",
}  # fmt: skip


def says(rule: Rule, letter: str, name: str, value: str) -> bool:
    return bool(found(rule, form(target(LETTERS[letter], name, value))))


@pytest.mark.parametrize(
    ("letter", "name", "value"),
    [
        ("M", "居民满意度", "≤95%"), ("M", "满意度", "＜90%"), ("M", "公众满意率", "<=90%"), ("M", "满意程度", "不高于95%"),
        ("L", "验收合格率", "≤98%"), ("L", "合格率（%）", "≤98"), ("T", "发放及时率", "95%以下"), ("S", "垃圾分类覆盖率", "≤85%"),
        ("T", "按期完成率", "≤90%"), ("S", "巩固率", "≤98%"), ("L", "检修及时率", "≤90百分比"),
    ],
)  # fmt: skip
def test_what_should_be_high_has_no_cap(letter: str, name: str, value: str) -> None:
    assert says(direction.good_thing_capped, letter, name, value)


@pytest.mark.parametrize(
    ("letter", "name", "value"),
    [
        ("M", "居民满意度", "≥95%"), ("M", "不满意率", "≤5%"), ("M", "服务对象投诉率", "≤3%"), ("L", "不合格率", "≤2%"),
        ("L", "成本控制率", "≤100%"), ("L", "资产负债率", "≤60%"), ("S", "差错率", "≤1%"), ("E", "三公经费增长率", "≤0%"),
        ("S", "辍学率", "≤0.5%"), ("G", "水位下降率", "≤5%"), ("M", "满意度", "较高"), ("L", "未完成率", "≤3%"),
    ],
)  # fmt: skip
def test_caps_with_sense_are_left_alone(letter: str, name: str, value: str) -> None:
    assert not says(direction.good_thing_capped, letter, name, value)


def test_the_other_comparator_is_proposed_for_both_halves() -> None:
    rows = [target("satisfaction.served", "居民满意度", "≤95%", scope=scope) for scope in ("period", "annual")]
    (finding,) = found(direction.good_thing_capped, form(*rows))
    assert finding.corrections == tuple(Correction(row.at("value"), "≥95%") for row in rows)
    assert "实施期和年度“居民满意度”" in finding.message


@pytest.mark.parametrize("value", ["≤5%", "≤98分"])
def test_a_figure_that_may_be_wrong_itself_is_not_corrected(value: str) -> None:
    (finding,) = found(direction.good_thing_capped, form(target("satisfaction.served", "居民满意度", value)))
    assert not finding.corrections


@pytest.mark.parametrize(
    ("letter", "name", "value"),
    [("L", "抽检合格率", "≤100%"), ("M", "满意度", "≤100%"), ("L", "投诉率", "≤100%"), ("Q", "培训场次", "≥0场")],
)
def test_a_limit_that_cannot_be_missed_is_found(letter: str, name: str, value: str) -> None:
    assert says(direction.always_true, letter, name, value)
    assert not says(direction.good_thing_capped, letter, name, value)


@pytest.mark.parametrize(
    ("letter", "name", "value"),
    [
        ("L", "抽检合格率", "=100%"), ("L", "抽检合格率", "≥100%"), ("C", "成本控制率", "≤100%"), ("L", "合格率", "<100%"),
        ("E", "财政收入增长率", "≥0%"), ("E", "净利润", "≥0元"), ("S", "安全事故", "≥0起"),
    ],
)  # fmt: skip
def test_limits_that_say_something_are_left_alone(letter: str, name: str, value: str) -> None:
    assert not says(direction.always_true, letter, name, value)


@pytest.mark.parametrize(
    ("name", "value", "severity"),
    [
        ("新建活动室", "≤8个", Severity.SHOULD),
        ("培训教师", "<300人", Severity.SHOULD),
        ("文物点", "≤9处", Severity.HINT),
    ],
)
def test_a_count_that_nothing_fulfils_is_found(name: str, value: str, severity: Severity) -> None:
    (finding,) = found(direction.zero_fulfils, form(target("output.quantity", name, value)))
    assert finding.severity is severity


@pytest.mark.parametrize(
    ("letter", "name", "value"),
    [
        ("Q", "公务用车保有量", "≤12辆"), ("Q", "会议次数", "≤10次"), ("Q", "编制人数", "≤35人"), ("Q", "新建活动室", "≥8个"),
        ("Q", "用电量", "≤500度"), ("Q", "建设工期", "≤90天"), ("Q", "项目总投资", "≤90万元"), ("S", "上访人数", "≤5人"),
    ],
)  # fmt: skip
def test_counts_that_may_be_capped_are_left_alone(letter: str, name: str, value: str) -> None:
    assert not says(direction.zero_fulfils, letter, name, value)


@pytest.mark.parametrize("name", ["能耗下降率", "投诉下降幅度", "节约用水量", "二氧化碳减排量", "水土流失面积减少率"])
def test_a_wished_reduction_has_no_cap(name: str) -> None:
    assert says(direction.reduction_capped, "G", name, "≤5%")
    assert not says(direction.reduction_capped, "G", name, "≥5%")


@pytest.mark.parametrize(
    ("letter", "name", "value"),
    [
        ("G", "地下水位下降幅度", "≤1米"),
        ("E", "收入下降率", "≤3%"),
        ("S", "减少事故起数", "≤2起"),
        ("C", "降低成本额", "≤9万元"),
    ],
)
def test_reductions_that_nobody_wishes_are_left_alone(letter: str, name: str, value: str) -> None:
    assert not says(direction.reduction_capped, letter, name, value)


@pytest.mark.parametrize(
    ("letter", "name", "value"),
    [
        ("S", "安全事故", "≥1起"), ("S", "投诉率", "≥5%"), ("L", "设备故障率", ">3%"), ("L", "发放差错率", "≥1%"),
        ("C", "建设成本", "≥500万元"), ("C", "超支金额", "≥5万元"), ("S", "再犯罪率", "≥2%"), ("S", "伤亡人数", "≥0人"),
        ("T", "故障响应时间", "≥30分钟"), ("S", "群众平均等候时间", "≥20分钟"), ("T", "事项办结时限", ">5个工作日"),
    ],
)  # fmt: skip
def test_what_nobody_wants_has_no_floor(letter: str, name: str, value: str) -> None:
    assert says(direction.bad_thing_floored, letter, name, value)


@pytest.mark.parametrize(
    ("letter", "name", "value"),
    [
        ("S", "投诉处理率", "≥95%"), ("Q", "事故隐患排查次数", "≥24次"), ("Q", "失业保险参保人数", "≥500人"),
        ("Q", "维修故障路灯", "≥100盏"), ("E", "挽回经济损失", "≥20万元"), ("S", "事故下降率", "≥5%"), ("C", "补助标准", "≥500元"),
        ("E", "节约成本", "≥10万元"), ("S", "安全事故", "≤1起"), ("Q", "不良反应监测报告数", "≥60例"),
        ("T", "故障响应时间", "≤30分钟"), ("S", "缩短等候时间", "≥20分钟"), ("T", "平均无故障运行时间", "≥720小时"),
        ("S", "场馆开放时间", "≥8小时"), ("Q", "应急响应次数", "≥3次"),
    ],
)  # fmt: skip
def test_what_is_done_about_bad_things_may_have_a_floor(letter: str, name: str, value: str) -> None:
    assert not says(direction.bad_thing_floored, letter, name, value)


def test_satisfaction_below_the_threshold_is_found() -> None:
    low = form(target("satisfaction.served", "学生满意度", "≥75%"))
    assert found(direction.satisfaction_low, low)
    assert not found(direction.satisfaction_low, low, satisfaction=70)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("学生满意度", "≥80%"),
        ("满意度提升幅度", "≥5%"),
        ("不满意率", "≤5%"),
        ("满意度", "≥4.5分"),
        ("问卷回收数", "≥30份"),
    ],
)
def test_other_figures_of_satisfaction_are_left_alone(name: str, value: str) -> None:
    assert not says(direction.satisfaction_low, "M", name, value)


@pytest.mark.parametrize(("name", "value"), [("满意度", "≥950%"), ("验收合格率", "=1000%"), ("覆盖率", ">100%")])
def test_a_part_above_the_whole_is_found(name: str, value: str) -> None:
    assert says(direction.share_over_hundred, "L", name, value)


@pytest.mark.parametrize(("name", "value"), [("预算执行率", "≥105%"), ("覆盖率提升", "≥120%"), ("合格率", "=100%")])
def test_what_may_pass_the_whole_is_left_alone(name: str, value: str) -> None:
    assert not says(direction.share_over_hundred, "L", name, value)
