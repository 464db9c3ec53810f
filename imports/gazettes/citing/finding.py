"""Policy basis, both ways: the documents that a project cites, and the projects that rest on a document."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Sum

from imports.document_numbers import numbers_in
from imports.gazettes.citing.remembering import remember_texts
from imports.gazettes.models import CitedText, OfficialDocument
from perfgoals.models import User
from projects.models import Project
from projects.querysets import ProjectQuerySet


class Citation(NamedTuple):
    """A 文号 that a project's basis cites."""

    number: str
    """In its standard form."""
    document: OfficialDocument | None
    """``None`` where it is not held."""


@dataclass(frozen=True, slots=True)
class Resting:
    """The projects that rest on a document: how many, and their yuan of the year (``None``: all blank)."""

    count: int
    amount: Decimal | None


class CitedNumber(NamedTuple):
    """A 文号 with the projects that cite it; a project counts once, however often it cites it."""

    number: str
    projects: int
    amount: Decimal | None
    document_id: int | None
    title: str | None


def citations_of(project: Project) -> list[Citation]:
    """The 文号 that a project's basis cites, each once, in the text's order."""
    numbers = list(dict.fromkeys(number.standard for number in numbers_in(project.basis or "")))
    held = documents_held(numbers)
    return [Citation(number, held.get(number)) for number in numbers]


def documents_held(numbers: Collection[str]) -> dict[str, OfficialDocument]:
    """The documents that are held of some 文号; of a number that several bear, the first."""
    if not numbers:
        return {}
    found = OfficialDocument.objects.filter(number__in=numbers, duplicate_of=None).order_by("-pk")
    return {document.number: document for document in found}


def resting_on(number: str, user: User) -> ProjectQuerySet:
    """The projects that a person may see and whose basis cites a 文号 (in its standard form), without the archive."""
    remember_texts()
    texts = CitedText.objects.filter(numbers__contains=[number])
    return Project.objects.visible_to(user).current().filter(basis_digest__in=texts.values("digest"))


def sums_of(projects: ProjectQuerySet) -> Resting:
    """How many projects there are, and their total."""
    found = projects.order_by().aggregate(count=Count("pk"), amount=Sum("amount"))
    return Resting(found["count"], found["amount"])


def cited_numbers(user: User) -> list[CitedNumber]:
    """Every 文号 that the projects cite which a person may see, the most cited first. The archive is left out."""
    projects = Project.objects.visible_to(user).current().filter(basis_digest__isnull=False).order_by()
    try:
        text, values = projects.values_list("amount", "basis_digest").query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        while True:
            cursor.execute(_CITED.format(projects=text), values)
            found = cursor.fetchall()
            if all(number is not None for number, *_ in found):
                return list(map(CitedNumber._make, found))
            remember_texts()  # here, so that where nothing is new, texts and projects are compared once


_CITED = """
SELECT cited.number, cited.projects, cited.amount, held.id, held.title
FROM (
    SELECT number, count(*) AS projects, sum(project.amount) AS amount
    FROM ({projects}) AS project (amount, digest)
    LEFT JOIN imports_citedtext AS cited USING (digest)
    CROSS JOIN LATERAL unnest(coalesce(cited.numbers, '{{NULL}}')) AS number -- NULL: not searched yet
    GROUP BY number
) AS cited
LEFT JOIN (
    SELECT DISTINCT ON (number) number, id, title
    FROM imports_officialdocument
    WHERE duplicate_of_id IS NULL AND number <> ''
    ORDER BY number, id
) AS held USING (number)
ORDER BY cited.projects DESC, cited.amount DESC NULLS LAST, cited.number
"""
