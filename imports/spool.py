"""Drafts of one file, kept on disk between reading the whole file and storing it.

A file is stored only once all of it could be read, and the last filing of a project decides; both need all drafts, which
memory should not hold for a province's forms.
"""

from __future__ import annotations

import tempfile
from array import array
from types import TracebackType
from typing import Generic, Self, TypeVar

import msgspec

Draft = TypeVar("Draft")


class Spool(Generic[Draft]):
    """An append-only sequence of drafts of one type in a temporary file that vanishes with it."""

    def __init__(self, kind: type[Draft]) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  # closed by __exit__
        self._offsets = array("q", [0])
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(kind)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def append(self, draft: Draft) -> int:
        """Keep a draft; its ordinal is returned."""
        self._file.write(self._encoder.encode(draft))
        self._offsets.append(self._file.tell())
        return len(self) - 1

    def __getitem__(self, ordinal: int) -> Draft:
        start, end = self._offsets[ordinal], self._offsets[ordinal + 1]
        self._file.seek(start)
        return self._decoder.decode(self._file.read(end - start))
