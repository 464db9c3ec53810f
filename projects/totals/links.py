"""Addresses of the lists that totals link to: the filters that are on, narrowed to what a cell sums."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.http import QueryDict

from projects.filters import ProjectFilter
from projects.totals.dimensions import TOP
from projects.totals.members import NONE, Narrowing

LONGEST: Final = 3_000
"""Characters of a query; servers and proxies cut or refuse longer addresses."""
MANY: Final = frozenset({"department", "section", "source", "category"})
"""The filters that may have several values; of the others an address says one."""


class Links:
    """Makes the queries of lists, for one set of filters."""

    def __init__(self, found: ProjectFilter) -> None:
        self._base = QueryDict(found.query)

    def query(self, narrowings: Sequence[Narrowing]) -> str | None:
        """The filters that are on with those of the narrowings; ``None`` where no address says them, or too long a one.

        What replaces a filter selects less than the filter did; a division of the highest level replaces none. Only funding sources are asked for together, and
        classes of indicators may be wider than the ones that are on: then those stay that lie within.
        """
        query = self._base.copy()
        for narrowing in narrowings:
            for name, values in narrowing.items():
                if len(values) > 1 and name not in MANY:
                    return None  # several regions, for instance, that are gathered in one column
                if len(values) * len(f"{name}=&") > LONGEST:
                    return None  # thousands of departments would take long to write
                if name != TOP:
                    query.setlist(name, self._values(name, values))
                elif not query.get("region"):
                    query.setlist("region", list(values))
                    query.setlist("own", [])
        text = str(query.urlencode())
        return text if len(text) <= LONGEST else None

    def _values(self, name: str, values: Sequence[str]) -> list[str]:
        on = self._base.getlist(name)
        if name == "source":
            return [*on, *(value for value in values if value not in on)]
        if name == "category" and on and values != (NONE,):
            return _within(values, on)
        return list(values)


def _within(values: Sequence[str], on: Sequence[str]) -> list[str]:
    """The classes of ``values``, as far as they lie in those that are on. A class of level 2 begins with its level 1."""
    kept = [value for value in values if any(value == one or value.startswith(f"{one}.") for one in on)]
    inside = [one for one in on if any(one.startswith(f"{value}.") for value in values)]
    return list(dict.fromkeys([*kept, *inside]))
