"""Somebody with a second factor, and a telephone that makes its codes."""

from __future__ import annotations

from dataclasses import dataclass

import pyotp
import pytest
from django.http import HttpResponse
from django.test import Client

from perfgoals.models import User
from projects.accounts.factor.actions import set_up_factor
from projects.permissions import AUDIT
from tests import factories

NOON = 1_800_000_000


@dataclass
class Clock:
    """The server's clock, which stands still until a test moves it."""

    now: float = NOON

    def __call__(self) -> float:
        return self.now


@dataclass
class Telephone:
    """Makes codes; its clock may be wrong."""

    key: str
    clock: Clock

    def code(self, *, ahead: int = 0) -> str:
        return pyotp.TOTP(self.key).generate_otp(int(self.clock.now + ahead) // 30)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    for place in ("perfgoals.logins.proving", "projects.accounts.factor.actions"):
        monkeypatch.setattr(f"{place}.time.time", made)
    return made


@pytest.fixture
def person(db: None) -> User:
    return factories.user(AUDIT, name="liming")


@pytest.fixture
def telephone(clock: Clock) -> Telephone:
    return Telephone(pyotp.random_base32(), clock)


@pytest.fixture
def codes(person: User, telephone: Telephone, clock: Clock) -> list[str]:
    """The recovery codes of a factor that was set up an hour ago."""
    made = set_up_factor(key=telephone.key, code=telephone.code(), by=person)
    clock.now += 3600
    return made


def give_password(browser: Client, *, aim: str = "") -> HttpResponse:
    return browser.post("/login/", {"username": "liming", "password": "right-horse", "next": aim})


def give_code(browser: Client, code: str, **more: str) -> HttpResponse:
    return browser.post("/login/code/", {"code": code, **more})


def is_in(browser: Client) -> bool:
    return browser.get("/password/").status_code == 200
