"""Logging in with a second factor, and trying to get round it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.test import Client
from django.utils import timezone

from perfgoals.logins.models import SecondFactor, SecondFactorEvent
from perfgoals.logins.proving import PAUSE
from perfgoals.models import User
from projects.accounts.actions import change_own_password, lock_user, unlock_user
from projects.accounts.factor.actions import remove_factor
from projects.permissions import ADMIN
from tests import factories
from tests.conftest import words_of
from tests.perfgoals.logins.conftest import Clock, Telephone, give_code, give_password, is_in

pytestmark = pytest.mark.usefixtures("codes")


@pytest.fixture
def browser() -> Client:
    """Gave the password."""
    browser = Client()
    assert give_password(browser).headers["Location"] == "/login/code/"
    return browser


def test_the_password_alone_opens_nothing(browser: Client) -> None:
    assert not is_in(browser)
    for address in ("/projects/", "/tokens/", "/second-factor/", "/users/"):
        assert browser.get(address).headers["Location"].startswith("/login/?next=")
    assert browser.get("/api/v1/projects/").status_code == 401
    assert AccessLog.objects.count() == 0


def test_the_code_opens_and_leads_where_one_wanted_to_go(telephone: Telephone) -> None:
    browser = Client()
    assert (
        give_password(browser, aim="/totals/?year=2025").headers["Location"]
        == "/login/code/?next=%2Ftotals%2F%3Fyear%3D2025"
    )
    assert 'value="/totals/?year=2025"' in browser.get("/login/code/?next=%2Ftotals%2F%3Fyear%3D2025").content.decode()
    assert give_code(browser, telephone.code(), next="/totals/?year=2025").headers["Location"] == "/totals/?year=2025"
    assert is_in(browser)


@pytest.mark.parametrize("aim", ["//evil.example/", "https://evil.example/"])
def test_it_leads_nowhere_else(browser: Client, telephone: Telephone, aim: str) -> None:
    assert give_code(browser, telephone.code(), next=aim).headers["Location"] == "/"


def test_each_step_has_a_session_of_its_own(telephone: Telephone) -> None:
    browser = Client()
    session = browser.session
    session["planted"] = 1
    session.save()
    browser.cookies["sessionid"] = str(session.session_key)
    give_password(browser)
    assert "planted" not in browser.session
    second = browser.cookies["sessionid"].value
    give_code(browser, telephone.code())
    assert len({session.session_key, second, browser.cookies["sessionid"].value}) == 3
    browser.cookies["sessionid"] = second
    assert not is_in(browser)


def test_a_wrong_code_opens_nothing_and_is_kept(browser: Client) -> None:
    answer = give_code(browser, "000000")
    assert answer.status_code == 200
    assert "验证码不正确或已用过" in words_of(answer)
    assert not is_in(browser)
    assert AccessAttempt.objects.get().username == "liming"


def test_a_code_is_good_once(browser: Client, telephone: Telephone) -> None:
    give_code(browser, code := telephone.code())
    other = Client()
    give_password(other)
    assert "已用过" in words_of(give_code(other, code))
    assert not is_in(other)


def test_a_code_from_before_the_last_is_refused(browser: Client, telephone: Telephone) -> None:
    give_code(browser, telephone.code())
    other = Client()
    give_password(other)
    give_code(other, telephone.code(ahead=-30))
    assert not is_in(other)


def test_a_recovery_code_is_good_once_and_recorded(browser: Client, codes: list[str], person: User) -> None:
    answer = give_code(browser, codes[3].upper())
    assert answer.headers["Location"] == "/"
    assert "还剩 9 个" in words_of(browser.get("/password/"))
    other = Client()
    give_password(other)
    give_code(other, codes[3])
    assert not is_in(other)
    event = SecondFactorEvent.objects.latest("pgh_id")
    assert (event.codes_left, event.pgh_context.metadata["action"]) == (9, "use_recovery_code")


def test_ten_wrong_codes_from_wherever_they_come_pause_the_person(telephone: Telephone, codes: list[str]) -> None:
    for number in range(10):
        browser = Client(REMOTE_ADDR=f"10.0.0.{number}")
        give_password(browser)
        answer = give_code(browser, "000000")
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 900
    for right in (telephone.code(), codes[0]):
        assert give_code(browser, right).status_code == 429
    assert not is_in(browser)
    assert "请 15 分钟后再试" in words_of(browser.get("/login/code/"))


@pytest.fixture
def paused(browser: Client, person: User) -> Client:
    SecondFactor.objects.filter(user=person).update(failures=10, failed_at=timezone.now())
    return browser


def test_the_pause_ends_by_itself(paused: Client, telephone: Telephone) -> None:
    SecondFactor.objects.update(failed_at=timezone.now() - PAUSE - timedelta(seconds=1))
    assert give_code(paused, "000000").status_code == 200
    assert SecondFactor.objects.get().failures == 1
    assert give_code(paused, telephone.code()).status_code == 302


def test_an_administrator_ends_the_pause(paused: Client, person: User, telephone: Telephone) -> None:
    unlock_user(user=person, by=factories.user(ADMIN))
    assert give_code(paused, telephone.code()).status_code == 302


def test_the_password_counts_for_five_minutes(browser: Client, telephone: Telephone) -> None:
    session = browser.session
    session["pending"] = session["pending"] | {"at": session["pending"]["at"] - 300}
    session.save()
    assert give_code(browser, telephone.code()).headers["Location"] == "/login/"


def test_who_was_locked_or_whose_password_changed_meanwhile_starts_again(
    browser: Client, person: User, telephone: Telephone
) -> None:
    change_own_password(user=User.objects.get(pk=person.pk), password="other-horse")
    assert give_code(browser, telephone.code()).headers["Location"] == "/login/"
    other = Client()
    other.post("/login/", {"username": "liming", "password": "other-horse"})
    lock_user(user=person, by=factories.user(ADMIN))
    assert give_code(other, telephone.code()).headers["Location"] == "/login/"


def test_who_lost_the_factor_meanwhile_starts_again(browser: Client, person: User, telephone: Telephone) -> None:
    remove_factor(user=person, by=None)
    assert give_code(browser, telephone.code()).headers["Location"] == "/login/"
    assert give_password(browser).headers["Location"] == "/projects/"


def test_without_a_password_there_is_no_second_step(telephone: Telephone) -> None:
    assert give_code(Client(), telephone.code()).headers["Location"] == "/login/"


def test_a_code_of_another_person_is_none(browser: Client, clock: Clock) -> None:
    assert give_code(browser, Telephone("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", clock).code()).status_code == 200


@pytest.mark.parametrize("typed", ["", " ", "-", "\x00", "1" * 1000, "０" * 6])
def test_nothing_odd_is_a_code(browser: Client, typed: str) -> None:
    assert give_code(browser, typed).status_code == 200
    assert not is_in(browser)
