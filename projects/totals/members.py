"""What stands along a dimension of a table of totals: its values, and groups of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.db.models import Count

from perfgoals.prepared import as_array
from projects.models import Department, DepartmentName

NONE: Final = "none"
"""The value of projects that state none."""
UNLISTED: Final = "未列明部门"

Narrowing = Mapping[str, tuple[str, ...]]
"""Filters and the values they get, in place of those already on; an empty tuple takes a filter off."""


@dataclass(frozen=True, slots=True)
class Member:
    """A value of a dimension, or a group of values (a region with those below it, an indicator class of level 1)."""

    key: str
    label: str
    narrowing: Narrowing
    note: str = ""
    children: tuple[Member, ...] = ()

    def walk(self, depth: int = 0) -> Iterator[tuple[int, Member]]:
        """This member and all below it, each with its depth."""
        yield depth, self
        for child in self.children:
            yield from child.walk(depth + 1)


class Body(Member):
    """A department, whose name is read when it is asked for: a table has thousands of them, and a page fifty."""

    __slots__ = ("names",)
    names: Names

    def __init__(self, key: str, names: Names) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "names", names)

    @property
    def label(self) -> str:
        return self.names.of(self.key).label

    @property
    def note(self) -> str:
        return self.names.of(self.key).note

    @property
    def narrowing(self) -> Narrowing:
        return {"department": (self.key,)}

    @property
    def children(self) -> tuple[Member, ...]:
        return ()


class Name(NamedTuple):
    """What a department is called, and how else sources print it."""

    label: str
    note: str


class Names:
    """The names of the departments of one table: those of one name are told apart by their regions."""

    def __init__(self, keys: Collection[str]) -> None:
        self._keys = keys
        self._known: dict[str, Name] = {}

    def of(self, key: str) -> Name:
        """One of them. Unless it was read before, all are: nobody who goes through them one by one asks as many times."""
        if key not in self._known:
            self.read(self._keys)
        return self._known[key]

    def read(self, keys: Iterable[str]) -> None:
        """Have these, in three statements at most."""
        keys = [key for key in dict.fromkeys(keys) if key not in self._known]
        if not keys:
            return
        numbers = _numbers(keys)
        found = Department.objects.filter(pk__among=numbers).values_list("pk", "name", "region__short_name")
        rows = {str(pk): (name, place) for pk, name, place in found}
        shared = self._shared(name for name, _ in rows.values())
        printed = _printed(numbers)
        for key in keys:
            if key == NONE:
                self._known[key] = Name(UNLISTED, "")
                continue
            name, place = rows.get(key, (UNLISTED, ""))
            note = "、".join(other for other in printed.get(key, ()) if other != name)
            self._known[key] = Name(f"{name}（{place}）" if name in shared else name, note)

    def _shared(self, names: Iterable[str]) -> set[str]:
        """Those of the names that several departments of the table have."""
        counted = Counter(names)
        if counted.total() < sum(key != NONE for key in self._keys):
            same = (
                Department.objects.filter(pk__among=_numbers(self._keys), name__in=counted)
                .order_by()
                .values_list("name")
            )
            counted = Counter(dict(same.annotate(number=Count("pk"))))
        return {name for name, number in counted.items() if number > 1}


def bodies(keys: Collection[str]) -> list[Member]:
    """The departments with these keys."""
    names = Names(keys)
    return [Body(key, names) for key in keys]


def read_names(members: Iterable[Member]) -> None:
    """Have the names of these members, so that none has to be read by itself."""
    wanted: dict[int, tuple[Names, list[str]]] = {}
    for member in members:
        if isinstance(member, Body):
            wanted.setdefault(id(member.names), (member.names, []))[1].append(member.key)
    for names, keys in wanted.values():
        names.read(keys)


def _numbers(keys: Iterable[str]) -> str:
    return as_array(int(key) for key in keys if key != NONE)


def _printed(departments: str) -> dict[str, list[str]]:
    """As sources print them: read from the names on record, of which there are few, and not from the projects."""
    names: dict[str, list[str]] = {}
    known = DepartmentName.objects.filter(department__among=departments).order_by("printed")
    for department, printed in known.values_list("department", "printed").distinct():
        names.setdefault(str(department), []).append(printed)
    return names
