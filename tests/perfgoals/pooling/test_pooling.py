"""The site behind pgbouncer in transaction mode: each transaction in another session, and nothing is lost or mixed up."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections, transaction
from django.test import Client

from imports.models import Upload
from perfgoals.jobs.model import JobState
from perfgoals.postgres import pooler_settings
from projects.models import Project, ProjectEvent
from projects.permissions import ADMIN, FINANCE
from tests import factories
from tests.imports import texts
from tests.indicators.editing import sheets
from tests.workers import until, worker

pytestmark = pytest.mark.django_db(transaction=True)
READERS = 4
TOKEN = re.compile(rb"[0-9A-Za-z]{64}")
"""What each form has of its own."""
PAGES = ("/projects/?q=教室&sort=-amount", "/projects/facets/", "/totals/", "/charts/", "/api/v1/projects/?format=csv")


def session() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


@contextmanager
def crowd(url: str) -> Iterator[None]:
    """Others who have short transactions all the time, each of which leaves its session as pooled programs must not."""
    ended = threading.Event()

    def come_and_go() -> None:
        with psycopg.connect(url, autocommit=True, prepare_threshold=None) as link:
            while not ended.is_set():
                link.execute("SELECT pg_sleep(0.001)")

    others = [threading.Thread(target=come_and_go) for _ in range(2)]
    for other in others:
        other.start()
    try:
        yield
    finally:
        ended.set()
        for other in others:
            other.join()


def test_transactions_of_one_connection_have_several_sessions(pooled: str) -> None:
    with crowd(pooled):
        assert len({session() for _ in range(200)}) > 1
        with transaction.atomic():
            assert len({session() for _ in range(20)}) == 1


def test_pages_say_the_same_to_many_at_once(pooled: str) -> None:
    sheets.project(name="改造教室")
    user = factories.user("审计")
    told: dict[str, set[bytes]] = {page: set() for page in PAGES}
    problems: list[BaseException] = []

    def read() -> None:
        try:
            client = Client()
            client.force_login(user)
            for page in PAGES:
                answer = client.get(page, headers={"HX-Request": "true"})
                assert answer.status_code == 200, page
                told[page].add(TOKEN.sub(b"", b"".join(answer)))  # type: ignore[arg-type]
        except BaseException as problem:  # told by the test's own thread
            problems.append(problem)
        finally:
            connections.close_all()

    readers = [threading.Thread(target=read) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert problems == []
    assert {page: len(texts) for page, texts in told.items()} == dict.fromkeys(PAGES, 1)


def test_an_edit_is_saved_with_its_history(pooled: str) -> None:
    project = sheets.project()
    user = factories.user(FINANCE, factories.county())
    client = Client()
    client.force_login(user)
    sheet, version = sheets.opened(project)
    sheet.head["plan"] = "三月开工"
    with crowd(pooled):
        answer = client.post(f"/projects/{project.pk}/edit/", sheets.post_of(sheet, version))
    assert answer.status_code == 302
    assert Project.objects.get().plan == "三月开工"
    assert ProjectEvent.objects.order_by("-pgh_id")[0].pgh_context.metadata["user"] == user.pk


def test_a_file_is_taken_in_by_a_worker_that_goes_past_the_pooler(pooled: str) -> None:
    client = Client()
    client.force_login(factories.user(ADMIN))
    file = SimpleUploadedFile("甲.txt", texts.form("甲").encode())
    with crowd(pooled), worker():
        assert client.post("/runs/new/", {"file": file}).status_code == 302
        assert until(lambda: Upload.objects.filter(state=JobState.DONE).exists())


def test_a_pooler_without_the_server_behind_it_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        pooler_settings("postgresql://pooler.example/targets", direct=None)
    with pytest.raises(ImproperlyConfigured, match=r"DATABASE_POOLER_URL 没有写数据库名.*以不用连接池"):
        pooler_settings("postgresql://pooler.example", direct="postgresql:///targets")
    assert pooler_settings(None, direct=None) == {}
