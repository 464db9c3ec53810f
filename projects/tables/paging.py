"""The projects of one page of a table, by key: quick on any page, however many come before it.

A page that follows another one begins after that one's last project, whose place in the order an index finds (keyset); so does,
backwards, a page before another one. A page that is asked for by its number alone is counted off, from the nearer end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from django.db import OperationalError
from django.db.models import F, IntegerField, Q, Value
from psycopg.errors import QueryCanceled

from perfgoals.pagination import Page
from perfgoals.snapshot import steered
from projects.filters import ProjectFilter
from projects.querysets import ProjectQuerySet, Scope, scope_of
from projects.tables.sorting import Piece, Sort

PATIENCE: Final = 200
"""Milliseconds that projects are gone through at least, before that is given up."""
FOUND: Final = 150
"""Projects that are found and sorted in a millisecond: what is given up takes about as long as what is done instead."""


def keys_found(found: ProjectFilter, sort: Sort, page: Page) -> list[int]:
    """Keys of the projects of a page of what filters find, in order.

    Where words are frequent, projects are gone through until the page is full. Those that have them may all stand far behind
    (a county's name, in the order of the counties): then it is given up, and all that have them are found and sorted.
    """
    if not sort.is_quick:
        return page_keys(found.qs, sort, page)
    if not are_met_soon(found, sort):
        return page_keys(found.in_order(page.gone_through), sort, page)
    expected = found.with_words.expected if found.with_words else 0
    try:
        with steered({"statement_timeout": str(max(PATIENCE, int(expected / FOUND)))}):
            return page_keys(found.in_order(page.gone_through), sort, page)
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
    return page_keys(found.qs, sort, page)


def are_met_soon(found: ProjectFilter, sort: Sort) -> bool:
    """Whether a page is filled sooner, by going through projects, than all that is found is known or counted.

    An index has the projects of some regions together in the usual order alone: in another one all of theirs would be read and sorted.
    """
    leads = not sort.key or ("region" not in found.asked and scope_of(found.queryset) == Scope(None))
    return sort.is_quick and (found.is_met_soon if leads else found.takes_long)


def page_keys(projects: ProjectQuerySet, sort: Sort, page: Page) -> list[int]:
    """Keys of the projects of a page, in order."""
    if not page.total:
        return []
    if page.beside is not None:
        backwards = page.beside.is_before
        keys = _beyond(projects, sort, page.beside.key, page.size, backwards=backwards)
        if keys is not None:
            return keys[::-1] if backwards else keys
    start, stop = page.span.start, min(page.span.stop, page.total)
    if start <= page.total // 2:
        return list(sort.apply(projects).values_list("pk", flat=True)[start : page.span.stop])
    end = page.total - stop
    return list(sort.apply(projects, backwards=True).values_list("pk", flat=True)[end : end + stop - start])[::-1]


def _beyond(projects: ProjectQuerySet, sort: Sort, key: int, size: int, *, backwards: bool) -> list[int] | None:
    """Up to ``size`` projects next after one (before it), the nearest first; ``None`` where it is not among the projects.

    What comes after a project falls into stretches: those that agree with it in all but the last piece of the order,
    then those that agree in all but the last two, and so on. In each of them an index leads straight to the place.
    """
    names = {f"order_{at}": piece for at, piece in enumerate(sort.pieces)}
    marked = sort.apply(projects, backwards=backwards).annotate(
        **{name: F(piece.field) if piece.field else piece.expression for name, piece in names.items()}
    )
    here = marked.filter(pk=key).order_by().values_list(*names).first()
    if here is None:
        return None
    stretches = [
        marked.filter(condition).annotate(stretch=Value(at, IntegerField())).values_list("pk", "stretch")[:size]
        for at, condition in enumerate(_stretches(names, [_plain(value) for value in here], backwards=backwards))
    ]
    found = list(stretches[0].union(*stretches[1:], all=True))
    # Within a stretch rows come in its order; that the stretches come one after the other nobody promises.
    return [pk for pk, _ in sorted(found, key=lambda row: row[1])][:size]


def _stretches(names: dict[str, Piece], here: Sequence[Any], *, backwards: bool) -> Iterator[Q]:
    order = list(names.items())
    for at in range(len(order) - 1, -1, -1):
        same = Q()
        for (name, _), value in zip(order[:at], here[:at], strict=True):
            same &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
        name, piece = order[at]
        for condition in _beyond_one(name, piece, here[at], backwards=backwards):
            yield same & condition


def _beyond_one(name: str, piece: Piece, value: Any, *, backwards: bool) -> Iterator[Q]:
    """What stands after a value of one piece, nearest first: blanks are last, whatever the direction of the piece."""
    if value is not None:
        yield Q(**{f"{name}__{'lt' if piece.descending is not backwards else 'gt'}": value})
        if piece.may_be_blank and not backwards:
            yield Q(**{f"{name}__isnull": True})
    elif backwards:
        yield Q(**{f"{name}__isnull": False})


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
