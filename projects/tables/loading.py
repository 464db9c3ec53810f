"""Projects with the fields that a table shows, by a statement that is put together once for each choice of columns."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple, cast

from django.db import DEFAULT_DB_ALIAS
from django.db.models import ForeignKey, Model

from perfgoals.prepared import KEYS, Prepared
from projects.models import Project

MOST_KEPT: Final = 200
"""Choices of columns whose statements are kept."""


def load(keys: Collection[int], fields: Sequence[str]) -> list[Project]:
    """The projects with these numbers, in no order. ``fields`` are the project's own and those of what it belongs to
    (``region__name``); any other that is asked for costs a statement."""
    return _loading(tuple(dict.fromkeys(fields))).projects(keys)


class _Related(NamedTuple):
    """What a project belongs to: the field, the names of what is loaded of it, and where that stands in a row."""

    field: ForeignKey[Any, Any]
    model: type[Model]
    names: list[str]
    place: slice


class _Loading:
    """How projects with some fields are loaded."""

    def __init__(self, fields: Sequence[str]) -> None:
        below: dict[str, list[str]] = {}
        for relation, _, name in (name.partition("__") for name in fields if "__" in name):
            below.setdefault(relation, []).append(name)
        self._own = _names(Project, [name for name in fields if "__" not in name] + [*below])
        paths = list(self._own)
        self._related: list[_Related] = []
        for relation, names in below.items():
            field = cast("ForeignKey[Any, Any]", Project._meta.get_field(relation))
            model = field.related_model
            loaded = _names(model, names)
            self._related.append(_Related(field, model, loaded, slice(len(paths), len(paths) + len(loaded))))
            paths += [f"{relation}__{name}" for name in loaded]
        self._statement = Prepared(lambda: Project.objects.filter(pk__among=KEYS).order_by().values_list(*paths))

    def projects(self, keys: Collection[int]) -> list[Project]:
        """One statement."""
        known: dict[tuple[Any, ...], Model] = {}
        return [self._project(row, known) for row in self._statement.rows(keys)]

    def _project(self, row: tuple[Any, ...], known: dict[tuple[Any, ...], Model]) -> Project:
        project = Project.from_db(DEFAULT_DB_ALIAS, self._own, row[: len(self._own)])
        for field, model, names, place in self._related:
            related = None
            if getattr(project, field.attname) is not None:
                same = (model, *row[place])  # a page's projects belong to few regions
                related = known.get(same) or known.setdefault(same, model.from_db(DEFAULT_DB_ALIAS, names, row[place]))
            field.set_cached_value(project, related)
        return project


_loading = lru_cache(maxsize=MOST_KEPT)(_Loading)


def _names(model: type[Model], fields: Sequence[str]) -> list[str]:
    """The columns of some fields and of the key, in the order in which Django makes objects of them."""
    wanted = {model._meta.pk, *map(model._meta.get_field, fields)}
    return [field.attname for field in model._meta.concrete_fields if field in wanted]
