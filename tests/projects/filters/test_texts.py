"""Words in the texts of projects: the database folds and finds as plain Python does."""

import re

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.filters.texts import grams, with_words
from projects.filters.words import fold
from projects.models import Project, ProjectText
from tests import factories

pytestmark = pytest.mark.django_db

SIGNS = "甲乙 　%_(（)）aAａＡ1１[〔]］\\.*，,:：;；％'＂~～é\u00a0\u2003\x1d\n"
ANYTHING = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=30) | st.text(
    SIGNS, max_size=12
)


def asked(sql: str, value: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql, [value])
        return cursor.fetchone()[0]


@settings(max_examples=300, deadline=None)
@given(ANYTHING)
def test_the_database_folds_as_words_are_folded(text: str) -> None:
    assert asked("SELECT projects_fold(%s)", text) == fold(re.sub(r"\s", "", text))


@settings(max_examples=200, deadline=None)
@given(st.text("甲乙丙%a𠀀", max_size=9))
def test_the_index_knows_every_character_and_every_pair(text: str) -> None:
    known = set(asked("SELECT projects_grams(%s)", text))  # type: ignore[call-overload]  # a list
    assert known == {*text, *(text[at : at + 2] for at in range(len(text) - 1))}


@pytest.mark.parametrize(("word", "known"), [("甲", ["甲"]), ("甲乙", ["甲乙"]), ("甲乙丙", ["甲乙", "乙丙"])])
def test_a_word_asks_the_index_for_its_pairs(word: str, known: list[str]) -> None:
    assert list(grams(word)) == known


@settings(max_examples=200, deadline=None)
@given(
    text=st.text("甲乙丙%_\\", min_size=1, max_size=12),
    words=st.lists(st.text("甲乙丙%_\\", min_size=1, max_size=4), max_size=3),
)
def test_what_has_all_words_is_found_and_nothing_else(text: str, words: list[str]) -> None:
    project = Project.objects.first() or factories.project("无")
    ProjectText.objects.filter(project=project).update(text=text)
    assert Project.objects.filter(with_words(words)).exists() == all(word in text for word in words)


def test_words_are_looked_up_in_the_index() -> None:
    factories.project("改造教室")
    before = scans()
    assert Project.objects.filter(with_words(["改造教", "室"])).exists()
    assert scans() == (before[0], before[1] + 1)


def scans() -> tuple[int, int]:
    """How often this transaction read all texts, and how often it asked an index."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq_scan, idx_scan FROM pg_stat_xact_user_tables WHERE relname = 'projects_projecttext'")
        return cursor.fetchone()


def test_no_word_is_found_across_two_fields() -> None:
    factories.project("甲乙", implementing_unit="丙丁", department=None)
    assert not Project.objects.filter(with_words(["乙丙"])).exists()


def test_a_text_may_be_longer_than_any_word_list_of_the_database() -> None:
    # As a text search vector (at most 1 MB) it could not be stored.
    text = "".join(chr(0x4E00 + at * 7919 % 20_000) for at in range(300_000))
    project = factories.project(overview=text)
    assert Project.objects.filter(with_words([text[150_000:150_010]])).get() == project
