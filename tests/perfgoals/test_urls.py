"""The whole site: closed to the anonymous, and speaking Chinese when something goes wrong."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import UUIDConverter

from projects.permissions import DEPARTMENT
from tests import factories
from tests.conftest import LogIn, words_of

API = {
    "api-project-list", "api-project-detail", "api-department-list", "api-funding-list", "api-indicator-list", "api-totals",
    "api-document-list", "api-document-detail", "api-schema", "api-nothing",
}  # fmt: skip
"""Programs are refused, not sent to a page (tests/perfgoals/api)."""
MACHINES = {"healthz", "readyz", "metrics"}
"""Programs that watch the site have no account (tests/perfgoals/health, tests/perfgoals/observing)."""
NOWHERE_ELSE = {"/logout/", "/login/code/"}
"""They are no aim of a log-in."""
OPEN = {"login", *API, *MACHINES}


def every_address(
    patterns: list[URLPattern | URLResolver] | None = None, without: set[str | None] = OPEN
) -> Iterator[str]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from every_address(pattern.url_patterns, without)
        else:
            arguments = {
                name: UUID(int=1) if isinstance(converter, UUIDConverter) else 1
                for name, converter in pattern.pattern.converters.items()
            }
            assert pattern.name, f"{pattern} has no name"
            if pattern.name not in without:
                yield reverse(pattern.name, kwargs=arguments)


@pytest.mark.django_db
@pytest.mark.parametrize("address", list(every_address()))
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_anonymous_are_sent_to_the_login(client: Client, address: str, method: str) -> None:
    response = getattr(client, method)(address)
    assert response.status_code == 302
    assert response.url == (reverse("login") if address in NOWHERE_ELSE else f"{reverse('login')}?next={address}")


def test_home_is_the_project_list(auditor: Client) -> None:
    assert auditor.get(reverse("home")).url == reverse("project-list")


@pytest.mark.django_db
def test_login_opens_the_project_list(client: Client) -> None:
    factories.user(None, name="liming")
    response = client.post(reverse("login"), {"username": "liming", "password": "right-horse"})
    assert response.url == reverse("project-list")


@pytest.mark.django_db
def test_a_wrong_password_is_said_in_place_and_the_name_stays(client: Client) -> None:
    response = client.post(reverse("login"), {"username": "liming", "password": "wrong"})
    assert "用户名或密码不正确" in words_of(response)
    assert 'value="liming"' in response.content.decode()


@pytest.mark.django_db
def test_empty_login_fields_say_what_is_missing(client: Client) -> None:
    text = words_of(client.post(reverse("login"), {}))
    assert "请输入用户名" in text
    assert "请输入密码" in text


def test_logging_out_needs_a_post(auditor: Client) -> None:
    assert auditor.get(reverse("logout")).status_code == 405
    assert auditor.post(reverse("logout")).url == reverse("login")
    assert auditor.get(reverse("project-list")).status_code == 302


def test_an_unknown_page_says_so_and_leads_on(auditor: Client) -> None:
    response = auditor.get("/nothing/")
    assert response.status_code == 404
    assert "没有找到这个页面" in words_of(response)
    assert reverse("project-list") in response.content.decode()


def test_a_closed_page_says_why_and_leads_on(log_in: LogIn) -> None:
    response = log_in(DEPARTMENT).get(reverse("document-list"))
    assert response.status_code == 403
    assert "部门人员不能查看" in words_of(response)


@pytest.mark.django_db
def test_an_expired_form_says_that_nothing_was_sent() -> None:
    response = Client(enforce_csrf_checks=True).post(reverse("login"), {"username": "a", "password": "b"})
    assert response.status_code == 403
    assert "没有提交成功" in words_of(response)


@pytest.mark.django_db
def test_a_failure_shows_the_page_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(factories.user(None))
    monkeypatch.setattr("projects.views.summary_of", lambda *_: 1 / 0)
    response = client.get(reverse("project-list"))
    assert response.status_code == 500
    assert "系统出错了" in words_of(response)


def test_pages_hold_no_inline_scripts_or_styles(auditor: Client) -> None:
    factories.project(sources={"local": "10000"}, amount="10000")
    for name in ("project-list", "totals", "document-list", "run-list"):
        html = auditor.get(reverse(name)).content.decode()
        assert " style=" not in html
        assert "<style" not in html
        assert "<script>" not in html
        assert "http://" not in html.replace("http://www.w3.org/2000/svg", "")
        assert "https://" not in html
