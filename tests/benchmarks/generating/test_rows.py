"""Projects: forms as the site's reader takes them, made by number alone, with money and targets that hold together."""

from decimal import Decimal
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generating import texts
from benchmarks.generating.draws import Draws
from benchmarks.generating.forms import text_of
from benchmarks.generating.loading import blocks
from benchmarks.generating.money import Style, printed
from benchmarks.generating.plan import Lot, Plan
from benchmarks.generating.rows import drafts_of
from imports.drafts import SCOPES, ProjectDraft
from imports.opening import open_text
from imports.reading import Defaults
from indicators.values import parse_value
from perfgoals.money import parse_amount

SMALL = Plan(400, 5, 6)


@pytest.fixture(scope="module")
def drafts() -> list[ProjectDraft]:
    return [draft for lot in SMALL.lots for draft in drafts_of(SMALL, lot, 18)]


@settings(max_examples=30)
@given(st.integers(0, 2**40), st.integers(1, 24))
def test_the_reader_takes_from_a_form_what_was_put_in(seed: int, indicators: int) -> None:
    plan = Plan(30, seed, 2)
    for lot in plan.lots:
        made = list(drafts_of(plan, lot, indicators))
        file = open_text(text_of(made).encode(), None)
        assert list(file.drafts(Defaults())) == made
        assert not list(file.reading.unclaimed())


@given(st.integers(1, 500), st.integers(1, 4))
def test_blocks_of_any_size_and_number_of_processes_hold_each_lot_once(size: int, jobs: int) -> None:
    shares = [[lot for at, block in enumerate(blocks(SMALL.lots, size)) if at % jobs == nth for lot in block] for nth in range(jobs)]  # fmt: skip
    assert sorted(lot for share in shares for lot in share) == SMALL.lots


@settings(max_examples=20)
@given(st.sampled_from(SMALL.lots))
def test_a_lot_is_the_same_without_those_before_it(lot: Lot) -> None:
    again = Plan(400, 5, 6)
    known = next(other for other in again.lots if other == lot)
    assert list(drafts_of(again, known, 18)) == list(drafts_of(SMALL, known, 18))


def test_another_seed_makes_other_projects(drafts: list[ProjectDraft]) -> None:
    other = Plan(400, 6, 6)
    names = {draft.name for lot in other.lots for draft in drafts_of(other, lot, 18)}
    assert len(names & {draft.name for draft in drafts}) < 0.5 * len(names)


@pytest.mark.parametrize("count", [1, 2, 5, 18, 31])
def test_every_project_has_as_many_indicators_as_asked_for(count: int) -> None:
    for lot in SMALL.lots[:10]:
        for draft in drafts_of(SMALL, lot, count):
            assert len(draft.indicators) == count
            assert sum(one.scope == "annual" for one in draft.indicators) == (count + 1) // 2


def test_targets_say_what_is_printed(drafts: list[ProjectDraft]) -> None:
    for draft in drafts:
        for one in draft.indicators:
            assert (one.operator, one.number, one.unit) == parse_value(one.value)


def test_amounts_say_what_is_printed(drafts: list[ProjectDraft]) -> None:
    for draft in drafts:
        for column in (draft.funding or {}).values():
            for cell in (column.total, *column.sources.values()):
                assert cell.printed is not None
                assert parse_amount(cell.printed, draft.printed_unit) == cell.yuan


@given(st.integers(0, 10**15), st.sampled_from(["元", "万元"]), st.booleans())
def test_any_amount_is_printed_to_the_fen(fen: int, unit: str, commas: bool) -> None:
    cell = printed(fen, Style(unit, commas, True))
    assert cell.yuan == Decimal(fen) / 100 == parse_amount(cell.printed or "", unit)


def test_sources_sum_up_to_the_total_in_all_but_a_few_forms(drafts: list[ProjectDraft]) -> None:
    differing = 0
    for draft in drafts:
        columns = [draft.funding[scope] for scope in SCOPES] if draft.funding else []
        sums = [sum((cell.yuan or 0 for cell in column.sources.values()), Decimal(0)) for column in columns]
        differing += any(total != (column.total.yuan or 0) for total, column in zip(sums, columns, strict=True))
    assert 0 < differing < 0.04 * len(drafts)


def test_blank_cells_and_zeros_both_occur(drafts: list[ProjectDraft]) -> None:
    cells = [cell for draft in drafts for column in (draft.funding or {}).values() for cell in column.sources.values()]
    assert {cell.yuan for cell in cells} >= {None, Decimal("0.00")}
    assert {draft.amount.printed for draft in drafts} & {""}


def test_amounts_are_skewed(drafts: list[ProjectDraft]) -> None:
    amounts = sorted(draft.amount.yuan for draft in drafts if draft.amount.yuan)
    assert sum(amounts) / len(amounts) > 2 * median(amounts)
    assert any(amount % 1 for amount in amounts)


def test_texts_are_of_some_fifty_to_four_hundred_characters(drafts: list[ProjectDraft]) -> None:
    lengths = sorted(len(draft.overview or "") for draft in drafts)
    assert lengths[len(lengths) // 20] > 30
    assert 250 < lengths[-1] < 700
    assert sum(lengths) / len(lengths) > median(lengths)


def test_nothing_is_said_twice_in_one_text() -> None:
    sentences = [texts._BASIS, texts._OVERVIEW, texts._NECESSITY, texts._SAFEGUARDS, texts._PLAN, texts._GOAL]
    for one in sentences:
        assert len({nth * texts._STEP % len(one) for nth in range(len(one))}) == len(one)


def test_draws_depend_on_their_key_alone() -> None:
    assert [Draws(1, 2).random() for _ in range(3)] == [Draws(1, 2).random()] * 3
    assert Draws(1, 2).random() != Draws(2, 1).random()
