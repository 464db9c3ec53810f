"""Which 文号 the bases of projects cite, each text searched once (`CitedText`)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from django.db.models import Exists, OuterRef
from django.db.models.functions import MD5

from imports.document_numbers import numbers_in
from imports.gazettes.models import CitedText
from projects.models import Project

BATCH: Final = 1000
SIGN: Final = "号"
"""No 文号 is without it, so that texts that lack it need no search."""


def remember_texts() -> None:
    """Search the bases of projects that were never searched; called before each reading of `CitedText`.

    What a text cites follows from the text alone, so that nothing here goes out of date: whoever wrote a project, in
    whatever way, at most made a text that is new. Two requests that find the same new text write the same row, and the
    later one leaves it. Where nothing is new, this is one statement. It writes, so it has no place in a read-only
    transaction.
    """
    missing = _missing()
    while batch := list(islice(missing, BATCH)):
        found = [CitedText(digest=digest, numbers=standard_numbers(text)) for digest, text in batch]
        CitedText.objects.bulk_create(found, ignore_conflicts=True)


def standard_numbers(text: str) -> list[str]:
    """The 文号 of a text in their standard form, each once, in the text's order."""
    return list(dict.fromkeys(number.standard for number in numbers_in(text)))


def _missing() -> Iterator[tuple[str, str]]:
    """Digest and text of each basis that was never searched, through a cursor: the first time, that is all of them."""
    bases = Project.objects.filter(basis__contains=SIGN).annotate(digest=MD5("basis"))
    new = bases.filter(~Exists(CitedText.objects.filter(digest=OuterRef("digest"))))
    found = new.order_by("digest").distinct("digest").values_list("digest", "basis")
    return ((digest, text or "") for digest, text in found.iterator(chunk_size=BATCH))
