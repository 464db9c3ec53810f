"""The description of the API: complete, valid and in Chinese."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from perfgoals.api.views import ReadView
from projects.api.filters import FILTERS, UNIT
from projects.filters import ProjectFilter
from projects.permissions import AUDIT
from tests import factories
from tests.perfgoals.api.reading import Program

pytestmark = pytest.mark.django_db


def described() -> dict[str, Any]:
    return Program(factories.user(AUDIT)).read("schema/")


def operations() -> list[tuple[str, dict[str, Any]]]:
    return [(path, methods["get"]) for path, methods in described()["paths"].items()]


def test_it_is_made_without_warnings_and_valid() -> None:
    call_command("spectacular", "--fail-on-warn", "--validate", "--format", "openapi-json", stdout=StringIO())


def views(patterns: list[URLPattern | URLResolver]) -> list[Any]:
    found = []
    for pattern in patterns:
        below = pattern.url_patterns if isinstance(pattern, URLResolver) else None
        found += views(below) if below is not None else [getattr(pattern.callback, "cls", None)]
    return [view for view in found if view is not None]


def test_every_view_of_the_api_reads_only() -> None:
    found = views(get_resolver().url_patterns)
    assert found
    assert all(issubclass(view, ReadView) for view in found)
    assert {path for path, _ in operations()} == {
        f"/api/v1/{name}/"
        for name in (
            "projects", "projects/{id}", "departments", "funding", "indicators", "totals", "documents", "documents/{id}",
        )
    }  # fmt: skip


def test_every_filter_of_the_site_is_a_parameter() -> None:
    assert {one.name for one in FILTERS} == {*ProjectFilter.base_filters, UNIT}


def test_everything_is_said_in_chinese() -> None:
    for path, operation in operations():
        words = [operation["summary"], operation["description"], *operation["tags"]]
        words += [one["description"] for one in operation["parameters"] if one["in"] == "query"]
        words += [answer["description"] for status, answer in operation["responses"].items() if status != "200"]
        for sentence in words:
            assert re.search("[一-鿿]", sentence), (path, sentence)


def test_every_refusal_is_described() -> None:
    for path, operation in operations():
        expected = {"200", "400", "401", "403", "405", "406", "429"} | ({"404"} if "{id}" in path else set())
        assert set(operation["responses"]) == expected, path


def test_only_json_and_csv_are_answered() -> None:
    assert {media for _, operation in operations() for media in operation["responses"]["200"]["content"]} == {
        "application/json", "text/csv",
    }  # fmt: skip
    program = Program(factories.user(AUDIT))
    answer = program.ask("projects/", Accept="application/xml")
    assert (answer.status_code, answer.json()["code"]) == (406, "not_acceptable")


def test_the_page_loads_scripts_from_the_site_alone(client: Client) -> None:
    client.force_login(factories.user(AUDIT))
    html = client.get("/api/docs/").content.decode()
    assert "swagger-ui-bundle.js" in html
    assert "http://" not in html.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in html
    assert "<script>" not in html
