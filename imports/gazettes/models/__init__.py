"""Official documents, their tables, and the plan projects, plan indicators and targets in them."""

from __future__ import annotations

from imports.gazettes.models.documents import (
    Annex,
    DocumentTable,
    GazetteIssue,
    OfficialDocument,
    RowKind,
    TableKind,
    TableRow,
    TableRowEvent,
)
from imports.gazettes.models.plans import (
    Direction,
    LinkState,
    PlanBody,
    PlanIndicator,
    PlanLink,
    PlanLinkEvent,
    PlanProject,
    PlanProjectEvent,
    PlanValue,
)
from imports.gazettes.models.targets import CitedText, ProseTarget, ProseTargetEvent, TargetState

__all__ = [
    "Annex", "CitedText", "Direction", "DocumentTable", "GazetteIssue", "LinkState", "OfficialDocument", "PlanBody",
    "PlanIndicator", "PlanLink", "PlanLinkEvent", "PlanProject", "PlanProjectEvent", "PlanValue", "ProseTarget",
    "ProseTargetEvent", "RowKind", "TableKind", "TableRow", "TableRowEvent", "TargetState",
]  # fmt: skip
