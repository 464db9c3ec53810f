"""The account of security names tests that there are, and no requirement twice."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

TEXT = Path(settings.BASE_DIR, "docs", "security.md").read_text(encoding="utf-8")
ROWS = [line.split("|")[1:-1] for line in TEXT.splitlines() if re.match(r"\| \d", line)]


def test_every_test_that_is_named_exists() -> None:
    named = set(re.findall(r"`(tests/[\w/.]+\.py)`", TEXT))
    assert len(named) > 20
    assert [path for path in named if not Path(settings.BASE_DIR, path).is_file()] == []


def test_every_requirement_has_one_state_and_all_chapters_are_there() -> None:
    assert {row[1].strip() for row in ROWS} <= {"met", "partly", "open", "operator", "none"}
    ids = [one for row in ROWS for one in re.findall(r"\d+\.\d+\.\d+", row[0])]
    assert len(ids) == len(set(ids))
    assert {int(one.partition(".")[0]) for one in ids} == set(range(1, 18))
