"""Three states meet."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from indicators.editing.merging import facts_of, merge
from indicators.state import Cell, IndicatorRow, State
from tests.indicators.editing.test_reading import state

TEXTS = st.sampled_from(["一", "二", "三"])


def with_value(base: State, row: int, **values: object) -> State:
    changed = base.copy()
    changed.indicators[row] = changed.indicators[row]._replace(**values)
    return changed


def without(base: State, number: int) -> State:
    changed = base.copy()
    del changed.indicators[number]
    return changed


def keys(differences: list) -> list[str]:
    return [difference.key for difference in differences]


def test_changes_of_different_fields_both_stand() -> None:
    base = state(plan="原")
    merged = merge(base, state(plan="他改"), state(plan="原", duration="3年"))
    assert (merged.state.fields["plan"], merged.state.fields["duration"]) == ("他改", "3年")
    assert (keys(merged.conflicts), keys(merged.others)) == ([], ["plan"])


def test_changes_of_one_field_are_a_conflict_with_both_values() -> None:
    merged = merge(state(plan="原"), state(plan="他改"), state(plan="我改"))
    assert [tuple(conflict) for conflict in merged.conflicts] == [("plan", "项目实施计划", "原", "他改", "我改")]
    assert merged.state.fields["plan"] == "我改"


def test_the_same_change_by_both_is_no_conflict() -> None:
    merged = merge(state(plan="原"), state(plan="改"), state(plan="改"))
    assert not merged.came_between


def test_a_conflict_can_be_decided_for_the_other() -> None:
    merged = merge(state(plan="原"), state(plan="他改"), state(plan="我改"), {"plan": "theirs"})
    assert merged.state.fields["plan"] == "他改"


def test_name_and_value_of_an_indicator_are_fields_of_their_own() -> None:
    base = state()
    merged = merge(base, with_value(base, 2, name="改名"), with_value(base, 2, value="≥13间", number=Decimal(13)))
    row = merged.state.indicators[2]
    assert (row.name, row.value, row.number, merged.conflicts) == ("改名", "≥13间", Decimal(13), [])


def test_an_indicator_that_one_removed_and_the_other_changed_is_a_conflict() -> None:
    base = state()
    merged = merge(base, with_value(base, 2, name="改名"), without(base, 2))
    assert keys(merged.conflicts) == ["indicator.2"]
    assert merged.conflicts[0].mine == "没有这一条"
    assert 2 not in merged.state.indicators
    assert (
        2 in merge(base, with_value(base, 2, name="改名"), without(base, 2), {"indicator.2": "theirs"}).state.indicators
    )


def test_an_indicator_that_nobody_else_touched_is_removed() -> None:
    base = state()
    assert set(merge(base, base.copy(), without(base, 2)).state.indicators) == {1, 3}
    assert set(merge(base, without(base, 2), base.copy()).state.indicators) == {1, 3}


def test_rows_added_by_both_all_stand() -> None:
    base = state()
    theirs, mine = base.copy(), base.copy()
    theirs.indicators[50] = base.indicators[3]._replace(name="他加", position=3)
    mine.indicators[-1] = base.indicators[3]._replace(name="我加", position=3)
    merged = merge(base, theirs, mine)
    assert [row.name for row in merged.state.indicators.values()] == ["改造教室", "改造教室", "合格", "我加", "他加"]
    assert len({(row.scope, row.position) for row in merged.state.indicators.values()}) == 5


def test_an_order_that_both_changed_is_a_conflict() -> None:
    base = state()
    base.indicators[4] = base.indicators[3]._replace(name="丙", position=3)
    theirs, mine = base.copy(), base.copy()
    for side, order in ((theirs, (3, 2, 1, 4)), (mine, (4, 1, 2, 3))):
        side.indicators = {
            number: side.indicators[number]._replace(position=place) for place, number in enumerate(order)
        }
    merged = merge(base, theirs, mine)
    assert keys(merged.conflicts) == ["order"]
    assert list(merged.state.indicators) == [4, 1, 2, 3]
    assert list(merge(base, theirs, mine, {"order": "theirs"}).state.indicators) == [3, 2, 1, 4]


def test_an_order_that_the_other_changed_stands() -> None:
    base = state()
    theirs = base.copy()
    theirs.indicators = {n: base.indicators[n]._replace(position=p) for p, n in enumerate((3, 1, 2), start=1)}
    merged = merge(base, theirs, with_value(base, 3, name="我改"))
    assert list(merged.state.indicators) == [3, 1, 2]
    assert (keys(merged.others), merged.conflicts) == (["order"], [])


def test_an_amount_takes_its_printed_text_along() -> None:
    base = state()
    theirs = base.copy()
    theirs.fields.update(amount=Decimal("5.00"), amount_printed="5元")
    theirs.funding[("annual", "local")] = Cell(Decimal("5.00"), "5元")
    merged = merge(base, theirs, state(plan="我改"))
    assert merged.state.fields["amount_printed"] == "5元"
    assert merged.state.funding[("annual", "local")] == Cell(Decimal("5.00"), "5元")


@given(
    st.lists(TEXTS, min_size=6, max_size=6),
    st.lists(TEXTS, min_size=6, max_size=6),
    st.lists(TEXTS, min_size=6, max_size=6),
)
def test_no_change_of_anybody_is_lost(before: list[str], theirs: list[str], mine: list[str]) -> None:
    def made(words: list[str]) -> State:
        rows = {
            number: IndicatorRow("annual", number, "output.quality", "", name, value, None, None, None)
            for number, (name, value) in enumerate(zip(words[2:4], words[4:6], strict=True), start=1)
        }
        changed = state(plan=words[0], basis=words[1])
        changed.indicators = rows
        return changed

    one, two, three = made(before), made(theirs), made(mine)
    merged = merge(one, two, three)
    facts = [facts_of(side) for side in (one, two, three, merged.state)]
    conflicts = set(keys(merged.conflicts))
    for key in facts[0]:
        if key.startswith("indicator.") and key.count(".") == 1:
            continue
        base, other, own, after = (side[key] for side in facts)
        assert (key in conflicts) == (other != base and own not in (base, other))
        assert after == (own if own != base else other)


def test_moments_are_told_as_the_form_shows_them() -> None:
    filed = datetime(2024, 12, 17, 1, 7, 9, tzinfo=UTC)
    (difference,) = merge(state(filed_at=None), state(filed_at=filed), state(filed_at=None)).others
    assert (difference.base, difference.theirs) == ("空白", "2024-12-17 09:07:09")
