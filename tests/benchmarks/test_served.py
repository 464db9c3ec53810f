"""Programs that serve pages end with their block, also where it is never reached."""

import os
import sys
from pathlib import Path

import pytest

from benchmarks import served
from benchmarks.served import Served, free_port

LISTENING = """
import os, pathlib, socket, sys, time
pathlib.Path(sys.argv[2]).write_text(str(os.getpid()))
listening = socket.create_server(("127.0.0.1", int(sys.argv[1]))) if len(sys.argv) == 3 else None
time.sleep(60)
"""


def program(place: Path, *more: str) -> Served:
    port = free_port()
    return Served([sys.executable, "-c", LISTENING, str(port), str(place), *more], port, os.environ)


def is_alive(place: Path) -> bool:
    return Path("/proc", place.read_text()).exists()


def test_a_program_ends_with_its_block(tmp_path: Path) -> None:
    with program(tmp_path / "pid"):
        assert is_alive(tmp_path / "pid")
    assert not is_alive(tmp_path / "pid")


def test_a_program_that_does_not_listen_is_ended_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(served, "PATIENCE", 3.0)
    with pytest.raises(RuntimeError, match="does not answer"), program(tmp_path / "pid", "deaf"):
        pass
    assert not is_alive(tmp_path / "pid")
