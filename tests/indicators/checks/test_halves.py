"""Indicators that stand in both halves of the form."""

from collections.abc import Iterator

import pytest

from indicators.checks import Target, halves
from indicators.checks.halves import at, called, corrected, judged, judged_alike, printed, row_judge, shown
from tests.indicators.checks.forms import form, target


def pair(value: str = "≥5公里") -> tuple[Target, Target]:
    return (
        target("output.quantity", "道路", value, scope="annual"),
        target("output.quantity", " 道路", value, scope="period"),
    )


def test_what_is_alike_is_said_once() -> None:
    annual, period = pair()
    assert list(judged_alike(form(annual, period), lambda one: one.value)) == [((annual, period), "≥5公里")]
    assert list(judged((annual, period), lambda one: one.scope)) == [((annual,), "annual"), ((period,), "period")]


def test_what_differs_in_its_value_stands_apart() -> None:
    rows = (pair()[0], pair("≥6公里")[1])
    assert len(list(judged_alike(form(*rows), lambda one: one.is_quantitative))) == 2
    assert not list(judged_alike(form(*rows), lambda one: one.operator and None))


@pytest.fixture
def no_judges(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever a test marks as one is gone afterwards."""
    monkeypatch.setattr(halves, "_ROW_JUDGES", {})
    halves._verdicts.cache_clear()
    yield
    halves._verdicts.cache_clear()


@pytest.mark.usefixtures("no_judges")
def test_what_was_said_of_a_row_is_said_of_it_in_another_form_without_looking_again() -> None:
    looked = []

    @row_judge
    def long(target: Target) -> int | None:
        looked.append(target.value)
        return len(target.value) if len(target.value) > 3 else None

    one, other = (target("output.quantity", "水渠", value, scope="annual") for value in ("≥17公里", "≥17米"))
    assert [list(judged_alike(form(one, other), long)) for _ in range(2)] == [[((one,), 5), ((other,), 4)]] * 2
    assert sorted(looked) == ["≥17公里", "≥17米"]


def test_both_halves_are_called_pointed_at_and_corrected() -> None:
    both = pair()
    assert called(both) == "实施期和年度“道路”"
    assert called(both[:1]) == "年度“道路”"
    assert printed(both) == "“≥5公里”"
    assert at(both, "value", "name")[0] == both[0].at("value")
    assert [one.path for one in corrected(both, "value", "=5公里")] == [one.at("value") for one in both]


def test_long_texts_are_cut_in_messages() -> None:
    assert shown(" 道路 ") == "道路"
    assert len(shown("道" * 80)) == 25
