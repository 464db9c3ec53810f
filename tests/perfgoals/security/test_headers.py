"""Every answer says what a browser may do with it."""

from __future__ import annotations

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from imports.models import Export
from tests import factories
from tests.conftest import LogIn

pytestmark = pytest.mark.django_db

STRICT = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'",
    "connect-src": "'self'", "object-src": "'none'", "base-uri": "'none'", "form-action": "'self'",
    "frame-ancestors": "'none'",
}  # fmt: skip
SANDBOXED = STRICT | {"sandbox": ""}


def answer(browser: Client, path: str) -> HttpResponse:
    """The answer; read to its end, a file is closed."""
    response = browser.get(path)
    b"".join(response)
    return response


def policy(response: HttpResponse) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in response.headers["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}


@pytest.mark.parametrize("path", ["/login/", "/projects/", "/projects/new/", "/projects/0/", "/api/v1/nothing/"])
def test_a_page_loads_from_the_site_alone(log_in: LogIn, path: str) -> None:
    assert STRICT.items() <= policy(log_in("财政", factories.county()).get(path)).items()


def test_charts_may_draw_and_no_script_stands_in_their_page(auditor: Client) -> None:
    factories.project(amount=10)
    response = auditor.get("/charts/")
    found = policy(response)
    assert found["script-src"] == "'self'"
    assert "unsafe" not in str(found)
    assert found["img-src"] == "'self' blob:"
    assert set(re.findall(r'<script[^>]*type="([^"]*)"', response.content.decode())) == {"application/json"}


def test_the_description_of_the_api_may_show_its_icons(auditor: Client) -> None:
    assert policy(auditor.get("/api/docs/")) == STRICT | {"img-src": "'self' data:"}


@pytest.mark.parametrize(
    "path", ["/healthz", "/api/v1/projects/", "/history/export/?format=csv", "/static/img/mark.svg"]
)
def test_what_is_no_page_runs_nothing(auditor: Client, path: str) -> None:
    response = answer(auditor, path)
    assert response.status_code == 200
    assert policy(response) == SANDBOXED


@pytest.mark.parametrize("path", ["/login/", "/projects/", "/nothing/", "/healthz", "/static/css/base.css"])
def test_the_other_headers_go_with_everything(auditor: Client, path: str) -> None:
    headers = answer(auditor, path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_an_error_page_has_them_too(auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("projects.views.ProjectFilter", None)
    auditor.raise_request_exception = False
    response = auditor.get("/projects/")
    assert response.status_code == 500
    assert policy(response) == STRICT
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/projects/", "/login/", "/history/", "/api/v1/projects/", "/nothing/"])
def test_no_cache_keeps_what_people_see(auditor: Client, path: str) -> None:
    assert "no-store" in answer(auditor, path).headers["Cache-Control"]


def test_files_of_the_site_are_kept(auditor: Client) -> None:
    assert "no-store" not in answer(auditor, "/static/css/base.css").headers["Cache-Control"]


def test_a_download_is_a_file_and_never_a_page(log_in: LogIn) -> None:
    browser = log_in("审计")
    export = Export.objects.create(
        user_id=browser.session["_auth_user_id"], kind="csv", file_name='<b>"x"\r\n.html', size=0, state="done"
    )
    headers = browser.get(f"/exports/{export.pk}/file/").headers
    assert headers["Content-Disposition"].startswith("attachment")
    assert not re.search(r"[<>\r\n]", headers["Content-Disposition"].replace("%", ""))
    assert headers["Content-Type"].startswith("text/csv")
