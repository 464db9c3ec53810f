"""Where lines begin in the bytes of a text, so that a part of it can be fetched and decoded without the rest.

Pure. Lines end as in `imports.decoding.split_lines`: at CR LF, LF and lone CR.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from imports.blocks import blocks, bom_length, codec_of
from imports.content import Content
from imports.decoding import split_lines

EVERY: Final = 500
"""Lines from one mark to the next."""
# In UTF-8 and GB18030 no byte of a longer character is one of these.
_END = re.compile(b"\r\n|\n|\r")
_WIDE_ENDS: Final = {
    "utf-16-le": re.compile(b"\r\0\n\0|\n\0|\r\0"),
    "utf-16-be": re.compile(b"\0\r\0\n|\0\n|\0\r"),
}


class LineMarks(NamedTuple):
    """The bytes at which the lines 1, 501, 1001 … begin, after a BOM, and how many lines there are."""

    starts: list[int]
    line_count: int


def line_marks(data: bytes | Content, encoding: str) -> LineMarks:
    """The marks of a text; ``encoding`` as `imports.decoding.encoding_of` names it."""
    content = Content.of(data)
    begin = last = bom_length(content, encoding)
    starts, count = [begin], 0
    for block in blocks(content, encoding):
        for end in _line_ends(block.data, encoding):
            count, last = count + 1, block.start + end
            if count % EVERY == 0:
                starts.append(last)
    unended = last < content.size
    if len(starts) > 1 and starts[-1] == content.size:
        starts.pop()  # no line begins there
    return LineMarks(starts, count + unended)


def lines_within(data: bytes, encoding: str) -> list[str]:
    """The lines of a part of a text that begins at a mark and ends before another, or with the text."""
    return split_lines(data.decode(codec_of(encoding)))


def _line_ends(data: bytes, encoding: str) -> Iterator[int]:
    """The byte after each line's end."""
    wide = _WIDE_ENDS.get(encoding)
    if wide is None:
        yield from (match.end() for match in _END.finditer(data))
        return
    at = 0
    while match := wide.search(data, at):
        if match.start() % 2 == 0:
            yield match.end()
            at = match.end()
        else:  # halves of two characters that look like a line's end together
            at = match.start() + 1
