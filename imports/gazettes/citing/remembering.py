"""Which 文号 the bases of projects cite, each text searched once (`CitedText`)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Final

from django.db.models import Exists, OuterRef

from imports.document_numbers import numbers_in
from imports.gazettes.models import CitedText
from projects.models import Project

BATCH: Final = 1000


def remember_texts() -> None:
    """Search the bases of projects that were never searched; called before each reading of `CitedText`.

    What a text cites follows from the text alone, so that nothing here goes out of date: whoever wrote a project, in
    whatever way, at most made a text that is new. Two requests that find the same new text write the same row, and the
    later one leaves it. Where nothing is new, this is one statement, which reads indexes only. It writes, so it has no
    place in a read-only transaction. The archive is left out, as from all that is read of `CitedText`.
    """
    missing = _missing()
    while batch := list(islice(missing, BATCH)):
        found = [CitedText(digest=digest, numbers=standard_numbers(text)) for digest, text in _texts(batch)]
        CitedText.objects.bulk_create(found, ignore_conflicts=True)


def standard_numbers(text: str) -> list[str]:
    """The 文号 of a text in their standard form, each once, in the text's order."""
    return list(dict.fromkeys(number.standard for number in numbers_in(text)))


def _missing() -> Iterator[str]:
    """Digest of each basis that was never searched, through a cursor: the first time, that is all of them."""
    cited = Project.objects.current().filter(basis_digest__isnull=False).order_by()
    new = cited.filter(~Exists(CitedText.objects.filter(digest=OuterRef("basis_digest"))))
    return new.values_list("basis_digest", flat=True).distinct().iterator(chunk_size=BATCH)


def _texts(digests: Collection[str]) -> Iterator[tuple[str, str]]:
    """The text of each digest."""
    having = Project.objects.current().filter(basis_digest__in=digests).order_by("basis_digest")
    texts = having.distinct("basis_digest").values_list("basis_digest", "basis")
    return ((digest, text or "") for digest, text in texts.iterator(chunk_size=BATCH))
