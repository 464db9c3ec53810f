"""Saving filters: names, places to share with, and whose they are."""

import pytest
from django.core.exceptions import PermissionDenied

from perfgoals.models import User
from projects.actions import ActionError
from projects.models import SavedFilter
from projects.permissions import DEPARTMENT
from projects.saved_filters.actions import change_filter, delete_filter, overwrite_filter, save_filter
from projects.saved_filters.places import filters_for
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return factories.user(DEPARTMENT, factories.department("教育局"))


def saved(owner: User, name: str = "今年", *, shared: bool = False) -> SavedFilter:
    place = factories.department("教育局") if shared else None
    return save_filter(name=name, query="year=2025&page=3", place=place, by=owner)


def test_only_filters_are_kept_of_an_address_and_amounts_with_their_unit(owner: User) -> None:
    made = save_filter(name="大额", query="sort=name&min=5&q=&page=2&colour=red", place=None, by=owner)
    assert made.query == "min=5&unit=%E4%B8%87%E5%85%83"


def test_an_address_without_filters_is_not_saved(owner: User) -> None:
    with pytest.raises(ActionError, match="还没有筛选条件"):
        save_filter(name="空", query="sort=name", place=None, by=owner)


def test_a_name_is_used_once_a_person(owner: User) -> None:
    saved(owner)
    with pytest.raises(ActionError, match="同名"):
        saved(owner)
    saved(factories.user(DEPARTMENT))
    assert SavedFilter.objects.count() == 2


def test_renaming_to_a_name_in_use_is_refused(owner: User) -> None:
    saved(owner, "甲")
    with pytest.raises(ActionError, match="同名"):
        change_filter(saved=saved(owner, "乙"), name="甲", place=None, by=owner)


def test_a_filter_is_shared_with_one_of_the_own_places_only(owner: User) -> None:
    with pytest.raises(ActionError, match="您所属的"):
        save_filter(name="今年", query="year=2025", place=factories.department("水利局"), by=owner)
    with pytest.raises(ActionError, match="您所属的"):
        change_filter(saved=saved(owner), name="今年", place=factories.county(), by=owner)


def test_colleagues_find_what_is_shared_with_their_place_until_it_is_not(owner: User) -> None:
    colleague = factories.user(DEPARTMENT, factories.department("教育局"))
    stranger = factories.user(DEPARTMENT, factories.department("水利局"))
    made = saved(owner, shared=True)
    assert [list(filters_for(user)) for user in (owner, colleague, stranger)] == [[made], [made], []]
    change_filter(saved=made, name="今年", place=None, by=owner)
    assert list(filters_for(colleague)) == []


def test_only_the_owner_changes_a_filter(owner: User) -> None:
    made, colleague = saved(owner, shared=True), factories.user(DEPARTMENT, factories.department("教育局"))
    with pytest.raises(PermissionDenied):
        change_filter(saved=made, name="改", place=None, by=colleague)
    with pytest.raises(PermissionDenied):
        overwrite_filter(saved=made, query="year=2024", by=colleague)
    with pytest.raises(PermissionDenied):
        delete_filter(saved=made, by=colleague)


def test_overwriting_keeps_the_name_and_deleting_frees_it(owner: User) -> None:
    made = saved(owner)
    assert overwrite_filter(saved=made, query="year=2024", by=owner).query == "year=2024"
    delete_filter(saved=made, by=owner)
    saved(owner)
