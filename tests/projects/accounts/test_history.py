"""Who changed which account, when."""

from typing import Any

from django.test import Client
from django.urls import reverse

from perfgoals.models import NOT_RECORDED, RoleEvent, User, UserEvent
from projects.models import MembershipEvent
from projects.permissions import AUDIT, FINANCE
from tests import factories
from tests.projects.accounts.conftest import said


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
