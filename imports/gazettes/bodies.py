"""Which departments the bodies are that a plan names: known ones only, since a plan makes no department."""

from __future__ import annotations

from functools import cached_property

from imports.gazettes.models import PlanBody
from projects.department_names import full_form, split_section
from projects.models import Department, DepartmentName, Region


class Bodies:
    """The departments of one region, of those above it and below it, by their printed names and full forms."""

    def __init__(self, region: Region | None) -> None:
        self._region = region

    def department(self, printed: str) -> Department | None:
        """The department that a printed name surely means; ``None`` where none or several do."""
        name = "".join(printed.split())
        for known in (self._printed, self._formal):
            found = known.get(name if known is self._printed else self._form(name), set())
            if len(found) == 1:
                return self._departments[next(iter(found))]
        return None

    def _form(self, name: str) -> str:
        return full_form(split_section(name).body, self._names)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return (self._region.name, self._region.short_name) if self._region else ()

    @cached_property
    def _departments(self) -> dict[int, Department]:
        if self._region is None:
            return {}
        found = Department.objects.filter(region__in=[self._region, *self._region.children.all()])
        return {department.pk: department for department in found.select_related("region")}

    @cached_property
    def _printed(self) -> dict[str, set[int]]:
        known: dict[str, set[int]] = {}
        for name in DepartmentName.objects.filter(department__in=self._departments):
            if self._region and name.region_id == self._region.pk:
                known.setdefault("".join(name.printed.split()), set()).add(name.department_id)
        for department in self._departments.values():
            known.setdefault(department.name, set()).add(department.pk)
        return known

    @cached_property
    def _formal(self) -> dict[str, set[int]]:
        """Full forms of the region's own departments: 市住建局 of a city plan is the city's."""
        forms: dict[str, set[int]] = {}
        for department in self._departments.values():
            if self._region and department.region_id == self._region.pk:
                forms.setdefault(full_form(department.name, self._names), set()).add(department.pk)
        return forms


class Regional:
    """The bodies of each region, looked up once."""

    def __init__(self) -> None:
        self._known: dict[str | None, Bodies] = {}

    def of(self, region: str | None) -> Bodies:
        """The bodies that a region knows; of ``None`` there are none."""
        if region not in self._known:
            self._known[region] = Bodies(Region.objects.filter(pk=region).first())
        return self._known[region]


def join_bodies() -> set[int]:
    """Join bodies that no department was known for to those that are known by now.

    Returns the plan projects of which one was joined. What is joined already stays so.
    """
    waiting = PlanBody.objects.filter(department=None)
    region = "plan_project__document__region"
    regional, joined = Regional(), set()
    for printed, code in waiting.order_by().values_list("printed", region).distinct():
        if department := regional.of(code).department(printed):
            same = waiting.filter(printed=printed, **{region: code})
            joined |= set(same.values_list("plan_project", flat=True))
            same.update(department=department)
    return joined
