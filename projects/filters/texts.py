"""Looking for words in the texts of projects (`ProjectText`, ADR 19).

An index knows each text's characters and pairs of characters: a word of one or two is answered by it alone, a longer one
is looked for in the texts that have all its pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from projects.filters.words import fold

PAIR: Final = 2
"""Characters: the most that the index knows as one."""
_FOUND: Final = "SELECT projects_with_words(%s::text[], %s::text[])"


def with_words(words: Sequence[str]) -> Q:
    """The condition that a project has all the words, each anywhere in what a search looks through."""
    folded = [fold(word) for word in words]
    known = list(dict.fromkeys(gram for word in folded for gram in grams(word)))
    patterns = [f"%{connection.ops.prep_for_like_query(word)}%" for word in folded if len(word) > PAIR]
    return Q(pk__in=RawSQL(_FOUND, (known, patterns)))  # noqa: S611  # what was typed is bound


def grams(word: str) -> Iterator[str]:
    """What the index must know of a text that has the word: its pairs, or the one character that it is."""
    if len(word) < PAIR:
        yield word
    for at in range(len(word) - 1):
        yield word[at : at + PAIR]
