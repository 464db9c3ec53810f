"""A Python environment for programs that are only compared with: the group ``peers`` of ``pyproject.toml``."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

from benchmarks.homes import ROOT, folder


def peers_bin() -> Path:
    """The folder of its programs; made when it is first wanted."""
    place = folder() / "peers"
    stamp = place / "installed"
    wanted = wanted_packages()
    if not stamp.exists() or stamp.read_text() != "\n".join(wanted):
        subprocess.run([sys.executable, "-m", "venv", "--clear", place], check=True)
        subprocess.run([place / "bin" / "python", "-m", "pip", "install", "-q", *wanted], check=True)
        stamp.write_text("\n".join(wanted))
    return place / "bin"


def wanted_packages() -> list[str]:
    """What the group asks for."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        found: list[str] = tomllib.load(file)["dependency-groups"]["peers"]
    return found
