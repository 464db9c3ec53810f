"""Whatever is asked, by its own description or against it: answers are as described, and nothing breaks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, settings
from schemathesis.config import SchemathesisConfig

from imports.models import ImportRun
from perfgoals.api.models import ApiToken
from projects.permissions import AUDIT
from tests import factories

pytestmark = pytest.mark.django_db

CHECKS = {
    # That a region, a year or a department has no project, or that a lower bound lies above the upper one, is refused
    # (400) though each value by itself is of the described kind.
    "positive_data_acceptance": {"expected-statuses": ["2xx", "400", "404"]},
}


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
    settings.API_RATE = 0
    settings.ALLOWED_HOSTS = ["*"]
    other = factories.project("另一个", year=2024, sources={"local": "5", "central": None}, section="预算科")
    factories.indicator(other)
    return ApiToken.objects.issue(user=factories.user(AUDIT), name="程序", lifetime=timedelta(days=1))[1]


# Made without the database, as tests are collected; the site answers the same description.
api = schemathesis.openapi.from_dict(
    SchemaGenerator().get_schema(request=None, public=True), config=SchemathesisConfig.from_dict({"checks": CHECKS})
)
api.app = get_wsgi_application()


@api.parametrize()
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_answers_are_as_described_whatever_is_asked(case: Any, token: str) -> None:
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"})
