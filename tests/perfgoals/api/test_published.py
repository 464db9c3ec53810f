"""Reading without an account: nothing, unless the operator opens it, and then published data only."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from imports.models import ImportRun, SourceDocument, SourceRecord
from projects.models import Project
from projects.permissions import AUDIT
from tests import factories
from tests.perfgoals.api.reading import Program

pytestmark = pytest.mark.django_db

PATHS = ("projects/", "departments/", "funding/", "indicators/", "documents/", "totals/", "schema/")
INTERNAL = {
    "contacts", "lead", "handler", "phone", "funding_note", "archived_at", "archive_reason", "created_at", "updated_at",
    "imported_at",
}  # fmt: skip
SECRETS = ("王五", "赵六", "13800000000", "差额的内部原因")


@pytest.fixture
def project(imported: ImportRun) -> Project:
    """A project from a document, with contacts and a note."""
    Project.objects.update(
        contact_lead="王五", contact_handler="赵六", contact_phone="13800000000", funding_note="差额的内部原因"
    )
    return Project.objects.get()


@pytest.fixture
def nobody(settings: Any) -> Program:
    """Somebody without an account, where published data is open."""
    settings.PUBLIC = True
    return Program()


def keys_of(value: Any) -> set[str]:
    """All keys anywhere in a JSON value."""
    if isinstance(value, dict):
        return set(value) | {key for part in value.values() for key in keys_of(part)}
    return {key for part in value for key in keys_of(part)} if isinstance(value, list) else set()


@pytest.mark.parametrize("path", [*PATHS, "projects/1/", "documents/1/", "nothing/"])
def test_nothing_is_open_unless_it_is_opened(path: str) -> None:
    assert Program().ask(path).status_code == 401


def test_the_page_of_the_api_is_open_where_the_api_is(nobody: Program, client: Client, settings: Any) -> None:
    assert client.get("/api/docs/").status_code == 200
    settings.PUBLIC = False
    assert client.get("/api/docs/").status_code == 302


@pytest.mark.usefixtures("nobody")
@pytest.mark.parametrize("path", ["/projects/", "/totals/", "/documents/", "/history/", "/tokens/"])
def test_the_site_itself_stays_closed(client: Client, path: str) -> None:
    assert client.get(path).status_code == 302


def test_published_projects_are_read(nobody: Program, project: Project, imported: ImportRun) -> None:
    assert [row["id"] for row in nobody.rows("projects/")] == [project.pk]
    read = nobody.read(f"projects/{project.pk}/")
    assert (read["amount"], read["amount_printed"]) == ("300000.00", "300,000")
    assert read["source"]["document"] == "教育局.txt"
    assert [row["id"] for row in nobody.rows("documents/")] == [imported.document_id]
    assert len(nobody.rows("indicators/")) == 12
    assert nobody.read("totals/")["total"]["projects"] == 1


def test_what_is_not_published_is_not_there(nobody: Program, project: Project, imported: ImportRun) -> None:
    typed = factories.project("手工录入", department=factories.department("别的局"), sources={"local": "1"})
    factories.indicator(typed)
    Project.objects.filter(pk=project.pk).update(archived_at=timezone.now(), archive_reason="撤回")
    for path in ("projects/", "departments/", "funding/", "indicators/", "documents/"):
        assert nobody.rows(path) == []
    assert nobody.read("totals/")["total"]["projects"] == 0
    for path in (f"projects/{typed.pk}/", f"projects/{project.pk}/", f"documents/{imported.document_id}/"):
        assert nobody.ask(path).status_code == 404


def test_contacts_and_history_are_nowhere(nobody: Program, project: Project, imported: ImportRun) -> None:
    for path in (*PATHS, f"projects/{project.pk}/", f"documents/{imported.document_id}/"):
        answer = nobody.ask(path)
        assert not keys_of(answer.json()) & INTERNAL, path
        assert not any(secret in answer.content.decode() for secret in SECRETS)
        if path != "schema/":
            table = nobody.ask(path, "format=csv").content.decode()
            header = set(table.splitlines()[0].replace(".", ",").split(","))
            assert not header & INTERNAL, path
            assert not any(secret in table for secret in SECRETS)


def test_people_with_an_account_read_them(project: Project) -> None:
    read = Program(factories.user(AUDIT)).read(f"projects/{project.pk}/")
    assert read["contacts"] == {"lead": "王五", "handler": "赵六", "phone": "13800000000"}
    assert read["funding_note"] == "差额的内部原因"


@pytest.mark.parametrize("query", ["archived=all", "archived=only", "differs=yes"])
def test_filters_on_how_the_site_is_worked_with_are_not_offered(nobody: Program, project: Project, query: str) -> None:
    answer = nobody.ask("projects/", query)
    assert answer.status_code == 400
    assert list(answer.json()["fields"].values()) == [["没有这个参数。"]]
    described = nobody.read("schema/")["paths"]["/api/v1/projects/"]["get"]["parameters"]
    assert query.partition("=")[0] not in {one["name"] for one in described}


def test_contacts_cannot_be_guessed_by_searching(nobody: Program, project: Project) -> None:
    for secret in SECRETS:
        assert nobody.rows("projects/", f"q={secret}") == []


@pytest.mark.parametrize("path", ["projects/", "departments/", "totals/", "documents/"])
def test_filters_answer_for_what_is_not_published_as_for_what_is_not_there(
    nobody: Program, project: Project, path: str
) -> None:
    body = factories.department("别的局")
    hidden = factories.project("手工录入", department=body, section="机密科", year=2031, sources={"local": "1"})
    for name, value, no_such in (
        ("year", hidden.year, 2032), ("department", body.pk, body.pk + 1), ("section", "机密科", "没有科"),
    ):  # fmt: skip
        there, absent = nobody.ask(path, f"{name}={value}"), nobody.ask(path, f"{name}={no_such}")
        assert (there.status_code, absent.status_code) == (400, 400)
        assert there.content.decode().replace(str(value), str(no_such)) == absent.content.decode()


@pytest.mark.parametrize("path", ["projects/", "funding/", "indicators/", "departments/"])
def test_words_of_what_is_not_published_find_nothing(nobody: Program, project: Project, path: str) -> None:
    hidden = factories.project("手工录入", sources={"local": "1"})
    factories.indicator(hidden, name="机密指标")
    for query in ("q=手工", "q=机密指标", "indicator=机密"):
        assert nobody.rows(path, query) == []
    assert nobody.read("totals/", "q=手工")["total"]["projects"] == 0


def test_an_earlier_filing_in_another_document_is_history(
    nobody: Program, project: Project, imported: ImportRun
) -> None:
    earlier = SourceDocument.objects.create(sha256="0" * 64, name="旧文件.txt", layout="target_form", encoding="utf-8")
    SourceRecord.objects.filter(project=project).update(document=earlier, is_current=False)
    now = SourceRecord.objects.get(project=project)
    now.pk, now.document, now.is_current = None, imported.document, True
    now.save()
    asked = {document: f"document={document.pk}" for document in (earlier, imported.document)}
    assert [len(nobody.rows("projects/", query)) for query in asked.values()] == [0, 1]
    assert [nobody.read("totals/", query)["total"]["projects"] for query in asked.values()] == [0, 1]
    assert [row["name"] for row in nobody.rows("documents/", f"q={project.name}")] == ["教育局.txt"]
    assert nobody.ask(f"documents/{earlier.pk}/").status_code == 404
    assert len(Program(factories.user(AUDIT)).rows("projects/", asked[earlier])) == 1


def test_what_people_changed_is_published_as_it_stands(nobody: Program, project: Project) -> None:
    Project.objects.update(amount=Decimal("310000.00"))
    assert [row["amount"] for row in nobody.rows("projects/")] == ["310000.00"]
    assert nobody.read("totals/")["total"]["amount"] == "310000.00"


def test_a_wrong_token_is_refused_also_there(nobody: Program) -> None:
    assert Program(token="pgt_wrong").ask("projects/").status_code == 401


def test_nobody_writes_there(nobody: Program) -> None:
    assert nobody.client.post("/api/v1/projects/").status_code == 405
