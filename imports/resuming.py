"""What of many files was taken in before: an interrupted import of a folder goes on where it stopped.

A file is imported whole or not at all, so that the file is what an import of many is taken up again by: each that has a run of its
own is done, and of the one that was interrupted nothing is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from imports.actions import Options, options_as_json
from imports.models import ImportRun

_OF_SYSTEMS: Final = frozenset({"thumbs.db", "desktop.ini"})
_OF_OFFICE: Final = "~$"


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that are meant: files as they are given, and all files in folders and their folders, by name.

    Hidden files, those that systems keep in folders, and the locks that office programs leave beside open files are not meant. A
    path that is not there is given on, for whoever opens it to say so; so is a folder that was given and has no file.
    Raises ``OSError`` for a folder that cannot be read.
    """
    for path in paths:
        if not path.is_dir():
            yield path
        elif found := list(_within(path)):
            yield from found
        else:
            yield path


def _within(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", _OF_OFFICE)) or path.name.lower() in _OF_SYSTEMS:
            continue
        if path.is_file():  # a pipe would be waited for
            yield path
        elif path.is_dir() and not path.is_symlink():  # a link may lead to where it stands, again and again
            yield from _within(path)


def run_before(sha256: str, options: Options) -> ImportRun | None:
    """The last run that took in these very bytes as is asked for now, None where there is none.

    Another year or unit to fall back on, another layout or another decision makes another import. Exported tables keep only
    the options that mean something to them.
    """
    wanted = options_as_json(replace(options, dry_run=False))
    # A run's report is as long as its file; whoever wants it reads that of the one run.
    runs = ImportRun.objects.filter(document__sha256=sha256).order_by("-pk").defer("report")
    return next((run for run in runs if all(wanted.get(name) == kept for name, kept in run.options.items())), None)
