"""What the rules say of projects, stored in place of what they said before: one statement, however many there are."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from django.db import connection

from indicators.checks import Finding, Form, Severity, check
from indicators.reviewing.neighbouring import surroundings_of
from indicators.reviewing.settings_in_force import InForce
from indicators.reviewing.statements import array

BATCH: Final = 500
"""Projects that are in memory at a time, with their trees."""

Progress = Callable[[int, int], None]
"""Called with how many projects are checked and how many there are."""

_STORE: Final = """
    WITH wanted AS MATERIALIZED (
        SELECT * FROM jsonb_to_recordset(%s::jsonb) AS w(
            project_id bigint, rule text, severity smallint, fields varchar[], message text, corrections jsonb, digest text
        )
    ), stored AS MATERIALIZED (
        SELECT id, project_id, digest, severity, corrections FROM indicators_projectfinding
        WHERE project_id = ANY(%s::bigint[])
    ), gone AS (
        DELETE FROM indicators_projectfinding f USING stored s WHERE f.id = s.id AND NOT EXISTS (
            SELECT FROM wanted w WHERE w.project_id = s.project_id AND w.digest = s.digest
        )
    ), changed AS (
        UPDATE indicators_projectfinding f SET severity = w.severity, corrections = w.corrections
        FROM stored s JOIN wanted w USING (project_id, digest)
        WHERE f.id = s.id AND (s.severity, s.corrections) IS DISTINCT FROM (w.severity, w.corrections)
    )
    INSERT INTO indicators_projectfinding (
        project_id, rule, severity, fields, message, corrections, digest, acceptance_id
    )
    SELECT w.project_id, w.rule, w.severity, w.fields, w.message, w.corrections, w.digest, a.id
    FROM wanted w LEFT JOIN indicators_findingacceptance a USING (project_id, digest)
    WHERE NOT EXISTS (SELECT FROM stored s WHERE s.project_id = w.project_id AND s.digest = w.digest)
    ON CONFLICT DO NOTHING
"""
"""A finding that stays keeps its row; one that comes finds again what somebody accepted."""


def batches(numbers: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Some hundred projects at a time, each time with how many there were by then."""
    for start in range(0, len(numbers), BATCH):
        batch = list(numbers[start : start + BATCH])
        yield start + len(batch), batch


def store_findings(numbers: Collection[int], forms: Mapping[int, Form], in_force: InForce) -> None:
    """What the rules say of ``numbers`` now; those without a form (archived) have no findings.

    Of ``forms`` only those of ``numbers`` are checked.
    """
    mine = {number: forms[number] for number in numbers if number in forms}
    wanted = [_row(number, finding) for number, finding in findings_of(mine, in_force)]
    with connection.cursor() as cursor:
        cursor.execute(_STORE, [json.dumps(wanted, ensure_ascii=False), array(numbers)])


def findings_of(forms: Mapping[int, Form], in_force: InForce) -> Iterator[tuple[int, Finding]]:
    """What the rules say of stored forms, with what stands around them."""
    around = surroundings_of(forms)
    for number, form in forms.items():
        for finding in check(form, around[number], in_force.of(form.region, form.year)):
            yield number, finding


def _row(number: int, finding: Finding) -> dict[str, Any]:
    return {
        "project_id": number, "rule": finding.rule, "severity": finding.severity or Severity.HINT,
        "fields": finding.fields, "message": finding.message, "corrections": finding.corrections,
        "digest": finding.digest,
    }  # fmt: skip
