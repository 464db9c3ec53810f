"""What a list says of a project that is known from its form: what the list has columns for, and nothing of the rest."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Final

from imports.drafts import ProjectDraft
from imports.layouts import key_project_list, key_project_sheet

LISTS: Final = frozenset({key_project_list.NAME, key_project_sheet.NAME})
"""Layouts that have no place for most of a form."""
_PLACE: Final = frozenset({"lines", "department_body", "source_document", "source_sha256"})
"""What belongs to the reading and not to the project."""


def completed(draft: ProjectDraft, known: ProjectDraft) -> ProjectDraft:
    """A list's draft with what the list cannot say as it was ``known``: that it is silent takes nothing away.

    An amount that is the same stays as its form printed it, in the form's unit.
    """
    silent = {
        one.name: getattr(known, one.name)
        for one in fields(ProjectDraft)
        if one.name not in _PLACE and getattr(draft, one.name) is None
    }
    if not draft.indicators:
        silent |= {"indicators": known.indicators, "rows": known.rows}
    if draft.amount.yuan == known.amount.yuan:
        silent |= {"amount": known.amount, "printed_unit": known.printed_unit}
    return replace(draft, **silent)
