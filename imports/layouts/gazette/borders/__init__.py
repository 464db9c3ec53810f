"""Tables whose cells are not parted by tabs, brought to tabs line by line: markdown pipes, html markup, wide spaces.

All readers of this package know one cell border, the tab. Each line stays the line that it is, so that line numbers are
those of the file; what is no table stays as printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import merge
from itertools import chain

from imports.layouts.gazette.borders.markup import markup_as_tabs
from imports.layouts.gazette.borders.pipes import pipes_as_tabs
from imports.layouts.gazette.borders.spaces import spaces_as_tabs
from imports.text_lines import TextLines, rewritten

__all__ = ["with_tabs"]


def with_tabs(lines: Sequence[str]) -> Sequence[str]:
    """The lines of a text with tabs between the cells of all tables; the same lines where there is nothing to do.

    The lines of a text that stays on disk stay there.
    """
    found = _as_tabs(lines)
    first = next(found, None)
    if first is None:
        return lines
    changed = chain([first], found)
    if isinstance(lines, TextLines):
        return rewritten(lines, changed)
    texts = dict(changed)
    return [texts.get(place, line) for place, line in enumerate(lines)]


def _as_tabs(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each line of a table by its place, in order. A line that is one of two kinds of tables is what the later kind says."""
    kinds = (markup_as_tabs(lines), pipes_as_tabs(lines), spaces_as_tabs(lines))
    waiting: tuple[int, str] | None = None
    for place, text in merge(*kinds, key=lambda found: found[0]):
        if waiting and waiting[0] != place:
            yield waiting
        waiting = place, text
    if waiting:
        yield waiting
