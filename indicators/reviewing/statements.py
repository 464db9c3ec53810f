"""Statements about thousands of projects at a time, past the ORM: it would send each number by itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection


def rows(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    """What a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        answer: list[tuple[Any, ...]] = cursor.fetchall()
        return answer


def array(values: Iterable[int | str]) -> str:
    """Numbers, digests or names of kinds as PostgreSQL reads an array of them: one value, however many there are.

    Nothing is quoted, so that it is for words without signs.
    """
    return f"{{{','.join(map(str, values))}}}"
