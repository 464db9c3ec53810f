"""Throttled log-ins and sessions that end."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from perfgoals.models import User
from perfgoals.throttling import client_address, paused_usernames
from projects.permissions import ADMIN
from tests import factories
from tests.conftest import LogIn, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_hashing(settings: object) -> None:
    """The real hashing is slow by design."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


def attempt(word: str = "wrong", *, username: str = "liming", address: str = "10.0.0.1") -> HttpResponse:
    sent = {"username": username, "password": word, "next": "/totals/"}
    return Client(REMOTE_ADDR=address).post(reverse("login"), sent)


@pytest.fixture
def person() -> User:
    return factories.user(None, name="liming")


@pytest.fixture
def paused(person: User) -> User:
    """Somebody for whom ten wrong passwords came from one address."""
    for _ in range(10):
        attempt()
    return person


def test_a_name_longer_than_any_account_has_is_a_wrong_one(db: None, client: Client) -> None:
    response = client.post(reverse("login"), {"username": "名" * 5000, "password": "right-horse"})
    assert response.status_code == 200
    assert "用户名或密码不正确" in words_of(response)


def test_nine_wrong_passwords_do_no_harm(person: User) -> None:
    answers = {attempt().status_code for _ in range(9)}
    assert answers == {200}
    assert attempt("right-horse").status_code == 302


def test_after_ten_even_the_right_password_is_refused(paused: User) -> None:
    response = attempt("right-horse")
    assert response.status_code == 429
    assert "输错密码 10 次，登录已暂停。请 15 分钟后再试，或联系管理员解除。" in words_of(response)
    assert int(response["Retry-After"]) <= 900
    assert 'value="liming"' in response.content.decode()
    assert 'value="/totals/"' in response.content.decode()


def test_a_name_that_nobody_has_gets_the_same_answers(paused: User) -> None:
    known = words_of(attempt())
    answers = [attempt(username="nobody") for _ in range(11)]
    assert [answer.status_code for answer in answers] == [200] * 9 + [429] * 2
    assert words_of(answers[-1]) == known


def test_others_and_other_addresses_go_on(paused: User) -> None:
    factories.user(None, name="wang")
    assert attempt("right-horse", username="wang").status_code == 302
    assert attempt("right-horse", address="10.0.0.2").status_code == 302


def test_the_pause_ends_by_itself_and_is_not_made_longer(paused: User) -> None:
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14, seconds=30))
    assert "请 1 分钟后再试" in words_of(attempt())
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15))
    assert attempt("right-horse").status_code == 302


def test_logging_in_forgets_what_went_wrong(person: User) -> None:
    for _ in range(9):
        attempt()
    attempt("right-horse")
    assert attempt().status_code == 200


def test_an_administrator_sees_and_ends_the_pause(paused: User, log_in: LogIn) -> None:
    manager = log_in(ADMIN)
    assert "登录暂停" in words_of(manager.get(reverse("user-list")))
    assert "解除登录暂停" in words_of(manager.get(reverse("user-edit", args=[paused.pk])))
    manager.post(reverse("user-unlock", args=[paused.pk]))
    assert attempt("right-horse").status_code == 302


def test_a_reset_password_ends_the_pause(paused: User, log_in: LogIn) -> None:
    log_in(ADMIN).post(reverse("user-reset-password", args=[paused.pk]), {"password": "other-horse"})
    assert attempt("other-horse").status_code == 302


def test_failures_at_two_addresses_do_not_add_up(person: User) -> None:
    for number in range(10):
        attempt(address=f"10.0.0.{number % 2}")
    assert paused_usernames(["liming"]) == set()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "nearest", "address"),
    [
        (0, "10.0.0.9", "10.0.0.1", "10.0.0.1"),
        (1, "10.0.0.9", "127.0.0.1", "10.0.0.9"),
        (1, "6.6.6.6, 10.0.0.9", "127.0.0.1", "10.0.0.9"),
        (2, "6.6.6.6, 10.0.0.9, 10.0.0.8", "127.0.0.1", "10.0.0.9"),
        (2, "10.0.0.9", "10.0.0.1", "10.0.0.1"),
        (1, "unknown", "10.0.0.1", "10.0.0.1"),
        (1, "", "10.0.0.1", "10.0.0.1"),
        (0, "", "", "127.0.0.1"),
        (1, "2001:db8::1", "127.0.0.1", "2001:db8::1"),
    ],
)  # fmt: skip
def test_the_address_is_what_our_own_proxies_saw(
    settings: object, rf: RequestFactory, proxies: int, forwarded: str, nearest: str, address: str
) -> None:
    settings.PROXIES = proxies  # type: ignore[attr-defined]
    request = rf.get("/", REMOTE_ADDR=nearest, **({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}))
    assert client_address(request) == address


def test_a_session_lasts_a_working_day(person: User, client: Client) -> None:
    client.force_login(person)
    session = Session.objects.get()
    assert timedelta(hours=11) < session.expire_date - timezone.now() <= timedelta(hours=12)
    Session.objects.update(expire_date=timezone.now())
    assert client.get(reverse("project-list")).status_code == 302
