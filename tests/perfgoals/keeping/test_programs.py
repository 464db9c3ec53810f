"""Programs that understand the server."""

from pathlib import Path

import pytest

from perfgoals.keeping.errors import KeepingError
from perfgoals.keeping.programs import program
from perfgoals.postgres import binaries


def on_the_path(folder: Path, major: int, monkeypatch: pytest.MonkeyPatch) -> Path:
    fake = folder / "pg_dump"
    fake.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {major}.1 (Debian)'\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    return fake


@pytest.mark.parametrize("server", [15, binaries.MAJOR])
def test_older_servers_are_the_wheels(server: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_the_path(tmp_path, 99, monkeypatch)
    assert program("pg_dump", server=server) == binaries.program("pg_dump")


def test_a_newer_server_has_the_machines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    newer = on_the_path(tmp_path, binaries.MAJOR + 1, monkeypatch)
    assert program("pg_dump", server=binaries.MAJOR + 1) == newer


@pytest.mark.parametrize("major", [None, binaries.MAJOR])
def test_without_them_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, major: int | None
) -> None:
    monkeypatch.setenv("PATH", "")
    if major is not None:
        on_the_path(tmp_path, major, monkeypatch)
    with pytest.raises(KeepingError, match=f"请安装 postgresql-client-{binaries.MAJOR + 1}"):
        program("pg_dump", server=binaries.MAJOR + 1)
