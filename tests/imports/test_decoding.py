"""Bytes to text: the encodings that come, and what is no text."""

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imports.blocks import BOMS
from imports.content import Content
from imports.decoding import _CONTROL, _looks_chinese, decode, encoding_of, split_lines
from imports.reading import SourceError

TEXT = "单位：万元\n1 乡村振兴接续扶持资金 5000\n市乡村振\n兴局\n"
chinese = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=8, max_size=200)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8-sig"),
        (TEXT.encode("gb18030"), "gb18030"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_every_encoding_gives_the_same_text(data: bytes, encoding: str) -> None:
    assert decode(data) == (TEXT, encoding)


@given(chinese)
def test_gb18030_chinese_is_not_taken_for_anything_else(text: str) -> None:
    lines = f"项目名称\t\t{text}\n"
    assert decode(lines.encode("gb18030")).text == lines


@pytest.mark.parametrize("data", [b"", b"  \n\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE + b"\n\x00"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="文件是空的"):
        decode(data)


@pytest.mark.parametrize("data", [bytes(range(256)) * 8, b"\x00\x01\x02" * 50, b"\x7fELF\x02\x01\x01" + b"\x00" * 40])
def test_a_binary_file_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="二进制"):
        decode(data)


@pytest.mark.parametrize(
    ("data", "what"), [(b"PK\x03\x04rest", "Office"), (b"%PDF-1.7", "PDF"), (b"\x89PNG\r\n", "图片")]
)
def test_a_file_of_another_kind_is_refused_by_its_kind(data: bytes, what: str) -> None:
    with pytest.raises(SourceError, match=what):
        decode(data)


def test_control_characters_are_refused_with_their_line() -> None:
    with pytest.raises(SourceError, match="控制字符") as refused:
        decode("第一行\n第\x00二行\n".encode("utf-8-sig"))
    assert refused.value.line == 2


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_control_character_far_down_is_refused_with_its_line(end: str) -> None:
    with pytest.raises(SourceError, match="控制字符") as refused:
        decode(f"校舍修缮{end}".encode() * 30_000 + b"\x01" + f"校舍{end}\x02".encode() * 9)
    assert refused.value.line == 30_001


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_bytes_broken_far_down_are_refused(codec: str) -> None:
    sound = "校舍修缮\n".encode(codec) * 30_000
    assert decode(sound).encoding == codec
    with pytest.raises(SourceError, match="编码"):
        decode(sound + {"utf-16-le": b"\x00\xd8", "utf-16-be": b"\xd8\x00"}.get(codec, b"\xff\xff") + sound)


def test_a_byte_too_many_is_no_wide_text() -> None:
    with pytest.raises(SourceError, match="编码"):
        decode(codecs.BOM_UTF16_LE + "校舍修缮\n".encode("utf-16-le") + b"x")


@given(st.binary(max_size=200), st.sampled_from([b"", *BOMS.values()]), st.sampled_from(["", "校舍修缮和养护\r\n"]))
def test_the_encoding_is_that_of_the_text_as_a_whole(data: bytes, bom: bytes, before: str) -> None:
    """What is decided piece by piece is what one look at all of the characters decides."""
    for codec in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"):
        whole = bom + before.encode(codec) + data
        assert _outcome(whole) == _decided_at_once(whole)


def _outcome(data: bytes) -> str | None:
    try:
        return encoding_of(Content.of(data))
    except SourceError:
        return None


def _decided_at_once(data: bytes) -> str | None:
    """The decision of `imports.decoding` in its simplest form, for texts that fit into memory."""
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe") or data.startswith((b"PK\x03\x04", b"%PDF", b"\xff\xd8\xff")):
        return None
    by_bom = [(name, bom) for name, bom in BOMS.items() if data.startswith(bom)]
    names = [name for name, _ in by_bom] or ["utf-8", "utf-16-le", "utf-16-be", "gb18030"]
    for name in names:
        with suppress(UnicodeDecodeError):
            text = data.removeprefix(dict(by_bom).get(name, b"")).decode(name.removesuffix("-sig"))
            if by_bom or ("\x00" not in text if name == "utf-8" else _looks_chinese(text)):
                return None if _CONTROL.search(text) else name
    return None


@given(st.binary(max_size=400))
def test_no_bytes_make_it_raise_anything_else(data: bytes) -> None:
    with suppress(SourceError):
        decode(data)


def test_lines_end_as_editors_count_them() -> None:
    assert split_lines("a\r\nb\rc\n\nd\x0be\u2028f\n") == ["a", "b", "c", "", "d\x0be\u2028f"]
