"""The pages of users: what they show and do, and for whom."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from perfgoals.models import User
from projects.models import Department
from projects.permissions import ADMIN, AUDIT, DEPARTMENT, FINANCE
from tests import factories
from tests.conftest import LogIn, words_of
from tests.projects.accounts.conftest import browser_of, said

ONE = ("user-edit", "user-lock", "user-unlock", "user-reset-password")
PAGES = [("user-list", []), ("user-new", []), ("user-edit", [1]), ("user-reset-password", [1])]
WRITES = [("user-new", []), *((name, [1]) for name in ONE)]


@pytest.mark.parametrize("role", [FINANCE, DEPARTMENT, AUDIT, None])
@pytest.mark.parametrize(("name", "arguments"), PAGES)
def test_pages_are_for_administrators(log_in: LogIn, role: str | None, name: str, arguments: list[int]) -> None:
    response = log_in(role).get(reverse(name, args=arguments))
    assert response.status_code == (404 if arguments else 403)
    assert arguments or "用户由管理员管理" in words_of(response)


@pytest.mark.parametrize(("name", "arguments"), WRITES)
def test_writes_are_for_administrators(log_in: LogIn, name: str, arguments: list[int]) -> None:
    assert log_in(AUDIT).post(reverse(name, args=arguments)).status_code == (404 if arguments else 403)


@pytest.mark.parametrize("name", ONE)
def test_nobody_with_that_number(manager: Client, name: str) -> None:
    assert manager.post(reverse(name, args=[0])).status_code == 404


@pytest.mark.parametrize("name", ["user-lock", "user-unlock"])
def test_locking_needs_a_post(manager: Client, person: User, name: str) -> None:
    assert manager.get(reverse(name, args=[person.pk])).status_code == 405


@pytest.mark.parametrize(("name", "method"), [("user-list", "post"), ("user-new", "put"), ("password", "delete")])
def test_other_methods_are_refused(manager: Client, name: str, method: str) -> None:
    assert getattr(manager, method)(reverse(name)).status_code == 405


def test_superusers_manage_people_too(db: None) -> None:
    assert browser_of(User.objects.create_superuser("root")).get(reverse("user-list")).status_code == 200


@pytest.mark.parametrize("name", ONE)
def test_a_superuser_is_changed_by_superusers_only(manager: Client, name: str) -> None:
    root = User.objects.create_superuser("root")
    response = manager.post(reverse(name, args=[root.pk]))
    assert response.status_code == 403
    assert "只能由超级管理员修改" in words_of(response)


@pytest.mark.parametrize(("role", "shown"), [(ADMIN, True), (AUDIT, False)])
def test_the_navigation_leads_to_users_for_administrators(log_in: LogIn, role: str, shown: bool) -> None:
    assert (f'href="{reverse("user-list")}"' in log_in(role).get(reverse("project-list")).content.decode()) is shown


# The list


def test_the_list_shows_roles_places_and_status(manager: Client) -> None:
    factories.user(DEPARTMENT, factories.department("区教育局"), name="liming")
    User.objects.filter(pk=factories.user(FINANCE, factories.city()).pk).update(is_active=False)
    text = words_of(manager.get(reverse("user-list")))
    assert "liming 部门 区教育局（上党区） 正常 从未" in text
    assert "财政 长治市 已停用" in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=李明", {"liming"}), ("q=LIM", {"liming"}), ("q=李 lim", {"liming"}), ("q=没有", set()),
        ("role=审计", {"liming"}), ("role=none", {"nobody"}), ("status=active", {"guanli", "liming"}),
        ("status=locked", {"nobody"}), ("role=x", set()), ("q=li&role=管理员", {"guanli"}),
    ],
)  # fmt: skip
def test_the_list_is_narrowed(manager: Client, person: User, query: str, found: set[str]) -> None:
    User.objects.filter(pk=person.pk).update(last_name="李", first_name="明")
    User.objects.filter(pk=factories.user(None, name="nobody").pk).update(is_active=False)
    shown = manager.get(f"{reverse('user-list')}?{query}").context["people"]
    assert {entry.user.username for entry in shown} == found


def test_the_list_is_paged(manager: Client) -> None:
    User.objects.bulk_create(User(username=f"user{number:03}") for number in range(60))
    response = manager.get(f"{reverse('user-list')}?page=2")
    assert "第 51–61 条" in words_of(response)
    assert len(response.context["people"]) == 11


def test_more_people_need_no_more_queries(manager: Client, django_assert_max_num_queries: object) -> None:
    for number in range(8):
        factories.user(DEPARTMENT, factories.department(f"{number}局"), factories.city())
    with django_assert_max_num_queries(11):  # type: ignore[operator]
        manager.get(reverse("user-list"))


def test_demo_accounts_say_that_they_are(manager: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_demo=True)
    assert "正常 · 演示账号" in words_of(manager.get(reverse("user-list")))
    assert "演示账号只在演示模式下能登录" in words_of(manager.get(reverse("user-edit", args=[person.pk])))


# Making and changing


def test_a_person_is_made_with_a_generated_password_shown_once(manager: Client) -> None:
    body = factories.department("区教育局")
    sent = {"username": "wang", "last_name": "王", "roles": [DEPARTMENT], "departments": [body.pk], "password": ""}
    response = manager.post(reverse("user-new"), sent)
    made = User.objects.get(username="wang")
    secret = re.search(r"[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}", words_of(response))
    assert secret
    assert made.check_password(secret[0])
    assert made.must_change_password
    assert [place.department for place in made.memberships.all()] == [body]
    assert "no-store" in response["Cache-Control"]
    assert secret[0] not in manager.get(reverse("user-edit", args=[made.pk])).content.decode()


def test_a_person_is_made_with_a_typed_password(manager: Client) -> None:
    response = manager.post(reverse("user-new"), {"username": "wang", "password": "right-horse"}, follow=True)
    assert "已创建用户：wang。首次登录时必须修改密码。" in words_of(response)
    assert User.objects.get(username="wang").check_password("right-horse")


@pytest.mark.parametrize(
    ("password", "error"),
    [
        ("12345678901", "只有数字的密码至少要 15 位"),
        ("abc", "密码太短，至少要 10 个字符"),
        ("password", "密码太常见"),
        ("wanglihong", "太相似"),
    ],
)
def test_validators_speak_chinese(manager: Client, password: str, error: str) -> None:
    sent = {"username": "wanglihong", "password": password}
    response = manager.post(reverse("user-new"), sent)
    assert error in words_of(response)
    assert 'value="wanglihong"' in response.content.decode()
    assert not User.objects.filter(username="wanglihong").exists()


@pytest.mark.parametrize(
    ("username", "error"),
    [("", "请输入用户名"), ("liming", "已被使用"), ("a b", "用户名只能包含汉字、字母、数字"), ("x" * 151, "150")],
)
def test_a_username_is_checked(manager: Client, person: User, username: str, error: str) -> None:
    assert error in words_of(manager.post(reverse("user-new"), {"username": username}))


def test_a_person_is_changed(manager: Client, person: User) -> None:
    city = factories.city()
    sent = said(person, last_name="李", first_name="明", roles=[FINANCE], regions=[city.pk])
    response = manager.post(reverse("user-edit", args=[person.pk]), sent, follow=True)
    assert "已保存用户“李明”" in words_of(response)
    assert [place.region for place in person.memberships.all()] == [city]
    assert [group.name for group in person.groups.all()] == [FINANCE]


def test_what_stands_is_ticked_and_comes_first(manager: Client) -> None:
    factories.department("区民政局")
    user = factories.user(DEPARTMENT, factories.department("区教育局"))
    picker = manager.get(reverse("user-edit", args=[user.pk])).context["form"].department_picker
    assert [box.choice_label for box in picker.boxes] == ["区教育局（上党区）", "区民政局（上党区）"]
    assert picker.chosen == ["区教育局（上党区）"]
    assert Department.objects.count() == 2


@pytest.mark.parametrize(
    ("role", "warning"),
    [
        (FINANCE, "没有选择行政区划，登录后看不到任何项目"),
        (DEPARTMENT, "没有选择部门，登录后看不到任何项目"),
        (None, "没有角色，登录后看不到任何项目"),
    ],
)
def test_who_will_see_nothing_is_warned_of(manager: Client, role: str | None, warning: str) -> None:
    user = factories.user(role)
    response = manager.post(reverse("user-edit", args=[user.pk]), said(user), follow=True)
    assert "已保存用户" in words_of(response)
    assert warning in words_of(response)


def test_a_role_beside_one_that_sees_everything_is_still_warned_of(manager: Client, person: User) -> None:
    sent = said(person, roles=[AUDIT, FINANCE])
    response = manager.post(reverse("user-edit", args=[person.pk]), sent, follow=True)
    assert "按这个角色不能修改任何项目" in words_of(response)


def test_the_last_administrator_is_told_why_not(manager: Client, admin: User) -> None:
    response = manager.post(reverse("user-edit", args=[admin.pk]), said(admin, roles=[]))
    assert "最后一位能登录的管理员" in words_of(response)
    assert admin.groups.exists()


def test_who_gave_up_managing_is_led_elsewhere(manager: Client, admin: User) -> None:
    factories.user(ADMIN)
    response = manager.post(reverse("user-edit", args=[admin.pk]), said(admin, roles=[AUDIT]), follow=True)
    assert response.redirect_chain[-1][0] == reverse("project-list")
    assert response.status_code == 200


# Locking and passwords


def test_a_locked_person_is_out_at_the_next_request(manager: Client, person: User) -> None:
    theirs = browser_of(person)
    assert theirs.get(reverse("project-list")).status_code == 200
    response = manager.post(reverse("user-lock", args=[person.pk]), follow=True)
    assert "已停用“liming”" in words_of(response)
    assert theirs.get(reverse("project-list")).url == f"{reverse('login')}?next={reverse('project-list')}"


def test_an_unlocked_person_can_log_in(manager: Client, person: User, client: Client) -> None:
    manager.post(reverse("user-lock", args=[person.pk]))
    account = {"username": "liming", "password": "right-horse"}
    assert "用户名或密码不正确" in words_of(client.post(reverse("login"), account))
    manager.post(reverse("user-unlock", args=[person.pk]))
    assert client.post(reverse("login"), account).url == reverse("project-list")


def test_ones_own_lock_is_refused(manager: Client, admin: User) -> None:
    response = manager.post(reverse("user-lock", args=[admin.pk]), follow=True)
    assert "不能停用自己的账号" in words_of(response)
    assert "停用账号" not in words_of(manager.get(reverse("user-edit", args=[admin.pk])))


def test_a_reset_password_ends_sessions_and_must_be_changed(manager: Client, person: User) -> None:
    theirs = browser_of(person)
    manager.post(reverse("user-reset-password", args=[person.pk]), {"password": "other-horse"})
    person.refresh_from_db()
    assert person.check_password("other-horse")
    assert person.must_change_password
    assert theirs.get(reverse("project-list")).status_code == 302


def test_a_weak_new_password_is_refused(manager: Client, person: User) -> None:
    response = manager.post(reverse("user-reset-password", args=[person.pk]), {"password": "12345"})
    assert "密码太短，至少要 10 个字符" in words_of(response)
    assert User.objects.get(pk=person.pk).check_password("right-horse")


def test_a_generated_new_password_is_shown_once(manager: Client, person: User) -> None:
    response = manager.post(reverse("user-reset-password", args=[person.pk]), {"password": ""})
    person.refresh_from_db()
    assert person.check_password(response.context["password"])
    assert "密码只在这里显示这一次" in words_of(response)


def test_ones_own_password_is_not_reset_but_changed(manager: Client, admin: User) -> None:
    assert manager.get(reverse("user-reset-password", args=[admin.pk])).url == reverse("password")


def test_the_pages_hold_no_inline_scripts_or_styles(manager: Client, person: User) -> None:
    for address in (
        reverse("user-list"), reverse("user-new"), reverse("password"), reverse("user-edit", args=[person.pk]),
        reverse("user-reset-password", args=[person.pk]),
    ):  # fmt: skip
        html = manager.get(address).content.decode()
        assert " style=" not in html
        assert "<script>" not in html


def test_of_very_many_departments_one_is_searched_for(
    manager: Client, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projects.accounts.places.FEW", 1)
    monkeypatch.setattr("projects.accounts.places.MOST", 2)
    held, *others = (factories.department(name) for name in ("甲局", "水务局", "水利局", "水文局"))
    person.memberships.create(department=held)
    address = reverse("user-edit", args=[person.pk])
    page = manager.get(address)
    assert [str(box.choice_label) for box in page.context["form"].department_picker.boxes] == [
        f"{held}（{held.region.short_name}）"
    ]
    assert "部门太多，不能全部列出，请输入名称查找。" in words_of(page)
    typed = {"username": "", "departments": [held.pk], "find": "", "find_departments": "水 上党"}
    found = manager.post(address, typed)
    picker = found.context["form"].department_picker
    assert picker.chosen == [f"{held}（{held.region.short_name}）"]
    assert len(picker.boxes) == 3
    assert "还有更多，请多输入几个字。" in words_of(found)
    assert list(person.memberships.values_list("department", flat=True)) == [held.pk]
    saved = {"username": person.username, "departments": [held.pk, others[0].pk], "find_departments": "水"}
    assert manager.post(address, saved).status_code == 302
    assert set(person.memberships.values_list("department", flat=True)) == {held.pk, others[0].pk}


@pytest.mark.parametrize("typed", ["\0", "%", "' OR 1=1", "长" * 500])
def test_whatever_is_searched_for_and_chosen_is_no_trouble(
    manager: Client, person: User, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setattr("projects.accounts.places.FEW", 0)
    factories.project()
    sent = {
        "departments": [typed, "9" * 30],
        "regions": [typed],
        "find_departments": typed,
        "find_regions": typed,
        "find": "",
    }
    response = manager.post(reverse("user-edit", args=[person.pk]), sent)
    assert response.status_code == 200
    assert response.context["form"].department_picker.boxes == []
