"""Drafts: what a reader took from a source text, before the database is asked anything.

A draft carries the fields of the interchange format (``docs/interchange.md``) and nothing of the database, so that
readers, the planner, the exporter and the interchange file all speak of the same thing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Literal, NamedTuple

Scope = Literal["period", "annual"]
"""实施期 and 年度."""

SCOPES: tuple[Scope, Scope] = ("period", "annual")
SOURCES = ("central", "provincial", "local", "self_raised", "other")
"""中央财政资金, 省级财政资金, 市县（区）财政资金, 单位自筹, 其他资金: the order of the official form."""


class Amount(NamedTuple):
    """A money cell: what was understood (yuan, ``None`` for a blank) and what was printed."""

    yuan: Decimal | None
    printed: str | None


BLANK = Amount(None, "")


class IndicatorDraft(NamedTuple):
    """One half (period or annual) of one row of the indicator table."""

    scope: Scope
    level1: str
    """产出指标, 效益指标, 满意度指标 or 成本指标."""
    level2: str
    """The form's own label, as printed."""
    category: str
    """Code of the level-2 class that the label means (`indicators.categories`)."""
    level3: str
    value: str
    """Exactly what is printed; empty where the source lost it."""
    operator: str | None
    number: Decimal | None
    unit: str | None


@dataclass(slots=True)
class FundingDraft:
    """One scope's column of the funding table: the printed total and the five sources."""

    total: Amount = BLANK
    sources: dict[str, Amount] = field(default_factory=dict)
    """Source code (`SOURCES`) → cell; a source that the form does not list is absent and counts as blank."""


@dataclass(slots=True)
class ProjectDraft:
    """One project as a source states it. Text fields: ``None`` = no such field, ``""`` = printed empty."""

    region_code: str
    region_name: str
    year: int
    name: str
    first_line: int
    """1-based lines of the record in the source."""
    last_line: int
    lines: list[tuple[int, int]] = field(default_factory=list)
    """All line ranges of the record where they are more than ``first_line..last_line`` (a displaced cell)."""
    serial: int | None = None
    department_code: str | None = None
    department_name: str | None = None
    """As printed (市住建局, 市财政局（预算科）)."""
    department_body: str | None = None
    """Only interchange files state the joined body; readers of other layouts leave it ``None``."""
    implementing_unit: str | None = None
    attribute: str | None = None
    duration: str | None = None
    amount: Amount = BLANK
    """The year's amount: the list's 预算安排数, or the form's 年度资金总额."""
    printed_unit: str = "元"
    funding: dict[Scope, FundingDraft] | None = None
    """``None`` where the source gives no funding table."""
    basis: str | None = None
    content: str | None = None
    overview: str | None = None
    necessity: str | None = None
    safeguards: str | None = None
    plan: str | None = None
    goal_period: str | None = None
    goal_annual: str | None = None
    indicators: list[IndicatorDraft] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    """The form's row of each indicator, where the source tells more of it than their order; else empty."""
    filed_at: datetime | None = None
    """Local time without zone, as printed."""
    contact_lead: str | None = None
    """负责人."""
    contact_handler: str | None = None
    """经办人."""
    contact_phone: str | None = None
    """联系电话."""
    source_document: str | None = None
    """Interchange only: file name of the text that the record once came from, and its sha256."""
    source_sha256: str | None = None
