"""People who are logged in, for programs that ask the site over HTTP."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client

from perfgoals.models import User
from projects.models import Membership


def account(name: str, role: str, *, regions: Iterable[str] = (), departments: Iterable[int] = ()) -> User:
    """The account with this name, made if there is none, with this role and these places and no other. It has no password."""
    user, is_new = User.objects.get_or_create(username=name)
    if is_new:
        user.set_unusable_password()
        user.save()
    user.groups.set(Group.objects.filter(name=role))
    Membership.objects.filter(user=user).delete()
    for region in regions:
        Membership.objects.create(user=user, region_id=region)
    for department in departments:
        Membership.objects.create(user=user, department_id=department)
    return User.objects.get(pk=user.pk)


def session_of(user: User) -> str:
    """The key of a new session of this person, begun as logging in begins it (see `perfgoals.security.sessions`)."""
    client = Client()
    client.force_login(user, settings.AUTHENTICATION_BACKENDS[-1])
    return client.cookies[settings.SESSION_COOKIE_NAME].value
