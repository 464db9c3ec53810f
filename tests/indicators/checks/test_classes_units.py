"""What units measure."""

import pytest

from indicators.checks.classes_units import COUNT, MONEY, SHARE, SPACE, TIME, kind_of, measures
from tests.indicators.checks.forms import target


@pytest.mark.parametrize(
    ("unit", "kind"),
    [
        ("元", MONEY), ("万元", MONEY), ("亿元", MONEY), ("%", SHARE), ("百分比", SHARE), ("个百分点", SHARE), ("人次", COUNT), ("台（套）", COUNT),
        ("平方米", SPACE), ("万亩", SPACE), ("公里", SPACE), ("个月", TIME), ("个工作日", TIME), ("元/人", None), ("分贝", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_units_have_a_kind(unit: str | None, kind: str | None) -> None:
    assert kind_of(unit) == kind


def test_a_unit_may_stand_behind_the_name() -> None:
    assert measures(target("output.cost", "投资额（万元）", "1200")) == MONEY
    assert measures(target("output.cost", "投资额（单位：元）", "1200")) == MONEY
    assert measures(target("output.quantity", "投资额", "1200")) is None
    assert measures(target("output.quantity", "投资额（万元）", "有限")) is None
