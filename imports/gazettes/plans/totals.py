"""What plan projects cost: of a list, of a page, and in groups.

Whoever stands in several groups (a project of three departments) counts in each of them, and once in the total.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from imports.gazettes.choices import cut, short_title
from imports.gazettes.filtering import NONE
from imports.gazettes.models import PlanBody, PlanProject
from imports.gazettes.plans.filterset import PlanFilter

Money = Decimal | None


@dataclass(frozen=True, slots=True)
class Totals:
    """How many plan projects, their investment in yuan (``None``: none states one), and how many state none."""

    count: int
    investment: Money
    unstated: int
    """Neither in the table's column nor in the text."""
    only_in_text: int

    @property
    def without(self) -> int:
        """Plan projects that the sum knows nothing of."""
        return self.unstated + self.only_in_text


def _sums(of: str = "") -> dict[str, Any]:
    """What is added up of plan projects, which stand at ``of`` from what is counted."""
    blank, in_text = Q(**{f"{of}investment": None}), f"{of}investment_in_text__isnull"
    return {
        "number": Count("pk"),
        "yuan": Sum(f"{of}investment"),
        "unstated": Count("pk", filter=blank & Q(**{in_text: True})),
        "only_in_text": Count("pk", filter=blank & Q(**{in_text: False})),
    }


def totals_of(projects: QuerySet[PlanProject]) -> Totals:
    """The totals of a list, added up by the database."""
    return _totals(projects.order_by().aggregate(**_sums()))


def page_sum(rows: Iterable[PlanProject]) -> Money:
    """The investment on a page; ``None`` where no row states one."""
    stated = [row.investment for row in rows if row.investment is not None]
    return sum(stated, Decimal(0)) if stated else None


@dataclass(frozen=True, slots=True)
class Group:
    """Plan projects that have something in common, and the query of their list."""

    label: str
    totals: Totals
    query: str


@dataclass(frozen=True, slots=True)
class Grouping:
    """A way to group: its name, and how the groups of a filter are found."""

    label: str
    filter_name: str
    """The filter that a group's list adds."""
    overlaps: bool
    """Whether a project may stand in several groups."""
    read: Callable[[PlanFilter], dict[Any, Totals]]


def groups_of(found: PlanFilter, key: str) -> list[Group]:
    """The groups of what is found, the costliest first; those that state no investment last, by number and name."""
    grouping = GROUPINGS[key]
    labels = _labels(found, key)
    groups = [
        Group(labels.get(_text(value), str(value)), totals, found.query_with(**{grouping.filter_name: _text(value)}))
        for value, totals in grouping.read(found).items()
    ]
    return sorted(groups, key=_order)


def _order(group: Group) -> tuple[bool, Decimal, int, str]:
    yuan = group.totals.investment
    return yuan is None, -(yuan or Decimal(0)), -group.totals.count, group.label


def _text(value: Any) -> str:
    return NONE if value in (None, "") else str(value)


def _labels(found: PlanFilter, key: str) -> Mapping[str, str]:
    filter_name = GROUPINGS[key].filter_name
    labels = {value: label.strip() for value, label in found.form.fields[filter_name].choices if value}
    if key == "document":
        rows = found.qs.order_by().values_list("document", "document__title", "document__number").distinct()
        labels |= {
            str(pk): f"{cut(short_title(title), 80)}{f'（{number}）' if number else ''}" for pk, title, number in rows
        }
    return labels


def _by(path: str) -> Callable[[PlanFilter], dict[Any, Totals]]:
    def read(found: PlanFilter) -> dict[Any, Totals]:
        rows = found.qs.order_by().values(path).annotate(**_sums())
        return {row[path]: _totals(row) for row in rows}

    return read


def _by_department(found: PlanFilter) -> dict[Any, Totals]:
    """By each joined department; a project of which no body is known stands under none."""
    known = PlanBody.objects.filter(department__isnull=False).order_by()
    # A project that prints a department twice counts once for it.
    before = known.filter(
        plan_project=OuterRef("plan_project"), department=OuterRef("department"), position__lt=OuterRef("position")
    )
    members = known.filter(~Exists(before), plan_project__in=found.qs.order_by().values("pk"))
    rows = members.values("department").annotate(**_sums("plan_project__"))
    totals: dict[Any, Totals] = {row["department"]: _totals(row) for row in rows}
    nobody = found.qs.filter(~Exists(known.filter(plan_project=OuterRef("pk"))))
    without = totals_of(nobody)
    return totals | ({None: without} if without.count else {})


def _totals(row: Mapping[str, Any]) -> Totals:
    return Totals(row["number"], row["yuan"], row["unstated"], row["only_in_text"])


GROUPINGS: Final[dict[str, Grouping]] = {
    "document": Grouping("文件", "document", False, _by("document")),
    "table": Grouping("附件或表格", "table", False, _by("table")),
    "department": Grouping("责任部门", "department", True, _by_department),
    "category": Grouping("类别", "category", False, _by("category")),
    "region": Grouping("行政区划", "region", False, _by("document__region")),
    "start": Grouping("起始年", "start", False, _by("first_year")),
}
