"""Targets for tests, without a text around them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from imports.gazettes.models import OfficialDocument, ProseTarget
from imports.models import SourceDocument
from projects.models import Region
from tests import factories

READ: dict[str, Any] = {
    "text": "危房改造率达到95%以上", "sentence": "到2035年，危房改造率达到95%以上，群众满意。", "name": "危房改造率",
    "operator": ">=", "word": "以上", "number": "95", "number_printed": "95", "unit": "%", "year": 2035,
    "year_basis": "clause",
}  # fmt: skip


def official_document(
    region: Region | None = None, *, source: SourceDocument | None = None, **values: Any
) -> OfficialDocument:
    """A document of a source; without a source, of one of its own."""
    if source is None:
        number = SourceDocument.objects.count()
        source = SourceDocument.objects.create(sha256=f"{number:064}", name=f"公报{number}.txt", layout="gazette")
    values = {"title": "关于危房改造的通知", "first_line": 1, "last_line": 9, "region": region} | values
    return OfficialDocument.objects.create(source=source, position=source.official_documents.count(), **values)


def target(document: OfficialDocument | None = None, **read: Any) -> ProseTarget:
    """An open target, as the reader took it."""
    document = document or official_document(factories.city())
    draft = READ | read
    position = document.targets.count()
    values = draft | {"number": Decimal(draft["number"]), "line": 5 + position}
    return ProseTarget.objects.create(document=document, position=position, draft=draft, **values)
