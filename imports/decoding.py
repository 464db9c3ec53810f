"""Bytes to text: UTF-8 (with or without BOM), GB18030 and UTF-16, decided by the bytes alone.

The order is what makes the decision safe: a BOM is certain; UTF-8 rejects nearly every other encoding's Chinese; NUL
bytes at every other place betray UTF-16; GB18030 accepts almost anything and therefore comes last, and only when
what it gives looks like Chinese.
"""

from __future__ import annotations

import codecs
import re
from typing import Final, NamedTuple

from imports.reading import SourceError

MAX_BYTES: Final = 512 * 1024 * 1024
_SAMPLE: Final = 65536
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
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


def decode(data: bytes) -> DecodedText:
    """Decode the bytes of a source text. Raises `SourceError` for empty and for binary files."""
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise SourceError("文件是空的，没有可以导入的内容。")
    if len(data) > MAX_BYTES:
        raise SourceError(f"文件有 {len(data) / 1024 / 1024:.0f} MB，超过 512 MB 的上限，请分成几个文件导入。")
    for magic, what in _NOT_TEXT:
        if data.startswith(magic):
            raise SourceError(
                f"{what}，不是文本文件；请另存为不加密的 xlsx，或转换为文本（UTF-8、GB18030 或 UTF-16）再导入。"
            )
    decoded = _decode(data)
    if decoded is None:
        raise SourceError("无法识别文件的编码，它可能是二进制文件；请另存为 UTF-8、GB18030 或 UTF-16 文本再导入。")
    if match := _CONTROL.search(decoded.text):
        line = decoded.text.count("\n", 0, match.start()) + 1
        raise SourceError("含有控制字符，它可能是二进制文件或已损坏；请重新导出为文本再导入。", line)
    return decoded


def split_lines(text: str) -> list[str]:
    """The lines of a text without line ends. Only CR LF, LF and lone CR end a line, as editors count them."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    if lines and not lines[-1]:
        lines.pop()
    return lines


def _decode(data: bytes) -> DecodedText | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(data.removeprefix(bom), encoding.removesuffix("-sig"), encoding)
    if (decoded := _strictly(data, "utf-8", "utf-8")) and "\x00" not in decoded.text[:_SAMPLE]:
        return decoded
    for encoding in ("utf-16-le", "utf-16-be"):
        if len(data) % 2 == 0 and (decoded := _strictly(data, encoding, encoding)) and _looks_chinese(decoded.text):
            return decoded
    if (decoded := _strictly(data, "gb18030", "gb18030")) and _looks_chinese(decoded.text):
        return decoded
    return None


def _strictly(data: bytes, encoding: str, name: str) -> DecodedText | None:
    try:
        return DecodedText(data.decode(encoding), name)
    except UnicodeDecodeError:
        return None


def _looks_chinese(text: str) -> bool:
    """Mostly ASCII and common Chinese, with line ends or at least no sign of wrongly decoded bytes."""
    sample = text[:_SAMPLE]
    plausible = len(_CJK.findall(sample)) + sum(map(str.isascii, sample))
    return plausible >= 0.9 * len(sample) and len(_IMPLAUSIBLE.findall(sample)) <= 0.01 * len(sample)
