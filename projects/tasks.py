"""What the queue does with the kept totals."""

from __future__ import annotations

from procrastinate.contrib.django import app


@app.periodic(cron="*/2 * * * *")
@app.task(name="projects.settle_rollups", queueing_lock="projects.settle_rollups", pass_context=False)
def do_settle_rollups(timestamp: int = 0) -> None:
    """Put together what changes added to the kept totals."""
    from projects.rollups.compacting import settle

    del timestamp
    settle()
