"""The unchanged bytes of a file, given in pieces, so that memory need not hold them all.

Pure. What is on disk stays there: a copy of the file that was handed in, which nobody else can change while it is read,
and which vanishes with the object.
"""

from __future__ import annotations

import hashlib
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from functools import cached_property
from io import BytesIO
from typing import IO, Final, Self

PIECE: Final = 64 * 1024
_IN_MEMORY: Final = 1024 * 1024


class Content:
    """Some bytes that do not change any more."""

    def __init__(self, file: IO[bytes]) -> None:
        """``file`` can be sought in; it is nobody else's from now on, and closed with the last use of this object."""
        self._file = file
        self.size = file.seek(0, 2)
        weakref.finalize(self, file.close)

    @classmethod
    def of(cls, data: bytes | Content) -> Content:
        """Bytes that are in memory anyway; a content is itself."""
        return data if isinstance(data, Content) else cls(BytesIO(data))

    @classmethod
    def collected(cls, pieces: Iterable[bytes]) -> Self:
        """The bytes of pieces one after another, kept in a temporary file where there are many."""
        file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed with the content
        for piece in pieces:
            file.write(piece)
        return cls(file)

    def part(self, start: int, end: int) -> bytes:
        """The bytes from ``start`` up to ``end``, or to the end of the file."""
        self._file.seek(start)
        return self._file.read(max(end - start, 0))

    def pieces(self, start: int = 0, size: int = PIECE) -> Iterator[bytes]:
        """All bytes from ``start`` on, some at a time."""
        for at in range(start, self.size, size):
            yield self.part(at, at + size)

    def whole(self) -> bytes:
        """All bytes at once."""
        return self.part(0, self.size)

    @cached_property
    def sha256(self) -> str:
        """Hex digest by which a document is known."""
        digest = hashlib.sha256()
        for piece in self.pieces():
            digest.update(piece)
        return digest.hexdigest()
