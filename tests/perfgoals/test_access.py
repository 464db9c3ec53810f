"""Who may do what: every address × every role × own and foreign objects, held against one table."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from imports.actions import Options, import_file
from imports.gazettes.models import DocumentTable, OfficialDocument, TableRow
from imports.models import Export, ImportRun
from imports.tasks import do_upload
from imports.uploads.receiving import receive
from indicators.models import EditDraft
from indicators.state import version_of
from perfgoals.api.models import ApiToken
from perfgoals.models import User
from projects.models import Project, SavedFilter
from projects.permissions import ADMIN, AUDIT, DEPARTMENT, FINANCE
from tests import factories
from tests.imports import texts
from tests.imports.gazettes.plans.made import link as plan_link
from tests.imports.gazettes.plans.made import plan_project
from tests.imports.gazettes.plans.made import table as plan_table
from tests.imports.gazettes.review.targets import target
from tests.indicators.reviewing.made import finding

ROLES = (FINANCE, DEPARTMENT, AUDIT, ADMIN, None)
"""The columns of the table; ``None`` is somebody who logs in and has no role."""


class Rule(NamedTuple):
    """Answers to GET and POST, for one's own and for foreign objects; one word a role in the order of `ROLES`.

    200 is shown, 302 leads on (a write that was done, or an empty form sent back), 409 asks again, 403 may be seen but
    not done by this role, 404 may not be seen, 405 is no such request.
    """

    get: str
    post: str
    get_foreign: str = ""
    post_foreign: str = ""


TABLE: dict[str, Rule] = {
    "home": Rule("302 302 302 302 302", "302 302 302 302 302"),
    "login": Rule("302 302 302 302 302", "302 302 302 302 302"),
    "login-code": Rule("302 302 302 302 302", "302 302 302 302 302"),
    "logout": Rule("405 405 405 405 405", "302 302 302 302 302"),
    "project-new": Rule("200 200 403 403 403", "200 200 403 403 403"),
    "project-edit": Rule("200 200 403 403 404", "200 200 403 403 404", "404 404 403 403 404", "404 404 403 403 404"),
    "draft-list": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "draft-text": Rule(
        "200 200 200 200 200", "405 405 405 405 405", "404 404 404 404 404", "405 405 405 405 405"
    ),
    "draft-discard": Rule("405 405 405 405 405", "302 302 302 302 302", "405 405 405 405 405", "404 404 404 404 404"),
    "bulk-department": Rule("405 405 403 403 403", "302 302 403 403 403"),
    "bulk-attribute": Rule("405 405 403 403 403", "302 302 403 403 403"),
    "bulk-copy": Rule("405 405 403 403 403", "302 302 403 403 403"),
    "bulk-archive": Rule("405 405 403 403 403", "302 302 403 403 403"),
    "bulk-unarchive": Rule("405 405 403 403 403", "302 302 403 403 403"),
    "history-list": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "history-export": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "project-history": Rule("200 200 200 200 404", "405 405 405 405 405", "404 404 200 200 404", "405 405 405 405 405"),
    "project-history-export": Rule("200 200 200 200 404", "405 405 405 405 405", "404 404 200 200 404", "405 405 405 405 405"),
    "project-version": Rule("200 200 200 200 404", "405 405 405 405 405", "404 404 200 200 404", "405 405 405 405 405"),
    "project-restore": Rule("405 405 405 405 405", "409 409 403 403 404", "405 405 405 405 405", "404 404 403 403 404"),
    "finding-list": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "finding-export": Rule("404 404 404 404 404", "405 405 405 405 405"),  # it must say in which format
    "findings-accept": Rule("405 405 405 405 405", "302 403 403 403 403"),
    "finding-accept": Rule("405 405 405 405 405", "302 403 403 403 404", "405 405 405 405 405", "404 404 403 403 404"),
    "finding-withdraw": Rule("405 405 405 405 405", "302 403 403 403 404", "405 405 405 405 405", "404 404 403 403 404"),
    "finding-correct": Rule("405 405 405 405 405", "302 302 403 403 404", "405 405 405 405 405", "404 404 403 403 404"),
    "project-list": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "project-detail": Rule("200 200 200 200 404", "405 405 405 405 405", "404 404 200 200 404", "405 405 405 405 405"),
    "project-panel": Rule("302 302 302 302 404", "405 405 405 405 405", "404 404 302 302 404", "405 405 405 405 405"),
    "list-columns": Rule("200 200 200 200 200", "302 302 302 302 302"),
    "list-density": Rule("405 405 405 405 405", "204 204 204 204 204"),
    "project-facets": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "project-choices": Rule(
        "200 200 200 200 200", "405 405 405 405 405", "200 200 200 200 200", "405 405 405 405 405"
    ),
    "filter-list": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "filter-menu": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "filter-new": Rule("405 405 405 405 405", "200 200 200 200 200"),
    "filter-open": Rule("302 302 302 302 302", "405 405 405 405 405", "404 404 404 404 404", "405 405 405 405 405"),
    "filter-edit": Rule("200 200 200 200 200", "200 200 200 200 200", "404 404 404 404 404", "404 404 404 404 404"),
    "filter-overwrite": Rule("405 405 405 405 405", "302 302 302 302 302", "405 405 405 405 405", "404 404 404 404 404"),
    "filter-delete": Rule("405 405 405 405 405", "302 302 302 302 302", "405 405 405 405 405", "404 404 404 404 404"),
    "totals": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "totals-export": Rule("404 404 404 404 404", "405 405 405 405 405"),  # it must say in which format
    "charts": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "department-list": Rule("403 403 403 200 403", "405 405 405 405 405"),
    "department-new": Rule("403 403 403 200 403", "403 403 403 200 403"),
    "department-edit": Rule(
        "404 404 404 200 404", "404 404 404 200 404", "404 404 404 200 404", "404 404 404 200 404"
    ),
    "department-join": Rule("403 403 403 404 403", "403 403 403 302 403"),
    "user-list": Rule("403 403 403 200 403", "405 405 405 405 405"),
    "user-new": Rule("403 403 403 200 403", "403 403 403 200 403"),
    "user-edit": Rule("404 404 404 200 404", "404 404 404 200 404", "404 404 404 200 404", "404 404 404 200 404"),
    "user-lock": Rule("405 405 405 405 405", "404 404 404 302 404", "405 405 405 405 405", "404 404 404 302 404"),
    "user-unlock": Rule("405 405 405 405 405", "404 404 404 302 404", "405 405 405 405 405", "404 404 404 302 404"),
    "user-reset-password": Rule("404 404 404 200 404", "404 404 404 200 404", "404 404 404 200 404", "404 404 404 200 404"),
    "password": Rule("200 200 200 200 200", "200 200 200 200 200"),
    "second-factor": Rule("200 200 200 200 200", "200 200 200 200 200"),
    "second-factor-off": Rule("405 405 405 405 405", "302 302 302 302 302"),
    "second-factor-codes": Rule("405 405 405 405 405", "302 302 302 302 302"),
    "user-factor-remove": Rule("405 405 405 405 405", "404 404 404 302 404", "405 405 405 405 405", "404 404 404 302 404"),
    "log-in-list": Rule("200 200 200 200 200", "200 200 200 200 200"),
    "log-ins-end-all": Rule("403 403 403 200 403", "403 403 403 200 403"),
    "user-log-ins-end": Rule("405 405 405 405 405", "404 404 404 302 404", "405 405 405 405 405", "404 404 404 302 404"),
    "project-form": Rule("200 200 200 200 404", "405 405 405 405 405", "404 404 200 200 404", "405 405 405 405 405"),
    "project-form-xlsx": Rule("200 200 200 200 404", "405 405 405 405 405", "404 404 200 200 404", "405 405 405 405 405"),
    "print-forms": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "print-forms-xlsx": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "print-list": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "print-list-xlsx": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "citation-list": Rule("200 200 200 200 403", "405 405 405 405 405"),
    "citation-detail": Rule("200 200 200 200 403", "405 405 405 405 405", "404 404 200 200 403", "405 405 405 405 405"),
    "official-document-list": Rule("200 200 200 200 403", "405 405 405 405 405"),
    "official-document": Rule("200 200 200 200 403", "405 405 405 405 405", "200 200 200 200 403", "405 405 405 405 405"),
    "table-row-mend": Rule("200 403 403 403 403", "422 403 403 403 403", "403 403 403 403 403", "403 403 403 403 403"),
    "plan-project-list": Rule("200 200 200 200 403", "405 405 405 405 405"),
    "plan-project-export": Rule("404 404 404 404 403", "405 405 405 405 405"),  # it must say in which format
    "plan-project": Rule("200 200 200 200 403", "405 405 405 405 405", "200 200 200 200 403", "405 405 405 405 405"),
    "plan-link-add": Rule("405 405 405 405 405", "404 403 403 403 403", "405 405 405 405 405", "403 403 403 403 403"),  # which project?
    "plan-link-decide": Rule("405 405 405 405 405", "302 403 403 403 403", "405 405 405 405 405", "404 404 403 403 403"),
    "plan-indicator-list": Rule("200 200 200 200 403", "405 405 405 405 405"),
    "plan-indicator-export": Rule("404 404 404 404 403", "405 405 405 405 405"),
    "target-list": Rule("200 200 200 200 403", "405 405 405 405 405"),
    "target-export": Rule("200 200 200 200 403", "405 405 405 405 405"),
    "target-accept": Rule("405 405 405 405 405", "302 403 403 403 403"),
    "target-review": Rule("200 200 200 200 403", "302 403 403 403 403", "200 200 200 200 403", "403 403 403 403 403"),
    "rule-list": Rule("200 200 200 200 403", "405 405 405 405 405"),
    "rule-detail": Rule("200 200 200 200 403", "403 403 403 200 403", "200 200 200 200 403", "403 403 403 200 403"),
    "sheet-detail": Rule("200 200 200 200 404", "200 403 403 403 404", "404 404 200 200 404", "404 404 403 403 404"),
    "sheet-print": Rule("200 200 200 200 404", "405 405 405 405 405", "404 404 200 200 404", "405 405 405 405 405"),
    "sheet-xlsx": Rule("200 200 200 200 404", "405 405 405 405 405", "404 404 200 200 404", "405 405 405 405 405"),
    "sheet-list": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "sheet-list-xlsx": Rule("200 200 200 200 302", "405 405 405 405 405"),
    "paper": Rule("200 403 200 200 403", "405 405 405 405 405"),
    "paper-xlsx": Rule("200 403 200 200 403", "405 405 405 405 405"),
    "document-list": Rule("200 403 200 200 403", "405 405 405 405 405"),
    "document-detail": Rule("200 404 200 200 404", "405 405 405 405 405", "404 404 200 200 404", "405 405 405 405 405"),
    "project-restore-printed": Rule("405 405 405 405 405", "302 302 403 403 404", "405 405 405 405 405", "404 404 403 403 404"),
    "export-list": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "export-new": Rule("405 405 405 405 405", "200 200 200 200 200"),
    "export-detail": Rule("200 200 200 200 200", "405 405 405 405 405", "404 404 404 404 404", "405 405 405 405 405"),
    "export-file": Rule("200 200 200 200 200", "405 405 405 405 405", "404 404 404 404 404", "405 405 405 405 405"),
    "export-discard": Rule("405 405 405 405 405", "302 302 302 302 302", "405 405 405 405 405", "404 404 404 404 404"),
    "difference-list": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "run-new": Rule("200 200 403 200 403", "200 200 403 200 403"),
    "upload-list": Rule("200 200 403 200 403", "405 405 405 405 405"),
    "upload-batch": Rule("200 200 404 200 404", "405 405 405 405 405", "404 404 404 200 404", "405 405 405 405 405"),
    "upload-detail": Rule("200 200 404 200 404", "409 409 404 409 404", "404 404 404 200 404", "404 404 404 409 404"),
    "upload-decide": Rule("405 405 405 405 405", "302 302 404 302 404", "405 405 405 405 405", "404 404 404 302 404"),
    "upload-discard": Rule("405 405 405 405 405", "302 302 404 302 404", "405 405 405 405 405", "404 404 404 302 404"),
    "run-list": Rule("200 200 200 200 403", "405 405 405 405 405"),
    "run-detail": Rule("200 404 200 200 404", "405 405 405 405 405", "404 404 200 200 404", "405 405 405 405 405"),
    "token-list": Rule("200 200 200 200 200", "200 200 200 200 200"),
    "token-revoke": Rule("405 405 405 405 405", "302 302 302 302 302", "405 405 405 405 405", "404 404 404 404 404"),
    "user-tokens-revoke": Rule(
        "405 405 405 405 405", "404 404 404 302 404", "405 405 405 405 405", "404 404 404 302 404"
    ),
    "api-totals": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "api-project-list": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "api-project-detail": Rule(
        "200 200 200 200 404", "405 405 405 405 405", "404 404 200 200 404", "405 405 405 405 405"
    ),
    "api-department-list": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "api-funding-list": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "api-indicator-list": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "api-document-list": Rule("200 403 200 200 403", "405 405 405 405 405"),
    "api-document-detail": Rule(
        "200 403 200 200 403", "405 405 405 405 405", "404 403 200 200 403", "405 405 405 405 405"
    ),
    "api-schema": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "api-docs": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "api-nothing": Rule("404 404 404 404 404", "405 405 405 405 405"),
    "healthz": Rule("200 200 200 200 200", "405 405 405 405 405"),
    "readyz": Rule("503 503 503 503 503", "405 405 405 405 405"),  # no worker runs beside the tests
    "metrics": Rule("404 404 404 404 404", "405 405 405 405 405"),  # for programs with the token
}  # fmt: skip


class World(NamedTuple):
    """A project with its source and its import, in a county."""

    project: Project
    run: ImportRun
    person: User
    """Somebody to administer."""


def addresses(patterns: list[URLPattern | URLResolver] | None = None) -> Iterator[URLPattern]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        else:
            yield pattern


def world(county: str) -> World:
    text = texts.form().replace("上党区", county)
    report = import_file(text.encode(), name=f"{county}.txt", options=Options(), by=None)
    run = ImportRun.objects.get(pk=report.run)
    return World(run.records.get().project, run, factories.user(DEPARTMENT))


def official_document(of: World) -> OfficialDocument:
    """One more document of the world's region, which its source prints."""
    position = of.run.document.official_documents.count()
    return OfficialDocument.objects.create(
        source=of.run.document, position=position, title="通知", region=of.project.region, first_line=1, last_line=2
    )


def table_row(of: World) -> TableRow:
    """A row of a table of such a document."""
    table = DocumentTable.objects.create(
        document=official_document(of), position=0, kind="other", header=["项目"], header_lines=[1], first_line=1,
        last_line=2,
    )  # fmt: skip
    return TableRow.objects.create(table=table, line=2, kind="row", printed=["甲"], cells=["甲"], draft={})


def person_of(role: str | None, own: World) -> User:
    """Somebody with the role who belongs to the own world as that role does."""
    places = {FINANCE: [own.project.region], DEPARTMENT: [own.project.department]}
    return factories.user(role, *places.get(role or "", []))


def address_of(pattern: URLPattern, of: World, client_of: User) -> str:
    """The address with the world's objects; a draft and an upload are always the person's own, or, in the foreign world, another's."""
    values: dict[str, Any] = {"pk": of.project.pk, "version": version_of(of.project.pk)}
    name = str(pattern.name)
    if name == "project-choices":
        values["name"] = "department"
    if name.startswith("user-"):
        values["pk"] = of.person.pk
    elif name == "department-edit":
        values["pk"] = of.project.department_id
    elif name.startswith(("document-", "api-document-")):
        values["pk"] = of.run.document_id
    elif name.startswith("finding-"):
        values["pk"] = finding(of.project).pk
    elif name in ("official-document", "table-row-mend"):
        values["pk"] = (official_document(of) if name == "official-document" else table_row(of)).pk
    elif name == "rule-detail":
        values["rule"] = "money.period-below-annual"
    elif name == "citation-detail":
        values["number"] = f"长政发〔2031〕{of.project.pk}号"
        Project.objects.filter(pk=of.project.pk).update(basis=f"根据长政发[2031] {of.project.pk} 号")
    elif name in ("plan-project", "plan-link-add"):
        values["pk"] = plan_project(of=plan_table(official_document(of))).pk
    elif name == "plan-link-decide":
        values["pk"] = plan_link(plan_project(of=plan_table(official_document(of))), of.project).pk
    elif name == "target-review":
        values["pk"] = target(official_document(of)).pk
    elif name.startswith("run-"):
        values["pk"] = of.run.pk
    elif name.startswith("upload-"):
        data, batch = bytes(of.run.document.content.data), uuid.uuid4()
        upload = receive([data], name=of.run.file_name, options=Options(), by=client_of, batch=batch)
        do_upload(pk=str(upload.pk))
        values |= {"pk": upload.pk, "batch": batch}
    elif name == "token-revoke":
        values["token"] = ApiToken.objects.issue(user=client_of, name="程序", lifetime=timedelta(days=1))[0].number
    elif name.startswith("filter-"):
        saved, _ = SavedFilter.objects.get_or_create(user=client_of, name="我的", defaults={"query": "year=2025"})
        values["pk"] = saved.pk
    elif name.startswith("export-"):
        values["token"] = Export.objects.create(
            user=client_of, kind="csv", file_name="项目.csv", size=0, state="done"
        ).pk
    elif name.startswith("draft-"):
        values["token"] = EditDraft.objects.create(user=client_of, project=of.project, sheet={}).token
    return reverse(name, kwargs={key: values[key] for key in pattern.pattern.converters})


def answers(pattern: URLPattern, method: str, of: World, people: dict[str | None, User], drafts_of: User | None) -> str:
    """The status for each role, everything that it wrote undone."""
    found = []
    for role in ROLES:
        client = Client()
        client.force_login(people[role])
        with transaction.atomic():
            address = address_of(pattern, of, drafts_of or people[role])
            found.append(str(getattr(client, method)(address).status_code))
            transaction.set_rollback(True)
    return " ".join(found)


def test_every_address_is_in_the_table_and_no_other() -> None:
    assert sorted(str(pattern.name) for pattern in addresses()) == sorted(TABLE)


def rule_of(pattern: URLPattern, own: World, foreign: World, people: dict[str | None, User]) -> Rule:
    """What the address really answers."""
    found = Rule(answers(pattern, "get", own, people, None), answers(pattern, "post", own, people, None))
    if not pattern.pattern.converters:
        return found
    return found._replace(
        get_foreign=answers(pattern, "get", foreign, people, foreign.person),
        post_foreign=answers(pattern, "post", foreign, people, foreign.person),
    )


def section(name: object) -> str:
    """Addresses of one section are tried in one world, since making one takes longest."""
    return str(name).partition("-")[0]


@pytest.mark.django_db
@pytest.mark.parametrize("of", sorted({section(pattern.name) for pattern in addresses()}))
def test_each_role_may_do_what_the_table_says(of: str) -> None:
    own, foreign = world("上党区"), world("潞州区")
    people = {role: person_of(role, own) for role in ROLES}
    patterns = {str(pattern.name): pattern for pattern in addresses() if section(pattern.name) == of}
    found = {name: rule_of(pattern, own, foreign, people) for name, pattern in patterns.items()}
    assert found == {name: TABLE[name] for name in patterns}
