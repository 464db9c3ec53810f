"""Words that very many projects have are looked for in another way, and find, count and sum the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals.pagination import Page
from projects.filters import ProjectFilter, texts
from projects.filters.texts import WithWords
from projects.filters.words import has_word
from projects.models import Project, ProjectText
from projects.rollups.groups import groups_of
from projects.tables import Sort, page_keys
from projects.totals import summary_of
from tests.projects.filters.worlds import SIGNS, populate

pytestmark = pytest.mark.django_db

OTHERS = st.sampled_from(
    [
        "",
        "region=140404",
        "region=140400&own=1",
        "year=2025",
        "archived=all",
        "section=预算科",
        "attribute=none",
        "min=1",
    ]
)


WAYS = [(1000, 1000, 99), (1000, 0, 99), (0, 0, 99), (0, 0, 29), (0, 0, -1)]
"""Limits with which few and many are looked for, in each of the ways in which that is done for more than a county's projects."""


@contextmanager
def limited(most: int, few: int, looked_at: int) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(texts, "FEWER", -1)
        patched.setattr(texts, "MOST_NUMBERS", most)
        patched.setattr(texts, "FEW", few)
        patched.setattr(texts, "MOST_LOOKED_AT", looked_at)
        yield


def asked(query: str) -> tuple[list[int], object, object]:
    found = ProjectFilter(QueryDict(query), Project.objects.all())
    return sorted(found.qs.values_list("pk", flat=True)), summary_of(found), sorted(groups_of(found, ["year"]))


def test_the_same_is_found_counted_and_summed() -> None:
    populate(Random(7), 30)  # noqa: S311  # no secret
    some = Project.objects.filter(pk__in=Project.objects.values("pk")[:5])
    some.update(archived_at="2025-01-01T00:00Z", archive_reason="重")

    @settings(max_examples=60, deadline=None)
    @given(st.text(SIGNS, min_size=1, max_size=3), OTHERS)
    def holds(word: str, others: str) -> None:
        query = QueryDict(others, mutable=True)
        query["q"] = word
        answers = []
        for way in WAYS:
            with limited(*way):
                answers.append(asked(query.urlencode()))
        assert answers[1:] == answers[:1] * 4

    holds()


@pytest.mark.parametrize("sort", ["", "amount", "-amount", "-year"])
def test_pages_are_the_same(sort: str) -> None:
    populate(Random(8), 30)  # noqa: S311  # no secret
    pages = []
    for way in WAYS:
        with limited(*way):
            found = ProjectFilter(QueryDict("q=甲"), Project.objects.all())
            page = Page.asked(QueryDict("page=2&size=5"), summary_of(found).count)
            pages.append(page_keys(found.in_order(1), Sort.asked(sort), page))
    assert pages[1:] == pages[:1] * 4
    assert pages[0]


def sought(word: str, *way: int) -> WithWords:
    """What is known of a word that is looked for among all projects in one of the ways."""
    with limited(*way):
        found = WithWords([word], Project.objects.all())
        assert (found.numbers, found.is_each) is not None  # looked for here, within the limits
    return found


def test_how_many_have_a_word_is_known_before_they_are_counted() -> None:
    populate(Random(9), 30)  # noqa: S311  # no secret
    having = [one.pk for one in Project.objects.all() if has_word(one.name, "1")]
    few, many = sought("1", 1000, 1000, 99), sought("1", 0, 0, 29)
    assert set(having) <= set(few.numbers or [])
    assert many.take_long
    assert many.share == len(few.numbers or []) / Project.objects.count()  # so few are all looked at


def test_of_few_projects_the_texts_are_looked_at() -> None:
    populate(Random(9), 30)  # noqa: S311  # no secret
    assert WithWords(["1"], Project.objects.all()).is_each


def test_a_word_that_most_have_is_known_without_asking_for_them() -> None:
    populate(Random(9), 30)  # noqa: S311  # no secret
    ProjectText.objects.update(text="甲")
    with CaptureQueriesContext(connection) as asked:
        assert sought("甲", 0, 0, 29).share == 1
    assert not [one for one in asked.captured_queries if "projects_with_words" in one["sql"]]


@pytest.mark.parametrize(("most", "is_met"), [(5, True), (15, False)], ids=["frequent", "seldom"])
def test_a_page_of_a_frequent_word_is_met_without_finding_all(
    monkeypatch: pytest.MonkeyPatch, most: int, is_met: bool
) -> None:
    populate(Random(9), 30)  # noqa: S311  # no secret
    ProjectText.objects.filter(pk__in=ProjectText.objects.order_by("pk")[:10].values("pk")).update(text="鬱")
    monkeypatch.setattr(texts, "SAMPLED", 30)
    monkeypatch.setattr(texts, "FREQUENT", most)
    with limited(1000, 1000, 9), CaptureQueriesContext(connection) as asked:
        found = WithWords(["鬱"], Project.objects.all())
        assert found.are_met_soon is is_met
        keys = Project.objects.filter(found.gone_through(1)).order_by("-pk").values_list("pk", flat=True)
        assert len(keys) == 10
    used = [one for one in asked.captured_queries if "projects_with_words" in one["sql"]]
    assert bool(used) is not is_met
