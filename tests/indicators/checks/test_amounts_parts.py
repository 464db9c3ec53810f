"""Breakdowns and products in the texts."""

import pytest

from indicators.checks import Severity, amounts_parts
from tests.indicators.checks.forms import form, found, messages


def test_parts_that_do_not_make_the_whole_are_found() -> None:
    text = "申请620万元，包括:工资270万元(59人,人均4.5万元)、燃料150万元、修理80万元(零星材料等)、业务费48万元。"
    (finding,) = found(amounts_parts.breakdown, form(overview=text))
    assert "“620万元”所列 4 项明细合计 5,480,000.00 元，比总数少 720,000.00 元" in finding.message
    assert finding.severity is None


@pytest.mark.parametrize(
    "text",
    [
        "总投资300万元，其中：土建150万元，设备120万元，监理50万元。", "印制12万元、培训8万元、宣传10万元，合计35万元。",
        "预算70万元，包括水费12万元、电费30万元、取暖费27万元。",
        "补助合计280万元，包括保管费100万元、轮换费80万元、利息90万元。县级资金380万元。",
    ],
)  # fmt: skip
def test_sums_before_and_after_the_parts_are_checked(text: str) -> None:
    assert found(amounts_parts.breakdown, form(overview=text))


def test_some_of_the_parts_are_a_hint_only() -> None:
    text = "总投资300万元，其中土建150万元，设备120万元。"
    assert found(amounts_parts.breakdown, form(overview=text))[0].severity is Severity.HINT


@pytest.mark.parametrize(
    "text",
    [
        "资金共计6805.4万元，其中装修补贴5051.7万元;房租奖补1753.7万元。",
        "总投资1000万元，其中建筑工程620万元，设备180万元，独立费120万元，预备费80万元。",
        "经费96万元，包括硬件40万元（服务器20万元、网络20万元）、软件36万元、驻场20万元等。",
        "预算80万元，其中搭建30万元，演出35万元，其余为安保费。", "总投资22.74亿元，资本金45471万元，其中：政府13641.41万元；企业31829.59万元。",
        "总投资900万元，其中2025年300万元，2026年400万元。", "约需100万元，包括甲30万元、乙40万元。",
        "工资3000元，绩效1000元，20人，共计96万元。", "总投资100万元，其中：1.土建50万元，设备20万元。2.监理30万元。",
        "应还本金10484万元，应还利息2016.97万元，合计12500.97万元。", "总投资100万元，其中财政60万元。",
        "总投资3.2亿元，合作期20年，其中资本金0.64亿元，政府0.128亿元。", "",
    ],
)  # fmt: skip
def test_parts_that_fit_or_are_not_all_are_left_alone(text: str) -> None:
    assert not found(amounts_parts.breakdown, form(overview=text))


def test_a_text_printed_twice_is_said_once() -> None:
    text = "申请60万元，包括甲20万元、乙30万元。"
    assert len(found(amounts_parts.breakdown, form(overview=text, content=text))) == 1


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("12人×3000元×12月=532000元", "432,000.00"), ("5000人×1000元=500万元", None), ("5000人*1000元＝50万元", "5,000,000.00"),
        ("720公里×5000元×80%=2880000元", None), ("3.2公里×80万元=265万元", "2,560,000.00"),
        ("190万页×0.4元=76万元", None),
    ],
)  # fmt: skip
def test_products_are_multiplied(text: str, right: str | None) -> None:
    said = messages(amounts_parts.product, form(overview=f"按{text}测算。"))
    assert bool(said) == (right is not None)
    assert right is None or f"应得 {right} 元" in said[0]


@pytest.mark.parametrize(
    "text",
    [
        "（511681-131420）×6.5%=32965万元",
        "10×20=300个",
        "2元×3元=9元",
        "5人×10元+3人×20元=110元",
        "3000元×12人/2=18000元",
        "=",
    ],
)
def test_other_formulas_are_left_alone(text: str) -> None:
    assert not found(amounts_parts.product, form(overview=text))
