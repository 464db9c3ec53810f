"""Who changed which account, when."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from perfgoals.api.models import TOKEN_NOT_RECORDED, ApiToken, ApiTokenEvent
from perfgoals.models import NOT_RECORDED, RoleEvent, User, UserEvent
from projects.accounts.tokens.actions import issue_token
from projects.models import MembershipEvent
from projects.permissions import AUDIT, FINANCE
from tests import factories
from tests.projects.accounts.conftest import browser_of, said


def last(events: Any, user: User) -> Any:
    """The last event of a person, which somebody caused."""
    return events.filter(**{"pgh_obj" if events is UserEvent.objects else "user": user}).latest("pgh_id")


def test_a_lock_is_recorded_with_who_did_it(manager: Client, admin: User, person: User) -> None:
    manager.post(reverse("user-lock", args=[person.pk]))
    event = last(UserEvent.objects, person)
    assert event.is_active is False
    assert event.pgh_context.metadata["user"] == admin.pk
    assert event.pgh_context.metadata["action"] == "lock_user"


def test_a_given_password_is_recorded_without_the_password(manager: Client, admin: User, person: User) -> None:
    manager.post(reverse("user-reset-password", args=[person.pk]), {"password": "other-horse"})
    event = last(UserEvent.objects, person)
    assert event.must_change_password
    assert event.pgh_context.metadata["user"] == admin.pk
    assert not {field.name for field in UserEvent._meta.fields} & set(NOT_RECORDED)


def test_roles_and_places_are_recorded(manager: Client, admin: User, person: User) -> None:
    city = factories.city()
    manager.post(reverse("user-edit", args=[person.pk]), said(person, roles=[FINANCE], regions=[city.pk]))
    roles = RoleEvent.objects.filter(user=person).order_by("pgh_id").values_list("pgh_label", "group__name")
    assert list(roles) == [("insert", AUDIT), ("delete", AUDIT), ("insert", FINANCE)]
    assert last(RoleEvent.objects, person).pgh_context.metadata["user"] == admin.pk
    assert last(MembershipEvent.objects, person).region == city


def test_logging_in_is_no_change(person: User, client: Client) -> None:
    events = UserEvent.objects.count()
    client.post(reverse("login"), {"username": person.username, "password": "right-horse"})
    assert User.objects.get(pk=person.pk).last_login
    assert UserEvent.objects.count() == events


def token_events(user: User) -> list[tuple[str, str, str, int]]:
    """Of each event of a person's tokens: what happened to which one, in which action, by whom."""
    events = ApiTokenEvent.objects.filter(user=user).order_by("pgh_id").select_related("pgh_context")
    facts = [(event, event.pgh_context.metadata) for event in events]
    return [(event.pgh_label, event.name, known["action"], known["user"]) for event, known in facts]


def test_tokens_are_recorded_as_they_are_made_and_revoked(person: User) -> None:
    theirs = browser_of(person)
    theirs.post(reverse("token-list"), {"name": "月报表", "days": "30"})
    theirs.post(reverse("token-revoke", args=[ApiToken.objects.get().number]))
    assert token_events(person) == [
        ("insert", "月报表", "issue_token", person.pk), ("delete", "月报表", "revoke_token", person.pk),
    ]  # fmt: skip


def test_who_takes_a_person_s_tokens_away_is_recorded(manager: Client, admin: User, person: User) -> None:
    issue_token(name="月报表", lifetime=timedelta(days=30), by=person)
    manager.post(reverse("user-tokens-revoke", args=[person.pk]))
    assert token_events(person)[1:] == [("delete", "月报表", "revoke_tokens", admin.pk)]


def test_a_given_password_and_the_tokens_that_it_ends_are_one_group(manager: Client, admin: User, person: User) -> None:
    issue_token(name="月报表", lifetime=timedelta(days=30), by=person)
    manager.post(reverse("user-reset-password", args=[person.pk]), {"password": "other-horse"})
    assert not ApiToken.objects.exists()
    assert token_events(person)[1:] == [("delete", "月报表", "password", admin.pk)]
    assert ApiTokenEvent.objects.latest("pgh_id").pgh_context_id == last(UserEvent.objects, person).pgh_context_id


def test_events_of_tokens_hold_no_digest_and_use_is_none(person: User) -> None:
    token, _ = issue_token(name="月报表", lifetime=timedelta(days=30), by=person)
    ApiToken.objects.update(used_at=token.created)
    event = ApiTokenEvent.objects.values().get(number=token.number)
    assert not set(event) & set(TOKEN_NOT_RECORDED)
    assert token.digest not in str(event)


def test_events_of_tokens_are_never_changed(person: User) -> None:
    issue_token(name="月报表", lifetime=timedelta(days=30), by=person)
    with pytest.raises(DatabaseError), transaction.atomic():
        ApiTokenEvent.objects.update(name="别的")
    with pytest.raises(DatabaseError), transaction.atomic():
        ApiTokenEvent.objects.all().delete()
