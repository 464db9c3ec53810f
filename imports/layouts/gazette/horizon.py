"""The last year of the period that the title of a document names: 2021—2035年, “十四五”, 三年行动计划(2024-2026年)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from imports.layouts.gazette.years import plan_end

_YEAR = r"(?:19|20)\d\d"
_PERIOD = re.compile(rf"(?<!\d){_YEAR}\s?年?度?\s?[-—–－―~～〜至到]{{1,2}}\s?(?P<last>{_YEAR})(?!\d)")


def horizon_of(titles: Iterable[str | None]) -> int | None:
    """The last year that the first of the titles with a period names. A single year (2024年工作要点) is no period."""
    for title in titles:
        text = "".join((title or "").split())
        years = [int(period["last"]) for period in _PERIOD.finditer(text)]
        if years:
            return max(years)
        if end := plan_end(text):
            return end
    return None
