"""Pages come compressed where the browser takes it; downloads do not."""

import gzip

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from perfgoals.compressing import PageCompressionMiddleware


@pytest.fixture
def asking() -> HttpRequest:
    return RequestFactory().get("/", headers={"Accept-Encoding": "gzip, br"})


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/json"])
def test_a_page_is_compressed(asking: HttpRequest, kind: str) -> None:
    page = "<td>项目</td>" * 500
    answer = PageCompressionMiddleware(lambda _: HttpResponse(page, content_type=kind))(asking)
    assert len(answer.content) < len(page) / 10
    assert gzip.decompress(answer.content).decode() == page


def test_two_answers_of_one_page_differ_in_length(asking: HttpRequest) -> None:
    answering = PageCompressionMiddleware(lambda _: HttpResponse("<td>项目</td>" * 500))
    assert len({len(answering(asking).content) for _ in range(20)}) > 1


@pytest.mark.parametrize("kind", ["text/csv", "application/json"])
def test_a_download_is_left_as_it_is(asking: HttpRequest, kind: str) -> None:
    headers = {"Content-Type": kind, "Content-Disposition": "attachment"}
    answer = PageCompressionMiddleware(lambda _: HttpResponse("1,2\n" * 500, headers=headers))(asking)
    assert "Content-Encoding" not in answer


@pytest.mark.django_db
def test_the_site_compresses(client: Client) -> None:
    assert client.get("/login/", headers={"Accept-Encoding": "gzip"})["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/login/")
