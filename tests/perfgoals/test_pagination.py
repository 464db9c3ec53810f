"""Pages of lists."""

import pytest
from django.http import QueryDict

from perfgoals.pagination import GAP, Beside, Page


def asked(query: str, total: int = 420) -> Page:
    return Page.asked(QueryDict(query), total)


def test_the_first_page_shows_fifty() -> None:
    page = asked("")
    assert (page.first_entry, page.last_entry, page.previous, page.next) == (1, 50, None, 2)


def test_the_last_page_ends_with_the_list() -> None:
    page = asked("page=5&size=100")
    assert (page.first_entry, page.last_entry, page.next, page.span) == (401, 420, None, slice(400, 500))


@pytest.mark.parametrize(
    ("query", "number"), [("page=99", 9), ("page=0", 1), ("page=-1", 1), ("page=x", 1), ("page=²", 1)]
)
def test_pages_that_do_not_exist_give_the_nearest(query: str, number: int) -> None:
    assert asked(query).number == number


@pytest.mark.parametrize("size", ["7", "-50", "1000000", "x", ""])
def test_only_the_offered_sizes_are_used(size: str) -> None:
    assert asked(f"size={size}").size == 50


def test_a_number_of_thousands_of_digits_is_no_page() -> None:
    assert asked("page=" + "9" * 5000).number == 1


def test_far_pages_are_left_out_between_the_ends() -> None:
    assert asked("page=5", 1000).numbers == [1, GAP, 3, 4, 5, 6, 7, GAP, 20]


def test_an_empty_list_has_one_empty_page() -> None:
    page = asked("page=3", 0)
    assert (page.number, page.first_entry, page.last_entry, page.is_whole, page.numbers) == (1, 0, 0, True, [1])


def test_the_next_page_is_asked_for_by_what_it_follows() -> None:
    page = asked("page=2").between(71, 120)
    assert (page.previous_address, page.next_address) == ("1", "3.after.120")
    assert asked("page=3").between(71, 120).previous_address == "2.before.71"
    assert asked("page=2").next_address == "3"


def test_what_a_page_stands_beside_is_read_back() -> None:
    assert asked("page=3.after.120").beside == Beside(120, is_before=False)
    assert asked("page=2.before.71").beside == Beside(71, is_before=True)


@pytest.mark.parametrize(
    "place", ["", "x.5", "after", "after.", "after.x", "after.-5", "after.0", f"after.{'9' * 5000}"]
)
def test_nonsense_beside_a_page_leaves_its_number(place: str) -> None:
    page = asked(f"page=3.{place}")
    assert (page.number, page.beside) == (3, None)


def test_beside_something_beyond_the_end_stands_nothing() -> None:
    assert asked("page=99.after.120").beside is None
