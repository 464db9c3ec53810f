"""Setting up a second factor and taking it away. Each ends all other log-ins of the person (`User.get_session_auth_hash`)."""

from __future__ import annotations

import time
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction

from perfgoals.history import change
from perfgoals.logins.codes import digest_of, new_recovery_codes, step_of
from perfgoals.logins.keeping import end
from perfgoals.logins.models import RecoveryCode, SecondFactor
from perfgoals.logins.proving import prove
from perfgoals.models import User
from projects.actions import ActionError

WRONG: Final = "验证码不正确或已用过，请等手机上出现下一个再试。"
PAUSED: Final = "验证码输错次数过多，请 15 分钟后再试。"


@transaction.atomic
def set_up_factor(*, key: str, code: str, by: User, log_in: UUID | None = None) -> list[str]:
    """Put one's own second factor in force, whose key made the code. Its recovery codes, which nothing else will ever show.

    All log-ins of the person end but ``log_in``.

    Raises `ActionError` for a wrong code, and where a factor is in force already (set up in another window).
    """
    user = _locked(by)
    if user.factor is not None:
        raise ActionError("您已启用两步验证。")
    step = step_of(key, code, now=time.time(), after=0)
    if step is None:
        raise ActionError("验证码不正确，请核对手机的时间后输入它现在显示的 6 位数字。")
    with change(by=by, action="set_up_factor"):
        number = uuid4()
        factor = SecondFactor.objects.create(user=user, number=number, key=key, last_step=step)
        codes = _new_codes(factor)
        _set(user, number)
    end(user, but=log_in)
    by.factor = number
    return codes


def take_off_factor(*, code: str, by: User, log_in: UUID | None = None) -> None:
    """End one's own second factor, by a code, and all log-ins but ``log_in``. Raises `ActionError`."""
    _require(by, code)
    _take_away(by, by=by, action="take_off_factor", log_in=log_in)


def remove_factor(*, user: User, by: User | None) -> None:
    """End the second factor of who lost it; ``by=None`` is the command line. Raises `ActionError` for one's own."""
    if by is not None and user.pk == by.pk:
        raise ActionError("自己的两步验证请在“两步验证”页用验证码停用。")
    _take_away(user, by=by, action="remove_factor")


def renew_recovery_codes(*, code: str, by: User) -> list[str]:
    """New recovery codes in place of all old ones, by a code. Raises `ActionError`."""
    _require(by, code)
    with change(by=by, action="renew_recovery_codes"):
        return _new_codes(SecondFactor.objects.select_for_update().get(user=by))


def _require(user: User, code: str) -> None:
    # In a transaction of its own: a wrong code stays counted, whatever follows.
    proof = prove(user, code)
    if not proof.holds:
        raise ActionError(PAUSED if proof is proof.PAUSED else WRONG)


@transaction.atomic
def _take_away(user: User, *, by: User | None, action: str, log_in: UUID | None = None) -> None:
    _locked(user)
    with change(by=by, action=action):
        SecondFactor.objects.filter(user=user).delete()
        _set(user, None)
    end(user, but=log_in)
    user.factor = None


def _locked(user: User) -> User:
    """The person as they stand now: two windows do one after the other."""
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _set(user: User, number: object) -> None:
    User.objects.filter(pk=user.pk).update(factor=number)


def _new_codes(factor: SecondFactor) -> list[str]:
    factor.recovery_codes.all().delete()
    codes = new_recovery_codes()
    RecoveryCode.objects.bulk_create([RecoveryCode(factor=factor, digest=digest_of(code)) for code in codes])
    factor.codes_left = len(codes)
    factor.save(update_fields=["codes_left"])
    return codes
