"""Other filings of a project in the document that states it: one form filed twice, of which the later counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

import msgspec

from imports.drafts import ProjectDraft
from imports.facts import difference, facts_of, label
from imports.models import Outcome, SourceRecord
from indicators.checks.forms import Filing


def filings_of(numbers: Collection[int]) -> Mapping[int, tuple[Filing, ...]]:
    """Projects, by their numbers, with the filings that do not count, in the order of the document."""
    records = SourceRecord.objects.filter(project__in=list(numbers))
    others = records.filter(is_current=False, outcome=Outcome.DUPLICATE).order_by("project_id", "first_line")
    rows = list(others.values_list("project_id", "document_id", "document__name", "first_line", "draft"))
    if not rows:
        return {}
    # By themselves, and not as a condition of the first: while an import fills the table, the planner knows little of it.
    counting = records.filter(is_current=True, project__in={number for number, *_ in rows})
    drafts = {
        (number, document): draft
        for number, document, draft in counting.values_list("project_id", "document_id", "draft")
    }
    found: dict[int, list[Filing]] = defaultdict(list)
    for number, document, name, line, draft in rows:
        if document is not None and (number, document) in drafts:
            found[number].append(Filing(name or "", line or 0, _differing(draft, drafts[number, document])))
    return {number: tuple(filings) for number, filings in found.items()}


def _differing(other: object, counting: object) -> tuple[str, ...]:
    one, two = (facts_of(msgspec.convert(draft, ProjectDraft)) for draft in (other, counting))
    return tuple(label(change.key) for change in difference(one, two))
