"""Homes for real servers."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from perfgoals.postgres import cluster as clusters
from perfgoals.postgres.places import Cluster

from .processes import User, is_gone


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder with a short path that everybody may enter; what still runs in it is stopped afterwards.

    A guard that lives makes the files of its locks anew while their folder is being removed, so it is waited for.
    """
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    folder.chmod(0o755)
    yield folder
    for found in folder.rglob("postgres.locks"):
        clusters.stop(Cluster(found.parent))
        assert is_gone(found.parent, within=30)
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def made() -> Iterator[Path]:
    """A home whose cluster is made already, for all tests that leave it as it was."""
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    folder.chmod(0o755)
    with User(folder / "home") as user:
        user.ready()
        user.end()
    assert is_gone(folder / "home", within=30)
    yield folder / "home"
    shutil.rmtree(folder)


@pytest.fixture
def home(made: Path) -> Iterator[Path]:
    """The shared home, with nobody using it before and after."""
    yield made
    clusters.stop(Cluster(made))
    assert is_gone(made)


@pytest.fixture
def copy(made: Path) -> Callable[[Path], Path]:
    """Puts such a home where a test wants it, to do with it what it likes."""

    def copy_to(home: Path) -> Path:
        subprocess.run(["cp", "-a", made, home], check=True)
        return home

    return copy_to
