"""What `/metrics` tells Prometheus: sums over all processes of the site, and how the queue stands now."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final

from django.db import DatabaseError, connection
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import REGISTRY, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from perfgoals.observing.accounts import Account

METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
REQUESTS: Final = Counter("perfgoals_requests", "Requests answered.", ["route", "method", "status"])
SECONDS: Final = Histogram(
    "perfgoals_request_seconds",
    "Time until a request was answered.",
    ["route"],
    buckets=(0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
STATEMENTS: Final = Counter("perfgoals_statements", "Statements of requests.", ["route"])
DATABASE_SECONDS: Final = Counter("perfgoals_database_seconds", "Time that requests waited for statements.", ["route"])
SLOW_REQUESTS: Final = Counter("perfgoals_slow_requests", "Requests over PERFGOALS_SLOW_REQUEST_SECONDS.", ["route"])
SLOW_STATEMENTS: Final = Counter(
    "perfgoals_slow_statements", "Statements over PERFGOALS_SLOW_STATEMENT_SECONDS; route none: commands.", ["route"]
)
_QUEUE: Final = "SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY status"
_SEEN: Final = "SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers"


def count_request(account: Account, *, status: int, seconds: float, slow: bool) -> None:
    """Count a request that was answered."""
    route = account.route
    method = account.request.method
    REQUESTS.labels(route, method if method in METHODS else "other", status).inc()
    SECONDS.labels(route).observe(seconds)
    STATEMENTS.labels(route).inc(account.statements)
    DATABASE_SECONDS.labels(route).inc(account.database_seconds)
    if slow:
        SLOW_REQUESTS.labels(route).inc()


class Now(Collector):
    """What is looked up when somebody asks. A database that does not answer is told, and is no error."""

    def collect(self) -> Iterator[Metric]:
        """The database, the queue by state, and how long ago a worker gave a sign of life."""
        try:
            with connection.cursor() as cursor:
                cursor.execute(_QUEUE)
                jobs = cursor.fetchall()
                cursor.execute(_SEEN)
                seen = cursor.fetchone()[0]
        except DatabaseError:
            yield GaugeMetricFamily("perfgoals_database_up", "Whether the database answers.", value=0)
            return
        yield GaugeMetricFamily("perfgoals_database_up", "Whether the database answers.", value=1)
        queue = GaugeMetricFamily("perfgoals_queue_jobs", "Entries of the queue of long work.", labels=["status"])
        for status, count in jobs:
            queue.add_metric([status], count)
        yield queue
        if seen is not None:
            what = "Time since any worker gave a sign of life."
            yield GaugeMetricFamily("perfgoals_worker_silent_seconds", what, value=float(seen))


def exposition() -> bytes:
    """Everything, in Prometheus' text format."""
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(REGISTRY)
    registry.register(Now())
    return generate_latest(registry)
