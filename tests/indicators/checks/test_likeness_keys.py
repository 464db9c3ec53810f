"""What projects are found to be alike by."""

from indicators.checks.likeness_keys import KINDS, keys_of
from tests.indicators.checks.forms import form

LONG = "硬化三个村的通村道路十二公里，并修建边沟和错车道。"


def test_texts_are_given_without_white_space() -> None:
    assert keys_of(form(overview=f" {LONG[:8]} \n{LONG[8:]}"))["overview"] == LONG.rstrip("。").replace("，", ",")


def test_short_empty_and_missing_texts_are_left_out() -> None:
    keys = keys_of(form(overview="专款专用。", necessity="", plan=None, safeguards=None, goals={}))
    assert set(keys) == {"name", "stem"}


def test_goals_of_both_scopes_are_keys() -> None:
    keys = keys_of(form(goals={"period": LONG, "annual": LONG}))
    assert keys["goals.period"] == keys["goals.annual"]
    assert set(keys) <= set(KINDS)


def test_parts_share_the_stem_and_not_the_name() -> None:
    first, second = keys_of(form(name="村级道路工程一期")), keys_of(form(name="村级道路工程（二期）"))
    assert first["stem"] == second["stem"]
    assert first["name"] != second["name"]


def test_a_stem_that_is_no_name_is_left_out() -> None:
    assert "stem" not in keys_of(form(name="一期工程"))
