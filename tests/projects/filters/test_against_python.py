"""Whatever is asked, the database finds what plain Python finds."""

from itertools import chain
from random import Random

import pytest
from django.http import QueryDict
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from projects.filters import ProjectFilter
from projects.models import Department, Project
from tests.projects.filters.worlds import CLASSES, OPERATORS, SIGNS, found_plainly, populate

pytestmark = pytest.mark.django_db

MANY = ("department", "section", "source", "category", "operator")
WORDS = st.text(SIGNS, min_size=1, max_size=2).filter(lambda word: word.strip())
NUMBERS = st.sampled_from(["80", "90", "95", "89.5%", "90%", "90户"])
AMOUNTS = st.sampled_from(["0", "0.0003", "2", "12.345678", "3元"])


def one(name: str, *values: str) -> st.SearchStrategy[list[tuple[str, str]]]:
    return st.sampled_from(values).map(lambda value: [(name, value)])


def many(name: str, *values: str) -> st.SearchStrategy[list[tuple[str, str]]]:
    chosen = st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)
    return chosen.map(lambda picked: [(name, value) for value in picked])


def typed(name: str, texts: st.SearchStrategy[str]) -> st.SearchStrategy[list[tuple[str, str]]]:
    return texts.map(lambda text: [(name, text)])


def asked(departments: list[str]) -> st.SearchStrategy[list[tuple[str, str]]]:
    each = st.one_of(
        one("region", "140400", "140404"), st.just([("region", "140400"), ("own", "1")]), one("year", "2024", "2025"),
        many("department", "none", *departments), many("section", "none", "预算科", "农业科"),
        many("source", "central", "local", "none"), one("attribute", "一次性", "延续性", "other", "none"),
        one("indicators", "yes", "no"), typed("unit_text", WORDS),
        typed("q", st.lists(WORDS, min_size=1, max_size=2).map(" ".join)),
        typed("min", AMOUNTS), typed("max", AMOUNTS), many("category", "output", "benefit", *CLASSES),
        typed("indicator", WORDS), many("operator", *OPERATORS), one("kind", "quantitative", "qualitative"),
        typed("number_min", NUMBERS), typed("number_min", NUMBERS.map(">{}".format)),
        typed("number_max", NUMBERS), typed("number_max", NUMBERS.map("<{}".format)),
    )  # fmt: skip
    return st.lists(each, min_size=1, max_size=4).map(lambda parts: list(dict.fromkeys(chain(*parts))))


@pytest.mark.parametrize("seed", range(3))
def test_the_database_finds_what_plain_python_finds(seed: int) -> None:
    world = populate(Random(seed))  # noqa: S311
    departments = [str(pk) for pk in Department.objects.values_list("pk", flat=True)]

    @settings(max_examples=80, deadline=None)
    @given(asked(departments))
    def holds(pairs: list[tuple[str, str]]) -> None:
        query = QueryDict(mutable=True)
        for name, value in pairs:
            if name in MANY or name not in query:
                query.appendlist(name, value)
        found = ProjectFilter(query, Project.objects.all())
        assume(not found.errors)
        assert set(found.qs.values_list("pk", flat=True)) == found_plainly(world, query)

    holds()
