"""Places in the primary's log, by which a replica can tell whether it has something yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

_FORM = re.compile(r"([0-9A-F]{1,8})/([0-9A-F]{1,8})")


@dataclass(frozen=True, order=True, slots=True)
class Position:
    """A place in the log (``pg_lsn``), as the number of bytes before it."""

    bytes: int

    @classmethod
    def read(cls, text: str) -> Self | None:
        """As PostgreSQL writes it (``16/B374D848``); ``None`` for anything else."""
        found = _FORM.fullmatch(text)
        return cls(int(found[1], 16) << 32 | int(found[2], 16)) if found else None

    def __str__(self) -> str:
        return f"{self.bytes >> 32:X}/{self.bytes & 0xFFFFFFFF:X}"
