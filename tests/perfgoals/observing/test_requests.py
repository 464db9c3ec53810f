"""Slow requests are told in one line each, which says what they cost and nothing that people typed."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.contrib.auth import get_user
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from perfgoals.observing.requests import AccountMiddleware, number_of
from projects.permissions import AUDIT
from tests import factories
from tests.conftest import LogIn

from .conftest import Told


@pytest.mark.usefixtures("everything_is_slow")
def test_a_slow_request_is_one_line_with_what_it_cost(auditor: Client, told: Told) -> None:
    response = auditor.get(reverse("project-list"))
    (line,) = told.of("slow_request")
    assert (line["method"], line["route"], line["status"]) == ("GET", "project-list", 200)
    assert line["statements"] >= 3
    assert 0 < line["database_seconds"] < line["seconds"]
    assert line["request"] == response["X-Request-ID"]
    assert line["user"] == get_user(auditor).pk
    assert all("\n" not in raw for raw in told.raw)


@pytest.mark.usefixtures("everything_is_slow")
def test_nothing_that_people_typed_is_told(log_in: LogIn, told: Told) -> None:
    project = factories.project(name="绝密工程")
    client = log_in(AUDIT)
    client.get(reverse("project-list"), {"q": "绝密工程"})
    client.get(reverse("project-detail", args=[project.pk]))
    client.post(reverse("login"), {"username": "秘密名字", "password": "hidden-horse"})
    client.get("/nothing/绝密工程/")
    everything = "\n".join(told.raw).encode().decode("unicode_escape")
    assert len(told.of("slow_request")) == 4
    assert not [word for word in ("绝密", "秘密名字", "hidden-horse", "%E7%BB%9D") if word in everything]


@pytest.mark.usefixtures("everything_is_slow", "db")
def test_an_address_that_is_none_of_the_sites_has_no_route(client: Client, told: Told) -> None:
    client.get("/nothing/")
    assert told.of("slow_request")[0]["route"] == "none"


def test_quick_requests_are_not_told(auditor: Client, told: Told, settings: Any) -> None:
    settings.SLOW_REQUEST_SECONDS = 60
    auditor.get(reverse("project-list"))
    settings.SLOW_REQUEST_SECONDS = 0
    auditor.get(reverse("project-list"))
    assert told.raw == []


@pytest.mark.usefixtures("everything_is_slow")
def test_asking_who_it_is_costs_no_statement(db: None, told: Told, rf: RequestFactory) -> None:
    from django.contrib.auth.middleware import AuthenticationMiddleware
    from django.contrib.sessions.middleware import SessionMiddleware

    page = AuthenticationMiddleware(lambda _request: HttpResponse())
    AccountMiddleware(SessionMiddleware(page))(rf.get("/"))
    assert (told.of("slow_request")[0]["user"], told.of("slow_request")[0]["statements"]) == (None, 0)


@pytest.mark.usefixtures("everything_is_slow")
def test_a_streamed_answer_is_told_at_its_end_without_the_time_that_its_reader_took(
    told: Told, rf: RequestFactory
) -> None:
    def chunks() -> Any:
        time.sleep(0.02)
        yield b"a"
        time.sleep(0.02)
        yield b"b"

    response = AccountMiddleware(lambda _request: StreamingHttpResponse(chunks()))(rf.get("/"))
    assert told.raw == []
    for _chunk in response.streaming_content:
        time.sleep(0.2)
    assert 0.04 <= told.of("slow_request")[0]["seconds"] < 0.2


@pytest.mark.usefixtures("everything_is_slow", "db")
def test_a_streamed_answer_that_nobody_reads_to_its_end_is_told_too(told: Told, rf: RequestFactory) -> None:
    response = AccountMiddleware(lambda _request: StreamingHttpResponse(iter([b"a", b"b"])))(rf.get("/"))
    next(iter(response.streaming_content))
    assert told.raw == []
    response.close()
    assert len(told.of("slow_request")) == 1


def test_only_a_proxy_of_our_own_names_requests(rf: RequestFactory, settings: Any) -> None:
    request = rf.get("/", HTTP_X_REQUEST_ID="proxy-0123")
    assert number_of(request) != "proxy-0123"
    settings.PROXIES = 1
    assert number_of(request) == "proxy-0123"
    assert len(number_of(rf.get("/", HTTP_X_REQUEST_ID='x"}\n{"event": "false'))) == 32
