"""Three states at a re-import: what people changed is never overwritten."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from imports.facts import Facts, IndicatorKey, difference, facts_of, is_same, label, merge
from tests.imports.drafts import projects

texts = st.sampled_from(["甲", "乙", "丙", None])
states = st.fixed_dictionaries({"basis": texts, "plan": texts, "attribute": texts}).map(lambda state: Facts(state))


def applied(current: Facts, changes: list) -> Facts:
    return {**current, **{change.key: change.new for change in changes}}


@given(states, states)
def test_untouched_facts_follow_the_source(base: Facts, stated: Facts) -> None:
    merged = merge(base, base, stated, take_source=False)
    assert applied(base, merged.changes) == stated
    assert merged.conflicts == []


@given(states, states, states)
def test_edited_facts_stay_and_are_named_where_the_source_differs(base: Facts, current: Facts, stated: Facts) -> None:
    merged = merge(base, current, stated, take_source=False)
    after = applied(current, merged.changes)
    edited = {key for key in base if current[key] != base[key]}
    assert all(after[key] == current[key] for key in edited)
    assert {change.key for change in merged.conflicts} == {key for key in edited if stated[key] != current[key]}


@given(states, states, states)
def test_taking_the_source_gives_the_source(base: Facts, current: Facts, stated: Facts) -> None:
    merged = merge(base, current, stated, take_source=True)
    assert applied(current, merged.changes) == stated


@given(states, states)
def test_without_an_earlier_import_every_difference_is_a_conflict(current: Facts, stated: Facts) -> None:
    merged = merge(None, current, stated, take_source=False)
    assert merged.changes == []
    assert len(merged.conflicts) == sum(current[key] != stated[key] for key in current)


@given(projects())
def test_a_draft_does_not_differ_from_itself(draft) -> None:
    assert difference(facts_of(draft), facts_of(draft)) == []


@given(projects(), projects())
def test_drafts_that_are_the_same_have_the_same_facts_in_the_same_order(one, other) -> None:
    assert is_same(one, replace(one, first_line=one.first_line + 1))
    if is_same(one, other):
        assert list(facts_of(one).items()) == list(facts_of(other).items())
    for field in ("name", "plan", "amount", "funding", "indicators", "filed_at"):
        mixed = replace(one, **{field: getattr(other, field)})
        assert is_same(one, mixed) == (getattr(one, field) == getattr(other, field))


@given(projects())
def test_every_fact_has_a_chinese_name(draft) -> None:
    assert all("\u4e00" <= label(key)[0] <= "\u9fff" for key in facts_of(draft))


def test_the_label_of_an_indicator_says_where_it_stands() -> None:
    key = IndicatorKey("annual", "output.cost", "运营成本", 2)
    assert label(key) == "年度指标 产出指标/成本指标/运营成本（第 2 条）"


def test_contacts_that_a_source_cannot_state_are_left_alone() -> None:
    assert merge({}, {"contact_phone": "5086000"}, {}, take_source=True).changes == []
