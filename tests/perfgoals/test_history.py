"""A group of changes is kept or refused, and never undone in silence."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from perfgoals.history import change
from projects.models import Region

pytestmark = [
    pytest.mark.django_db(transaction=True),
    # What follows a change asks the database, and would meet most of these errors itself.
    pytest.mark.usefixtures("without_review"),
]


@pytest.fixture
def region(committed: None) -> Region:
    return Region.objects.create(code="140404", name="上党区", short_name="上党")


def fail_in_django() -> None:
    with transaction.atomic(savepoint=False):
        raise ValueError


def fail_in_postgresql() -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO projects_region SELECT * FROM projects_region")


def fail_behind_a_savepoint() -> None:
    with transaction.atomic():
        fail_in_postgresql()


def rename(region: Region, fail: Callable[[], None]) -> str:
    """Change it and pass over what fails; the name that it has afterwards."""
    with change(by=None, action="edit"):
        Region.objects.filter(pk=region.pk).update(name="改后")
        with suppress(ValueError, IntegrityError):
            fail()
    return Region.objects.get(pk=region.pk).name


@pytest.mark.parametrize("fail", [fail_in_django, fail_in_postgresql])
def test_an_error_that_was_passed_over_refuses_the_change(region: Region, fail: Callable[[], None]) -> None:
    with pytest.raises(DatabaseError):
        rename(region, fail)
    region.refresh_from_db()
    assert region.name == "上党区"


def test_an_error_behind_a_savepoint_is_no_trouble(region: Region) -> None:
    assert rename(region, fail_behind_a_savepoint) == "改后"
