"""Every write to accounts: keyword-only, atomic, and by somebody. Accounts are locked, never deleted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from perfgoals.history import change
from perfgoals.logins.keeping import end
from perfgoals.models import User
from perfgoals.throttling import end_pause
from projects.accounts.tokens.actions import revoke_all_tokens
from projects.actions import ActionError
from projects.models import Department, Membership, Region
from projects.permissions import ADMIN


@dataclass(frozen=True, slots=True)
class Details:
    """What an administrator says about a person: name, roles, and the regions and departments they belong to."""

    username: str
    last_name: str
    first_name: str
    roles: Collection[str]
    regions: Collection[Region]
    departments: Collection[Department]


@transaction.atomic
def create_user(*, details: Details, password: str, by: User) -> User:
    """A new account; the person must change the password at the first log-in. Raises `ActionError`: name taken."""
    with change(by=by, action="create_user"):
        user = User(must_change_password=True)
        user.set_password(password)
        _write(user, details)
    return user


@transaction.atomic
def edit_user(*, user: User, details: Details, by: User) -> User:
    """Change name, roles and memberships.

    Raises `ActionError` when the username is taken, or when nobody could manage people afterwards.
    """
    _one_at_a_time()
    user = User.objects.select_for_update().get(pk=user.pk)
    if ADMIN not in details.roles and not user.is_superuser:
        _refuse_without_administrator(user)
    with change(by=by, action="edit_user"):
        _write(user, details)
    return user


@transaction.atomic
def lock_user(*, user: User, by: User) -> None:
    """Keep somebody out, from their next request on. Raises `ActionError` for oneself and the last administrator."""
    if user.pk == by.pk:
        raise ActionError("不能停用自己的账号，请让另一位管理员来做。")
    _one_at_a_time()
    _refuse_without_administrator(user)
    with change(by=by, action="lock_user"):
        User.objects.filter(pk=user.pk).update(is_active=False)
    end(user)


@transaction.atomic
def unlock_user(*, user: User, by: User) -> None:
    """Let somebody in again, also who must wait after too many wrong passwords."""
    with change(by=by, action="unlock_user"):
        User.objects.filter(pk=user.pk).update(is_active=True)
    end_pause(user.username)


@transaction.atomic
def reset_password(*, user: User, password: str, by: User) -> None:
    """Give somebody a new password, which they must change at the next log-in. Their sessions and their tokens end.

    Raises `ActionError` for oneself: one's own password is changed by who knows the old one.
    """
    if user.pk == by.pk:
        raise ActionError("自己的密码请在“修改密码”页修改。")
    with change(by=by, action="password"):
        _set_password(user, password, must_change=True)
        # Whoever knew the old password may have made tokens with it.
        revoke_all_tokens(user=user, by=by)
    end(user)
    end_pause(user.username)


@transaction.atomic
def change_own_password(*, user: User, password: str, revoke_tokens: bool = False, log_in: UUID | None = None) -> None:
    """A person's own new password. Their sessions but ``log_in`` end, and their tokens where they say so."""
    with change(by=user, action="password"):
        _set_password(user, password, must_change=False)
        if revoke_tokens:
            revoke_all_tokens(user=user, by=user)
    end(user, but=log_in)


def _set_password(user: User, password: str, *, must_change: bool) -> None:
    user.set_password(password)
    user.must_change_password = must_change
    user.save(update_fields=["password", "must_change_password"])


def _write(user: User, details: Details) -> None:
    user.username, user.last_name, user.first_name = details.username, details.last_name, details.first_name
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:  # taken since the form was checked
        raise ActionError(f"用户名“{user.username}”已被使用，请换一个。") from error
    user.groups.set(Group.objects.filter(name__in=details.roles))
    Membership.objects.filter(user=user).exclude(
        Q(region__in=details.regions) | Q(department__in=details.departments)
    ).delete()
    for region in details.regions:
        Membership.objects.get_or_create(user=user, region=region, department=None)
    for department in details.departments:
        Membership.objects.get_or_create(user=user, region=None, department=department)


def _one_at_a_time() -> None:
    """Wait for others who might be taking away an administrator, so that two at once cannot take the last two.

    The role's row is the lock: locking the people would not show that their role was just taken away.
    """
    Group.objects.select_for_update(no_key=True).get(name=ADMIN)


def _refuse_without_administrator(user: User) -> None:
    if _administrators().filter(pk=user.pk).exists() and not _administrators().exclude(pk=user.pk).exists():
        raise ActionError("这是最后一位能登录的管理员，请先让另一位用户成为管理员。")


def _administrators() -> QuerySet[User]:
    """Those who manage people and can log in."""
    manage = User.objects.filter(Q(is_superuser=True) | Q(groups__name=ADMIN), is_active=True).distinct()
    return manage if settings.DEMO else manage.filter(is_demo=False)
