"""A worker in a process of its own, on the tests' database, whose work does what files in a folder say.

``python -m tests.perfgoals.jobs.worker DATABASE FOLDER``: the work writes its process into ``begun``, says how far it
is, and waits for a file ``go``.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import Any

import django
from django.conf import settings


def main(database: str, folder: Path) -> None:
    settings.DATABASES["default"]["NAME"] = database
    django.setup()

    from procrastinate.contrib.django import app

    from imports.models import Export
    from perfgoals.jobs.running import Progress, run_job
    from perfgoals.jobs.workers import work

    def slow(_job: Export, progress: Progress) -> None:
        with (folder / "begun").open("a") as begun:
            begun.write(f"{os.getpid()}\n")
        while not (folder / "go").exists():
            progress("等待", 1, 2)
            time.sleep(0.02)
        with (folder / "ended").open("a") as ended:
            ended.write(f"{os.getpid()}\n")

    @app.task(name="tests.slow")
    def do(pk: Any) -> None:
        run_job(Export, pk, slow)

    Export.TASK = "tests.slow"
    work()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
