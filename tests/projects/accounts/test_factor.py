"""Setting up a second factor and taking it away: by oneself, by an administrator, by the command line."""

from __future__ import annotations

import re
import time

import pyotp
import pytest
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from perfgoals.logins.models import RecoveryCode, SecondFactor, SecondFactorEvent
from perfgoals.models import User
from projects.accounts.factor.actions import set_up_factor
from tests.conftest import words_of
from tests.projects.accounts.conftest import browser_of


@pytest.fixture
def browser(person: User) -> Client:
    return browser_of(person)


@pytest.fixture
def key(browser: Client) -> str:
    """What the page shows for typing."""
    shown = re.search(r'given-password">([A-Z2-7 ]+)<', browser.get("/second-factor/").content.decode())
    assert shown
    return shown[1].replace(" ", "")


def code_of(key: str, *, ahead: int = 0) -> str:
    return pyotp.TOTP(key).at(int(time.time()) + ahead)


def set_up(browser: Client, key: str, *, wrong: bool = False) -> HttpResponse:
    password = "wrong" if wrong else "right-horse"
    return browser.post("/second-factor/", {"password": password, "code": code_of(key)})


@pytest.fixture
def factor(person: User) -> SecondFactor:
    """One that somebody set up a while ago."""
    key = pyotp.random_base32()
    set_up_factor(key=key, code=code_of(key), by=person)
    SecondFactor.objects.update(last_step=0)
    return SecondFactor.objects.get()


def test_setting_it_up_shows_the_recovery_codes_once(browser: Client, key: str, person: User) -> None:
    answer = set_up(browser, key)
    shown = re.findall(r"<li>\s*((?:[a-z2-9]{4}-){5}[a-z2-9]{4})\s*</li>", answer.content.decode())
    assert len(shown) == RecoveryCode.objects.count() == 10
    assert not RecoveryCode.objects.filter(digest__in=shown).exists()
    assert shown[0] not in browser.get("/second-factor/").content.decode()
    assert User.objects.get(pk=person.pk).factor == SecondFactor.objects.get().number


def test_it_ends_the_other_log_ins_and_gives_this_one_a_new_key(browser: Client, key: str, person: User) -> None:
    other, before = browser_of(person), browser.session.session_key
    set_up(browser, key)
    assert other.get("/password/").status_code == 302
    assert browser.get("/password/").status_code == 200
    assert browser.session.session_key != before


def test_a_wrong_password_or_code_sets_nothing_up(browser: Client, key: str) -> None:
    assert "密码不正确" in words_of(set_up(browser, key, wrong=True))
    sent = {"password": "right-horse", "code": "000000"}
    assert "请核对手机的时间" in words_of(browser.post("/second-factor/", sent))
    assert not SecondFactor.objects.exists()


def test_the_key_stays_until_it_is_in_force_and_two_windows_show_the_same(browser: Client, key: str) -> None:
    assert key in browser.get("/second-factor/").content.decode().replace(" ", "")
    set_up(browser, key)
    assert "已启用" in words_of(set_up(browser, key))
    assert SecondFactor.objects.get().key == key
    assert key not in str(dict(browser.session.items()))


def test_a_key_of_one_s_own_choice_is_not_taken(browser: Client, key: str) -> None:
    other = pyotp.random_base32()
    browser.post("/second-factor/", {"password": "right-horse", "code": code_of(other), "key": other})
    assert not SecondFactor.objects.exists()


def test_the_first_code_is_used_up(browser: Client, key: str) -> None:
    code = code_of(key)
    browser.post("/second-factor/", {"password": "right-horse", "code": code})
    assert "已用过" in words_of(browser.post("/second-factor/off/", {"code": code}))


def test_it_ends_by_a_code_alone(browser: Client, factor: SecondFactor, person: User) -> None:
    browser.force_login(User.objects.get(pk=person.pk))
    assert "不正确" in words_of(browser.post("/second-factor/off/", {"code": "000000"}))
    assert SecondFactor.objects.get().failures == 1
    assert browser.post("/second-factor/off/", {"code": code_of(factor.key)}).status_code == 302
    assert not SecondFactor.objects.exists()
    assert browser.get("/password/").status_code == 200
    last = SecondFactorEvent.objects.latest("pgh_id")
    assert (last.pgh_label, last.pgh_context.metadata["action"]) == ("delete", "take_off_factor")


def test_new_recovery_codes_put_the_old_out_of_force(browser: Client, factor: SecondFactor, person: User) -> None:
    browser.force_login(User.objects.get(pk=person.pk))
    old = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert "全部作废" in words_of(browser.post("/second-factor/recovery-codes/", {"code": code_of(factor.key)}))
    new = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert len(new) == 10
    assert not new & old


def test_an_administrator_takes_it_away_and_that_is_recorded(
    manager: Client, admin: User, person: User, factor: SecondFactor
) -> None:
    theirs = browser_of(User.objects.get(pk=person.pk))
    assert "停用两步验证" in words_of(manager.get(f"/users/{person.pk}/"))
    manager.post(f"/users/{person.pk}/second-factor/remove/")
    assert User.objects.get(pk=person.pk).factor is None
    assert theirs.get("/password/").status_code == 302
    event = SecondFactorEvent.objects.latest("pgh_id")
    assert (event.user_id, event.pgh_context.metadata["user"]) == (person.pk, admin.pk)


def test_an_administrator_s_own_takes_a_code(manager: Client, admin: User) -> None:
    key = pyotp.random_base32()
    set_up_factor(key=key, code=code_of(key), by=admin)
    manager.force_login(User.objects.get(pk=admin.pk))
    manager.post(f"/users/{admin.pk}/second-factor/remove/")
    assert SecondFactor.objects.exists()


def test_history_holds_no_secret() -> None:
    assert not {"key", "last_step", "digest"} & {field.name for field in SecondFactorEvent._meta.fields}


def test_the_command_line_helps_the_last_administrator(factor: SecondFactor, person: User) -> None:
    call_command("remove_second_factor", person.username)
    assert not SecondFactor.objects.exists()
