"""A part of what is found, as conditions on whatever is counted."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final, NamedTuple

from django.db.models import Q

from projects.filters.conditions import NONE

Condition = tuple[str, tuple[Any, ...]]
"""SQL with its values."""


class Part(NamedTuple):
    """Which of the projects found are counted, where not all are: those of some years, those of some bodies or regions."""

    years: Collection[int] | None = None
    along: str = ""
    """``department``, ``section`` or ``region``, where only some ``values`` of it are wanted."""
    values: Collection[str] = ()

    def of_rollups(self) -> Iterator[Condition]:
        """The conditions on groups that are told apart by region."""
        if self.years is not None:
            yield "year = ANY(%s)", (list(self.years),)
        if self.along:
            yield "place = ANY(%s)", (list(self.values),)

    def of_tallies(self) -> Iterator[Condition]:
        """The conditions on tallies, which have 0 or an empty text for none."""
        if self.years is not None:
            yield "tally.year = ANY(%s)", (list(self.years),)
        if self.along == "department":
            yield "tally.department = ANY(%s)", ([0 if value == NONE else int(value) for value in self.values],)
        elif self.along:
            yield f"tally.{self.along} = ANY(%s)", (["" if value == NONE else value for value in self.values],)

    def of_few(self, regions: Collection[str] | None) -> Iterator[Condition]:
        """Where some bodies of many regions are wanted (``None``: of all): by which index their projects are found. Tallies are
        in the order of the regions alone, of which a province's would all be read."""
        if self.along == "department" and NONE not in self.values:
            own: list[Condition] = [("department_id = ANY(%s)", ([int(value) for value in self.values],))]
            if regions is not None:
                own.append(("region_id = ANY(%s)", (list(regions),)))
            where, values = " AND ".join(sql for sql, _ in own), tuple(value for _, (value,) in own)
            yield f"tally.project_id = ANY(ARRAY(SELECT id FROM projects_project WHERE {where}))", values  # noqa: S608  # our own

    def of_projects(self) -> Q:
        """The same condition on projects."""
        condition = Q() if self.years is None else Q(year__in=self.years)
        if self.along == "department":
            stated = [int(value) for value in self.values if value != NONE]
            nowhere = Q(department=None) if len(stated) < len(self.values) else Q()
            condition &= Q(department__in=stated) | nowhere
        elif self.along:
            condition &= Q(**{f"{self.along}__in": ["" if value == NONE else value for value in self.values]})
        return condition


EVERY: Final = Part()
