"""Whose columns: chosen, usual, and what is made of keys that nobody knows."""

import pytest
from django.contrib.auth.models import AnonymousUser

from projects.models import ListLayout
from projects.permissions import AUDIT
from projects.tables import COLUMNS, USUAL, arranged, choices, columns_of, layout_of
from projects.tables.actions import keep_layout
from projects.tables.layouts import moved
from tests import factories


def keys(columns: list) -> list[str]:
    return [column.key for column in columns]


def test_keys_and_labels_name_one_column_each() -> None:
    for names in ([column.key for column in COLUMNS], [column.label for column in COLUMNS]):
        assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ([], ["name"]),
        (["amount", "year"], ["name", "amount", "year"]),
        (["amount", "serial", "name"], ["serial", "name", "amount"]),
        (["gone", "year", "year"], ["name", "year"]),
    ],
)
def test_the_name_stands_first_and_unknown_columns_are_passed_over(asked: list[str], given: list[str]) -> None:
    assert keys(arranged(asked)) == given


@pytest.mark.parametrize(
    ("key", "by", "result"),
    [
        ("year", 1, ["name", "amount", "year"]),
        ("amount", -1, ["name", "amount", "year"]),
        ("year", -1, ["name", "year", "amount"]),
        ("amount", 1, ["name", "year", "amount"]),
        ("name", 1, ["name", "year", "amount"]),
        ("gone", 1, ["name", "year", "amount"]),
    ],
)
def test_a_column_moves_but_never_before_the_name(key: str, by: int, result: list[str]) -> None:
    assert moved(arranged(["year", "amount"]), key, by) == result


def test_all_columns_are_offered_the_chosen_ones_first() -> None:
    offered = choices(arranged(["plan", "year"]))
    assert [choice.column.key for choice in offered[:4]] == ["serial", "name", "plan", "year"]
    assert [choice.is_chosen for choice in offered[:5]] == [False, True, True, True, False]
    assert len(offered) == len(COLUMNS)


def test_nobody_in_particular_sees_the_usual_columns() -> None:
    assert columns_of(AnonymousUser()) == list(USUAL)


@pytest.mark.django_db
def test_each_person_has_columns_of_their_own() -> None:
    one, other = factories.user(AUDIT), factories.user(AUDIT)
    keep_layout(columns=["amount", "name", "gone"], by=one)
    assert keys(columns_of(one)) == ["name", "amount"]
    assert columns_of(other) == list(USUAL)
    assert ListLayout.objects.get().columns == ["name", "amount"]


@pytest.mark.django_db
def test_columns_and_row_height_are_kept_apart() -> None:
    person = factories.user(AUDIT)
    keep_layout(is_compact=True, by=person)
    assert layout_of(person) == (list(USUAL), True)
    keep_layout(columns=["year"], by=person)
    assert (keys(columns_of(person)), layout_of(person).is_compact) == (["name", "year"], True)
    keep_layout(columns=[], by=person)
    assert layout_of(person) == (list(USUAL), True)
