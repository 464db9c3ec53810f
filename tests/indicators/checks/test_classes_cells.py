"""Rules on cells that slipped or were cut."""

import pytest

from indicators.checks import classes_cells
from tests.indicators.checks.forms import form, found, messages, target


def test_halves_of_different_classes_are_told() -> None:
    halves = target("output.quantity", "决算审计", "100%", scope="period"), target("output.quality", "决算审计", "100%")
    assert messages(classes_cells.halves_differ, form(*halves)) == [
        "指标“决算审计”实施期列在“数量指标”，年度列在“质量指标”，请核对是否串行。"
    ]


def test_a_name_that_comes_twice_is_no_halves() -> None:
    twice = [
        target(code, "设备", "3台", scope=scope)
        for code in ("output.quantity", "output.quality")
        for scope in ("period", "annual")
    ]
    assert not found(classes_cells.halves_differ, form(*twice))


def test_the_two_places_of_cost_are_one_class() -> None:
    halves = target("output.cost", "总成本", "≤9万元", scope="period"), target("cost.economic", "总成本", "≤9万元")
    assert not found(classes_cells.halves_differ, form(*halves))


def test_a_cut_name_is_made_whole() -> None:
    whole = target("satisfaction.served", "入驻企业对服务的满意度", "≥90%", scope="period")
    cut = target("satisfaction.served", "入驻企业对服务的满", "≥90%")
    (finding,) = found(classes_cells.name_cut, form(whole, cut))
    assert finding.corrections == ((cut.at("name"), "入驻企业对服务的满意度"),)


@pytest.mark.parametrize(
    ("period", "annual", "value"),
    [("培训人数", "培训人数", "90人"), ("道路里程（全程）", "道路里程", "90人"), ("培训场地面积", "培训场地", "80人"), ("村民满意度", "村民", "90人")],
)  # fmt: skip
def test_other_names_are_not_cut(period: str, annual: str, value: str) -> None:
    halves = target("output.quantity", period, "90人", scope="period"), target("output.quantity", annual, value)
    assert not found(classes_cells.name_cut, form(*halves))


def test_a_name_that_both_halves_have_is_not_cut() -> None:
    names = [("period", "培训人数增量"), ("period", "培训人数"), ("annual", "培训人数")]
    rows = [target("output.quantity", name, "90人", scope=scope) for scope, name in names]
    assert not found(classes_cells.name_cut, form(*rows))
