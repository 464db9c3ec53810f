"""Pages by key."""

import pytest
from django.urls import reverse

from perfgoals.api.pagination import cursor_after
from projects.permissions import AUDIT
from tests import factories
from tests.perfgoals.api.reading import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Program:
    return Program(factories.user(AUDIT))


def following(program: Program, url: str | None) -> list[list[str]]:
    """The names on all pages."""
    pages = []
    while url:
        answer = program.client.get(url).json()
        pages.append([row["name"] for row in answer["results"]])
        url = answer["next"]
    return pages


def test_pages_follow_one_another_and_end(program: Program) -> None:
    for name in "甲乙丙丁戊":
        factories.project(name)
    first = reverse("api-project-list") + "?page_size=2"
    assert following(program, first) == [["甲", "乙"], ["丙", "丁"], ["戊"]]


def test_a_full_last_page_has_no_next(program: Program) -> None:
    factories.project("甲")
    assert program.read("projects/", "page_size=1")["next"] is None


def test_what_is_removed_meanwhile_moves_nothing(program: Program) -> None:
    made = [factories.project(name) for name in "甲乙丙"]
    following_page = program.read("projects/", "page_size=2")["next"]
    type(made[0]).objects.filter(pk=made[0].pk).update(name="改名")
    factories.project("丁")
    assert following(program, following_page) == [["丙", "丁"]]


def test_the_next_page_keeps_the_filters_and_is_in_a_header_too(program: Program) -> None:
    for _ in range(2):
        factories.project(year=2024)
    answer = program.ask("projects/", "year=2024&page_size=1&format=csv")
    link = answer["Link"]
    assert link.endswith('>; rel="next"')
    assert "year=2024" in link
    assert "format=csv" in link


@pytest.mark.parametrize("size", ["0", "501", "x", "-1", "1.5", "９", "9" * 5000])
def test_sizes_out_of_bounds_are_refused(program: Program, size: str) -> None:
    answer = program.ask("projects/", f"page_size={size}")
    assert answer.status_code == 400
    assert answer.json()["fields"] == {"page_size": ["请写 1 至 500 的整数。"]}


@pytest.mark.parametrize("cursor", ["x", "MQ==", "LTE", "%00", "MS41", cursor_after(2**63), "é", "MDE"])
def test_a_cursor_of_one_s_own_making_is_refused(program: Program, cursor: str) -> None:
    answer = program.ask("projects/", f"cursor={cursor}")
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == ["cursor"]
