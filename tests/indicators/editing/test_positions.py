"""Where rows stand after what people do with them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indicators.editing.operations import add_row, move_row, remove_row
from indicators.editing.reading import read
from indicators.editing.sheet import Sheet
from indicators.editing.showing import sheet_of
from indicators.state import IndicatorRow, State
from tests.indicators.editing.test_reading import state


def stored(*halves: tuple[int, str, int, str, str]) -> State:
    """A state with halves given as number, scope, position, class and name."""
    made = state()
    made.indicators = {
        number: IndicatorRow(scope, position, category, "", name, "好", None, None, None)
        for number, scope, position, category, name in halves
    }
    return made


SHIFTED = stored(
    (1, "period", 1, "output.quality", "甲"), (2, "annual", 1, "output.quality", "乙"),
    (3, "period", 2, "output.quality", "乙"), (4, "annual", 2, "output.quality", "甲"),
    (5, "period", 3, "output.cost", "丙"), (6, "annual", 3, "output.cost", "丙"),
)  # fmt: skip
"""The annual column runs in another order than the period column."""


def saved(sheet: Sheet, before: State) -> dict[int, int]:
    after = read(sheet, sheet_of(before), before, lambda _: None).state
    assert len({(row.scope, row.position) for row in after.indicators.values()}) == len(after.indicators)
    return {number: row.position for number, row in after.indicators.items()}


def filled(sheet: Sheet, key: str, *, annual: bool = True) -> None:
    row = sheet.row(key)
    assert row is not None
    row.period.name = "新"
    row.annual.name = "新" if annual else ""


def test_a_row_added_elsewhere_leaves_shifted_halves_as_they_are() -> None:
    sheet = sheet_of(SHIFTED)
    filled(sheet, add_row(sheet, "output.cost").row)
    assert saved(sheet, SHIFTED) == {1: 1, 2: 1, 3: 2, 4: 2, 5: 3, 6: 3, -7: 4, -8: 4}


def test_a_row_added_in_between_moves_what_is_below_by_one() -> None:
    sheet = sheet_of(SHIFTED)
    filled(sheet, add_row(sheet, "", after="i5").row)
    filled(sheet, add_row(sheet, "output.quantity").row)
    places = saved(sheet, SHIFTED)
    assert [places[number] for number in (1, 2, 3, 4)] == [2, 2, 3, 3]


def test_a_removed_row_moves_nothing() -> None:
    sheet = sheet_of(SHIFTED)
    remove_row(sheet, "i1")
    assert saved(sheet, SHIFTED) == {2: 1, 3: 2, 5: 3, 6: 3}


def test_a_new_half_stands_beside_its_other_half() -> None:
    before = stored((1, "period", 1, "output.cost", "甲"), (2, "period", 2, "output.cost", "乙"))
    sheet = sheet_of(before)
    sheet.rows[0].annual.name = "甲"
    places = saved(sheet, before)
    assert (places[1], places[2], places[min(places)]) == (1, 2, 1)


def test_a_moved_row_takes_both_halves_along() -> None:
    before = stored(
        (1, "period", 1, "output.cost", "甲"), (2, "annual", 1, "output.cost", "甲"),
        (3, "period", 2, "output.cost", "乙"), (4, "annual", 2, "output.cost", "乙"),
    )  # fmt: skip
    sheet = sheet_of(before)
    move_row(sheet, "i1", 1)
    places = saved(sheet, before)
    assert places[3] == places[4] < places[1] == places[2]


@given(st.data())
def test_added_and_removed_rows_never_reorder_the_others(data: st.DataObject) -> None:
    classes = st.sampled_from(["output.quality", "output.cost"])
    halves = st.lists(st.tuples(st.sampled_from(["period", "annual"]), st.integers(1, 6)), unique=True, max_size=8)
    before = stored(
        *(
            (number, scope, position, data.draw(classes), data.draw(st.sampled_from("甲乙丙")))
            for number, (scope, position) in enumerate(data.draw(halves), start=1)
        )
    )
    sheet = sheet_of(before)
    for _ in range(data.draw(st.integers(1, 4))):
        keys = [row.key for row in sheet.rows]
        if keys and data.draw(st.booleans()):
            remove_row(sheet, data.draw(st.sampled_from(keys)))
        else:
            after = data.draw(st.sampled_from(keys)) if keys and data.draw(st.booleans()) else ""
            filled(sheet, add_row(sheet, "output.cost", after=after).row, annual=data.draw(st.booleans()))
    places = saved(sheet, before)
    old = {number: row.position for number, row in before.indicators.items() if number in places}
    assert sorted(old, key=lambda n: (old[n], n)) == sorted(old, key=lambda n: (places[n], n))
