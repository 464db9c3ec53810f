"""Bytes to text: UTF-8 (with or without BOM), GB18030 and UTF-16, decided by the bytes alone.

The order is what makes the decision safe: a BOM is certain; UTF-8 rejects nearly every other encoding's Chinese; NUL
bytes at every other place betray UTF-16; GB18030 accepts almost anything and therefore comes last, and only when
what it gives looks like Chinese.
"""

from __future__ import annotations

import codecs
import re
from typing import Final, NamedTuple

from imports.blocks import BOMS, blocks, bom_length, codec_of
from imports.content import Content
from imports.reading import SourceError

MAX_BYTES: Final = 512 * 1024 * 1024
_SAMPLE: Final = 65536
_LONGEST_CHARACTER: Final = 4
_SHOWS_NOTHING: Final = b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f\ufffe\uffff]")
_CJK = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
# Rare or private characters are what wrongly decoded bytes turn into.
_IMPLAUSIBLE = re.compile("[\u0080-\u009f\ue000-\uf8ff\ufffd]")
_NOT_TEXT: Final = (
    (b"PK\x03\x04", "这是压缩包或 Office 文件（xlsx、docx、zip）"),
    (b"%PDF", "这是 PDF 文件"),
    (b"\xd0\xcf\x11\xe0", "这是旧版或设有密码的 Office 文件（xls、doc，加密的 xlsx）"),
    (b"\x89PNG", "这是图片"),
    (b"\xff\xd8\xff", "这是图片"),
)


class DecodedText(NamedTuple):
    """A text without its BOM, and the encoding that it was in."""

    text: str
    encoding: str


class _Found(NamedTuple):
    encoding: str
    control_line: int
    """The first line with a control character, 0 where none has one."""


def decode(data: bytes) -> DecodedText:
    """Decode the bytes of a source text all at once. Raises as `encoding_of`."""
    content = Content.of(data)
    encoding = encoding_of(content)
    return DecodedText(data[bom_length(content, encoding) :].decode(codec_of(encoding)), encoding)


def encoding_of(content: Content) -> str:
    """The encoding in which all of a source text can be read; memory holds a piece of it at a time.

    Raises `SourceError` for empty and for binary files, and for control characters.
    """
    _refuse_other_kinds(content)
    found = _found(content)
    if found is None:
        raise SourceError("无法识别文件的编码，它可能是二进制文件；请另存为 UTF-8、GB18030 或 UTF-16 文本再导入。")
    if found.control_line:
        raise SourceError("含有控制字符，它可能是二进制文件或已损坏；请重新导出为文本再导入。", found.control_line)
    return found.encoding


def split_lines(text: str) -> list[str]:
    """The lines of a text without line ends. Only CR LF, LF and lone CR end a line, as editors count them."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return lines


def _refuse_other_kinds(content: Content) -> None:
    if not any(piece.strip(_SHOWS_NOTHING) for piece in content.pieces()):
        raise SourceError("文件是空的，没有可以导入的内容。")
    if content.size > MAX_BYTES:
        raise SourceError(f"文件有 {content.size / 1024 / 1024:.0f} MB，超过 512 MB 的上限，请分成几个文件导入。")
    head = content.part(0, 8)
    for magic, what in _NOT_TEXT:
        if head.startswith(magic):
            raise SourceError(
                f"{what}，不是文本文件；请另存为不加密的 xlsx，或转换为文本（UTF-8、GB18030 或 UTF-16）再导入。"
            )


def _found(content: Content) -> _Found | None:
    for encoding in BOMS:
        if bom_length(content, encoding):
            return _strictly(content, encoding)
    sample = _sample(content, "utf-8")
    if sample is not None and "\x00" not in sample and (found := _strictly(content, "utf-8")):
        return found
    for encoding in ("utf-16-le", "utf-16-be", "gb18030"):
        if encoding != "gb18030" and content.size % 2:
            continue
        if _looks_chinese(_sample(content, encoding)) and (found := _strictly(content, encoding)):
            return found
    return None


def _strictly(content: Content, encoding: str) -> _Found | None:
    """The text gone through to its end; ``None`` where some of it is not in this encoding."""
    codec, above, control_line = codec_of(encoding), 0, 0
    try:
        for block in blocks(content, encoding):
            text = block.data.decode(codec)
            if not control_line and (match := _CONTROL.search(text)):
                control_line = above + _line_ends(text[: match.start()]) + 1
            above += _line_ends(text)
    except UnicodeDecodeError:
        return None
    return _Found(encoding, control_line)


def _line_ends(text: str) -> int:
    return text.count("\n") + (text.count("\r") - text.count("\r\n") if "\r" in text else 0)


def _sample(content: Content, encoding: str) -> str | None:
    """The beginning of a text without BOM; ``None`` where not even that is in this encoding."""
    data = content.part(0, _SAMPLE * _LONGEST_CHARACTER)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        return decoder.decode(data, final=len(data) == content.size)[:_SAMPLE]
    except UnicodeDecodeError:
        return None


def _looks_chinese(sample: str | None) -> bool:
    """Mostly ASCII and common Chinese, with line ends or at least no sign of wrongly decoded bytes."""
    if sample is None:
        return False
    plausible = len(_CJK.findall(sample)) + sum(map(str.isascii, sample))
    return plausible >= 0.9 * len(sample) and len(_IMPLAUSIBLE.findall(sample)) <= 0.01 * len(sample)
