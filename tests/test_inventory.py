"""`constraints.txt` is the inventory of what the program rests on: complete, exact, and what is installed."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PIN = re.compile(r"([A-Za-z0-9._-]+)==([^;\s]+)")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins() -> dict[str, str]:
    found = PIN.findall((ROOT / "constraints.txt").read_text(encoding="utf-8"))
    return {normal(name): pinned for name, pinned in found}


def declared() -> set[str]:
    """Names of the packages that the program and its tests ask for; peers have an environment of their own."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    return {normal(re.split(r"[^A-Za-z0-9._-]", one)[0]) for one in asked if "python_version" not in one}


def test_every_line_is_one_exact_version() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#") and not PIN.match(line)] == []
    assert len(pins()) > 90


def test_whatever_is_declared_is_pinned_and_installed_as_pinned() -> None:
    pinned = pins()
    assert declared() - set(pinned) == set()
    assert {name: version(name) for name in declared()} == {name: pinned[name] for name in declared()}
