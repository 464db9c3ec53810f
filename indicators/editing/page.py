"""What the editing page shows: the sheet arranged as the official form, and what is to be said about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Final, NamedTuple
from uuid import UUID

from django.core import signing
from django.db.models import QuerySet

from indicators.categories import LEVEL2, level1_name
from indicators.checks import Severity
from indicators.editing.actions import same_project, taken, who_changed
from indicators.editing.checking import TypedFinding, findings_as_typed
from indicators.editing.drafts import drafts_of
from indicators.editing.fields import ATTRIBUTES, CELLS, CONTACTS, SCOPE_NAMES, TEXTS, label_of
from indicators.editing.merging import Merge, Side
from indicators.editing.operations import Cell
from indicators.editing.reading import half_width
from indicators.editing.sheet import SCOPES, SIGNS, Half, Row, Sheet
from indicators.models import EditDraft
from indicators.values import number_text, parse_value
from perfgoals.models import User
from perfgoals.money import AmountError, format_amount, parse_amount
from projects.access import departments_to_give, regions_to_give
from projects.funding_sources import SOURCES
from projects.models import Department, Project, Region

WHO: Final = "edit-form"
"""Salt of the signature that says whose form a page is."""


class ClassRows(NamedTuple):
    """A level-2 class with its rows."""

    code: str
    label: str
    rows: list[Row]

    @property
    def height(self) -> int:
        """Rows of the table: the indicators and the one that adds another."""
        return len(self.rows) + 1


class Level1Rows(NamedTuple):
    """A level-1 class with its level-2 classes."""

    name: str
    classes: list[ClassRows]

    @property
    def height(self) -> int:
        """Rows of the table that it spans."""
        return sum(entry.height for entry in self.classes)


class FundingLine(NamedTuple):
    """A row of the funding grid."""

    source: str
    label: str
    period: str
    annual: str


class SumCheck(NamedTuple):
    """How the sources of one scope add up to its total."""

    scope: str
    name: str
    parts: str
    difference: str
    """With its sign; empty where they agree."""
    in_other_unit: str
    """The total in 万元 (in 元 where the form is in another unit), so that a wrong number of zeros is seen."""


class Problem(NamedTuple):
    """What stands in the way of saving, with the place to mend it."""

    place: str
    label: str
    message: str


@dataclass
class EditPage:
    """One showing of the editing page."""

    project: Project | None
    sheet: Sheet
    version: int
    token: UUID
    user: User
    draft: EditDraft | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    came_between: Merge | None = None
    before: int | None = None
    """The version that the person had seen before what came between."""
    choices: Mapping[str, Side | None] = field(default_factory=dict)
    focus: Cell | None = None
    problem: str = ""

    texts = TEXTS
    contacts = CONTACTS
    attributes = ATTRIBUTES
    scopes = SCOPE_NAMES
    signs = SIGNS
    level2 = LEVEL2

    @property
    def who(self) -> str:
        """Whose form this is, signed: should the log-in run out, what is posted waits for this person alone."""
        return signing.dumps(self.user.pk, salt=WHO)

    @property
    def unit(self) -> str:
        """The unit in which the form prints amounts."""
        return self.project.printed_unit if self.project else "元"

    @property
    def tree(self) -> list[Level1Rows]:
        """The tree in the form's order, empty classes of the standard form included."""
        levels: dict[str, list[ClassRows]] = {}
        for code, label, rows in self.sheet.classes():
            levels.setdefault(level1_name(code), []).append(ClassRows(code, label, rows))
        return [Level1Rows(name, classes) for name, classes in levels.items()]

    @property
    def funding(self) -> list[FundingLine]:
        """The funding grid, the total first."""
        cells = self.sheet.funding
        return [
            FundingLine(source, label, *(cells.get(f"{scope}.{source}", "") for scope in SCOPES))
            for source, label in CELLS.items()
        ]

    @cached_property
    def sums(self) -> list[SumCheck]:
        """The sums of both scopes; cells that are no amounts count as blank and are said elsewhere."""
        return [self._sum(scope) for scope in SCOPES]

    @property
    def is_unequal(self) -> bool:
        """Whether a reason is needed."""
        return any(check.difference for check in self.sums)

    @cached_property
    def regions(self) -> list[Region]:
        """Where the person may enter a new project."""
        return list(regions_to_give(self.user))

    @cached_property
    def departments(self) -> list[Department]:
        """The departments to choose from; the one that stands is always among them."""
        region = self.project.region_id if self.project else self.sheet.head.get("region", "")
        found = list(departments_to_give(self.user, [region]))
        if self.project and self.project.department and self.project.department not in found:
            found.insert(0, self.project.department)
        return found

    @property
    def twin(self) -> str:
        """That another project has this name already, while it is being typed."""
        head = self.sheet.head
        region = self.project.region_id if self.project else head.get("region", "")
        year = str(self.project.year) if self.project else half_width(head.get("year", ""))
        if not (year.isascii() and year.isdigit() and len(year) == 4):
            return ""
        pk = self.project.pk if self.project else None
        found = same_project(region, int(year), head.get("department", ""), head.get("name", ""), pk)
        return taken(found) if found else ""

    @cached_property
    def other_drafts(self) -> QuerySet[EditDraft]:
        """Unfinished edits of the same project in other windows or from an earlier day."""
        return drafts_of(self.user, self.project).exclude(token=self.token)

    @cached_property
    def findings(self) -> list[TypedFinding]:
        """What the review says of what is typed; nothing of a new form that nobody typed into."""
        if self.project is None and self.draft is None:
            return []
        return findings_as_typed(self.project, self.sheet, self.version, self.user)

    @property
    def severities(self) -> list[tuple[Severity, int]]:
        """How many findings there are of each severity."""
        counts = Counter(one.severity for one in self.findings)
        return sorted(counts.items())

    @property
    def problems(self) -> list[Problem]:
        """All errors with links to their fields."""
        return [Problem(_place(path), self._name(path), message) for path, message in self.errors.items()]

    @property
    def others(self) -> list[str]:
        """Who changed the project in between, and when."""
        if self.project is None or self.before is None:
            return []
        return who_changed(self.project.pk, self.before, self.version)

    def _name(self, path: str) -> str:
        if path.startswith("choose."):
            conflicts = self.came_between.conflicts if self.came_between else []
            return next((one.label for one in conflicts if f"choose.{one.key}" == path), "别人的修改")
        if path.startswith("rows."):
            _, key, *rest = path.split(".")
            row = self.sheet.row(key)
            half = row.half(rest[0]) if row and rest else Half()
            return f"{SCOPE_NAMES.get(rest[0] if rest else '', '')}指标“{half.name or '未命名'}”"
        return label_of(path) if path else ""

    def _amount(self, path: str) -> Decimal | None:
        try:
            return parse_amount(self.sheet.funding.get(path, ""), self.unit)
        except AmountError:
            return None

    def _sum(self, scope: str) -> SumCheck:
        total = self._amount(f"{scope}.total")
        parts = [amount for source in SOURCES if (amount := self._amount(f"{scope}.{source}")) is not None]
        added = sum(parts, Decimal(0))
        has_table = bool(parts) or bool(self.project and self.project.has_funding_table) or self.project is None
        difference = (total or Decimal(0)) - added if has_table and (parts or total is not None) else Decimal(0)
        sign = "+" if difference > 0 else "−"
        other = "元" if self.unit != "元" else "万元"
        return SumCheck(
            scope,
            SCOPE_NAMES[scope],
            format_amount(added, self.unit) if parts else "—",
            f"{sign}{format_amount(abs(difference), self.unit)}" if difference else "",
            f"{format_amount(total, other)} {other}" if total is not None else "",
        )


def reading_of(half: Half) -> str:
    """What the parser makes of a value, in words: ``≥95% 定量``."""
    if not half.printed:
        return ""
    value = parse_value(half.printed)
    if value.number is None:
        return "定性"
    return f"定量 {SIGNS.get(value.operator or '', '')}{number_text(value.number)}{value.unit or ''}"


def _place(path: str) -> str:
    """The element that an error's link leads to."""
    if path.startswith("rows."):
        _, key, *rest = path.split(".")
        scope = rest[0] if rest else "period"
        return f"c-{key}-{scope}-{rest[1] if len(rest) > 1 else 'name'}"
    return f"f-{path.replace('.', '-')}" if path else "edit-form"
