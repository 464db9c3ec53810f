"""Looking for words in the texts of projects (`ProjectText`, ADR 19).

An index knows each text's characters and pairs of characters: a word of one or two is answered by it alone, a longer one
is looked for in the texts that have all its pairs.

PostgreSQL cannot know how many projects that gives, and is told what to do with them (`WithWords`): few are looked up one by
one; the numbers of many are put into a table in memory, and projects are gone through in the order of the list until a page
is full.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import BooleanField, Case, Q, Value, When
from django.db.models.expressions import RawSQL

from projects.filters.words import fold

PAIR: Final = 2
"""Characters: the most that the index knows as one."""
MOST_NUMBERS: Final = 20_000
"""Numbers of projects that are sent back to the database."""
FEW: Final = 3_000
"""Projects that are sorted for a page sooner than the others are gone through in the order of an index."""
MOST_JOINED: Final = 0.2
"""The part of all projects that are counted one by one sooner than all others are passed over."""
_FOUND: Final = "SELECT projects_with_words(%s::text[], %s::text[])"


def with_words(words: Sequence[str]) -> Q:
    """The condition that a project has all the words, each anywhere in what a search looks through."""
    return Q(pk__in=RawSQL(_FOUND, _known(words)))  # noqa: S611  # what was typed is bound


class WithWords(NamedTuple):
    """The projects that have some words, whoever may see them."""

    words: Sequence[str]
    numbers: list[int] | None
    """Their numbers; ``None`` where they are more than `MOST_NUMBERS`."""
    share: float
    """About which part of all projects they are."""

    @property
    def are_few(self) -> bool:
        """Whether they are sorted quickly."""
        return self.numbers is not None and len(self.numbers) <= FEW

    def looked_up(self) -> Q:
        """The condition for statements that take these projects first, and then see what else is asked of them."""
        return with_words(self.words) if self.numbers is None else among_numbers(self.numbers)

    def gone_through(self) -> Q:
        """The condition for statements that go through projects in some order, until there are enough."""
        # What is no plain IN cannot be made a join, so that the order of what surrounds it can lead.
        asked = Case(When(self.looked_up(), then=Value(True)), default=Value(False), output_field=BooleanField())
        return Q(asked)

    def of_row(self, column: str) -> tuple[str, tuple[Any, ...]]:
        """The condition in SQL with its values, for counting rows whose ``column`` has a project's number."""
        if self.numbers is not None:
            return f"{column} = ANY(%s)", (self.numbers,)
        found = f"{column} IN ({_FOUND})"
        return (found if self.share < MOST_JOINED else f"CASE WHEN {found} THEN true ELSE false END"), _known(
            self.words
        )


def look_for(words: Sequence[str]) -> WithWords:
    """The projects that have all the words."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_FOUND} LIMIT %s", (*_known(words), MOST_NUMBERS + 1))
        numbers = [number for (number,) in cursor.fetchall()]
    if len(numbers) <= MOST_NUMBERS:
        return WithWords(words, numbers, 0)
    # They come in about the order in which they were stored, which is that of their numbers.
    return WithWords(words, None, len(numbers) / max(numbers))


def among_numbers(numbers: Sequence[int]) -> Q:
    """The condition that a project has one of the numbers, which may be thousands."""
    return Q(pk__in=RawSQL("SELECT unnest(%s::bigint[])", (numbers,)))


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
