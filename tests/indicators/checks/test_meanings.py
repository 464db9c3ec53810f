"""What names mean."""

from decimal import Decimal

import pytest

from indicators.checks import meanings


@pytest.mark.parametrize(
    "name",
    ["合格率", "验收合格率（%）", "学生、家长满意率", "占比", "县级补贴比例", "抢救成功率", "数据有效率", "代表率"],
)
def test_shares(name: str) -> None:
    assert meanings.is_share(name)


@pytest.mark.parametrize("name", ["办事效率", "功率（kW）", "表率", "率先完成", "覆盖面", ""])
def test_other_words_are_no_shares(name: str) -> None:
    assert not meanings.is_share(name)


def test_faults_of_devices_are_bad_and_their_repair_is_not() -> None:
    assert meanings.is_bad_thing("设备故障率")
    assert meanings.is_bad_thing("服务对象投诉率")
    assert not meanings.is_bad_thing("设备故障修复率")
    assert not meanings.is_bad_thing("投诉服务平台数")


def test_good_shares() -> None:
    assert meanings.is_good_share("垃圾清运及时率", "output.timeliness")
    assert meanings.is_good_share("学生反映", "satisfaction.served")
    assert not meanings.is_good_share("超标率", "output.quality")
    assert not meanings.is_good_share("成本控制率", "output.cost")


@pytest.mark.parametrize(("unit", "yuan"), [("元", 3), ("万元", 30_000), ("（万元）", 30_000), ("亿元", 300_000_000)])
def test_units_of_money(unit: str, yuan: int) -> None:
    assert meanings.in_yuan(Decimal(3), unit) == yuan


@pytest.mark.parametrize("unit", [None, "", "个", "元每人"])
def test_other_units_are_no_money(unit: str | None) -> None:
    assert meanings.in_yuan(Decimal(3), unit) is None
