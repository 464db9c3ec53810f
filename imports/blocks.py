"""A text in blocks of whole lines, each of which can be decoded by itself.

Pure. Lines end at CR LF, LF and lone CR (`imports.decoding.split_lines`). In UTF-8 and GB18030 no byte of a longer
character is one of these; in UTF-16 they are looked for at even places.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import Final, NamedTuple

from imports.content import PIECE, Content
from imports.reading import SourceError

BOMS: Final = {"utf-8-sig": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
_WIDE_ENDS: Final = {"utf-16-le": (b"\n\0", b"\r\0"), "utf-16-be": (b"\0\n", b"\0\r")}


LONGEST_LINE: Final = 1024 * 1024
"""Bytes. Readers look at a line in many ways, and memory holds it several times over; nobody prints one that is longer."""
LONGEST_JSON: Final = 24 * 1024 * 1024
"""The same for interchange files, which other programs write without line ends."""
TOO_LONG: Final = "文件里有一行超过 {} MB，不像是正常的文本；请检查文件是否损坏，或重新导出（每条内容各占一行）再导入。"
_JSON_HEAD: Final = 1024


class Block(NamedTuple):
    """Some lines of a text: the byte on which the first begins, and their bytes, line ends and all."""

    start: int
    data: bytes


def bom_length(content: Content, encoding: str) -> int:
    """How many bytes at the beginning are no part of the text; ``encoding`` as `imports.decoding` names it."""
    bom = BOMS.get(encoding, b"")
    return len(bom) if bom and content.part(0, len(bom)) == bom else 0


def codec_of(encoding: str) -> str:
    """The name by which Python decodes a text without its BOM."""
    return encoding.removesuffix("-sig")


def blocks(content: Content, encoding: str, size: int = PIECE) -> Iterator[Block]:
    """All of a text after its BOM. A block has about ``size`` bytes (an even number), or those of one longer line.

    Raises `SourceError` for a line that is longer than `LONGEST_LINE`, in interchange files `LONGEST_JSON`.
    """
    start = bom_length(content, encoding)
    waiting: list[bytes] = []
    longest = LONGEST_JSON if _is_interchange(content) else LONGEST_LINE
    for piece in content.pieces(start, size):
        end = _last_end(piece, encoding)
        if not end:
            waiting.append(piece)
            if len(waiting) * size > longest:
                raise SourceError(TOO_LONG.format(longest // 1024 // 1024))
            continue
        data = b"".join([*waiting, piece[:end]])
        yield Block(start, data)
        start += len(data)
        waiting = [piece[end:]]
    if rest := b"".join(waiting):
        yield Block(start, rest)


def _is_interchange(content: Content) -> bool:
    """Whether a text begins as the reader of interchange files knows it, in whatever encoding."""
    head = content.part(0, _JSON_HEAD).replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head.startswith(b"{") and b'"perfgoals-interchange"' in head


def _last_end(piece: bytes, encoding: str) -> int:
    """Where the last line ends that is sure to end inside a piece; 0 without one. At the piece's own end a CR may be half of CR LF."""
    newline, carriage = _WIDE_ENDS.get(encoding, (b"\n", b"\r"))
    width = len(newline)
    return _last(piece, newline, len(piece)) or _last(piece, carriage, len(piece) - width)


def _last(piece: bytes, sought: bytes, end: int) -> int:
    """The place after the last ``sought`` before ``end`` that stands where a character can begin; 0 without one."""
    width = len(sought)
    at = piece.rfind(sought, 0, end)
    while at > 0 and at % width:
        at = piece.rfind(sought, 0, at + width - 1)
    return at + width if at >= 0 and at % width == 0 else 0
