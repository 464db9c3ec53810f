"""The pages of tokens."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from perfgoals.api.models import ApiToken
from perfgoals.models import User
from projects.accounts.tokens.actions import MOST, issue_token
from projects.permissions import ADMIN, AUDIT
from tests import factories
from tests.conftest import LogIn, words_of
from tests.perfgoals.api.reading import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client: Client) -> User:
    user = factories.user(AUDIT)
    client.force_login(user)
    return user


def issue(person: User, name: str = "报表") -> ApiToken:
    return issue_token(name=name, lifetime=timedelta(days=30), by=person)[0]


def test_a_new_token_is_shown_once_and_works(person: User, client: Client) -> None:
    answer = client.post(reverse("token-list"), {"name": "月报表程序", "days": "30"})
    (text,) = re.findall(r"pgt_[0-9a-f]{64}", answer.content.decode())
    assert "只在这里显示这一次" in words_of(answer)
    assert answer["Cache-Control"].startswith("max-age=0")
    assert Program(token=text).ask("projects/").status_code == 200
    later = client.get(reverse("token-list")).content.decode()
    assert text not in later
    assert "月报表程序" in later


def test_a_token_lasts_as_long_as_chosen(person: User, client: Client) -> None:
    client.post(reverse("token-list"), {"name": "程序", "days": "365"})
    lasts = ApiToken.objects.get().expiry - timezone.now()
    assert timedelta(days=364) < lasts <= timedelta(days=365)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": "", "days": "30"}, "请写明这个令牌给什么程序用"),
        ({"name": "长" * 61, "days": "30"}, "用途不能超过 60 个字"),
        ({"name": "程序", "days": "9999"}, "请选择列出的有效期"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    person: User, client: Client, sent: dict[str, str], words: str
) -> None:
    assert words in words_of(client.post(reverse("token-list"), sent))
    assert not ApiToken.objects.exists()


def test_there_is_an_end_to_tokens(person: User, client: Client) -> None:
    for number in range(MOST):
        issue(person, f"程序{number}")
    sent = {"name": "再一个", "days": "30"}
    assert f"您已有 {MOST} 个有效的接口令牌" in words_of(client.post(reverse("token-list"), sent))
    ApiToken.objects.filter(name="程序0").update(expiry=timezone.now())
    assert "已创建接口令牌" in words_of(client.post(reverse("token-list"), sent))


def test_the_list_says_when_tokens_were_used_and_end(person: User, client: Client) -> None:
    issue(person)
    ApiToken.objects.update(expiry=timezone.now())
    text = words_of(client.get(reverse("token-list")))
    assert "报表" in text
    assert "从未" in text
    assert "已过期" in text


def test_others_tokens_are_not_there(person: User, client: Client) -> None:
    other = issue(factories.user(AUDIT), "别人的")
    assert "别人的" not in words_of(client.get(reverse("token-list")))
    assert client.post(reverse("token-revoke", args=[other.number])).status_code == 404
    assert ApiToken.objects.filter(pk=other.pk).exists()


def test_a_token_is_revoked(person: User, client: Client) -> None:
    token = issue(person)
    answer = client.post(reverse("token-revoke", args=[token.number]), follow=True)
    assert "已撤销接口令牌“报表”" in words_of(answer)
    assert not ApiToken.objects.exists()


def test_an_administrator_sees_and_revokes_a_person_s_tokens(log_in: LogIn) -> None:
    person = factories.user(AUDIT)
    issue(person)
    issue(factories.user(AUDIT), "别人的")
    manager = log_in(ADMIN)
    page = manager.get(reverse("user-edit", args=[person.pk]))
    assert "报表" in words_of(page)
    assert "别人的" not in words_of(page)
    manager.post(reverse("user-tokens-revoke", args=[person.pk]))
    assert [token.name for token in ApiToken.objects.all()] == ["别人的"]


def test_a_superuser_s_tokens_are_a_superuser_s_matter(log_in: LogIn) -> None:
    boss = factories.user(None)
    User.objects.filter(pk=boss.pk).update(is_superuser=True)
    issue(boss)
    assert log_in(ADMIN).post(reverse("user-tokens-revoke", args=[boss.pk])).status_code == 403
    assert ApiToken.objects.exists()
