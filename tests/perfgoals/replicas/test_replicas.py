"""The site with a real replica: what it answers, what it must not answer yet, and what happens when it is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client

from imports.actions import Options, import_file
from imports.exporting.actions import make
from imports.models import Export, ExportPart
from perfgoals.models import User
from perfgoals.replicas import connection as replicas
from perfgoals.replicas import reads_replica
from perfgoals.replicas.views import COOKIE, MARK
from projects.models import Project
from tests import factories
from tests.imports import texts
from tests.perfgoals.replicas.conftest import Replica, until

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = (
    "/projects/", "/projects/?q=校舍&sort=-amount", "/projects/facets/", "/totals/", "/totals/export/?format=csv", "/charts/",
    "/findings/", "/plans/", "/api/v1/projects/", "/api/v1/funding/", "/api/v1/indicators/",
)  # fmt: skip


@pytest.fixture
def browser(replica: Replica) -> Client:
    """Of somebody who sees everything; there is a project."""
    import_file(texts.form("甲").encode(), name="甲.txt", options=Options(), by=None)
    client = Client()
    client.force_login(factories.user("审计", name="shenji"))
    assert until(replica.has_all)
    return client


def is_from_replica(client: Client, address: str) -> bool:
    answer = client.get(address)
    assert answer.status_code == 200
    b"".join(answer)  # type: ignore[arg-type]
    return hasattr(answer, MARK)


def rename(client: Client, name: str) -> None:
    """As an edit of the site would, ending with a page of the primary."""
    Project.objects.update(name=name)
    assert not is_from_replica(client, f"/projects/{Project.objects.get().pk}/")


@pytest.mark.parametrize("page", PAGES)
def test_pages_that_only_read_are_answered_by_the_replica(browser: Client, page: str) -> None:
    assert is_from_replica(browser, page)


def test_nobody_misses_what_they_have_seen(browser: Client, replica: Replica) -> None:
    replica.ask("SELECT pg_wal_replay_pause()")
    rename(browser, "改后")
    assert "改后" in browser.get("/projects/").content.decode()
    assert not is_from_replica(browser, "/projects/")
    replica.ask("SELECT pg_wal_replay_resume()")
    assert until(replica.has_all)
    assert "改后" in browser.get("/projects/").content.decode()
    assert is_from_replica(browser, "/projects/")


def test_who_has_seen_nothing_newer_need_not_wait(browser: Client, replica: Replica) -> None:
    replica.ask("SELECT pg_wal_replay_pause()")
    Project.objects.update(name="别人改的")
    assert is_from_replica(browser, "/projects/")


def test_a_lost_replica_is_not_noticed(browser: Client, replica: Replica) -> None:
    replica.stop()
    try:
        assert not is_from_replica(browser, "/projects/")
        assert not replicas.can_answer(None)  # nor asked again at once
    finally:
        replica.start()
    replicas._failed_until = 0.0
    assert until(lambda: is_from_replica(browser, "/projects/"))


def test_a_replica_that_is_lost_while_it_answers_is_not_noticed(browser: Client, replica: Replica) -> None:
    asked: list[bool] = []

    @reads_replica
    def view(_request: HttpRequest) -> HttpResponse:
        asked.append(connection.settings_dict["HOST"] == str(replica.folder))
        if asked[-1]:
            connection.connection.close()
        return HttpResponse(str(Project.objects.count()))

    request = browser.get("/projects/").wsgi_request
    assert view(request).content == b"1"
    assert asked == [True, False]


def test_what_would_write_is_done_on_the_primary(browser: Client) -> None:
    @reads_replica
    def view(_request: HttpRequest) -> HttpResponse:
        Project.objects.update(section="综合科")
        return HttpResponse(Project.objects.get().section)

    assert view(browser.get("/projects/").wsgi_request).content.decode() == "综合科"


def test_a_stream_is_read_from_where_it_began(browser: Client, replica: Replica) -> None:
    @reads_replica
    def view(_request: HttpRequest) -> StreamingHttpResponse:
        def parts() -> Iterator[str]:
            for _ in range(3):
                yield str(connection.settings_dict["HOST"])

        return StreamingHttpResponse(parts())

    answer = view(browser.get("/projects/").wsgi_request)
    assert isinstance(answer, StreamingHttpResponse)
    assert b"".join(answer).decode() == str(replica.folder) * 3  # type: ignore[arg-type]
    assert connection.settings_dict["HOST"] != str(replica.folder)


def test_a_strange_cookie_is_none(browser: Client) -> None:
    for text in ("x", "0/0'; DROP TABLE x", "FFFFFFFFF/0", ""):
        browser.cookies[COOKIE] = text
        assert browser.get("/projects/").status_code == 200


def test_nothing_is_written_in_a_block_that_reads(browser: Client) -> None:
    with replicas.reading(), pytest.raises(DatabaseError, match="read-only"), transaction.atomic():
        Project.objects.update(section="不")
    with replicas.reading(), replicas.writing():
        Project.objects.update(section="是")
    assert Project.objects.get().section == "是"


def test_a_long_export_reads_the_replica_and_writes_the_primary(
    browser: Client, replica: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(
        "imports.exporting.actions.write_file",
        lambda *_args, **_named: asked.append(str(connection.settings_dict["HOST"])),
    )
    export = Export.objects.create(user=User.objects.get(username="shenji"), kind="csv", file_name="项目.csv")
    make(export, lambda *_: None)
    assert asked == [str(replica.folder)]
    assert ExportPart.objects.count() == 0
