"""Moving indicators between classes."""

from indicators.checks.classes_moving import moved
from tests.indicators.checks.forms import form, target


def test_both_halves_move() -> None:
    halves = tuple(target("output.quality", "支付及时率", "100%", scope=scope) for scope in ("period", "annual"))
    assert [move.text for move in moved(form(*halves), halves, "output.timeliness")] == ["output.timeliness"] * 2


def test_a_class_of_level_one_is_not_emptied() -> None:
    lone, other = (
        target("benefit.social", "村民满意度", "≥90%"),
        target("benefit.economic", "增收", "≥5%", scope="period"),
    )
    assert not moved(form(lone, other), (lone,), "satisfaction.served")
    assert moved(form(lone, target("benefit.economic", "增收", "≥5%")), (lone,), "satisfaction.served")


def test_a_half_that_says_something_else_keeps_its_namesake_in_place() -> None:
    period, annual = (
        target("output.quality", "支付及时率", value, scope=scope)
        for scope, value in (("period", "100%"), ("annual", ""))
    )
    assert not moved(form(period, annual), (period,), "output.timeliness")
