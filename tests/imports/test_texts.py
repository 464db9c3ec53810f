"""Which record each line of a text belongs to."""

from imports.models import SourceRecord
from imports.texts import LINES_PER_PAGE, claims_of, text_page


def record(first: int | None, last: int | None, lines: list[list[int]] | None = None) -> SourceRecord:
    return SourceRecord(first_line=first, last_line=last, lines=lines or [])


def test_lines_belong_to_the_record_that_claims_them() -> None:
    one, two = record(2, 3), record(5, 6)
    page = text_page(["行"] * 7, claims_of([one, two]), {4}, 1)
    owners = [line.claim.record if line.claim else None for line in page.lines]
    assert owners == [None, one, one, None, two, two, None]
    assert [line.number for line in page.lines if line.is_unclaimed] == [4]
    assert [line.number for line in page.lines if line.starts_claim] == [2, 5]


def test_a_displaced_part_belongs_to_its_record() -> None:
    first, second = record(1, 9, [[1, 2], [8, 9]]), record(3, 7)
    page = text_page(["行"] * 9, claims_of([first, second]), (), 1)
    assert [line.claim.record is first for line in page.lines if line.claim] == [True] * 2 + [False] * 5 + [True] * 2


def test_a_page_begins_with_the_label_of_the_record_that_goes_on() -> None:
    page = text_page(["行"] * 2100, claims_of([record(1990, 2010)]), (), 2050)
    assert (page.first, page.last, page.previous, page.next) == (2001, 2100, 1, None)
    assert page.lines[0].starts_claim


def test_a_long_text_offers_the_next_page() -> None:
    assert text_page(["行"] * 5000, [], (), 1).next == LINES_PER_PAGE + 1


def test_a_record_without_lines_claims_none() -> None:
    assert claims_of([record(None, None)]) == []


def test_an_empty_text_has_an_empty_page() -> None:
    page = text_page([], [], (), 1)
    assert (page.first, page.last, page.previous, page.next) == (0, 0, None, None)
