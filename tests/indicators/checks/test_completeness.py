"""Rules on cells that have to be filled in."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from indicators.checks import Severity, completeness
from tests.indicators.checks.forms import form, found, messages, target

TABLE = {"period": {"local": None}, "annual": {"local": None}}


@pytest.mark.parametrize(
    "path", ["name", "department", "department_code", "implementing_unit", "attribute", "duration"]
)
def test_a_required_cell_that_is_empty_is_told_beside_it(path: str) -> None:
    blank = form()
    (finding,) = found(completeness.required_cells, replace(blank, texts={**blank.texts, path: " "}))
    assert finding.fields == (path,)


def test_a_cell_that_the_source_does_not_have_is_not_asked_for() -> None:
    assert not found(completeness.required_cells, form(department_code=None, attribute=None))


def test_a_row_of_a_list_has_no_cells_to_fill() -> None:
    listed = form(attribute="", overview="", contact_lead="", goals={}, amount=None, is_form=False)
    for rule in completeness.RULES:
        assert not found(rule, listed)


def test_both_totals_are_asked_for() -> None:
    blank = form(amount=None, period_amount=None, funding=TABLE)
    assert [one.fields for one in found(completeness.totals, blank)] == [
        ("funding.annual.total",),
        ("funding.period.total",),
    ]


def test_a_form_without_a_column_for_the_period_needs_no_total_of_it() -> None:
    assert not found(completeness.totals, form(period_amount=None, funding={"annual": {"local": Decimal(5)}}))


def test_a_total_of_zero_is_filled_in() -> None:
    assert not found(completeness.totals, form(amount=0, funding=TABLE))


def test_a_blank_total_above_sources_with_money_is_left_to_the_rules_on_money() -> None:
    assert not found(completeness.totals, form(amount=None, funding={"annual": {"local": Decimal(5)}}))


def test_both_goals_are_asked_for() -> None:
    blank = form(target("output.quantity", "里程", "3公里", scope="period"), goals={"annual": ""})
    assert [one.fields for one in found(completeness.goals, blank)] == [("goals.period",), ("goals.annual",)]


def test_a_form_without_a_period_needs_no_goal_of_it() -> None:
    assert not found(completeness.goals, form(goals={"annual": "修路。"}))


@pytest.mark.parametrize("text", ["", "无", "—", "/", "暂无。", "（略）"])
def test_a_text_that_says_there_is_none_is_missing(text: str) -> None:
    assert [one.fields for one in found(completeness.descriptions, form(plan=text))] == [("plan",)]


@pytest.mark.parametrize("text", ["无", "无偿献血宣传。", None])
def test_only_empty_texts_are_missing(text: str | None) -> None:
    assert bool(found(completeness.descriptions, form(overview=text))) == (text == "无")


@pytest.mark.parametrize("text", ["详见附件", "按计划实施", "按进度推进。", "根据实际情况安排"])
def test_a_text_that_only_points_elsewhere_says_nothing(text: str) -> None:
    assert "看不出内容" in messages(completeness.empty_words, form(plan=text))[0]


@pytest.mark.parametrize("text", ["5月开工，9月完工", "按月支付电费", "严格执行招投标制度", "每季度末结算", "无"])
def test_a_short_text_with_something_in_it_is_not_told(text: str) -> None:
    assert not found(completeness.empty_words, form(plan=text))


def test_those_who_filed_are_named_in_one_finding() -> None:
    (finding,) = found(completeness.contacts, form(contact_lead="", contact_phone="", filed=datetime(2024, 12, 1)))
    assert finding.fields == ("contact_lead", "contact_phone")
    assert "负责人、联系电话" in finding.message


def test_the_date_of_filing_is_asked_for() -> None:
    assert [one.fields for one in found(completeness.contacts, form())] == [("filed_at",)]


def test_a_form_without_a_row_for_contacts_needs_none() -> None:
    assert not found(completeness.contacts, form(contact_lead=None, contact_handler=None, contact_phone=None))


def test_severities_follow_what_is_missing() -> None:
    assert completeness.required_cells.severity is Severity.MUST
    assert completeness.contacts.severity is Severity.HINT
