"""What a backup says of itself."""

from __future__ import annotations

import tomllib
from typing import Final

import msgspec
from django.conf import settings

from perfgoals.keeping.contents import Contents, Table
from perfgoals.keeping.errors import KeepingError

FORMAT: Final = 1


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Versions, and what the dump holds."""

    program: str
    made_at: str
    server: int
    """Major version of the server."""
    dumped_by: str
    migrations: list[str]
    """Those that were applied, as ``app.name``."""
    tables: dict[str, Table]
    sequences: dict[str, int | None]
    """As they stood just before the dump."""
    facts: dict[str, dict[str, str]]
    """What the apps lend (`perfgoals.keeping.lent`); empty where the tables were not the program's own."""
    format: int = FORMAT

    @property
    def contents(self) -> Contents:
        """As it can be compared."""
        return Contents(self.tables, self.sequences)

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(table.rows for table in self.tables.values())


def encode(manifest: Manifest) -> bytes:
    """As JSON that people can read too."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"


def decode(data: bytes) -> Manifest:
    """Raises `KeepingError` for what is no manifest, or one of another format."""
    try:
        written = msgspec.json.decode(data).get("format")
        if written == FORMAT:
            return msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, AttributeError) as error:
        raise KeepingError(f"备份中的清单不能识别（{error}），请换一份备份。") from error
    raise KeepingError(f"备份的格式是第 {written} 版，本程序只认得第 {FORMAT} 版，请用做备份的那个版本恢复。")


def program_version() -> str:
    """PerfGoals' own version."""
    declared = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return str(declared["project"]["version"])
