"""The file of a backup: a tar of three, written in one go without a second copy of the dump, and checked before use."""

from __future__ import annotations

import hashlib
import os
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, cast

from perfgoals.commands import reason
from perfgoals.keeping.errors import KeepingError
from perfgoals.keeping.manifest import Manifest, decode

DUMP, MANIFEST, SUMS = NAMES = ("database.dump", "manifest.json", "SHA256SUMS")
CHUNK: Final = 1024 * 1024
LARGEST_TEXT: Final = 256 * 1024 * 1024
"""Bytes of manifest and sums that are read at all."""


class Writer:
    """Writes the files of a backup, one after another."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._sums: list[str] = []

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """A file of a length that is known when it is over."""
        start, size, digest = self._file.tell(), 0, hashlib.sha256()
        self._file.write(bytes(tarfile.BLOCKSIZE))
        for chunk in chunks:
            self._file.write(chunk)
            digest.update(chunk)
            size += len(chunk)
        self._file.write(bytes(-size % tarfile.BLOCKSIZE))
        end = self._file.tell()
        self._file.seek(start)
        self._file.write(_header(name, size))
        self._file.seek(end)
        self._sums.append(f"{digest.hexdigest()}  {name}\n")

    def finish(self) -> None:
        """The sums, as ``sha256sum -c`` reads them, and the end."""
        self.add(SUMS, ["".join(self._sums).encode("ascii")])
        self._file.write(bytes(2 * tarfile.BLOCKSIZE))


def _header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, int(time.time())
    return info.tobuf(tarfile.GNU_FORMAT)  # the one format whose header is one block for files of any size


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file that is there under its name when it is whole, on the disk, and readable by its owner only."""
    if path.exists():
        raise KeepingError(f"“{path}”已经存在，请换一个名称，备份不会覆盖别的文件。")
    try:
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            # A link never replaces what somebody else put there meanwhile.
            path.hardlink_to(draft)
        finally:
            Path(draft).unlink()
    except OSError as error:
        raise KeepingError(f"“{path}”不能写入（{reason(error)}），请检查路径、权限和磁盘空间。") from error


class Archive:
    """A backup that was found whole: what it says of itself, and its dump."""

    def __init__(self, path: Path, manifest: Manifest, sum_of_dump: str) -> None:
        self._path = path
        self.manifest = manifest
        self.sum_of_dump = sum_of_dump

    def dump(self) -> Iterator[bytes]:
        """The dump in pieces."""
        with _opened(self._path) as members:
            yield from _pieces(members(DUMP))


def checked(path: Path) -> Archive:
    """Read a backup from one end to the other. Raises `KeepingError` unless it is whole and unchanged."""
    with _opened(path) as members:
        sums = dict(_sum_of_line(line) for line in _text(members(SUMS)).decode("ascii", "replace").splitlines())
        if set(sums) != {DUMP, MANIFEST}:
            raise KeepingError(f"备份“{path}”的 {SUMS} 不完整，请换一份备份。")
        for name, expected in sums.items():
            if _digest(members(name)) != expected:
                raise KeepingError(f"备份“{path}”中的 {name} 已损坏（sha256 不符），什么也没有改变，请换一份备份。")
        return Archive(path, decode(_text(members(MANIFEST))), sums[DUMP])


def _sum_of_line(line: str) -> tuple[str, str]:
    value, _, name = line.partition("  ")
    return name, value


Members = Callable[[str], BinaryIO]


@contextmanager
def _opened(path: Path) -> Iterator[Members]:
    try:
        with tarfile.open(path, "r:") as tar:
            found = tar.getmembers()
            if tuple(one.name for one in found) != NAMES or not all(one.isreg() for one in found):
                raise KeepingError(f"“{path}”不是 PerfGoals 的备份，或者不完整，什么也没有改变，请换一份备份。")
            yield lambda name: cast("BinaryIO", tar.extractfile(name))  # regular files all
    except (tarfile.TarError, EOFError) as error:
        raise KeepingError(f"“{path}”不是备份，或者不完整（{error}），什么也没有改变，请换一份备份。") from error
    except OSError as error:
        raise KeepingError(f"“{path}”不能读取（{reason(error)}），请检查路径和权限。") from error


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(CHUNK):
        yield piece


def _text(file: BinaryIO) -> bytes:
    return file.read(LARGEST_TEXT)


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    for piece in _pieces(file):
        digest.update(piece)
    return digest.hexdigest()
