"""Looking for words in the texts of projects (`ProjectText`, ADR 18).

An index knows each text's characters and pairs of characters: a word of one or two is answered by it alone, a longer one
is looked for in the texts that have all its pairs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup, Q
from django.db.models.sql.compiler import SQLCompiler

from projects.filters.words import fold
from projects.models import GRAMS, ProjectText

PAIR: Final = 2
"""Characters: the most that the index knows as one."""


def with_words(words: Sequence[str]) -> Q:
    """The condition that a project has all the words, each anywhere in what a search looks through."""
    found = ProjectText.objects.filter(text__has_words=[fold(word) for word in words])
    return Q(pk__in=found.values("project"))


class HasWords(Lookup):  # type: ignore[type-arg]  # no generic at run time
    """``text__has_words=[…]``: folded words, all of which the text must have."""

    lookup_name = "has_words"
    prepare_rhs = False
    rhs: Sequence[str]

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        text, bound = self.process_lhs(compiler, connection)
        indexed = GRAMS % {"function": "projects_grams", "expressions": text}
        conditions = [f'{indexed} @> %s::text[] COLLATE "C"']
        values: list[Any] = [list(dict.fromkeys(gram for word in self.rhs for gram in grams(word)))]
        for word in self.rhs:
            if len(word) > PAIR:
                conditions.append(f"{text} LIKE %s")
                values.append(f"%{connection.ops.prep_for_like_query(word)}%")
        return " AND ".join(conditions), (*bound, *values)


def grams(word: str) -> Iterator[str]:
    """What the index must know of a text that has the word: its pairs, or the one character that it is."""
    if len(word) < PAIR:
        yield word
    for at in range(len(word) - 1):
        yield word[at : at + PAIR]


ProjectText._meta.get_field("text").register_lookup(HasWords)
