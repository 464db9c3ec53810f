"""The settings with which a cluster is made."""

import pytest

from perfgoals.postgres.initdb import tuning

GIB = 1 << 30


@pytest.mark.parametrize(
    ("memory", "buffers"), [(GIB // 2, "128MB"), (4 * GIB, "512MB"), (16 * GIB, "2048MB"), (256 * GIB, "2048MB")]
)
def test_postgresql_gets_an_eighth_of_the_memory_within_bounds(memory: int, buffers: str) -> None:
    assert tuning(memory, processors=2)["shared_buffers"] == buffers


@pytest.mark.parametrize(("processors", "helpers"), [(1, "0"), (2, "0"), (4, "1"), (6, "2"), (64, "2")])
def test_a_statement_gets_helpers_where_processors_are_to_spare(processors: int, helpers: str) -> None:
    assert tuning(GIB, processors)["max_parallel_workers_per_gather"] == helpers
