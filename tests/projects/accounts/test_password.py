"""One's own password."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from perfgoals.models import User
from projects.accounts.tokens.actions import issue_token
from tests.conftest import words_of
from tests.projects.accounts.conftest import browser_of

NEW = {"old_password": "right-horse", "new_password1": "other-horse", "new_password2": "other-horse"}


@pytest.fixture
def theirs(person: User) -> Client:
    return browser_of(person)


def test_the_menu_leads_to_it(theirs: Client) -> None:
    assert f'href="{reverse("password")}"' in theirs.get(reverse("project-list")).content.decode()


def test_other_sessions_end_and_this_one_stays(theirs: Client, person: User) -> None:
    elsewhere = browser_of(person)
    response = theirs.post(reverse("password"), NEW, follow=True)
    assert "密码已修改" in words_of(response)
    person.refresh_from_db()
    assert person.check_password("other-horse")
    assert theirs.get(reverse("project-list")).status_code == 200
    assert elsewhere.get(reverse("project-list")).status_code == 302


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"old_password": "wrong"}, "原密码不正确"),
        ({"old_password": ""}, "请输入原密码"),
        ({"new_password2": "another"}, "两次输入的新密码不一样"),
        ({"new_password2": ""}, "请再输入一次新密码"),
        ({"new_password1": "12345678901", "new_password2": "12345678901"}, "只有数字的密码至少要 15 位"),
        ({"new_password1": "liming1", "new_password2": "liming1"}, "密码跟 用户名 太相似"),
        ({"new_password1": "right-horse", "new_password2": "right-horse"}, "新密码不能与原密码相同"),
    ],
)
def test_what_is_wrong_is_said_in_chinese(theirs: Client, person: User, changes: dict[str, str], error: str) -> None:
    assert error in words_of(theirs.post(reverse("password"), NEW | changes))
    assert User.objects.get(pk=person.pk).check_password("right-horse")


def test_nothing_sent_is_said_to_be_missing(theirs: Client) -> None:
    assert "请输入原密码" in words_of(theirs.post(reverse("password"), {}))


def test_a_given_password_is_changed_before_anything_else(theirs: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(must_change_password=True)
    for address in (reverse("home"), reverse("project-list"), reverse("totals")):
        assert theirs.get(address).url == reverse("password")
    assert "由管理员设置" in words_of(theirs.get(reverse("password")))
    theirs.post(reverse("password"), NEW)
    assert theirs.get(reverse("project-list")).status_code == 200
    assert "由管理员设置" not in words_of(theirs.get(reverse("password")))


def test_who_must_change_the_password_can_still_leave(theirs: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(must_change_password=True)
    assert theirs.post(reverse("logout")).url == reverse("login")


@pytest.mark.parametrize(("ticked", "left", "words"), [({}, 1, ""), ({"revoke_tokens": "on"}, 0, "接口令牌已全部撤销")])
def test_one_s_tokens_end_with_the_old_password_if_one_says_so(
    theirs: Client, person: User, ticked: dict[str, str], left: int, words: str
) -> None:
    issue_token(name="月报表", lifetime=timedelta(days=30), by=person)
    assert "同时撤销我的 1 个接口令牌" in words_of(theirs.get(reverse("password")))
    assert words in words_of(theirs.post(reverse("password"), NEW | ticked, follow=True))
    assert person.api_tokens.count() == left


def test_who_has_no_tokens_is_not_asked_about_them(theirs: Client) -> None:
    assert "撤销我的" not in words_of(theirs.get(reverse("password")))
    assert theirs.post(reverse("password"), NEW | {"revoke_tokens": "on"}).status_code == 302
