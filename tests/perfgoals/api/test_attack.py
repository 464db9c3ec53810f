"""Whatever is asked, by its own description or against it: answers are as described, and nothing breaks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.contrib.auth.models import AnonymousUser
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.http import HttpRequest
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, settings
from rest_framework.request import Request
from schemathesis.config import SchemathesisConfig

from imports.models import ImportRun
from perfgoals.api.models import ApiToken
from projects.permissions import AUDIT
from tests import factories

pytestmark = pytest.mark.django_db

# That a region, a year or a department has no project, or that a lower bound lies above the upper one, is refused
# (400) though each value by itself is of the described kind. Tokens that are made up are refused (401).
CHECKS = {"positive_data_acceptance": {"expected-statuses": ["2xx", "400", "401", "404"]}}
FOR_PEOPLE = {"checks": CHECKS}
FOR_EVERYBODY = {"checks": {**CHECKS, "ignored_auth": {"enabled": False}}, "phases": {"coverage": {"enabled": False}}}
"""The boundaries of each parameter, the same for all, are tried once."""
PLAIN = {"Accept-Encoding": "identity"}
"""Who attacks does not unpack what the site packs."""


@pytest.fixture
def one_transaction() -> Iterator[None]:
    """Requests leave the connection of the test's transaction alone, as with Django's own test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def token(imported: ImportRun, one_transaction: None, settings: Any) -> str:
    """A token for a site with some projects."""
    settings.API_RATE = settings.PUBLIC_RATE = 0
    settings.ALLOWED_HOSTS = ["*"]
    other = factories.project("另一个", year=2024, sources={"local": "5", "central": None}, section="预算科")
    factories.indicator(other)
    return ApiToken.objects.issue(user=factories.user(AUDIT), name="程序", lifetime=timedelta(days=1))[1]


@pytest.fixture
def published(token: str, settings: Any) -> None:
    """The same site, where everybody may read what is published."""
    settings.PUBLIC = True


def described(request: Request | None, config: dict[str, Any]) -> Any:
    """The site's description for the one who asks; made without the database, as tests are collected."""
    description = SchemaGenerator().get_schema(request=request, public=True)  # type: ignore[no-untyped-call]
    schema = schemathesis.openapi.from_dict(description, config=SchemathesisConfig.from_dict(config))
    schema.app = get_wsgi_application()
    return schema


def nobody() -> Request:
    request = Request(HttpRequest())
    request.user = AnonymousUser()
    return request


attacked = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
for_people, for_everybody = described(None, FOR_PEOPLE), described(nobody(), FOR_EVERYBODY)


@for_people.parametrize()
@attacked
def test_answers_are_as_described_whatever_is_asked(case: Any, token: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {token}", **PLAIN})


@for_everybody.parametrize()
@attacked
@pytest.mark.usefixtures("published")
def test_answers_to_everybody_are_as_described_too(case: Any) -> None:
    case.call_and_validate(headers=PLAIN)
