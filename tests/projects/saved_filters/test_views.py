"""The pages of saved filters, for the owner, for colleagues and for others."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from perfgoals.models import User
from projects.models import SavedFilter
from projects.permissions import AUDIT, DEPARTMENT
from tests import factories
from tests.conftest import words_of

pytestmark = pytest.mark.django_db


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def people() -> dict[str, User]:
    """The owner, a colleague of the same department, and somebody of another one."""
    education, water = factories.department("教育局"), factories.department("水利局")
    factories.project("教室改造", department=education)
    return {
        "owner": factories.user(DEPARTMENT, education), "colleague": factories.user(DEPARTMENT, education),
        "other": factories.user(DEPARTMENT, water),
    }  # fmt: skip


def make(user: User, query: str = "year=2025", **values: Any) -> SavedFilter:
    return SavedFilter.objects.create(user=user, name="今年", query=query, **values)


def test_the_current_filters_are_saved_shared_and_gone_on_with(people: dict[str, User]) -> None:
    place = f"department-{factories.department('教育局').pk}"
    given = {"name": "今年", "query": "year=2025&sort=name", "place": place, "on": "totals"}
    response = browser(people["owner"]).post(reverse("filter-new"), given, follow=True)
    assert response.redirect_chain == [("/totals/?year=2025", 302)]
    assert "已保存筛选“今年”，并共享给教育局的同事。" in words_of(response)


def test_a_name_in_use_is_said_in_one_sentence_and_nothing_typed_is_lost(people: dict[str, User]) -> None:
    make(people["owner"])
    response = browser(people["owner"]).post(reverse("filter-new"), {"name": "今年", "query": "year=2025&q=教室"})
    text = words_of(response)
    assert "您已经有一个同名的筛选" in text
    assert "用当前条件覆盖" in text
    assert 'value="今年"' in response.content.decode()


def test_colleagues_open_what_is_shared_and_others_do_not_find_it(people: dict[str, User]) -> None:
    made = make(people["owner"], department=factories.department("教育局"))
    addresses = [reverse("filter-open", args=[made.pk]), reverse("filter-edit", args=[made.pk])]
    answers = {name: [browser(user).get(address).status_code for address in addresses] for name, user in people.items()}
    assert answers == {"owner": [302, 200], "colleague": [302, 403], "other": [404, 404]}


@pytest.mark.parametrize("name", ["filter-overwrite", "filter-delete", "filter-edit"])
def test_only_the_owner_writes(people: dict[str, User], name: str) -> None:
    made = make(people["owner"], department=factories.department("教育局"))
    given = {"name": "改", "query": "year=2024"}
    address = reverse(name, args=[made.pk])
    answers = [browser(people[who]).post(address, given).status_code for who in ("colleague", "other", "owner")]
    assert answers == [403, 404, 302]


def test_the_list_tells_the_conditions_in_words_and_whose_it_is(people: dict[str, User]) -> None:
    make(people["owner"], "year=2025&q=教室", department=factories.department("教育局"))
    page = browser(people["colleague"]).get(reverse("filter-list"))
    text = words_of(page)
    assert "今年 年度 2025 年 文字 教室" in text
    assert "共享" in text
    assert reverse("filter-edit", args=[SavedFilter.objects.get().pk]) not in page.content.decode()


def test_a_filter_whose_choices_are_gone_opens_and_says_so(people: dict[str, User]) -> None:
    gone = factories.department("撤销的局")
    made = make(people["owner"], f"year=2025&department={gone.pk}")
    response = browser(people["owner"]).get(reverse("filter-open", args=[made.pk]), follow=True)
    text = words_of(response)
    assert response.status_code == 200
    assert "筛选“今年”里的部门已不存在，或者您看不到；去掉标出的条件就能看到结果。" in text
    assert "年度 2025 年" in text


def test_a_shared_filter_tells_nothing_of_departments_that_one_does_not_see(people: dict[str, User]) -> None:
    water = factories.department("水利局")
    factories.project(department=water)
    made = make(factories.user(AUDIT), f"department={water.pk}", department=factories.department("教育局"))
    for address in (reverse("filter-list"), reverse("filter-open", args=[made.pk])):
        assert "水利局" not in words_of(browser(people["colleague"]).get(address, follow=True))


def test_the_menu_offers_to_save_what_is_on(people: dict[str, User]) -> None:
    client = browser(people["owner"])
    assert 'name="query" value="year=2025"' in client.get(reverse("filter-menu"), {"year": 2025}).content.decode()
    assert "选好条件后" in words_of(client.get(reverse("filter-menu")))


def test_the_list_costs_as_many_statements_however_many_filters(
    people: dict[str, User], django_assert_max_num_queries: Any
) -> None:
    client = browser(people["owner"])
    for number in range(12):
        SavedFilter.objects.create(user=people["owner"], name=f"第{number}", query="year=2025&department=none")
    with django_assert_max_num_queries(14):
        client.get(reverse("filter-list"))
