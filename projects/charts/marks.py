"""What charts show: marks with their exact amounts and the lists that they lead to. Money is yuan."""

from __future__ import annotations

from dataclasses import dataclass

from projects.totals import Money
from projects.totals.changes import Change


@dataclass(frozen=True, slots=True)
class Mark:
    """Something drawn: its name, its money, how many projects it is, and where a click leads."""

    key: str
    label: str
    amount: Money
    count: int
    url: str
    change: Change | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A department (or region, see `Picture.by`) of the treemap with its largest projects, the others gathered in its last mark."""

    whole: Mark
    parts: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """Money of one source for one department, by their places in the lists of marks."""

    source: int
    department: int
    amount: Money
    url: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the charts show of the projects found."""

    by: str
    """Whose money it is: 部门, or 行政区划 where there are too many of them. The departments below are then regions."""
    whole: Mark
    departments: tuple[Mark, ...]
    sources: tuple[Mark, ...]
    years: tuple[Mark, ...]
    blocks: tuple[Block, ...]
    flows: tuple[Flow, ...]
