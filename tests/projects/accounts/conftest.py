"""Administrators and those whom they manage."""

import pytest
from django.test import Client

from perfgoals.models import User
from projects.permissions import ADMIN, AUDIT
from tests import factories


@pytest.fixture(autouse=True)
def quick_hashing(settings: object) -> None:
    """The real hashing is slow by design."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


@pytest.fixture
def admin(db: None) -> User:
    return factories.user(ADMIN, name="guanli")


@pytest.fixture
def person(db: None) -> User:
    """Somebody who sees everything and manages nobody."""
    return factories.user(AUDIT, name="liming")


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def manager(admin: User) -> Client:
    """The administrator's browser."""
    return browser_of(admin)


def said(user: User, **changes: object) -> dict[str, object]:
    """What the form of a person sends, with changes."""
    return {
        "username": user.username, "last_name": user.last_name, "first_name": user.first_name,
        "roles": [group.name for group in user.groups.all()], **changes,
    }  # fmt: skip
