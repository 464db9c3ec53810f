"""Which tables of events the history walks."""

from __future__ import annotations

from typing import Any, Final

from django.db import connection

from indicators.history.words import FINDINGS, FUNDING, GOALS, INDICATORS, RULES, SHEETS
from indicators.models import (
    FindingAcceptanceEvent,
    GoalEvent,
    IndicatorEvent,
    ProjectReviewEvent,
    RuleSettingEvent,
)
from projects.models import FundingEvent, ProjectEvent

TABLES: Final[dict[str, Any]] = {"": ProjectEvent, FUNDING: FundingEvent, GOALS: GoalEvent, INDICATORS: IndicatorEvent}
"""Topic of a part (empty for the project itself) → its events. Of these a project's states are made."""
WALKED: Final[dict[str, Any]] = {
    **TABLES, FINDINGS: FindingAcceptanceEvent, SHEETS: ProjectReviewEvent, RULES: RuleSettingEvent,
}  # fmt: skip
"""Topic → its events, of all that the pages tell."""
NO_PROJECT: Final = 0
"""Stands for the project where none is concerned: rules are set for all."""


def owner_of(events: Any) -> str:
    """The field of an event table that names the project."""
    return "pgh_obj" if events is ProjectEvent else "project"


def table_name(events: Any) -> str:
    """The table of events, quoted."""
    return connection.ops.quote_name(events._meta.db_table)
