"""Words that very many projects have are looked for in another way, and find, count and sum the same."""

from random import Random

import pytest
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from perfgoals.pagination import Page
from projects.filters import ProjectFilter, texts
from projects.models import Project
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


def asked(query: str, *, most: int) -> tuple[list[int], object, object]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(texts, "MOST_LOOKED_UP", most)
        found = ProjectFilter(QueryDict(query), Project.objects.all())
        summary = summary_of(found)
        groups = sorted(groups_of(found, ["year"]))
        if found.looks_for_words and (summary.count or most):
            assert (found.with_words is None) == (most == 0)
        return sorted(found.qs.values_list("pk", flat=True)), summary, groups


def test_the_same_is_found_counted_and_summed() -> None:
    populate(Random(7), 30)  # noqa: S311  # no secret
    Project.objects.filter(pk__in=Project.objects.values("pk")[:5]).update(
        archived_at="2025-01-01T00:00Z", archive_reason="重"
    )

    @settings(max_examples=60, deadline=None)
    @given(st.text(SIGNS, min_size=1, max_size=3), OTHERS)
    def holds(word: str, others: str) -> None:
        query = QueryDict(f"{others}", mutable=True)
        query["q"] = word
        assert asked(query.urlencode(), most=0) == asked(query.urlencode(), most=1000)

    holds()


@pytest.mark.parametrize("sort", ["", "amount", "-amount", "name", "-year"])
def test_pages_are_the_same(sort: str, monkeypatch: pytest.MonkeyPatch) -> None:
    populate(Random(8), 30)  # noqa: S311  # no secret
    pages = []
    for most in (0, 1000):
        monkeypatch.setattr(texts, "MOST_LOOKED_UP", most)
        found = ProjectFilter(QueryDict("q=甲"), Project.objects.all())
        assert (found.with_words is None) == (most == 0)
        page = Page.asked(QueryDict("page=2&size=5"), summary_of(found).count)
        pages.append(page_keys(found.qs, Sort.asked(sort), page))
    assert pages[0] == pages[1]
    assert pages[0]
