"""Decisions about conflicts: what the report says of them is what the import then does."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

import pytest

from imports.actions import Options, import_file, options_as_json, options_of
from imports.uploads.deciding import conflict_ids, decided, digest
from indicators.models import Goal, Indicator
from projects.models import Project
from tests.imports.texts import form

pytestmark = pytest.mark.django_db

BEFORE = form() + form(name="食堂", amount="100")
AFTER = form(overview="新概况。", amount="400,000", goal="新目标。") + form(
    name="食堂", amount="250", overview="新食堂。"
)


@pytest.fixture(autouse=True)
def edited() -> None:
    """Two imported projects of which people changed most facts."""
    run(BEFORE)
    Project.objects.update(overview="人工改写。", amount=Decimal("7.00"))
    Goal.objects.update(text="人工目标。")
    Indicator.objects.filter(name="改造教室").update(value="≥99间", number=99)


def run(text: str, take: Collection[str] = (), *, dry_run: bool = False) -> dict:
    options = Options(take=frozenset(take), dry_run=dry_run)
    return import_file(text.encode(), name="a.txt", options=options, by=None).as_json()


def test_every_conflict_has_an_id_of_its_own() -> None:
    first, again = run(AFTER, dry_run=True), run(AFTER, dry_run=True)
    ids = conflict_ids(first)
    assert len(ids) == len(set(ids)) > 8
    assert ids == conflict_ids(again)


def test_one_fact_is_taken_and_the_others_stay() -> None:
    report = run(AFTER, ["1:overview"])
    classroom = Project.objects.get(name="教室改造")
    assert (classroom.overview, classroom.amount) == ("新概况。", Decimal("7.00"))
    assert Project.objects.get(name="食堂").overview == "人工改写。"
    taken = [field["id"] for entry in report["conflicts"] for field in entry["fields"] if field["taken"] == "source"]
    assert taken == ["1:overview"]


@pytest.mark.parametrize("seed", range(12))
def test_what_is_shown_for_any_decisions_is_what_the_import_does(seed: int) -> None:
    shown = run(AFTER, dry_run=True)
    ids = conflict_ids(shown)
    take = ids[seed % 4 :: 1 + seed // 4] if seed else []
    foretold = decided(shown, set(take))
    done = run(AFTER, take)
    assert done["counts"] == foretold["counts"]
    assert (done["amount_change"], done["total"]) == (foretold["amount_change"], foretold["total"])
    assert digest(done) == digest(foretold)


def test_all_decisions_are_taking_the_source() -> None:
    shown = run(AFTER, dry_run=True)
    all_taken = decided(shown, set(conflict_ids(shown)))
    options = Options(take_source=True, dry_run=True)
    assert all_taken == import_file(AFTER.encode(), name="a.txt", options=options, by=None).as_json()


def test_the_decisions_of_one_project_are_its_own() -> None:
    shown = run(AFTER, dry_run=True)
    second = conflict_ids(shown, project=1)
    assert {one.partition(":")[0] for one in second} == {"2"}
    assert conflict_ids(shown, project=99) == []


def test_other_decisions_are_another_digest() -> None:
    shown = run(AFTER, dry_run=True)
    assert digest(shown) != digest(decided(shown, {"1:overview"}))


@pytest.mark.parametrize("unknown", ["", ":", "9:overview", "1:nothing", "1", "x:y"])
def test_decisions_about_nothing_change_nothing(unknown: str) -> None:
    assert run(AFTER, [unknown], dry_run=True) == run(AFTER, dry_run=True)


def test_the_amounts_of_new_and_changed_projects_are_told_apart() -> None:
    report = run(AFTER + form(name="操场", amount="1,000"), ["1:amount"], dry_run=True)
    assert (report["created_total"], report["amount_change"]) == ("1000.00", "399993.00")
    assert [(entry["project"], entry["amount"]) for entry in report["created"]] == [("操场", "1000.00")]


def test_options_keep_their_decisions() -> None:
    options = Options(take=frozenset({"1:overview", "2:name"}))
    assert options_of(options_as_json(options)) == options
    assert options_of({"layout": None, "defaults": {}, "take_source": True, "dry_run": False}).take == frozenset()
