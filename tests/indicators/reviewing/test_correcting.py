"""What a proposed correction makes of a state."""

from decimal import Decimal

import pytest

from indicators.reviewing.correcting import CorrectionError, corrected
from indicators.state import FIELDS, IndicatorRow, State


def state() -> State:
    row = IndicatorRow("annual", 1, "output.quality", "质量指标", "合格率", "≤100百分比", "<=", Decimal(100), "百分比")
    fields = dict.fromkeys(FIELDS)
    return State({**fields, "department_printed": "交通局"}, goals={"annual": "修路"}, indicators={7: row})


def test_a_value_is_read_as_one_that_was_typed() -> None:
    row = corrected(state(), [("indicator.7.value", "≥98%")]).indicators[7]
    assert (row.value, row.operator, row.number, row.unit) == ("≥98%", ">=", Decimal(98), "%")


def test_a_name_a_goal_and_a_text_become_what_is_proposed() -> None:
    wanted = corrected(
        state(), [("indicator.7.name", "路面合格率"), ("goals.annual", "修路 3 公里"), ("department", "县交通局")]
    )
    assert wanted.indicators[7].name == "路面合格率"
    assert wanted.goals["annual"] == "修路 3 公里"
    assert wanted.fields["department_printed"] == "县交通局"


def test_a_row_moves_under_another_class_with_its_label() -> None:
    row = corrected(state(), [("indicator.7.category", "output.quantity")]).indicators[7]
    assert (row.category_id, row.level2_label) == ("output.quantity", "数量指标")
    assert row.value == "≤100百分比"


def test_the_given_state_stays_as_it_was() -> None:
    before = state()
    corrected(before, [("indicator.7.value", "≥98%")])
    assert before == state()


@pytest.mark.parametrize(
    "path", ["indicator.8.value", "indicator.7.position", "funding.annual.total", "indicator.7.category", "nothing"]
)
def test_places_that_are_not_there_are_refused(path: str) -> None:
    with pytest.raises(CorrectionError):
        corrected(state(), [(path, "5")])
