"""A project as one row of the city's list."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from imports.drafts import ProjectDraft


class ListRow(NamedTuple):
    """A project as the list prints it. ``amount`` is yuan."""

    serial: int
    name: str
    amount: Decimal | None
    department: str
    content: str
    goal: str


def row_of(serial: int, draft: ProjectDraft) -> ListRow:
    """One project; what forms say under other labels stands where lists print it."""
    parts = (("政策依据", draft.basis), ("支出内容", draft.content or draft.overview))
    content = "\n".join(f"{label}：{text.strip()}" for label, text in parts if text and text.strip())
    goal = next((text for text in (draft.goal_annual, draft.goal_period) if text and text.strip()), "")
    return ListRow(serial, draft.name, draft.amount.yuan, draft.department_name or "", content, goal)
