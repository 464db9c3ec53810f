"""The bytes of a file are the same in pieces and whole, in memory and on disk."""

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.content import Content

MEGABYTE = 1024 * 1024


@given(st.lists(st.binary(max_size=50)), st.integers(1, 40))
def test_pieces_make_the_whole(given_pieces: Sequence[bytes], size: int) -> None:
    data = b"".join(given_pieces)
    content = Content.collected(given_pieces)
    assert b"".join(content.pieces(size=size)) == content.whole() == data
    assert (content.size, content.sha256) == (len(data), hashlib.sha256(data).hexdigest())


@given(st.binary(max_size=50), st.integers(0, 60), st.integers(0, 60))
def test_a_part_is_what_a_slice_is(data: bytes, start: int, end: int) -> None:
    assert Content.of(data).part(start, end) == data[start:end]


def test_many_bytes_are_kept_on_disk() -> None:
    content = Content.collected(bytes([number]) * MEGABYTE for number in range(3))
    assert content.size == 3 * MEGABYTE
    assert content.part(MEGABYTE - 1, MEGABYTE + 1) == b"\x00\x01"


def test_a_content_is_closed_with_its_last_use(monkeypatch: pytest.MonkeyPatch) -> None:
    content = Content.collected([b"x"])
    closed: list[bool] = []
    file = content._file
    del content
    closed.append(file.closed)
    assert closed == [True]


def test_bytes_of_a_content_are_itself() -> None:
    content = Content.of(b"x")
    assert Content.of(content) is content
