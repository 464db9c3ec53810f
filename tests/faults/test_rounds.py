"""The short form of ``./run faults``: processes that are killed and connections that are cut, on a database of their own.

Faults of the server itself would reach the other tests; the long form makes them on a server of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Database, at, database
from tests.faults.rounds import (
    World,
    bulk_round,
    cut,
    folder_round,
    import_round,
    kill,
    one_round,
    save_round,
    two_imports_round,
    world,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def faulty(migrated: Database, tmp_path: Path) -> Iterator[World]:
    """A database of its own with a dozen projects."""
    with database(migrated.name) as there, at(there):
        yield world(tmp_path, seed=1)


def test_nothing_is_lost_or_halved_by_faults(faulty: World) -> None:
    for act in (import_round, save_round, bulk_round, two_imports_round, folder_round):
        act(faulty, None)
    for act, fault in (
        (import_round, kill), (save_round, kill), (bulk_round, kill), (two_imports_round, kill),
        (import_round, cut), (save_round, cut), (bulk_round, cut), (folder_round, kill),
    ):  # fmt: skip
        one_round(faulty, act, fault)
    assert faulty.problems == []
