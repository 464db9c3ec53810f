"""Looking for words in the texts of projects (`ProjectText`, ADR 19).

An index knows each text's characters and pairs of characters: a word of one or two is answered by it alone, a longer one
is looked for in the texts that have all its pairs.

PostgreSQL cannot know how many projects that gives. It is told: of few, each is looked up; of many, their numbers are put into
a table in memory, and projects are gone through in the order of the list until a page is full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from django.db import connection
from django.db.models import BooleanField, Case, Q, Value, When
from django.db.models.expressions import RawSQL

from projects.filters.words import fold

PAIR: Final = 2
"""Characters: the most that the index knows as one."""
MOST_LOOKED_UP: Final = 20_000
"""Projects that are looked up one by one."""
_FOUND: Final = "SELECT projects_with_words(%s::text[], %s::text[])"


def with_words(words: Sequence[str]) -> Q:
    """The condition that a project has all the words, each anywhere in what a search looks through."""
    return Q(pk__in=RawSQL(_FOUND, _known(words)))  # noqa: S611  # what was typed is bound


def with_frequent_words(words: Sequence[str]) -> Q:
    """The same for words that very many projects have: asked of one project after the other."""
    # A condition that is no plain IN cannot be made a join, so that the order of what surrounds it can lead.
    return Q(Case(When(with_words(words), then=Value(True)), default=Value(False), output_field=BooleanField()))


def numbers_with_words(words: Sequence[str]) -> list[int] | None:
    """The numbers of all projects that have all the words; ``None`` where they are too many to be looked up one by one."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_FOUND} LIMIT %s", (*_known(words), MOST_LOOKED_UP + 1))
        numbers = [number for (number,) in cursor.fetchall()]
    return numbers if len(numbers) <= MOST_LOOKED_UP else None


def among_numbers(numbers: Sequence[int]) -> Q:
    """The condition that a project has one of the numbers, which may be thousands."""
    return Q(pk__in=RawSQL("SELECT unnest(%s::bigint[])", (numbers,)))


def frequent_words_of_row(words: Sequence[str], column: str) -> tuple[str, tuple[list[str], list[str]]]:
    """`with_frequent_words` in SQL, of a row whose ``column`` has the project's number, with its values."""
    return f"CASE WHEN {column} IN ({_FOUND}) THEN true ELSE false END", _known(words)


def _known(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """What the index must have of a text, and what the text itself."""
    folded = [fold(word) for word in words]
    known = list(dict.fromkeys(gram for word in folded for gram in grams(word)))
    return known, [f"%{connection.ops.prep_for_like_query(word)}%" for word in folded if len(word) > PAIR]


def grams(word: str) -> Iterator[str]:
    """What the index must know of a text that has the word: its pairs, or the one character that it is."""
    if len(word) < PAIR:
        yield word
    for at in range(len(word) - 1):
        yield word[at : at + PAIR]
