"""Long work with findings: what the queue calls."""

from __future__ import annotations

from procrastinate.contrib.django import app


@app.periodic(cron="*/5 * * * *")
@app.task(name="indicators.check_pending", lock="indicators.check_pending", pass_context=False)
def do_check_pending(timestamp: int = 0) -> None:
    """Check what is marked: a rule was set otherwise, or somebody wrote past the site. What is done of it stands."""
    from indicators.reviewing.many import pending, work_off  # which needs the task to put work into the queue

    del timestamp
    work_off(pending())
