"""What a backup holds of the sources: the sha256 of their bytes as they lie in the database."""

from __future__ import annotations

from django.db import connection

from perfgoals.keeping.lent import WARNING

_SUMS = """
    SELECT document.sha256, encode(sha256(content.data), 'hex') FROM imports_sourcecontent content
    JOIN imports_sourcedocument document ON document.id = content.document_id ORDER BY 1
"""


def sums_of_sources() -> dict[str, str]:
    """By the sha256 under which each source is known, that of its bytes: the same, or there is a warning."""
    with connection.cursor() as cursor:
        cursor.execute(_SUMS)
        sums = dict(cursor.fetchall())
    changed = sum(name != of_bytes for name, of_bytes in sums.items())
    return sums | ({WARNING: f"{changed} 个来源文件的内容与登记的 sha256 不一致"} if changed else {})
