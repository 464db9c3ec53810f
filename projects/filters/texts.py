"""Looking for words in the texts of projects (`ProjectText`, ADR 19).

An index knows each text's characters and pairs of characters: a word of one or two is answered by it alone, a longer one
is looked for in the texts that have all its pairs.

PostgreSQL cannot know how many projects that gives, and is told what to do with them (`WithWords`): few are looked up one by
one; the numbers of many are put into a table in memory, and projects are gone through in the order of the list until a page
is full. Where very many have them, the texts of those that are gone through are looked at themselves, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import BooleanField, Case, F, Func, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import RawSQL

from perfgoals.prepared import as_array
from projects.filters.words import fold
from projects.models import Project, ProjectText

PAIR: Final = 2
"""Characters: the most that the index knows as one."""
MOST_NUMBERS: Final = 20_000
"""Numbers of projects that are sent back to the database."""
FEW: Final = 3_000
"""Projects that are sorted for a page sooner than the others are gone through in the order of an index."""
FEWER: Final = 1_000
"""Projects whose texts are looked at sooner than the index is asked, which knows those of all regions."""
MOST_LOOKED_AT: Final = 20_000
"""Texts that are looked at for a page sooner than all projects that have the words are found."""
SAMPLED: Final = 400
"""Texts that are looked at to tell about how many have words."""
FEW_KNOWN: Final = 20
"""Where the numbers of projects have such gaps that no more of these are found, they tell little."""
MOST_BY_CHANCE: Final = 12
"""Of these, as many as words have that are not found in very many."""
FEWEST_SEEN: Final = 3
"""Of these, as many as words do not have by chance that few projects have."""
FREQUENT: Final = 7_000
"""Projects of which a page is filled sooner by going through all in the order of the list."""
ROOM: Final = {
    "work_mem": "64MB", "enable_seqscan": "off", "enable_indexscan": "off", "enable_nestloop": "off", "jit": "off",
}  # fmt: skip
"""For statements with `WithWords.of_row`, so that no text's pairs are made again to see whether they have the words: a bitmap that
runs out of memory forgets which rows of a page it meant, and a planner that expects most to have them would go through all."""
_FOUND: Final = "SELECT projects_with_words(%s::text[], %s::text[])"
_BY_INDEX: Final = """
    SELECT project_id FROM projects_projecttext
    WHERE projects_grams(text) COLLATE "C" @> %s::text[] COLLATE "C" AND text LIKE ALL (%s::text[])
"""
"""As the function, but open to the planner, who may divide it among processes. In the order of the numbers, what has them is met in its
own order too: as quick as joining whole tables where most have the words, and several times as quick where one in twenty has."""
_SOME: Final = """
    WITH ends AS (SELECT min(project_id) AS first, max(project_id) AS last FROM projects_projecttext)
    SELECT count(*) FILTER (WHERE text LIKE ALL (%(like)s::text[])), count(*), (SELECT coalesce(last - first, 0) + 1 FROM ends)
    FROM projects_projecttext
    WHERE project_id = ANY(ARRAY(
        SELECT first + (last - first) * place / (%(places)s - 1) FROM ends, generate_series(0, %(places)s - 1) place
    ))
"""


def with_words(words: Sequence[str]) -> Q:
    """The condition that a project has all the words, each anywhere in what a search looks through."""
    return Q(pk__in=RawSQL(_FOUND, _known(words)))  # noqa: S611  # what was typed is bound


class WithWords:
    """The projects that have some words, whoever may see them. What is not needed of them is not looked for."""

    def __init__(self, words: Sequence[str], others: QuerySet[Project]) -> None:
        """``others`` are those that everything else finds that is asked for."""
        self.words = words
        self._others = others

    @cached_property
    def numbers(self) -> list[int] | None:
        """Their numbers; ``None`` where they are more than `MOST_NUMBERS`, or are not looked for since the others are few."""
        if self._are_fewer or (self._sample.having > MOST_BY_CHANCE and self._sample.number > MOST_NUMBERS):
            return None
        with connection.cursor() as cursor:
            cursor.execute(f"{_FOUND} LIMIT %s", (*_known(self.words), MOST_NUMBERS + 1))
            numbers = [number for (number,) in cursor.fetchall()]
        return numbers if len(numbers) <= MOST_NUMBERS else None

    @cached_property
    def is_each(self) -> bool:
        """The text of each project that is found otherwise is looked at, since these are not many."""
        return self._are_fewer or (self.numbers is None and self._are_not_many)

    @property
    def share(self) -> float:
        """About which part of all projects they are, as far as some texts can tell."""
        return self._sample.share

    @property
    def expected(self) -> float:
        """About how many they are."""
        return self._sample.number

    @property
    def are_few(self) -> bool:
        """Whether they are sorted quickly."""
        return self.is_each or (self.numbers is not None and len(self.numbers) <= FEW)

    @property
    def take_long(self) -> bool:
        """Whether to count them all takes long."""
        return self.numbers is None and not self.is_each

    @property
    def are_met_soon(self) -> bool:
        """Whether whoever goes through projects meets a page of them sooner than all of them are found: they are not known
        yet, and so frequent among so many that fewer texts are looked at for it than there are texts that have the words."""
        return "numbers" not in self.__dict__ and self._are_frequent

    def suits(self, others: QuerySet[Project]) -> bool:
        """Whether `looked_up` is quick for more projects too, which other filters find: numbers are known, or texts still few."""
        return self.numbers is not None or (self.is_each and _are_at_most(MOST_LOOKED_AT, others))

    def looked_up(self) -> Q:
        """The condition for statements that take these projects first, and then see what else is asked of them."""
        if self.is_each:
            return self._looked_at()
        return with_words(self.words) if self.numbers is None else among_numbers(self.numbers)

    def gone_through(self, until: int) -> Q:
        """The condition for statements that go through projects in some order, until there are ``until`` of them."""
        if self.are_met_soon and until <= self._sample.number * self.share:
            return self._looked_at()
        if self.numbers is None and until <= MOST_LOOKED_AT * self.share:
            return self._looked_at()
        # What is no plain IN cannot be made a join, so that the order of what surrounds it can lead.
        asked = Case(When(self.looked_up(), then=Value(True)), default=Value(False), output_field=BooleanField())
        return Q(asked)

    def of_row(self, column: str) -> tuple[str, tuple[Any, ...]]:
        """The condition in SQL with its values, for counting rows whose ``column`` has a project's number.

        Where they take long it has to be run with `ROOM`.
        """
        if self.is_each:
            own = "SELECT text LIKE ALL (%s::text[]) FROM projects_projecttext WHERE project_id ="
            return f"({own} {column})", (patterns(self.words),)
        if self.numbers is not None:
            return f"{column} = ANY(%s::bigint[])", (as_array(sorted(self.numbers)),)
        return f"{column} = ANY(ARRAY({_BY_INDEX} ORDER BY 1))", _known(self.words)

    def _looked_at(self) -> Q:
        own = ProjectText.objects.filter(project=OuterRef("pk")).annotate(has=_has_all(self.words))
        # What gives a value cannot be made a join or a table, so that only the texts of those passed are read.
        return Q(Subquery(own.values("has"), output_field=BooleanField()))

    @cached_property
    def _are_frequent(self) -> bool:
        if self._are_fewer or self._sample.having < FEWEST_SEEN or self._sample.number <= FREQUENT:
            return False
        return not self._are_not_many

    @cached_property
    def _are_fewer(self) -> bool:
        return _are_at_most(FEWER, self._others)

    @cached_property
    def _are_not_many(self) -> bool:
        return _are_at_most(MOST_LOOKED_AT, self._others)

    @cached_property
    def _sample(self) -> _Sample:
        with connection.cursor() as cursor:
            cursor.execute(_SOME, {"like": patterns(self.words), "places": SAMPLED})
            return _Sample(*cursor.fetchone())


class _Sample(NamedTuple):
    """Every so many-th text tells at once what the index, which reads all that have the words, would take a moment for."""

    having: int
    known: int
    span: int

    @property
    def share(self) -> float:
        """About which part of all projects has the words."""
        return self.having / max(self.known, FEW_KNOWN)

    @property
    def number(self) -> float:
        """About how many these are."""
        return self.span * self.having / SAMPLED


def _are_at_most(most: int, projects: QuerySet[Project]) -> bool:
    return projects.order_by()[: most + 1].count() <= most


def patterns(words: Sequence[str]) -> list[str]:
    """What a text is like that has all the words."""
    return [f"%{connection.ops.prep_for_like_query(fold(word))}%" for word in words]


def _has_all(words: Sequence[str]) -> Func:
    return Func(
        F("text"), Value(patterns(words)), template="%(expressions)s::text[])", arg_joiner=" LIKE ALL (",
        output_field=BooleanField(),
    )  # fmt: skip


def among_numbers(numbers: Sequence[int]) -> Q:
    """The condition that a project has one of the numbers, which may be thousands."""
    return Q(pk__in=RawSQL("SELECT unnest(%s::bigint[])", (as_array(numbers),)))


def _known(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """What the index must have of a text, and what the text itself."""
    folded = [fold(word) for word in words]
    known = list(dict.fromkeys(gram for word in folded for gram in grams(word)))
    return known, patterns([word for word in folded if len(word) > PAIR])


def grams(word: str) -> Iterator[str]:
    """What the index must know of a text that has the word: its pairs, or the one character that it is."""
    if len(word) < PAIR:
        yield word
    for at in range(len(word) - 1):
        yield word[at : at + PAIR]
