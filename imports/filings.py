"""Other filings of a project in the document that states it: one form filed twice, of which the later counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

import msgspec
from django.db.models import Exists, OuterRef

from imports.drafts import ProjectDraft
from imports.facts import difference, facts_of, label
from imports.models import Outcome, SourceRecord
from indicators.checks.forms import Filing


def filings_of(numbers: Collection[int]) -> Mapping[int, tuple[Filing, ...]]:
    """Projects, by their numbers, with the filings that do not count, in the order of the document."""
    records = SourceRecord.objects.filter(project__in=list(numbers))
    counting = records.filter(is_current=True)
    same = counting.filter(project=OuterRef("project"), document=OuterRef("document"))
    others = records.filter(Exists(same), is_current=False, outcome=Outcome.DUPLICATE).order_by("project", "first_line")
    rows = list(others.values_list("project_id", "document__name", "first_line", "draft"))
    if not rows:
        return {}
    twice = {number for number, *_ in rows}
    drafts = dict(counting.filter(project__in=twice).values_list("project_id", "draft"))
    found: dict[int, list[Filing]] = defaultdict(list)
    for number, document, line, draft in rows:
        found[number].append(Filing(document or "", line or 0, _differing(draft, drafts[number])))
    return {number: tuple(filings) for number, filings in found.items()}


def _differing(other: object, counting: object) -> tuple[str, ...]:
    one, two = (facts_of(msgspec.convert(draft, ProjectDraft)) for draft in (other, counting))
    return tuple(label(change.key) for change in difference(one, two))
