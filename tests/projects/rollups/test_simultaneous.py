"""People who change projects of one place at the same moment, and the worker that puts their changes together."""

from functools import partial

import pytest
from django.db import connection, transaction

from projects.models import Funding, Project, Rollup
from projects.rollups.checking import Wrong, compare
from projects.rollups.compacting import settle
from projects.rollups.reading import Hits, kept_hits
from tests import factories
from tests.simultaneous import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("committed")]


def many_times(pk: int) -> None:
    for amount in range(1, 6):
        with transaction.atomic():
            Project.objects.filter(pk=pk).update(amount=amount)
            Funding.objects.filter(project=pk).update(amount=amount)


def test_writers_of_one_region_and_the_worker_lose_nothing() -> None:
    made = [factories.project(f"项目{at}", sources={"local": "9"}).pk for at in range(2)]
    worker = partial(lambda: [settle() for _ in range(5)])
    assert at_once(*(partial(many_times, pk) for pk in made), worker) == []
    assert kept_hits(Project.objects.all(), {}) == Hits(2, 10, None, None)
    settle()
    assert compare() == Wrong(0, 0)


def test_nobody_waits_for_who_changes_another_project_of_the_same_place() -> None:
    held, other = (factories.project(f"项目{at}").pk for at in range(2))
    with transaction.atomic():
        Project.objects.filter(pk=held).update(amount=1)

        def write() -> None:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '5s'")
            Project.objects.filter(pk=other).update(amount=2)

        assert at_once(write) == []
    assert kept_hits(Project.objects.all(), {}) == Hits(2, 3, None, None)


def test_two_changes_of_one_project_are_both_counted() -> None:
    pk = factories.project("一", sources={"local": "9"}).pk
    project = partial(Project.objects.filter(pk=pk).update, amount=7)
    assert at_once(project, partial(Funding.objects.filter(project=pk).update, amount=8)) == []
    assert compare() == Wrong(0, 0)
    assert Rollup.objects.filter(change__gt=0).exists()
