"""Which record each line of a text belongs to."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db.models import F, Func, TextField

from imports.documents import keep, sha256_of
from imports.line_marks import EVERY
from imports.models import SourceContent, SourceDocument, SourceRecord
from imports.texts import LINES_PER_PAGE, SourceLines, claims_of, lines_around, lines_of, text_page


def record(first: int | None, last: int | None, lines: list[list[int]] | None = None) -> SourceRecord:
    return SourceRecord(first_line=first, last_line=last, lines=lines or [])


def lines(count: int) -> SourceLines:
    return SourceLines(["行"] * count, count)


def test_lines_belong_to_the_record_that_claims_them() -> None:
    one, two = record(2, 3), record(5, 6)
    page = text_page(lines(7), claims_of([one, two]), {4}, 1)
    owners = [line.claim.record if line.claim else None for line in page.lines]
    assert owners == [None, one, one, None, two, two, None]
    assert [line.number for line in page.lines if line.is_unclaimed] == [4]
    assert [line.number for line in page.lines if line.starts_claim] == [2, 5]


def test_a_displaced_part_belongs_to_its_record() -> None:
    first, second = record(1, 9, [[1, 2], [8, 9]]), record(3, 7)
    page = text_page(lines(9), claims_of([first, second]), (), 1)
    assert [line.claim.record is first for line in page.lines if line.claim] == [True] * 2 + [False] * 5 + [True] * 2


def test_a_page_begins_with_the_label_of_the_record_that_goes_on() -> None:
    page = text_page(lines(2100), claims_of([record(1990, 2010)]), (), 2050)
    assert (page.first, page.last, page.previous, page.next) == (2001, 2100, 1, None)
    assert page.lines[0].starts_claim


def test_a_long_text_offers_the_next_page() -> None:
    assert text_page(lines(5000), [], (), 1).next == LINES_PER_PAGE + 1


def test_a_record_without_lines_claims_none() -> None:
    assert claims_of([record(None, None)]) == []


def test_an_empty_text_has_an_empty_page() -> None:
    page = text_page(lines(0), [], (), 1)
    assert (page.first, page.last, page.previous, page.next) == (0, 0, None, None)


@pytest.fixture
def long_text(db: None) -> SourceDocument:
    data = "".join(f"第{number}行校舍修缮\n" for number in range(1, 20_001)).encode("gb18030")
    return keep(data, name="长文.txt", encoding="gb18030", layout="gazette", line_count=20_000)


def test_some_lines_of_a_long_text_are_read_without_the_others(long_text: SourceDocument) -> None:
    text = lines_of(long_text, 15_100, 15_600)
    assert text.lines[15_100 - 1 : 15_600] == [f"第{number}行校舍修缮" for number in range(15_100, 15_601)]
    assert text.total == 20_000
    assert sum(map(bool, text.lines)) == 2 * EVERY


def test_lines_beyond_the_end_are_none(long_text: SourceDocument) -> None:
    assert not any(lines_of(long_text, 30_000, 30_010).lines)
    assert lines_around(long_text, 30_000).lines[20_000 - 1] == "第20000行校舍修缮"


def test_a_text_without_marks_is_read_whole(long_text: SourceDocument) -> None:
    SourceContent.objects.update(marks=None, line_count=None)
    text = lines_of(long_text, 15_100, 15_600)
    assert (text.total, all(text.lines)) == (20_000, True)


def test_bytes_are_kept_as_they_are_and_uncompressed(long_text: SourceDocument) -> None:
    """PostgreSQL would unpack all of a compressed value to give a part of it."""
    assert sha256_of(bytes(long_text.content.data)) == long_text.sha256
    compression = Func(F("data"), function="pg_column_compression", output_field=TextField())
    assert SourceContent.objects.values_list(compression).get() == (None,)


def test_the_lines_of_texts_that_were_kept_before_are_marked_later(long_text: SourceDocument) -> None:
    marks = SourceContent.objects.values("marks", "line_count").get()
    SourceContent.objects.update(marks=None, line_count=None)
    import_module("imports.migrations.0009_source_lines_filled").fill(apps, None)
    assert SourceContent.objects.values("marks", "line_count").get() == marks
