"""Log-ins end by themselves, and lead nowhere else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from perfgoals.models import User
from perfgoals.security.sessions import BEGAN, SEEN
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return factories.user(None, name="liming")


@pytest.fixture
def browser(person: User) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def move(browser: Client, name: str, *, hours: float) -> None:
    """As if that had been so many hours earlier."""
    session = browser.session
    session[name] -= int(hours * 3600)
    session.save()


def is_in(browser: Client) -> bool:
    return browser.get("/password/").status_code == 200


def test_who_does_nothing_is_logged_out(browser: Client) -> None:
    move(browser, SEEN, hours=1.9)
    assert is_in(browser)
    move(browser, SEEN, hours=2)
    assert not is_in(browser)


def test_whoever_is_at_work_stays_until_the_day_is_over(browser: Client) -> None:
    move(browser, BEGAN, hours=11.9)
    assert is_in(browser)
    move(browser, BEGAN, hours=0.2)
    assert not is_in(browser)


def test_idling_may_be_allowed(browser: Client, settings: Any) -> None:
    settings.IDLE_MINUTES = 0
    move(browser, SEEN, hours=11)
    assert is_in(browser)


def test_being_there_is_noted_once_a_minute(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    began = browser.session[SEEN]
    assert is_in(browser)
    assert browser.session[SEEN] == began
    monkeypatch.setattr("perfgoals.security.sessions.time.time", lambda: began + 61)
    assert is_in(browser)
    assert browser.session[SEEN] == began + 61


def test_a_session_without_its_times_is_none(browser: Client) -> None:
    session = browser.session
    del session[BEGAN]
    session.save()
    assert not is_in(browser)


def test_logging_in_takes_a_new_session_and_logging_out_ends_it(person: User) -> None:
    browser = Client()
    session = browser.session
    session["planted"] = 1
    session.save()
    browser.cookies["sessionid"] = planted = str(session.session_key)
    browser.post("/login/", {"username": "liming", "password": "right-horse"})
    mine = browser.cookies["sessionid"].value
    assert mine != planted
    assert is_in(browser)
    browser.post("/logout/")
    browser.cookies["sessionid"] = mine
    assert not is_in(browser)


@pytest.mark.parametrize(
    "aim", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\\\evil.example"]
)
def test_the_login_leads_nowhere_else(person: User, aim: str) -> None:
    sent = {"username": "liming", "password": "right-horse", "next": aim}
    assert Client().post("/login/", sent).headers["Location"] == "/projects/"


def test_a_wrong_password_a_locked_account_and_no_account_get_one_answer_for_one_effort(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.user(None, name="locked")
    User.objects.filter(username="locked").update(is_active=False)
    hashed: list[str] = []
    encode = "django.contrib.auth.hashers.MD5PasswordHasher.encode"
    monkeypatch.setattr(encode, lambda _self, password, salt: hashed.append(password) or f"md5${salt}$x")
    answers = set()
    for name, password in (("liming", "wrong"), ("locked", "right-horse"), ("nobody", "wrong")):
        answer = Client().post("/login/", {"username": name, "password": password})
        answers.add((answer.status_code, "用户名或密码不正确" in answer.content.decode()))
    assert answers == {(200, True)}
    assert len(hashed) == 3


def test_a_host_that_is_none_of_ours_is_refused(client: Client) -> None:
    answer = client.get("/login/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert b"evil" not in answer.content


def test_no_request_is_sent_back_as_it_came(client: Client) -> None:
    assert client.generic("TRACE", "/login/").status_code == 405
