"""Gazettes and plans leave in the interchange file and come back whole."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from imports.actions import Options, import_file
from imports.exporting import interchange_chunks
from imports.gazettes.models import OfficialDocument, PlanLink, PlanProject, ProseTarget, TargetState
from imports.gazettes.stored import stored_texts
from imports.layouts.interchange_texts import SourceTexts, texts_as_parts
from imports.models import ImportRun, SourceDocument
from imports.reading import SourceError
from projects.models import Project
from tests.imports.gazettes.test_storing import imported
from tests.imports.gazettes.texts import NUMBER

pytestmark = pytest.mark.django_db


def exported() -> str:
    return "".join(interchange_chunks(Project.objects.all(), texts=True))


def emptied() -> None:
    PlanLink.objects.all().delete()
    OfficialDocument.objects.all().delete()
    ImportRun.objects.all().delete()
    SourceDocument.objects.all().delete()


def taken_in(text: str) -> None:
    import_file(text.encode(), name="交换.json", options=Options(), by=None)


def test_exporting_importing_and_exporting_again_gives_the_same_bytes() -> None:
    imported()
    first = exported()
    emptied()
    taken_in(first)
    assert exported() == first


def test_the_parts_say_what_the_contract_promises() -> None:
    imported()
    parts: dict[str, Any] = json.loads(exported())
    issue, document = parts["documents"]
    assert (issue["kind"], issue["year"], issue["issue"], issue["total_issue"]) == ("issue", 2031, 2, 66)
    assert (document["number"], document["date"], document["annexes"]) == (NUMBER, "2031-03-09", ["校舍修缮重点项目表"])
    table = parts["tables"][1]
    assert (table["kind"], len(table["rows"]), table["declared_total"], table["computed_total"]) == (
        "project_table", 3, "10160.5", "10160.5",
    )  # fmt: skip
    assert parts["plan_indicators"][0]["values"] == {"2030": "81.5", "2035": "≥98"}
    assert [one["investment"] for one in parts["plan_projects"]] == ["1200", "8600.5", "360"]
    assert [(one["operator"], one["number"], one["unit"], one["year"]) for one in parts["prose_targets"]] == [
        (">=", "98", "%", 2035), ("=", "120", "个", 2035),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("part", "needless"),
    [("documents", ("tablerow", "prosetarget")), ("tables", ("prosetarget",)), ("prose_targets", ("tablerow",))],
)
def test_a_part_is_fetched_without_the_others(part: str, needless: tuple[str, ...]) -> None:
    imported()
    with CaptureQueriesContext(connection) as queries:
        objects = list(texts_as_parts(list(stored_texts()))[part])
    assert objects == list(texts_as_parts([_with_everything(texts) for texts in stored_texts()])[part])
    assert not [query for query in queries for table in needless if f'FROM "imports_{table}"' in query["sql"]]


def _with_everything(texts: SourceTexts) -> SourceTexts:
    return SourceTexts(texts.name, texts.sha256, texts.issues, list(texts.documents))


def test_a_filtered_export_has_no_texts() -> None:
    imported()
    parts = json.loads("".join(interchange_chunks(Project.objects.all())))
    assert parts["documents"] == parts["tables"] == []


def test_what_is_no_target_does_not_leave() -> None:
    imported()
    ProseTarget.objects.filter(name="书屋").update(state=TargetState.REJECTED, reviewed_at="2031-05-01T00:00Z")
    assert [one["name"] for one in json.loads(exported())["prose_targets"]] == ["校舍抗震达标率"]


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [("plan_projects", "investment", "9"), ("tables", "unit", "元"), ("documents", "title", "别的")],
)
def test_a_part_that_was_changed_beside_its_detail_is_refused(part: str, key: str, value: str) -> None:
    imported()
    parts = json.loads(exported())
    parts[part][-1][key] = value
    emptied()
    with pytest.raises(SourceError, match=f"{part} 的第 .+ 项"):
        taken_in(json.dumps(parts, ensure_ascii=False))
    assert not OfficialDocument.objects.exists()


def test_what_was_read_from_the_text_itself_is_not_replaced() -> None:
    imported()
    file = exported()
    PlanProject.objects.filter(serial="1").update(location="东街")
    taken_in(file)
    assert PlanProject.objects.get(serial="1").location == "东街"
