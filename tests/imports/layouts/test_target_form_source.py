"""The source that the reader of target forms was built for, held against its gold."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from imports.drafts import ProjectDraft
from imports.layouts import target_form
from imports.reading import Reading
from tests.imports.layouts.target_form_reading import read

SHARED = Path(__file__).parents[4] / "shared"
SOURCE = SHARED / "sources" / "shangdang_2025_target_forms.txt"
GOLD = SHARED / "gold" / "shangdang_2025_target_forms.json"


@pytest.fixture(scope="module")
def found() -> tuple[list[ProjectDraft], Reading]:
    return read(SOURCE.read_text(encoding="utf-8").split("\n"))


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    projects: list[dict[str, Any]] = json.loads(GOLD.read_text(encoding="utf-8"))["projects"]
    return projects


@pytest.mark.skipif(not (SOURCE.exists() and GOLD.exists()), reason="the shared source and its gold are not there")
class TestSource:
    def test_all_fields(self, found: tuple[list[ProjectDraft], Reading], gold: list[dict[str, Any]]) -> None:
        assert [_fields(draft) for draft in found[0]] == [_gold_fields(project) for project in gold]

    def test_all_amounts(self, found: tuple[list[ProjectDraft], Reading], gold: list[dict[str, Any]]) -> None:
        assert [_amounts(draft) for draft in found[0]] == [_gold_amounts(project) for project in gold]

    def test_all_indicators(self, found: tuple[list[ProjectDraft], Reading], gold: list[dict[str, Any]]) -> None:
        for draft, project in zip(found[0], gold, strict=True):
            indicators = [
                (item.scope, item.level1, item.level2, _bare(item.level3), _bare(item.value))
                for item in draft.indicators
            ]
            assert indicators == [
                (item["scope"], item["level1"], item["level2"], _bare(item["level3"]), _bare(item["value"]))
                for item in project["indicators"]
            ]

    def test_number_of_indicators_in_each_half(self, found: tuple[list[ProjectDraft], Reading]) -> None:
        expected = [8, 9, 10, 8, 9, 12, 9, 8, 8, 8, 7, 6, 11, 11, 7]
        for scope in ("period", "annual"):
            assert [sum(item.scope == scope for item in draft.indicators) for draft in found[0]] == expected

    def test_every_line_is_accounted_for(self, found: tuple[list[ProjectDraft], Reading]) -> None:
        assert list(found[1].unclaimed()) == []

    def test_notices(self, found: tuple[list[ProjectDraft], Reading]) -> None:
        assert [(notice.line, notice.kind) for notice in found[1].notices] == [(159, "lost_value"), (399, "cut_name")]

    @pytest.mark.parametrize("path", sorted(SOURCE.parent.glob("*.txt")), ids=lambda path: path.stem)
    def test_only_this_source_is_recognised(self, path: Path) -> None:
        assert target_form.recognise(path.read_text(encoding="utf-8").split("\n")) == (path == SOURCE)


def _bare(text: str | None) -> str | None:
    return None if text is None else "".join(text.split())


_GOLD_NAMES = {
    "name": "name",
    "department_code": "department_code",
    "department_name": "department",
    **{name: name for name in ("implementing_unit", "attribute", "duration", "basis", "content", "overview")},
    **{name: name for name in ("necessity", "safeguards", "plan", "goal_period", "goal_annual")},
}


def _fields(draft: ProjectDraft) -> dict[str, Any]:
    fields: dict[str, Any] = {name: _bare(getattr(draft, name)) for name in _GOLD_NAMES}
    assert draft.filed_at is not None
    stamp = f"{draft.filed_at:%Y%m%d%H%M%S}"
    return fields | {
        "place": (draft.region_name, draft.year, draft.printed_unit, stamp, draft.first_line),
        "contacts": (draft.contact_lead, draft.contact_handler, draft.contact_phone),
    }


def _gold_fields(project: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {name: _bare(project[gold]) for name, gold in _GOLD_NAMES.items()}
    place = ("region", "year", "unit", "filed_at", "source_first_line")
    return fields | {"place": tuple(project[name] for name in place), "contacts": ("", "", "")}


def _amounts(draft: ProjectDraft) -> dict[str, dict[str, Decimal | None]]:
    assert draft.funding is not None
    assert draft.amount == draft.funding["annual"].total
    return {
        scope: {"total": table.total.yuan} | {code: amount.yuan for code, amount in table.sources.items()}
        for scope, table in draft.funding.items()
    }


def _gold_amounts(project: dict[str, Any]) -> dict[str, dict[str, Decimal | None]]:
    return {
        scope: {code: None if amount is None else Decimal(amount) for code, amount in table.items()}
        for scope, table in project["funding"].items()
    }
