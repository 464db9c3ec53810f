"""Plotly's script as a static file.

The installed package ``plotly`` carries the script of its own version. This finder offers that one file, as
``plotly/plotly.min.js``, to whatever serves and collects static files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

PREFIX: Final = "plotly"
SCRIPT: Final = "plotly.min.js"


def folder() -> Path:
    """Where the package keeps its script. Found without importing the package, which takes long."""
    spec = find_spec("plotly")
    if spec is None or spec.origin is None:
        raise RuntimeError("The package plotly is not installed: pip install plotly")
    return Path(spec.origin).parent / "package_data"


class PlotlyScriptFinder(BaseFinder):
    """Finds the script, and nothing else of the package."""

    def __init__(self, *_args: Any, **_options: Any) -> None:
        self._storage = FileSystemStorage(location=folder())
        self._storage.prefix = PREFIX  # type: ignore[attr-defined]  # what collectstatic asks for

    def check(self, **_options: Any) -> list[Any]:
        """Nothing of it is set up anywhere."""
        return []

    def find(self, path: str, find_all: bool = False, **_options: Any) -> Any:
        """The script's path, where it is asked for."""
        found = [str(folder() / SCRIPT)] if path == f"{PREFIX}/{SCRIPT}" else []
        return found if find_all else next(iter(found), [])

    def list(self, _ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """The script, in its storage."""
        yield SCRIPT, self._storage
