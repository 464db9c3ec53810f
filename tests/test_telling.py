"""What a failed test is told with."""

from __future__ import annotations

import pytest

from tests import telling
from tests.workers import until, worker

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_failure_is_told_with_sessions_the_queue_and_where_workers_stand(committed: None) -> None:
    with worker():
        assert until(lambda: "asyncio/base_events.py" in telling.state(), within=60)
        told = telling.state()
    assert "client backend" in told
    assert "cannot be asked" not in told
    assert "does not exist" not in told
    assert "worker" not in telling.state().partition("rows:")[2]
