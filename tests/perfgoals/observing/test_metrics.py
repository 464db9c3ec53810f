"""``/metrics`` is closed unless it was opened, and tells what happened."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse

from tests.conftest import LogIn

pytestmark = pytest.mark.django_db

TOKEN = "prometheus-token"


@pytest.fixture
def with_token(settings: Any) -> dict[str, str]:
    settings.METRICS_TOKEN = TOKEN
    return {"HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}


def value(text: str, metric: str) -> float:
    found = re.search(rf"^{re.escape(metric)} (\S+)$", text, re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_it_is_closed_to_everybody(client: Client, log_in: LogIn) -> None:
    assert client.get("/metrics").status_code == 404
    assert log_in().get("/metrics").status_code == 404
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer ").status_code == 404


def test_the_token_opens_it(client: Client, with_token: dict[str, str]) -> None:
    assert client.get("/metrics", **with_token).status_code == 200
    assert client.get("/metrics", HTTP_AUTHORIZATION="Bearer another").status_code == 404
    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize(("address", "status"), [("127.0.0.1", 200), ("::1", 200), ("10.0.0.7", 404), ("", 404)])
def test_this_machine_may_be_let_in(client: Client, settings: Any, address: str, status: int) -> None:
    assert client.get("/metrics", REMOTE_ADDR=address).status_code == 404
    settings.METRICS_LOCAL = True
    assert client.get("/metrics", REMOTE_ADDR=address).status_code == status


@pytest.mark.parametrize("header", ["HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED"])
def test_a_proxy_of_this_machine_is_not_this_machine(client: Client, settings: Any, header: str) -> None:
    settings.METRICS_LOCAL = True
    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1", **{header: "127.0.0.1"}).status_code == 404


def test_requests_are_counted_by_route(auditor: Client, with_token: dict[str, str]) -> None:
    before = auditor.get("/metrics", **with_token).content.decode()
    auditor.get(reverse("totals"), {"q": "道路"})
    auditor.get(reverse("totals"))
    after = auditor.get("/metrics", **with_token).content.decode()

    def grown(metric: str) -> float:
        return value(after, metric) - value(before, metric)

    assert grown('perfgoals_requests_total{method="GET",route="totals",status="200"}') == 2
    assert grown('perfgoals_request_seconds_count{route="totals"}') == 2
    assert grown('perfgoals_statements_total{route="totals"}') > 2
    assert grown('perfgoals_database_seconds_total{route="totals"}') > 0
    assert "道路" not in after


def test_methods_of_ones_own_invention_are_one(client: Client, with_token: dict[str, str]) -> None:
    client.generic("BREW", "/nothing/")
    text = client.get("/metrics", **with_token).content.decode()
    assert value(text, 'perfgoals_requests_total{method="other",route="none",status="404"}') >= 1
    assert "BREW" not in text


@pytest.mark.usefixtures("everything_is_slow", "told")
def test_slow_ones_are_counted(auditor: Client, with_token: dict[str, str]) -> None:
    auditor.get(reverse("totals"))
    text = auditor.get("/metrics", **with_token).content.decode()
    assert value(text, 'perfgoals_slow_requests_total{route="totals"}') >= 1
    assert value(text, 'perfgoals_slow_statements_total{route="totals"}') >= 1


def test_the_queue_is_looked_up(client: Client, with_token: dict[str, str]) -> None:
    assert value(client.get("/metrics", **with_token).content.decode(), "perfgoals_database_up") == 1


def test_a_lost_database_is_told_and_no_error(
    client: Client, with_token: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost() -> None:
        raise DatabaseError

    monkeypatch.setattr("perfgoals.observing.metrics.connection.cursor", lost)
    response = client.get("/metrics", **with_token)
    assert response.status_code == 200
    assert re.search(rb"^perfgoals_database_up 0.0$", response.content, re.MULTILINE)
