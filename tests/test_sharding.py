"""What the program's statements find their rows of large tables by: the region, as if it were the key that shards are divided by.

Every address is opened and written to, and files are imported, edited, checked and exported, by somebody of a county and by somebody
who sees the country. docs/operations.md names what is found by something else (ADR 23).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import pytest
from django.apps import apps
from django.db import transaction
from django.http import QueryDict
from django.test import Client

from imports.actions import Options, import_file
from indicators.history.walk import Wanted, find
from indicators.reviewing.refreshing import refresh_all
from indicators.reviewing.working.listed import FindingList
from indicators.state import load_state, write_state
from perfgoals.api.models import ApiToken
from perfgoals.history import change
from perfgoals.models import User
from perfgoals.pagination import Page
from projects.filters import ProjectFilter
from projects.models import Funding, Project
from projects.permissions import ADMIN, FINANCE
from projects.rollups.compacting import settle
from projects.tables import Sort, page_keys
from projects.totals import summary_of
from projects.totals.layout import Layout
from projects.totals.pivot import pivot_table
from tests.bounds import NOTHING, PROJECT, REGION, ROW, mentions, uses, watched
from tests.imports import texts
from tests.perfgoals.test_access import World, address_of, addresses, person_of, world

pytestmark = pytest.mark.django_db

PART: Final = {"project_id": PROJECT, "id": ROW, "acceptance_id": ROW}
EVENT: Final = {"project_id": PROJECT, "pgh_id": ROW}
LARGE: Final[dict[str, dict[str, str]]] = {
    "projects_project": {"region_id": REGION, "id": PROJECT},
    "projects_projectevent": {"region_id": REGION, "pgh_obj_id": PROJECT, "pgh_id": ROW},
    "projects_projecttally": {"region": REGION, "project_id": PROJECT},
    "projects_projecttext": {"project_id": PROJECT},
    "projects_funding": PART,
    "projects_fundingevent": EVENT,
    "indicators_goal": PART,
    "indicators_goalevent": EVENT,
    "indicators_indicator": PART,
    "indicators_indicatorevent": EVENT,
    "indicators_projectfinding": PART,
    "indicators_projectkey": PART,
    "indicators_uncheckedproject": {"project_id": PROJECT},
    "indicators_findingacceptance": PART,
    "indicators_findingacceptanceevent": EVENT,
    "indicators_projectreview": {"project_id": PROJECT},
    "indicators_projectreviewevent": EVENT,
    "imports_sourcerecord": PART,
}  # fmt: skip
"""Tables that grow with the projects → what their columns find."""
FEW: Final = {"indicators_editdraft", "imports_planlink", "imports_planlinkevent"}
"""Tables that name projects and grow with what people do by hand; each shard can have them whole."""

Found = dict[tuple[str, str], set[str]]
"""Table and what its rows are found by → where that happens."""


BY_OTHER_KEYS: Final = {
    "imports_sourcerecord": "the document that they were read from, or the digest of what it printed",
    "indicators_projectkey": "a digest that projects have in common",
    "indicators_uncheckedproject": "when they changed: what waits to be checked",
    "projects_project": "the document that they cite, or a draft, document or plan of which they are part",
}
"""Tables whose rows people of a county, imports and checks find by what says neither region nor project."""
WITHOUT_REGION: Final = {
    "citation-list", "citation-detail", "document-detail", "draft-list", "draft-discard", "plan-project", "official-document",
}  # fmt: skip
"""Where such people find projects so."""
WHOLE_COUNTRY: Final = WITHOUT_REGION | {
    "api-department-list", "api-document-list", "api-funding-list", "api-indicator-list", "api-project-list", "api-totals", "charts",
    "department-list", "difference-list", "document-list", "finding-export", "finding-list", "history-export", "history-list", "paper",
    "paper-xlsx", "print-forms", "print-forms-xlsx", "print-list", "print-list-xlsx", "project-choices", "project-facets",
    "project-list", "rule-detail", "rule-list", "sheet-list", "sheet-list-xlsx", "totals",
}  # fmt: skip
"""What reads rows of the whole country where somebody who sees it names no region."""


def watching(found: Found, name: str) -> Any:
    """Notes, by table and what its rows are found by, where that happens."""

    def see(statement: str, values: Any) -> None:
        if mentions(statement, LARGE):
            for use in uses(statement, values, LARGE):
                found[use.table, use.by].add(name)

    return watched(see)


def crawled(person: User, of: World, methods: tuple[str, ...], query: str = "") -> Found:
    """Every address that there is, each write undone."""
    found: Found = defaultdict(set)
    token = ApiToken.objects.issue(user=person, name="程序", lifetime=timedelta(days=1))[1]
    for pattern in addresses():
        for method in methods:
            with transaction.atomic():
                client = Client(headers={"Authorization": f"Bearer {token}"} if "api" in str(pattern.name) else {})
                client.force_login(person)
                address = address_of(pattern, of, person)
                with watching(found, str(pattern.name)):
                    getattr(client, method)(f"{address}{query}")
                transaction.set_rollback(True)
    return found


def anywhere(found: Found) -> dict[str, set[str]]:
    """Table → where its rows are found by nothing that says where they are."""
    return {table: places for (table, by), places in found.items() if by == NOTHING}


def test_a_statement_that_says_neither_region_nor_project_is_noticed() -> None:
    found: Found = defaultdict(set)
    with watching(found, "made up"):
        Project.objects.filter(name="甲").exists()
        Project.objects.filter(name="甲", region="140404").exists()
    assert anywhere(found) == {"projects_project": {"made up"}}


def test_people_of_a_county_find_rows_by_region_or_project_but_where_documented() -> None:
    own = world("上党区")
    world("潞州区")
    found = crawled(person_of(FINANCE, own), own, ("get", "post"))
    asked = {
        "project-list",
        "charts",
        "project-facets",
        "finding-list",
        "history-list",
        "export-new",
        "api-project-list",
    }
    assert asked <= found["projects_project", REGION]
    assert {"totals", "charts", "project-list"} <= found["projects_projecttally", REGION]
    assert {"project-detail", "project-edit", "project-form-xlsx"} <= found["indicators_indicator", PROJECT]
    assert set(anywhere(found)) == set(BY_OTHER_KEYS)
    assert anywhere(found)["projects_project"] <= WITHOUT_REGION


def test_rows_of_the_whole_country_are_read_where_documented() -> None:
    own = world("上党区")
    found = anywhere(crawled(person_of(ADMIN, own), own, ("get",)))
    assert "project-list" in found["projects_project"]
    assert set().union(*found.values()) <= WHOLE_COUNTRY


def test_who_sees_the_country_and_names_a_region_asks_that_region() -> None:
    world("上党区")
    world("潞州区")
    filtered = ProjectFilter(QueryDict("region=140404"), Project.objects.all())
    assert (
        filtered.form.is_valid()
    )  # which regions may be chosen is asked of the whole country, as the list's page does
    found: Found = defaultdict(set)
    sort, page = Sort.asked("-amount"), Page(1, 50, 1)
    with watching(found, "region"):
        assert summary_of(filtered).count == len(page_keys(filtered.qs, sort, page)) == 1
        list(Funding.objects.filter(project__in=filtered.qs.order_by().values("pk")))
        FindingList(filtered).page("")
        find(Wanted(filtered.qs), before=None, size=20)
    assert ("projects_project", REGION) in found
    assert anywhere(found) == {}


def test_national_hits_and_totals_read_no_large_table() -> None:
    world("上党区")
    settle()
    for by in ("region", "year", "source", "category"):
        statements: list[str] = []
        with watched(lambda statement, _, seen=statements: seen.append(statement)):
            layout = Layout.asked(QueryDict(f"by={by}"))
            assert pivot_table(ProjectFilter(QueryDict(), Project.objects.all()), layout).places
            summary_of(ProjectFilter(QueryDict(), Project.objects.all()))
        assert statements
        assert [one for one in statements if mentions(one, LARGE)] == []


def test_imports_edits_and_checks_find_rows_by_region_or_project_but_where_documented() -> None:
    found: Found = defaultdict(set)
    with watching(found, "import"):
        import_file(texts.form().encode(), name="一.txt", options=Options(), by=None)
        import_file(texts.form(overview="改造十四间教室。").encode(), name="二.txt", options=Options(), by=None)
    project = Project.objects.get()
    state = load_state(project.pk)
    with watching(found, "edit"), change(by=None, action="edit"):
        write_state(project.pk, state, replace(state, fields=state.fields | {"name": "教室翻新"}))
    with watching(found, "check"):
        refresh_all()
    assert set(anywhere(found)) == set(BY_OTHER_KEYS)


def test_every_table_that_belongs_to_projects_is_known_and_says_of_which() -> None:
    of_projects = {
        model._meta.db_table: {field.column for field in model._meta.concrete_fields if not field.null}
        for model in apps.get_models()
        if any(field.related_model is Project for field in model._meta.concrete_fields)
    }
    assert set(of_projects) | {"projects_project"} == set(LARGE) | FEW
    for table in LARGE:
        assert {key for key, by in LARGE[table].items() if by in (REGION, PROJECT)} & of_projects.get(
            table, {"region_id"}
        ), table
