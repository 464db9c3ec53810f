"""The kinds of bulk change: what each makes of a project, which it leaves alone, and how it is written."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar, Final, NamedTuple

from django.utils import timezone

from indicators.models import Goal, Indicator
from indicators.state import FIELDS, Cell, IndicatorRow, State, load_states
from perfgoals.bulk import copy_into, reserve_ids
from projects.access import ARCHIVED
from projects.models import Department, Funding, Project
from projects.texts import written_once

CHUNK: Final = 500
"""Projects whose states memory holds at a time while they are copied."""


class Key(NamedTuple):
    """What no two projects share (the constraint ``project_once``)."""

    region: str
    year: int
    department: int | None
    name: str


class BulkChange(ABC):
    """One change, the same for every chosen project."""

    action: ClassVar[str]
    """Its name in the history."""
    title: ClassVar[str]
    old_label: ClassVar[str] = "现在"
    new_label: ClassVar[str] = "改为"
    of_archived: ClassVar[bool] = False
    """Whether it is for archived projects, instead of those that are not."""

    @property
    @abstractmethod
    def values(self) -> dict[str, Any]:
        """What was asked for, in JSON values: a preview holds for the same values only."""

    @property
    @abstractmethod
    def sentence(self) -> tuple[str, str]:
        """What is done, in words before and after the number of projects."""

    @staticmethod
    @abstractmethod
    def old(project: Project) -> str:
        """The state that would change, in words."""

    @abstractmethod
    def new(self, project: Project) -> str:
        """What it would become, in words."""

    def reason_against(self, project: Project) -> str:
        """Why the project is left alone though the person may change it; empty when it is not."""
        del project
        return ""

    def key_after(self, project: Project) -> Key | None:
        """The identity that the change gives to the project or to its copy; ``None`` where it gives none."""
        del project
        return None

    @abstractmethod
    def write(self, pks: Sequence[int], *, reason: str) -> None:
        """Change the projects, whose rows the caller has locked."""

    def archive_reason_against(self, project: Project) -> str:
        """Why the project is left alone for being archived, or for not being."""
        if self.of_archived:
            return "没有归档" if project.archived_at is None else ""
        return ARCHIVED.rstrip("。") if project.archived_at is not None else ""


@dataclass(frozen=True)
class SetDepartment(BulkChange):
    """Give projects to a department of their region, and print its name and code: the form would otherwise name a body
    that they no longer belong to. What the source printed stays with its record."""

    department: Department

    action = "set_department"
    title = "改部门"

    @property
    def values(self) -> dict[str, Any]:
        return {"department": self.department.pk}

    @property
    def sentence(self) -> tuple[str, str]:
        return "将", f"的部门改为“{self.department.name}”"

    @staticmethod
    def old(project: Project) -> str:
        return (project.department.name if project.department else "未列明部门") + (
            f"（{project.section}）" if project.section else ""
        )

    def new(self, project: Project) -> str:
        del project
        return self.department.name

    def reason_against(self, project: Project) -> str:
        if project.region_id != self.department.region_id:
            return f"“{self.department.name}”不是{project.region.short_name}的部门"
        return "已是这个部门" if project.department_id == self.department.pk else ""

    def key_after(self, project: Project) -> Key:
        return Key(project.region_id, project.year, self.department.pk, project.name_key)

    def write(self, pks: Sequence[int], *, reason: str) -> None:
        del reason
        # A section belongs to the department that it is printed with.
        Project.objects.filter(pk__in=pks).update(
            department=self.department, department_printed=self.department.name,
            department_code=self.department.code, section="", updated_at=timezone.now(),
        )  # fmt: skip


@dataclass(frozen=True)
class SetAttribute(BulkChange):
    """Set the attribute (项目属性)."""

    attribute: str

    action = "set_attribute"
    title = "改属性"

    @property
    def values(self) -> dict[str, Any]:
        return {"attribute": self.attribute}

    @property
    def sentence(self) -> tuple[str, str]:
        return "将", f"的项目属性改为“{self.attribute}”"

    @staticmethod
    def old(project: Project) -> str:
        return project.attribute or "—"

    def new(self, project: Project) -> str:
        del project
        return self.attribute

    def reason_against(self, project: Project) -> str:
        return "已是这个属性" if project.attribute == self.attribute else ""

    def write(self, pks: Sequence[int], *, reason: str) -> None:
        del reason
        Project.objects.filter(pk__in=pks).update(attribute=self.attribute, updated_at=timezone.now())


@dataclass(frozen=True)
class Copy(BulkChange):
    """Copy projects, with their texts, goals and indicators, to another year."""

    year: int
    zeroed: bool
    """Every stated amount becomes a stated zero; blanks stay blank."""

    action = "copy"
    title = "复制到其他年度"
    old_label = "原项目"
    new_label = "新项目"

    @property
    def values(self) -> dict[str, Any]:
        return {"year": self.year, "zeroed": self.zeroed}

    @property
    def sentence(self) -> tuple[str, str]:
        return "将", f"复制到 {self.year} 年，{'金额清零' if self.zeroed else '保留金额'}"

    @staticmethod
    def old(project: Project) -> str:
        return f"{project.year} 年"

    def new(self, project: Project) -> str:
        if not self.zeroed or (project.amount is None and project.period_amount is None):
            return f"{self.year} 年"
        return f"{self.year} 年，金额 0.00"

    def reason_against(self, project: Project) -> str:
        return f"已是 {self.year} 年的项目" if project.year == self.year else ""

    def key_after(self, project: Project) -> Key:
        return Key(project.region_id, self.year, project.department_id, project.name_key)

    def write(self, pks: Sequence[int], *, reason: str) -> None:
        del reason
        for start in range(0, len(pks), CHUNK):
            chunk = pks[start : start + CHUNK]
            states = load_states(chunk)
            store_new([self.copied(states[pk]) for pk in chunk])

    def copied(self, state: State) -> State:
        """The state of the copy. What belongs to the filing or to the archive is not taken along."""
        own = {"year": self.year, "serial": None, "filed_at": None, "funding_note": "", "archived_at": None,
               "archive_reason": ""}  # fmt: skip
        copy = State({**state.fields, **own}, dict(state.funding), state.goals, state.indicators)
        if self.zeroed:
            for amount, printed in (("amount", "amount_printed"), ("period_amount", "period_amount_printed")):
                cell = _zeroed(Cell(copy.fields[amount], copy.fields[printed]))
                copy.fields[amount], copy.fields[printed] = cell
            copy.funding = {key: _zeroed(cell) for key, cell in state.funding.items()}
        return copy


@dataclass(frozen=True)
class Archive(BulkChange):
    """Take projects out of lists and totals. They stay, with their history, and can be taken back."""

    action = "archive"
    title = "归档"

    @property
    def values(self) -> dict[str, Any]:
        return {}

    @property
    def sentence(self) -> tuple[str, str]:
        return "归档", ""

    @staticmethod
    def old(project: Project) -> str:
        return "已归档" if project.archived_at else "未归档"

    def new(self, project: Project) -> str:
        del project
        return "已归档"

    def archive_reason_against(self, project: Project) -> str:
        return "已经归档" if project.archived_at is not None else ""

    def write(self, pks: Sequence[int], *, reason: str) -> None:
        now = timezone.now()
        Project.objects.filter(pk__in=pks).update(archived_at=now, archive_reason=reason, updated_at=now)


@dataclass(frozen=True)
class Unarchive(BulkChange):
    """Take projects out of the archive."""

    action = "unarchive"
    title = "取消归档"
    of_archived = True

    @property
    def values(self) -> dict[str, Any]:
        return {}

    @property
    def sentence(self) -> tuple[str, str]:
        return "取消归档", ""

    @staticmethod
    def old(project: Project) -> str:
        if project.archived_at is None:
            return "未归档"
        return f"{timezone.localtime(project.archived_at):%Y-%m-%d} 归档：{project.archive_reason}"

    def new(self, project: Project) -> str:
        del project
        return "未归档"

    def write(self, pks: Sequence[int], *, reason: str) -> None:
        del reason
        Project.objects.filter(pk__in=pks).update(archived_at=None, archive_reason="", updated_at=timezone.now())


def store_new(states: Sequence[State]) -> None:
    """Store states as new projects, in as many statements however many."""
    numbered = dict(zip(reserve_ids(Project, len(states)), states, strict=True))
    with written_once(list(numbered)):
        copy_into(
            Project, ("id", *FIELDS), ((pk, *(state.fields[name] for name in FIELDS)) for pk, state in numbered.items())
        )
        copy_into(Funding, ("project", "scope", "source", *Cell._fields), _funding(numbered))
        copy_into(Goal, ("project", "scope", "text"), _goals(numbered))
        copy_into(Indicator, ("project", *IndicatorRow._fields), _indicators(numbered))


def _funding(states: Mapping[int, State]) -> Iterator[tuple[Any, ...]]:
    for pk, state in states.items():
        yield from ((pk, scope, source, *cell) for (scope, source), cell in state.funding.items())


def _goals(states: Mapping[int, State]) -> Iterator[tuple[Any, ...]]:
    for pk, state in states.items():
        yield from ((pk, scope, text) for scope, text in state.goals.items())


def _indicators(states: Mapping[int, State]) -> Iterator[tuple[Any, ...]]:
    for pk, state in states.items():
        yield from ((pk, *row) for row in state.indicators.values())


def _zeroed(cell: Cell) -> Cell:
    return cell if cell.amount is None else Cell(Decimal("0.00"), "0")
