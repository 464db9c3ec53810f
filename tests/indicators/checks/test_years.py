"""Rules against the year before."""

from decimal import Decimal

from hypothesis import given

from indicators.checks import Form, Target, years
from tests.indicators.checks.forms import form, found, messages, target
from tests.indicators.checks.test_running import forms


def with_target(value: str, name: str = "培训人数", category: str = "output.quantity", **others: object) -> Form:
    return form(target(category, name, value), **others)


def test_money_that_jumps_is_told_with_both_figures() -> None:
    (message,) = messages(years.money_jumps, form(amount=4_000_000), last_year=form(amount=500_000, year=2024))
    assert "4,000,000.00 元，是上年的 8 倍（2024年 500,000.00 元）" in message
    assert "只有上年的 12.5%" in messages(years.money_jumps, form(amount=500_000), last_year=form(amount=4_000_000))[0]


def test_money_near_last_year_is_not_told() -> None:
    now = form(amount=600_000)
    for before in (form(amount=500_000), form(amount=0), form(amount=None), None):
        assert not found(years.money_jumps, now, last_year=before)
    assert not found(years.money_jumps, form(amount=90_000), last_year=form(amount=10_000))


def test_administrators_set_what_a_jump_is() -> None:
    assert found(years.money_jumps, form(amount=750_000), last_year=form(amount=500_000), factor=Decimal("1.5"))


def test_targets_that_jump_are_told() -> None:
    (message,) = messages(years.target_jumps, with_target("≥2000人"), last_year=with_target("≥200人", year=2024))
    assert "“≥2000人”，2024年为“≥200人”" in message
    assert found(years.target_jumps, with_target("≥70%", "合格率"), last_year=with_target("≥95%", "合格率"))


def test_targets_near_last_year_are_not_told() -> None:
    for value, before in (
        ("220人", "200人"),
        ("200人", "200户"),
        ("200人", "0人"),
        ("200人", "提高"),
        ("90%", "95%"),
        ("5%", "20%"),
    ):
        assert not found(years.target_jumps, with_target(value), last_year=with_target(before)), value
    cost = with_target("900万元", "成本", "output.cost"), with_target("90万元", "成本", "output.cost")
    assert not found(years.target_jumps, cost[0], last_year=cost[1])
    assert not found(years.target_jumps, with_target("900人"))


def rows(*values: str) -> list[Target]:
    return [target("output.quantity", f"名称{place}", value) for place, value in enumerate(values)]


def test_targets_that_nobody_touched_are_told_with_the_money() -> None:
    before = form(*rows("3个", "5个", "≥90%"), amount=500_000, year=2024)
    (finding,) = found(years.targets_unchanged, form(*rows("3个", "5 个", "≥90%"), amount=800_000), last_year=before)
    assert "3 个年度指标与2024年逐字相同，而年度资金由 500,000.00 元变为 800,000.00 元" in finding.message
    assert len(finding.fields) == 3


def test_one_change_is_enough() -> None:
    before = form(*rows("3个", "5个", "≥90%"))
    assert not found(years.targets_unchanged, form(*rows("3个", "6个", "≥90%")), last_year=before)
    assert not found(years.targets_unchanged, form(*rows("3个")), last_year=form(*rows("3个")))


@given(forms(), forms())
def test_no_year_before_makes_a_rule_raise(now: Form, before: Form) -> None:
    for rule in years.RULES:
        for finding in found(rule, now, last_year=before):
            assert finding.fields
            assert finding.message.endswith("。")
