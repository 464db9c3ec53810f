"""Long work with files: what the queue calls.

Every command of the program loads the tasks; what they do, with the readers and writers that it takes, is loaded by who does it.
"""

from __future__ import annotations

from procrastinate.contrib.django import app

from imports.models import Export, Upload
from perfgoals.jobs.running import Progress, run_job


@app.task(name=Upload.TASK, lock="imports.upload")
def do_upload(pk: str) -> None:
    """Check or import an upload. One at a time: imports store one after the other anyway, and exports need a worker."""
    run_job(Upload, pk, _upload)


def _upload(upload: Upload, progress: Progress) -> None:
    from imports.uploads.working import work_on

    work_on(upload, progress)


@app.task(name=Export.TASK)
def do_export(pk: str) -> None:
    """Make the file of an export."""
    from imports.exporting.actions import make

    run_job(Export, pk, make)


@app.periodic(cron="40 3 * * *")
@app.task(name="imports.forget_exports", queueing_lock="imports.forget_exports")
def forget_exports(timestamp: int = 0) -> None:
    """Delete exports whose week is over."""
    from imports.exporting.actions import forget_old

    del timestamp
    forget_old()
