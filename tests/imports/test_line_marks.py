"""Parts of a text say what the whole says, whatever its encoding and its line ends."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.decoding import split_lines
from imports.line_marks import EVERY, line_marks, lines_within

ENCODINGS = {
    "utf-8": ("utf-8", b""),
    "utf-8-sig": ("utf-8", codecs.BOM_UTF8),
    "gb18030": ("gb18030", b""),
    "utf-16-le": ("utf-16-le", codecs.BOM_UTF16_LE),
    "utf-16-be": ("utf-16-be", codecs.BOM_UTF16_BE),
}
# 上 (U+4E0A) and ਀ (U+0A00) hold the byte of a line end; 㐍 (U+340D) that of CR; 🏫 takes four bytes.
texts = st.lists(st.sampled_from(["校舍", "上", "਀", "㐍", "🏫", "a", "", "\n", "\r\n", "\r"]), max_size=40).map(
    "".join
)


def parts(data: bytes, encoding: str) -> list[str]:
    marks = line_marks(data, encoding)
    ends = [*marks.starts[1:], len(data)]
    found = [lines_within(data[start:end], encoding) for start, end in zip(marks.starts, ends, strict=True)]
    assert all(len(lines) == EVERY for lines in found[:-1])
    assert sum(map(len, found)) == marks.line_count
    return [line for lines in found for line in lines]


@pytest.mark.parametrize("name", ENCODINGS)
@given(text=texts, times=st.sampled_from([1, 70, 200]))
def test_the_parts_of_a_text_are_its_lines(name: str, text: str, times: int) -> None:
    codec, bom = ENCODINGS[name]
    assert parts(bom + (text * times).encode(codec), name) == split_lines(text * times)


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_wide_characters_need_no_bom(name: str) -> None:
    assert parts("上\n਀".encode(name), name) == ["上", "਀"]


def test_an_even_number_of_lines_has_no_empty_part() -> None:
    assert line_marks(b"x\n" * 2 * EVERY, "utf-8") == ([0, 2 * EVERY], 2 * EVERY)
