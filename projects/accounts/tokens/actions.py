"""Making tokens of the API and taking them back."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db import transaction

from perfgoals.api.models import ApiToken
from perfgoals.history import change
from perfgoals.models import User
from projects.actions import ActionError

MOST: Final = 20
"""Tokens of one person that are still good."""


@transaction.atomic
def issue_token(*, name: str, lifetime: timedelta, by: User) -> tuple[ApiToken, str]:
    """A new token of one's own, and its text, which is stored nowhere. Raises `ActionError` for too many."""
    # The person's row keeps two windows from issuing the last one both.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if sum(not token.has_expired for token in by.api_tokens.all()) >= MOST:
        raise ActionError(f"您已有 {MOST} 个有效的接口令牌，请先撤销不再使用的。")
    with change(by=by, action="issue_token"):
        return ApiToken.objects.issue(user=by, name=name, lifetime=lifetime)


@transaction.atomic
def revoke_token(*, user: User, number: UUID, by: User) -> str | None:
    """Take back a token of ``user``, from the next request on. Its name; ``None`` where there is none."""
    found = user.api_tokens.filter(number=number).first()
    if found is None:
        return None
    with change(by=by, action="revoke_token"):
        found.delete()
    return found.name


@transaction.atomic
def revoke_all_tokens(*, user: User, by: User) -> int:
    """Take back all tokens of ``user``. How many there were."""
    with change(by=by, action="revoke_tokens"):
        return user.api_tokens.all().delete()[0]
