"""Names: made of common and rare words, the same in all years, and never twice in a region's year."""

from collections import Counter
from itertools import product

import pytest

from benchmarks.generating.places import _FIRST, _STEMS, PLACES, place_name
from benchmarks.generating.plan import Plan
from benchmarks.generating.rows import drafts_of
from benchmarks.generating.words import BESIDE, BODIES, FIELDS
from imports.drafts import ProjectDraft
from imports.planning import name_key


@pytest.fixture(scope="module")
def drafts() -> list[ProjectDraft]:
    plan = Plan(6_000, 11, 3)
    return [draft for lot in plan.lots for draft in drafts_of(plan, lot, 5)]


def test_places_of_a_region_differ() -> None:
    assert len({place_name(number, 12_345) for number in range(2 * _STEMS + 50)}) == 2 * _STEMS + 50
    assert PLACES > 200_000


def test_names_of_places_can_be_told_apart() -> None:
    assert not set(_FIRST) & set(BESIDE)
    for field in FIELDS.values():
        assert not [one for one, other in product(field.places, repeat=2) if one != other and other.startswith(one)]


def test_bodies_and_programs_are_named_once() -> None:
    assert len({name for name, _ in BODIES}) == len(BODIES) == 60
    assert all(len(set(field.programs)) == len(field.programs) for field in FIELDS.values())


def test_no_name_twice_for_a_body_and_year(drafts: list[ProjectDraft]) -> None:
    keys = [(draft.region_code, draft.year, draft.department_code, name_key(draft.name)) for draft in drafts]
    assert len(set(keys)) == len(keys)


def test_names_recur_over_years_with_other_money(drafts: list[ProjectDraft]) -> None:
    amounts: dict[tuple[str, str | None, str], set[str | None]] = {}
    years = Counter((draft.region_code, draft.department_code, draft.name) for draft in drafts)
    for draft in drafts:
        amounts.setdefault((draft.region_code, draft.department_code, draft.name), set()).add(draft.amount.printed)
    recurring = [key for key, count in years.items() if count > 3]
    assert len(recurring) > 100
    assert sum(len(amounts[key]) > 1 for key in recurring) > 0.9 * len(recurring)


def test_pairs_of_characters_are_common_and_rare(drafts: list[ProjectDraft]) -> None:
    pairs = Counter(pair for draft in drafts for pair in {draft.name[at : at + 2] for at in range(len(draft.name) - 1)})
    assert pairs.most_common(1)[0][1] > len(drafts) / 4
    assert sum(count == 1 for count in pairs.values()) > 300
