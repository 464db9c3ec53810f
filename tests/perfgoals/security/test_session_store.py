"""Sessions are read as Django reads its own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from perfgoals.security.session_store import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored() -> SessionStore:
    session = SessionStore()
    session["name"] = "李明"
    session.save()
    return session


def test_what_is_stored_is_read_by_one_statement(
    stored: SessionStore, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        again = SessionStore(stored.session_key)
        assert dict(again.items()) == {"name": "李明"}
        assert again.session_key == stored.session_key


def test_a_session_that_is_over_or_unknown_is_empty_and_has_no_key(stored: SessionStore) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    for key in (stored.session_key, "x" * 32):
        again = SessionStore(key)
        assert dict(again.items()) == {}
        assert again.session_key is None


def test_a_forged_content_is_empty(stored: SessionStore) -> None:
    Session.objects.update(session_data="forged")
    assert dict(SessionStore(stored.session_key).items()) == {}
