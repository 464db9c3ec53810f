"""Python environments of their own for programs that the site must not share one with: groups of ``pyproject.toml``.

``peers`` are compared with; ``load`` is the program that plays people, whose gevent must not come among the site's packages.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

from benchmarks.homes import ROOT, folder


def programs_of(group: str) -> Path:
    """The folder of a group's programs; made when it is first wanted, and again when the group asks for something else."""
    place = folder() / group
    stamp = place / "installed"
    wanted = wanted_packages(group)
    if not stamp.exists() or stamp.read_text() != "\n".join(wanted):
        subprocess.run([sys.executable, "-m", "venv", "--clear", place], check=True)
        subprocess.run([place / "bin" / "python", "-m", "pip", "install", "-q", *wanted], check=True)
        stamp.write_text("\n".join(wanted))
    return place / "bin"


def wanted_packages(group: str) -> list[str]:
    """What a group asks for. Raises ``KeyError`` where there is none of that name."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        found: list[str] = tomllib.load(file)["dependency-groups"][group]
    return found
