"""Locks that the kernel releases when their holder ends, however it ends (``flock`` on files)."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


def hold(path: Path, *, shared: bool = False) -> int:
    """Lock the file, waiting for others to leave it, and return the open descriptor, which is the lock.

    Release it by closing the descriptor, never by unlocking: a forked process shares the lock, and an unlock
    in one would take it from all.
    """
    return _lock(path, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)


def try_hold(path: Path, *, shared: bool = False) -> int | None:
    """As `hold`, but ``None`` at once where others have it."""
    try:
        return _lock(path, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return None


def _lock(path: Path, operation: int) -> int:
    while True:
        descriptor = _open(path)
        try:
            fcntl.flock(descriptor, operation)
        except BaseException:
            os.close(descriptor)
            raise
        if is_at(descriptor, path):
            return descriptor
        os.close(descriptor)  # The folder was removed while we waited; this lock guards nothing any more.


def is_taken(path: Path) -> bool:
    """Whether anybody holds the lock, shared or alone."""
    descriptor = try_hold(path)
    if descriptor is None:
        return True
    os.close(descriptor)
    return False


def is_at(descriptor: int, path: Path) -> bool:
    """Whether the descriptor is open on the file that is at this path now."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except OSError:
        return False


def make_folder(folder: Path) -> None:
    """The folder of the locks, closed to others. Made by root, it goes to the owner of its parent."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        return
    if os.geteuid() == 0:
        owner = folder.parent.stat()
        os.chown(folder, owner.st_uid, owner.st_gid, follow_symlinks=False)


def _open(path: Path) -> int:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    if os.geteuid() == 0 and os.fstat(descriptor).st_nlink == 1:
        owner = path.parent.stat()
        os.fchown(descriptor, owner.st_uid, owner.st_gid)
    return descriptor
