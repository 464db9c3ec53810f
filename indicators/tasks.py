"""The review behind the scenes: what the queue calls."""

from __future__ import annotations

from procrastinate.contrib.django import app

from indicators.reviewing.refreshing import refresh_all


@app.periodic(cron="*/5 * * * *")
@app.task(name="indicators.check_marked", queueing_lock="indicators.check_marked")
def check_marked(timestamp: int = 0) -> None:
    """Check what was written past the site: after an upgrade that is every project, else hardly ever one."""
    del timestamp
    refresh_all()
