"""Who may be locked, and who must stay."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from perfgoals.models import User
from projects.accounts.actions import Details, create_user, edit_user, lock_user, reset_password, unlock_user
from projects.actions import ActionError
from projects.models import Membership
from projects.permissions import ADMIN, AUDIT, DEPARTMENT, FINANCE
from tests import factories


def details(username: str, *roles: str, regions: tuple = (), departments: tuple = ()) -> Details:
    return Details(username, "李", "明", roles, regions, departments)


def test_a_new_person_must_change_the_password(admin: User) -> None:
    made = create_user(details=details("liming", DEPARTMENT), password="right-horse", by=admin)
    assert made.must_change_password
    assert made.check_password("right-horse")
    assert made.display_name == "李明"


@pytest.mark.django_db
def test_who_is_made_by_command_keeps_the_password() -> None:
    assert not User.objects.create_superuser("root", password="right-horse").must_change_password


def test_a_taken_username_is_refused(admin: User, person: User) -> None:
    with pytest.raises(ActionError, match="用户名“liming”已被使用"):
        create_user(details=details("liming"), password="right-horse", by=admin)


def test_roles_and_places_become_those_that_are_said(admin: User) -> None:
    user = factories.user(FINANCE, factories.city(), factories.department("区教育局"))
    kept, new = factories.department("区教育局"), factories.department("区民政局")
    stays = user.memberships.get(department=kept).pk
    edit_user(user=user, details=details("liming", DEPARTMENT, departments=(kept, new)), by=admin)
    assert [group.name for group in user.groups.all()] == [DEPARTMENT]
    assert set(user.memberships.values_list("region", "department")) == {(None, kept.pk), (None, new.pk)}
    assert Membership.objects.filter(pk=stays).exists()


def test_one_cannot_lock_oneself(admin: User) -> None:
    factories.user(ADMIN)
    with pytest.raises(ActionError, match="不能停用自己的账号"):
        lock_user(user=admin, by=admin)


def test_one_cannot_reset_ones_own_password(admin: User) -> None:
    with pytest.raises(ActionError, match="修改密码"):
        reset_password(user=admin, password="other-horse", by=admin)


def test_the_last_administrator_stays_one(admin: User) -> None:
    with pytest.raises(ActionError, match="最后一位能登录的管理员"):
        edit_user(user=admin, details=details("guanli", AUDIT), by=admin)


def test_the_last_administrator_cannot_be_locked(admin: User) -> None:
    locked = factories.user(ADMIN)
    lock_user(user=locked, by=admin)
    with pytest.raises(ActionError, match="最后一位能登录的管理员"):
        lock_user(user=admin, by=locked)


def test_one_of_two_administrators_may_go(admin: User) -> None:
    factories.user(ADMIN)
    edit_user(user=admin, details=details("guanli", AUDIT), by=admin)
    assert not admin.groups.filter(name=ADMIN).exists()


def test_a_demo_account_is_no_administrator_outside_demo_mode(admin: User, settings: object) -> None:
    User.objects.filter(pk=factories.user(ADMIN).pk).update(is_demo=True)
    with pytest.raises(ActionError, match="最后一位能登录的管理员"):
        edit_user(user=admin, details=details("guanli"), by=admin)
    settings.DEMO = True  # type: ignore[attr-defined]
    edit_user(user=admin, details=details("guanli"), by=admin)


def test_a_superuser_counts_as_administrator(admin: User) -> None:
    User.objects.create_superuser("root", password="right-horse")
    edit_user(user=admin, details=details("guanli"), by=admin)
    assert not admin.groups.exists()


def test_unlocking_lets_in_again(admin: User, person: User) -> None:
    lock_user(user=person, by=admin)
    unlock_user(user=person, by=admin)
    person.refresh_from_db()
    assert person.is_active


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("committed")
def test_two_administrators_cannot_take_each_other_away_at_once() -> None:
    first, second = factories.user(ADMIN), factories.user(ADMIN)
    start, refused = Barrier(2), []

    def demote(user: User, by: User) -> None:
        start.wait()
        try:
            edit_user(user=user, details=details(user.username), by=by)
        except ActionError as error:
            refused.append(str(error))
        finally:
            connection.close()

    threads = [Thread(target=demote, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert User.objects.filter(groups__name=ADMIN).count() == 1
