"""Rules on the class of an indicator."""

import pytest

from indicators.checks import Rule, Target, classes
from tests.indicators.checks.forms import form, found, messages, target


def told(rule: Rule, *targets: Target, **others: str) -> list[str]:
    return messages(rule, form(*targets, **others))


@pytest.mark.parametrize(
    ("name", "value"), [("项目总投资", "≤4000万元"), ("补助资金", "300000元"), ("投资额（万元）", "1200")]
)
def test_money_is_no_quantity(name: str, value: str) -> None:
    assert "应列在成本指标下" in told(classes.money_under_quantity, target("output.quantity", name, value))[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [("新增担保贷款", "≥2亿元"), ("完成投资额", "3000万元"), ("招商引资到位资金", "≥5亿元"), ("偿还债券本金", "5000万元"), ("修建道路", "12公里"), ("补助标准", "500元"), ("发放次数", "12次")],
)  # fmt: skip
def test_money_that_is_brought_about_may_be_a_quantity(name: str, value: str) -> None:
    assert not told(classes.money_under_quantity, target("output.quantity", name, value))


def test_halves_that_say_the_same_are_told_together() -> None:
    halves = [target("output.quantity", "总投资", "90万元", scope=scope) for scope in ("period", "annual")]
    (finding,) = found(classes.money_under_quantity, form(*halves))
    assert finding.message.startswith("数量指标实施期和年度“总投资”")
    assert len(finding.fields) == 4


@pytest.mark.parametrize("value", ["有效", "不超预算", "3次", "据实结算"])
def test_a_cost_says_how_much(value: str) -> None:
    assert told(classes.cost_without_money, target("output.cost", "成本控制", value))


@pytest.mark.parametrize(
    ("name", "value"),
    [("项目成本", "≤120万元"), ("成本节约率", "≥5%"), ("补助标准", "60元/人·月"), ("项目成本", ""), ("项目成本", "120"), ("成本（万元）", "120"), ("预算控制", "≤100百分比")],
)  # fmt: skip
def test_a_cost_with_money_or_a_share_is_not_told(name: str, value: str) -> None:
    assert not told(classes.cost_without_money, target("output.cost", name, value))


def test_social_costs_need_no_money() -> None:
    assert not told(classes.cost_without_money, target("cost.social", "施工扰民投诉", "≤3次"))


@pytest.mark.parametrize(
    ("category", "name", "value"),
    [
        ("output.quality", "资金支付及时率", "100%"), ("output.quality", "按时完成率", "100%"), ("output.quality", "按时完工", "是"), ("output.quality", "2025年底前完成", "100%"), ("output.quantity", "完工时间", "2025年10月"),
        ("output.quality", "项目进度", "2025年10月底前"), ("output.quantity", "建设工期", "180天"),
    ],
)  # fmt: skip
def test_time_belongs_to_timeliness(category: str, name: str, value: str) -> None:
    assert "应列在时效指标下" in told(classes.time_elsewhere, target(category, name, value))[0]


@pytest.mark.parametrize(
    ("category", "name", "value"),
    [
        ("output.timeliness", "资金支付及时率", "100%"), ("output.quality", "急救响应及时率", "≥98%"), ("output.quantity", "开放天数", "≥300天"),
        ("output.quality", "验收合格率", "100%"), ("output.quantity", "培训课时", "40小时"), ("output.quality", "进度款审核准确率", "100%"),
    ],
)  # fmt: skip
def test_other_targets_do_not_belong_to_timeliness(category: str, name: str, value: str) -> None:
    assert not told(classes.time_elsewhere, target(category, name, value))


def test_a_rate_of_time_is_moved() -> None:
    late = target("output.quality", "资金拨付及时率", "100%")
    (finding,) = found(classes.time_elsewhere, form(late))
    assert finding.corrections == ((late.at("category"), "output.timeliness"),)


@pytest.mark.parametrize(
    ("category", "name", "value"),
    [
        ("output.quality", "培训村干部", "≥110人"), ("output.quality", "绿化补植", "3000平方米"), ("output.timeliness", "培训村干部", "110人"),
        ("satisfaction.served", "受益群众", "≥500户"), ("output.timeliness", "项目资金", "300万元"),
    ],
)  # fmt: skip
def test_a_unit_fits_its_class(category: str, name: str, value: str) -> None:
    assert told(classes.unit_misfits, target(category, name, value))


@pytest.mark.parametrize(
    ("category", "name", "value"),
    [
        ("output.quality", "安全事故", "0起"), ("output.quality", "堤防溃决", "0处"), ("output.quality", "漏水点", "≤3个"), ("output.quality", "重大差错", "≤1个"), ("output.quality", "路面宽度", "4.5米"), ("output.quality", "获奖作品", "≥2件"),
        ("output.timeliness", "发放频次", "12次"), ("output.timeliness", "服务期限", "12个月"), ("satisfaction.served", "群众投诉", "≤2件"),
        ("satisfaction.served", "群众满意度", "≥90%"), ("output.quantity", "受益群众", "500户"), ("output.quality", "通过验收的项目", "5个"), ("output.quality", "创建文明村", "2个"), ("output.quality", "日供水能力", "2万吨"),
    ],
)  # fmt: skip
def test_units_that_a_class_may_have_are_not_told(category: str, name: str, value: str) -> None:
    assert not told(classes.unit_misfits, target(category, name, value))
