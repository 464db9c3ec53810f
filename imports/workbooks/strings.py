"""The shared strings of a workbook, weighed before anything reads them: one long text may stand in a million cells.

A package holds such a text once, and whoever reads the cells holds it a million times.
"""

from __future__ import annotations

import re
from typing import Final

from imports.reading import SourceError
from imports.workbooks.package import DAMAGED, TOO_LARGE, Package

MOST_TEXT: Final = 1024 * 1024 * 1024
"""Bytes of the texts of all cells together, each counted as often as it stands in one."""
_PART: Final = "xl/sharedstrings.xml"
_ITEM = re.compile(rb"<(?:[^<>\s/:!?]+:)?si(?=[\s/>])")
_COUNT = re.compile(r"\s*[0-9]{1,18}\s*")
_ANY_REFERENCE = re.compile(rb"\st\s*=\s*[\"']s[\"']")
_REFERENCE = re.compile(rb"<(?:\w+:)?c\s[^>]*?\st=[\"']s[\"'][^>]*>\s*<(?:\w+:)?v>(\d{1,9})<")
_UNPLAIN = (b"<!--", b"<![CDATA[")
_LONGEST_TAG: Final = 1024 * 1024
_SHORTEST_ITEM: Final = len("<si/>")


def cut_at(data: bytes, mark: bytes) -> int:
    """Where to cut a piece of a part, so that no tag is cut: at its last mark, unless that lies too far back for one."""
    cut = data.rfind(mark)
    return len(data) if cut < 0 or len(data) - cut > _LONGEST_TAG else cut


class SharedStrings:
    """The lengths of the strings, and how much text the cells seen so far show."""

    def __init__(self, package: Package) -> None:
        self._sizes: list[int] = []
        self._longest = 0
        self._shown = 0
        for name in package.names:
            if name.lower() == _PART:
                self._measure(package, name)

    def weigh(self, cells: bytes) -> None:
        """Add the texts that some whole cells of a sheet refer to. Raises `SourceError` where they become too many."""
        if not self._longest:
            return
        any_references = len(_ANY_REFERENCE.findall(cells))
        if self._shown + any_references * self._longest <= MOST_TEXT // 64:  # not worth counting
            self._shown += any_references * self._longest
            return
        found = [int(index) for index in _REFERENCE.findall(cells)]
        sizes, count = self._sizes, len(self._sizes)
        self._shown += sum(sizes[index] if index < count else self._longest for index in found)
        self._shown += max(any_references - len(found), 0) * self._longest  # written in an odd way: taken at the worst
        if self._shown > MOST_TEXT:
            raise SourceError(TOO_LARGE)

    def _measure(self, package: Package, name: str) -> None:
        """The bytes from one item to the next: no less than its text, since entities are longer than what they mean.

        Raises `SourceError` for more declared strings than the part has bytes for: readers make room for all of them at once.
        """
        declared = package.first_element(name).get("uniqueCount", "")
        starts: list[int] = []
        at, rest, is_plain = 0, b"", True
        for chunk in package.chunks(name):
            data = rest + chunk
            is_plain = is_plain and not any(mark in data for mark in _UNPLAIN)
            cut = cut_at(data, b"<")
            starts += (at + item.start() for item in _ITEM.finditer(data, 0, cut))
            rest, at = data[cut:], at + cut
        if declared and (not _COUNT.fullmatch(declared) or int(declared) * _SHORTEST_ITEM > at + len(rest)):
            raise SourceError(DAMAGED)
        ends = [*starts[1:], at + len(rest)]
        self._sizes = [end - start for start, end in zip(starts, ends, strict=False)]
        self._longest = max(self._sizes, default=0)
        if not is_plain:  # what looks like an item may be none
            self._sizes = [self._longest] * len(self._sizes)
