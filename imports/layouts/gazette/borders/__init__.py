"""Tables whose cells are not parted by tabs, brought to tabs line by line: markdown pipes, html markup, wide spaces.

All readers of this package know one cell border, the tab. Each line stays the line that it is, so that line numbers are
those of the file; what is no table stays as printed.
"""

from __future__ import annotations

from collections.abc import Sequence

from imports.layouts.gazette.borders.markup import markup_as_tabs
from imports.layouts.gazette.borders.pipes import pipes_as_tabs
from imports.layouts.gazette.borders.spaces import spaces_as_tabs

__all__ = ["with_tabs"]


def with_tabs(lines: Sequence[str]) -> Sequence[str]:
    """The lines of a text with tabs between the cells of all tables; the same lines where there is nothing to do."""
    found: dict[int, str] = {}
    for as_tabs in (markup_as_tabs, pipes_as_tabs, spaces_as_tabs):
        found.update(as_tabs(lines))
    if not found:
        return lines
    return [found.get(place, line) for place, line in enumerate(lines)]
