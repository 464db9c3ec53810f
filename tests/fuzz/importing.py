"""Mutations through the whole import, into a database: what was refused leaves nothing, what was taken in is kept unchanged."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from pathlib import Path

from django.db import connection

from imports.actions import Options, import_file
from imports.models import ImportRun, SourceContent, SourceDocument
from imports.reading import SourceError
from indicators.models import Goal, Indicator
from projects.models import Funding, Project
from tests.fuzz.findings import Findings
from tests.fuzz.making import mutation
from tests.fuzz.starting import LAYOUTS, SOURCES
from tests.fuzz.trying import DEFAULTS, BrokenPromiseError

_COUNTED = (Project, Funding, Goal, Indicator, SourceDocument, ImportRun)
_DATABASES_WORDS = re.compile(r"Traceback|psycopg|violates|duplicate key|relation \"")


def try_imports(total: int, findings: Findings, *, seed: int = 2, sources: Path = SOURCES) -> Counter[str]:
    """Import mutations of all layouts in turn, every third as a dry run."""
    outcomes: Counter[str] = Counter()
    for number in range(total):
        layout = LAYOUTS[number % len(LAYOUTS)]
        data = mutation(layout, number, seed=seed, sources=sources)
        try:
            outcomes[_try(data, is_dry=number % 3 == 0)] += 1
        except Exception as error:
            outcomes["failed"] += 1
            findings.add(data, error, f"import-{layout}-{number}")
    return outcomes


def _try(data: bytes, *, is_dry: bool) -> str:
    before = _counts()
    try:
        report = import_file(data, name="a.txt", options=Options(None, DEFAULTS, dry_run=is_dry), by=None)
    except SourceError as error:
        if _DATABASES_WORDS.search(error.message):
            raise BrokenPromiseError(f"a refusal in the database's words: {error.message[:80]}") from error
        return _unchanged(before, "refused")
    if is_dry:
        return _unchanged(before, "dry run")
    content = SourceContent.objects.get(document__runs=report.run)
    if hashlib.sha256(bytes(content.data)).hexdigest() != hashlib.sha256(data).hexdigest():
        raise BrokenPromiseError("the bytes that are kept are others")
    return "imported"


def _unchanged(before: list[int], outcome: str) -> str:
    if connection.in_atomic_block is False and connection.needs_rollback:
        raise BrokenPromiseError("a transaction was left broken")
    if (now := _counts()) != before:
        raise BrokenPromiseError(f"{outcome}, and the database has other rows: {before} → {now}")
    return outcome


def _counts() -> list[int]:
    return [model.objects.count() for model in _COUNTED]
