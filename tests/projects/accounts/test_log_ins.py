"""One's own log-ins, and ending them."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from perfgoals.logins.keeping import LOG_IN, end
from perfgoals.logins.models import LogIn
from perfgoals.models import User
from perfgoals.security.sessions import SEEN
from projects.accounts.actions import lock_user, reset_password
from projects.permissions import AUDIT, DEPARTMENT, FINANCE
from tests.conftest import LogIn as Browsers
from tests.conftest import words_of

CHROME = "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36"


def logged_in(address: str) -> Client:
    browser = Client(REMOTE_ADDR=address, HTTP_USER_AGENT=CHROME)
    browser.post("/login/", {"username": "liming", "password": "right-horse"})
    return browser


@pytest.fixture
def here(person: User) -> Client:
    return logged_in("10.0.0.1")


@pytest.fixture
def there(here: Client) -> Client:
    return logged_in("10.0.0.2")


def is_in(browser: Client) -> bool:
    return browser.get("/password/").status_code == 200


def send(browser: Client, what: object, password: str | None = None) -> str:
    return words_of(browser.post("/log-ins/", {"end": what, "password": password or "right-horse"}, follow=True))


def number_of(browser: Client) -> str:
    return str(browser.session[LOG_IN])


def test_the_page_says_when_from_where_and_by_what(here: Client, there: Client) -> None:
    words = words_of(here.get("/log-ins/"))
    assert words.count("Chrome · Windows") == 2
    assert "10.0.0.1" in words
    assert "10.0.0.2" in words
    assert words.count("现在的登录") == 1


def test_one_is_ended_by_the_password(here: Client, there: Client) -> None:
    assert "密码不正确" in send(here, number_of(there), "wrong")
    assert is_in(there)
    assert "已结束 1 处登录" in send(here, number_of(there))
    assert not is_in(there)
    assert is_in(here)


def test_all_others_are_ended(here: Client, there: Client, manager: Client) -> None:
    third = logged_in("10.0.0.3")
    assert "已结束 2 处登录" in send(here, "others")
    assert (is_in(here), is_in(there), is_in(third), is_in(manager)) == (True, False, False, True)


def test_one_s_own_is_ended_by_logging_out(here: Client) -> None:
    assert "请用“退出登录”" in send(here, number_of(here))
    assert is_in(here)
    here.post("/logout/")
    assert not LogIn.objects.exists()


def test_another_person_s_is_not_ended(here: Client, manager: Client) -> None:
    assert "已经结束" in send(here, number_of(manager))
    assert is_in(manager)


@pytest.mark.parametrize("what", ["", "x", uuid4(), "\x00"])
def test_nothing_odd_ends_anything(here: Client, there: Client, what: object) -> None:
    send(here, what)
    assert is_in(there)


def test_an_administrator_ends_all_of_a_person(
    manager: Client, here: Client, there: Client, person: User, caplog: pytest.LogCaptureFixture
) -> None:
    assert "10.0.0.2" in words_of(manager.get(f"/users/{person.pk}/"))
    manager.post(f"/users/{person.pk}/log-ins/end/")
    assert (is_in(here), is_in(there), is_in(manager)) == (False, False, True)
    assert f"2 log-ins of user {person.pk} were ended by user {manager.session[SESSION_KEY]}" in caplog.messages


def test_nobody_else_does(here: Client, admin: User, manager: Client) -> None:
    assert here.post(f"/users/{admin.pk}/log-ins/end/").status_code == 404
    assert is_in(manager)


def test_a_new_password_leaves_this_log_in_under_its_new_key(here: Client, there: Client) -> None:
    sent = {"old_password": "right-horse", "new_password1": "other-horse-9", "new_password2": "other-horse-9"}
    here.post("/password/", sent)
    assert LogIn.objects.get().session_key == here.session.session_key
    assert is_in(here)


def test_locking_and_a_given_password_end_them_all(here: Client, person: User, admin: User) -> None:
    lock_user(user=person, by=admin)
    assert not LogIn.objects.filter(user=person).exists()
    User.objects.update(is_active=True)
    logged_in("10.0.0.1")
    reset_password(user=person, password="other-horse", by=admin)
    assert not LogIn.objects.filter(user=person).exists()


def test_a_session_that_is_in_nobody_s_list_ends_within_a_minute(here: Client) -> None:
    LogIn.objects.all().delete()
    session = here.session
    session[SEEN] -= 60
    session.save()
    assert not is_in(here)


def test_an_ended_log_in_does_not_come_back_by_a_new_key(
    here: Client, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if an administrator ended it while the person's new password is being stored."""
    monkeypatch.setattr("projects.accounts.views.update_session_auth_hash", lambda request, user: (
        end(user), request.session.cycle_key(), None,
    ))  # fmt: skip
    sent = {"old_password": "right-horse", "new_password1": "other-horse-9", "new_password2": "other-horse-9"}
    here.post("/password/", sent)
    assert not is_in(here)
    assert not Session.objects.filter(session_key=here.cookies["sessionid"].value).exists()


def test_being_seen_is_noted_once_a_minute(here: Client) -> None:
    LogIn.objects.update(seen=timezone.now() - timedelta(hours=1))
    is_in(here)
    assert timezone.now() - LogIn.objects.get().seen > timedelta(minutes=50)
    session = here.session
    session[SEEN] -= 60
    session.save()
    is_in(here)
    assert timezone.now() - LogIn.objects.get().seen < timedelta(minutes=1)


def test_what_is_over_is_not_listed_and_is_swept_away(here: Client, there: Client) -> None:
    LogIn.objects.filter(pk=number_of(there)).update(seen=timezone.now() - timedelta(hours=3))
    assert "10.0.0.2" not in words_of(here.get("/log-ins/"))
    LogIn.objects.filter(pk=number_of(there)).update(began=timezone.now() - timedelta(hours=13))
    logged_in("10.0.0.9")
    assert LogIn.objects.count() == 2


def end_all(browser: Client, password: str | None = None) -> str:
    return words_of(browser.post("/log-ins/end-all/", {"password": password or "right-horse"}, follow=True))


def test_an_administrator_ends_everybody_s_at_once_and_keeps_the_own(
    manager: Client, here: Client, there: Client, caplog: pytest.LogCaptureFixture
) -> None:
    elsewhere = Client()
    elsewhere.force_login(User.objects.get(pk=manager.session[SESSION_KEY]))
    assert "除您之外有 2 个人的 3 处登录" in words_of(manager.get("/log-ins/end-all/"))
    assert "已结束所有人的登录，共 3 处。您现在的登录保留。" in end_all(manager)
    assert [is_in(browser) for browser in (here, there, elsewhere, manager)] == [False, False, False, True]
    assert (Session.objects.count(), LogIn.objects.count()) == (1, 1)
    assert f"3 log-ins of everybody were ended by user {manager.session[SESSION_KEY]}" in caplog.messages


def test_it_takes_the_password(manager: Client, here: Client) -> None:
    assert "密码不正确" in end_all(manager, "wrong")
    assert "请先输入密码" in words_of(manager.post("/log-ins/end-all/"))
    assert is_in(here)


def test_who_is_about_to_give_a_code_starts_again(manager: Client, here: Client) -> None:
    waiting = Client()
    session = waiting.session
    session["pending"] = {}
    session.save()
    end_all(manager)
    assert not Session.objects.filter(session_key=session.session_key).exists()


def test_people_log_in_again_afterwards(manager: Client, here: Client) -> None:
    end_all(manager)
    assert is_in(logged_in("10.0.0.1"))
    assert "除您之外有 1 个人的 1 处登录" in words_of(manager.get("/log-ins/end-all/"))
    end_all(manager)
    assert "除您之外没有人登录" in words_of(manager.get("/log-ins/end-all/"))


@pytest.mark.parametrize("role", [FINANCE, DEPARTMENT, AUDIT, None])
def test_no_other_role_ends_everybody_s(role: str | None, here: Client, log_in: Browsers) -> None:
    other = log_in(role)
    assert other.post("/log-ins/end-all/", {"password": "right-horse"}).status_code == 403
    assert is_in(here)
