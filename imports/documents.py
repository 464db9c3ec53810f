"""Source documents in the database: the file that is being imported, and files that an interchange file cites."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from typing import Final, LiteralString

import psycopg
from django.db import connection

from imports.content import Content
from imports.drafts import ProjectDraft
from imports.line_marks import line_marks
from imports.models import SourceContent, SourceDocument
from imports.opening import XLSX

# Of PostgreSQL's binary format: signature, flags, no extension; then rows of counted fields; then -1.
_COPY_HEAD: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_COPY_END: Final = b"\xff\xff"


class Documents:
    """The documents of one run. Each draft comes from one of them, or from none (entered by people)."""

    def __init__(self, file: SourceDocument, *, cites: bool) -> None:
        """``cites``: the file is an interchange file, whose records come from the documents that it names."""
        self.file = file
        self.cites = cites
        self._cited: dict[str, SourceDocument] = {}

    def of(self, draft: ProjectDraft) -> SourceDocument | None:
        """The document that states the draft."""
        if not self.cites:
            return self.file
        if draft.source_sha256 is None or draft.source_document is None:
            return None
        if draft.source_sha256 not in self._cited:
            self._cited[draft.source_sha256] = SourceDocument.objects.get_or_create(
                sha256=draft.source_sha256, defaults={"name": draft.source_document}
            )[0]
        return self._cited[draft.source_sha256]


def sha256_of(data: bytes) -> str:
    """Hex digest by which a document is known."""
    return hashlib.sha256(data).hexdigest()


def keep(data: bytes | Content, *, name: str, encoding: str, layout: str, line_count: int) -> SourceDocument:
    """Keep a file unchanged. The same bytes are kept once, under the name of their first import."""
    content = Content.of(data)
    facts = {"size": content.size, "encoding": encoding, "layout": layout, "line_count": line_count}
    document, _ = SourceDocument.objects.update_or_create(
        sha256=content.sha256, defaults=facts, create_defaults={"name": name, **facts}
    )
    if not SourceContent.objects.filter(document=document).exists():
        _store(document, content, encoding)
    return document


def _store(document: SourceDocument, content: Content, encoding: str) -> None:
    """Keep the bytes. COPY takes them in pieces: as a value of a statement they would stand in memory once more."""
    connection.ensure_connection()
    copying = "COPY imports_sourcecontent (document_id, data) FROM STDIN (FORMAT BINARY)"
    with psycopg.Cursor(connection.connection) as cursor, cursor.copy(copying) as copy:
        copy.write(_COPY_HEAD + struct.pack(">hiqi", 2, 8, document.pk, content.size))
        for piece in content.pieces():
            copy.write(piece)
        copy.write(_COPY_END)
    if encoding != XLSX:
        marks = line_marks(content, encoding)
        SourceContent.objects.filter(document=document).update(marks=marks.starts, line_count=marks.line_count)


def send_bytes(statement: LiteralString, values: Sequence[object]) -> None:
    """Execute with values in binary (``%b``): as a text literal a large file would stand in memory four times over."""
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:  # Django's own cursor would make a literal of them
        cursor.execute(statement, values)
