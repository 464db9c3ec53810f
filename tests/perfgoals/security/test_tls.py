"""Behind TLS: pages lead to it, the API refuses to be asked without."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from perfgoals.api.models import ApiToken, ApiUse
from projects.permissions import AUDIT
from tests import factories
from tests.perfgoals.api.reading import Program
from tests.perfgoals.test_access import addresses

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def behind_tls(settings: Any) -> None:
    """As `PERFGOALS_HTTPS=1` sets it."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


def test_every_address_of_the_api_refuses_and_looks_at_no_token() -> None:
    program = Program(factories.user(AUDIT))
    api = [pattern for pattern in addresses() if str(pattern.name).startswith("api-") and pattern.name != "api-docs"]
    asked = [reverse(str(one.name), args=[1] * len(one.pattern.converters)) for one in api if one.name != "api-nothing"]
    for address in [*asked, "/api/v1/nothing/", "/api/"]:
        answer = program.client.get(address)
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), address
        assert "只能通过 HTTPS" in answer.json()["message"]
    assert len(asked) > 8
    assert not ApiUse.objects.exists()
    assert ApiToken.objects.get().used_at is None


def test_behind_the_proxy_that_speaks_tls_it_answers() -> None:
    assert Program(factories.user(AUDIT)).ask("projects/", **{"X-Forwarded-Proto": "https"}).status_code == 200


@pytest.mark.parametrize("address", ["/projects/", "/login/", "/api/docs/"])
def test_pages_lead_people_on(client: Client, address: str) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer["Location"]) == (301, f"https://testserver{address}")


def test_programs_inside_are_answered_as_they_ask(client: Client) -> None:
    assert client.get("/healthz").status_code == 200
