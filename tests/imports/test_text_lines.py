"""A text on disk has the lines that it has in memory, whatever its encoding, its line ends and the order of asking."""

import codecs
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports import text_lines
from imports.blocks import blocks
from imports.content import Content
from imports.decoding import decode, encoding_of, split_lines
from imports.opening import open_text
from imports.reading import SourceError
from imports.text_lines import PartOfLines, TextLines, rewritten

# 上 (U+4E0A) and ਀ (U+0A00) hold the byte of a line end; 㐍 (U+340D) that of CR; 🏫 takes four bytes.
PIECES = ["校舍修缮", "上", "਀", "㐍", "🏫", "a", "", "\n", "\r\n", "\r", "\u2028", "\x0b", "\x0c", "\x85"]
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=60).map("".join)
ENCODINGS = {
    "utf-8": ("utf-8", b""),
    "utf-8-sig": ("utf-8", codecs.BOM_UTF8),
    "gb18030": ("gb18030", b""),
    "utf-16-le": ("utf-16-le", codecs.BOM_UTF16_LE),
    "utf-16-be": ("utf-16-be", codecs.BOM_UTF16_BE),
}
LONG = [f"第{number}行，修缮校舍{number * 7}处" for number in range(20_000)]


@pytest.fixture(scope="module")
def long() -> TextLines:
    return TextLines(Content.of("\r\n".join(LONG).encode("gb18030")), "gb18030")


@pytest.mark.parametrize("name", ENCODINGS)
@given(text=texts, size=st.sampled_from([2, 4, 6, 16, 64]))
def test_blocks_of_any_size_hold_whole_lines(name: str, text: str, size: int) -> None:
    codec, bom = ENCODINGS[name]
    content = Content.of(bom + text.encode(codec))
    found = list(blocks(content, name, size))
    assert [line for block in found for line in split_lines(block.data.decode(codec))] == split_lines(text)
    assert all(above.start + len(above.data) == below.start for above, below in pairwise(found))


@pytest.mark.parametrize("name", ENCODINGS)
@given(text=texts, times=st.sampled_from([1, 3000]))
def test_the_lines_are_those_of_the_whole_text(name: str, text: str, times: int) -> None:
    codec, bom = ENCODINGS[name]
    lines, expected = TextLines(Content.of(bom + (text * times).encode(codec)), name), split_lines(text * times)
    assert len(lines) == len(expected)
    assert list(lines) == expected


@given(st.binary(max_size=300))
def test_any_bytes_that_are_a_text_have_its_lines(data: bytes) -> None:
    content = Content.of("县城\n".encode() + data.replace(b"\x00", b"\n"))
    try:
        text = decode(content.whole())
    except SourceError:
        return
    assert list(TextLines(content, encoding_of(content))) == split_lines(text.text)


@given(st.lists(st.integers(-20_000, 19_999), max_size=40))
def test_lines_are_found_in_any_order(long: TextLines, asked: Sequence[int]) -> None:
    assert [long[index] for index in asked] == [LONG[index] for index in asked]


@given(st.slices(20_000))
def test_slices_are_those_of_a_list(long: TextLines, asked: slice) -> None:
    part = slice(asked.start, asked.stop, (asked.step or 1) * 97)
    assert long[part] == LONG[part]


@pytest.mark.parametrize("index", [20_000, -20_001])
def test_there_is_no_line_beyond_the_ends(long: TextLines, index: int) -> None:
    with pytest.raises(IndexError):
        long[index]


def test_few_blocks_are_in_memory(long: TextLines) -> None:
    assert list(long) == LONG
    assert len(long._kept) <= text_lines._KEPT < len(long._firsts)


@given(st.dictionaries(st.integers(0, 19_999), st.text("甲乙\t|", max_size=5), max_size=20))
def test_a_text_is_rewritten_at_some_places(long: TextLines, changed: dict[int, str]) -> None:
    expected = [changed.get(place, line) for place, line in enumerate(LONG)]
    assert list(rewritten(long, sorted(changed.items()))) == expected


@given(st.integers(1, 30), st.integers(1, 30))
def test_a_part_has_its_lines_at_their_places(first: int, last: int) -> None:
    lines = [str(number) for number in range(1, 31)]
    part = PartOfLines(lines, first, last)
    expected = [""] * (first - 1) + lines[first - 1 : last]
    assert list(part) == part[:] == expected
    assert [part[at] for at in range(-len(part), len(part))] == expected * 2
    with pytest.raises(IndexError):
        part[len(part)]
    with pytest.raises(IndexError):
        part[-len(part) - 1]


def test_a_line_longer_than_anybody_prints_is_refused() -> None:
    with pytest.raises(SourceError, match="有一行超过 1 MB"):
        open_text("项目名称".encode() * 200_000, None)


def test_an_interchange_file_may_be_one_longer_line() -> None:
    data = b'{"format": "perfgoals-interchange", "version": 1, "projects": [' + b" " * 3_000_000 + b"]}"
    assert len(open_text(data, None).reading.lines) == 1


def test_more_lines_than_anybody_prints_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_lines, "MOST_LINES", 1000)
    with pytest.raises(SourceError, match="超过 1,000 行"):
        TextLines(Content.of("校舍\n".encode() * 1001), "utf-8")
