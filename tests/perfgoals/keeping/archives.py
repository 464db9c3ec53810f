"""Backups made anew with something else in them."""

from __future__ import annotations

import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from perfgoals.keeping.archive import DUMP, MANIFEST, Writer, checked


def rewritten(backup: Path, to: Path, change: Callable[[dict[str, Any]], object], dump: bytes | None = None) -> Path:
    """The backup with a changed manifest, and sums that fit it."""
    with tarfile.open(backup) as tar:
        manifest = msgspec.json.decode(tar.extractfile(MANIFEST).read())
    change(manifest)
    with to.open("wb") as file:
        writer = Writer(file)
        writer.add(DUMP, checked(backup).dump() if dump is None else [dump])
        writer.add(MANIFEST, [msgspec.json.encode(manifest)])
        writer.finish()
    return to
