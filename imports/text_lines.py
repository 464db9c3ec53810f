"""The lines of a text that stays on disk: read like a list, with no more than a few blocks of them in memory.

Pure. Readers go through a text several times, mostly line after line, with looks at the lines around and at another
place of the text. A few blocks are therefore kept, the one that was asked for last at hand.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat
from typing import Final, overload

from imports.blocks import Block, blocks, codec_of
from imports.content import Content
from imports.decoding import split_lines
from imports.reading import SourceError

MOST_LINES: Final = 10_000_000
"""Every line is looked at several times, blank ones too."""
_KEPT: Final = 8
"""Blocks in memory."""


class TextLines(Sequence[str]):
    """The lines of a text without line ends, by their places from 0; the same every time."""

    def __init__(self, content: Content, encoding: str) -> None:
        """``encoding`` as `imports.decoding.encoding_of` finds it for the content. Raises `SourceError` for too many lines."""
        self._content = content
        self._encoding = encoding
        self._starts = array("q")
        self._firsts = array("q")
        self._kept: dict[int, list[str]] = {}
        self._at_hand: list[str] = []
        self._first = 0
        self._count = 0
        for block in blocks(content, encoding):
            self._starts.append(block.start)
            self._firsts.append(self._count)
            self._count += _line_count(block, encoding)
            if self._count > MOST_LINES:
                raise SourceError(f"文件超过 {MOST_LINES:,} 行，请分成几个文件导入。")
        self._starts.append(content.size)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return self._slice(*index.indices(self._count))
        at = index - self._first
        if 0 <= at < len(self._at_hand):
            return self._at_hand[at]
        if not -self._count <= index < self._count:
            raise IndexError("no such line")
        index %= self._count
        block = bisect_right(self._firsts, index) - 1
        self._at_hand, self._first = self._block(block), self._firsts[block]
        return self._at_hand[index - self._first]

    def __iter__(self) -> Iterator[str]:
        for block in range(len(self._firsts)):
            yield from self._block(block)

    def _slice(self, start: int, stop: int, step: int) -> list[str]:
        return [self[index] for index in range(start, stop, step)]

    def _block(self, number: int) -> list[str]:
        lines = self._kept.pop(number, None)
        if lines is None:
            data = self._content.part(self._starts[number], self._starts[number + 1])
            lines = split_lines(data.decode(codec_of(self._encoding)))
            if len(self._kept) == _KEPT:
                del self._kept[next(iter(self._kept))]
        self._kept[number] = lines  # the last used stands last
        return lines


class PartOfLines(Sequence[str]):
    """Some lines of a text at their own places, the lines above them blank."""

    def __init__(self, lines: Sequence[str], first: int, last: int) -> None:
        """``first`` and ``last`` are numbers of lines, from 1."""
        self.above = first - 1
        self._lines = lines[self.above : last]

    def __len__(self) -> int:
        return self.above + len(self._lines)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        if index < 0:
            index += len(self)
        return self._lines[index - self.above] if index >= self.above else self._blank(index)

    def __iter__(self) -> Iterator[str]:
        return chain(repeat("", self.above), self._lines)

    @staticmethod
    def _blank(index: int) -> str:
        if index < 0:
            raise IndexError("no such line")
        return ""


def rewritten(lines: TextLines, changed: Iterable[tuple[int, str]]) -> TextLines:
    """A text with other lines at some places (in order, counted from 0), kept beside the first."""
    return TextLines(Content.collected(_with_changes(lines, changed)), "utf-8")


def _with_changes(lines: Iterable[str], changed: Iterable[tuple[int, str]]) -> Iterator[bytes]:
    waiting = iter(changed)
    place, text = next(waiting, (-1, ""))
    for at, line in enumerate(lines):
        if at == place:
            yield f"{text}\n".encode()
            place, text = next(waiting, (-1, ""))
        else:
            yield f"{line}\n".encode()


def _line_count(block: Block, encoding: str) -> int:
    data = block.data
    if encoding.startswith("utf-16"):
        return len(split_lines(data.decode(codec_of(encoding))))
    ends = data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")
    return ends + (data[-1:] not in b"\r\n")
