"""What the filter set takes from the apps above it.

Imports point one way, so that this app can name neither the classes of indicators nor sources and what differs from them.
Their apps lend these when the site starts (``AppConfig.ready``); whoever filters asks here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import QuerySet

from projects.querysets import ProjectQuerySet

Differing = Callable[[ProjectQuerySet], Collection[int]]
"""Of some projects, the numbers of those that differ from their source."""


Documents = Callable[[], QuerySet[Any, Any]]
"""The source documents, each with its ``name``."""

LineAddress = Callable[[int, int | None], str]
"""Of a source document, by its number, the address of a line (``None``: of its beginning)."""


Pairs = list[tuple[str, str]]


class FindingFilters(NamedTuple):
    """What the review of targets lends: what findings can be chosen by, which projects have some, and how many."""

    rules: Pairs
    families: Pairs
    severities: Pairs
    matching: Callable[[Mapping[str, Any]], QuerySet[Any, Any]]
    """The findings that are asked for, each with its ``project``, ``rule`` and ``severity``."""
    open_counts: Callable[[list[int]], Mapping[int, tuple[int, str]]]
    """Of some projects, by number: how many findings nobody accepted, and the word for the gravest of them."""


class ClassChoice(NamedTuple):
    """A class of indicators to choose: its code, its name, and the code of the class above it (``None`` at level 1)."""

    code: str
    name: str
    parent: str | None


_classes: list[ClassChoice] = []
_differing: list[Differing] = []
_documents: list[Documents] = []
_line_address: list[LineAddress] = []
_findings: list[FindingFilters] = []


def lend_classes(classes: Iterable[ClassChoice]) -> None:
    """Say which classes of indicators there are, in order, each level-1 class before those below it."""
    _classes[:] = classes


def lend_differing(differing: Differing) -> None:
    """Say how the projects that differ from their source are found."""
    _differing[:] = [differing]


def lend_documents(documents: Documents) -> None:
    """Say which source documents there are."""
    _documents[:] = [documents]


def lend_line_address(address: LineAddress) -> None:
    """Say where the lines of source documents are shown."""
    _line_address[:] = [address]


def lend_findings(findings: FindingFilters) -> None:
    """Say by what findings projects can be filtered."""
    _findings[:] = [findings]


def finding_filters() -> FindingFilters:
    """By what findings projects can be filtered."""
    return _findings[0]


def indicator_classes() -> tuple[ClassChoice, ...]:
    """The classes of indicators, in order."""
    return tuple(_classes)


def differing_among(projects: ProjectQuerySet) -> Collection[int]:
    """The numbers of those of the projects that differ from their source."""
    return _differing[0](projects)


def source_documents() -> QuerySet[Any, Any]:
    """The source documents; projects are found by them as ``source_records__document``."""
    return _documents[0]()


def line_address(document: int, line: int | None) -> str:
    """Where a line of a source document is shown."""
    return _line_address[0](document, line)
