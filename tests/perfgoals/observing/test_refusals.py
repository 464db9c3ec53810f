"""Every refusal is one line: who, what, why, and nothing that is secret."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pyotp
import pytest
from django.contrib.auth import SESSION_KEY
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from imports.actions import Options
from imports.tasks import do_upload
from imports.uploads.receiving import receive
from projects.accounts.factor.actions import set_up_factor
from projects.permissions import ADMIN, AUDIT, DEPARTMENT, FINANCE
from tests import factories
from tests.conftest import LogIn
from tests.perfgoals.api.reading import Program

from .conftest import Told

pytestmark = pytest.mark.django_db


def only(told: Told) -> dict[str, Any]:
    (line,) = told.of("refusal")
    return line


def said(told: Told) -> tuple[Any, ...]:
    """Status, reason and person of the only line."""
    line = only(told)
    return line["status"], line["reason"], line["user"]


def key(browser: Client) -> int:
    return int(browser.session[SESSION_KEY])


def test_what_a_role_may_not_do_is_one_line_with_the_person_s_key(log_in: LogIn, refused: Told) -> None:
    browser = log_in(DEPARTMENT)
    answer = browser.get("/users/?q=秘密")
    line = only(refused)
    assert line.pop("time")
    assert line == {
        "level": "WARNING", "event": "refusal", "request": answer["X-Request-ID"], "method": "GET", "path": "/users/",
        "route": "user-list", "status": 403, "reason": "not_allowed", "user": key(browser),
    }  # fmt: skip


def test_a_thing_that_a_person_may_not_see(log_in: LogIn, refused: Told) -> None:
    project = factories.project()
    browser = log_in(FINANCE, factories.region("140100", "太原市", "太原市", None))
    browser.get(f"/projects/{project.pk}/")
    assert said(refused) == (404, "not_found", key(browser))
    assert only(refused)["path"] == f"/projects/{project.pk}/"


def test_an_address_that_there_is_not(client: Client, refused: Told) -> None:
    client.get("/wp-login.php")
    assert said(refused) == (404, "no_address", None)


def test_who_asks_too_often(auditor: Client, refused: Told, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfgoals.rates.middleware.time", lambda: 30.0)
    settings.PAGE_RATE = 1
    auditor.get("/projects/")
    auditor.get("/projects/")
    assert said(refused) == (429, "too_often", key(auditor))


def test_values_that_the_api_refuses(refused: Told) -> None:
    person = factories.user(AUDIT)
    Program(person).ask("projects/", "year=abc&token=pgt_verysecret")
    assert said(refused) == (400, "invalid", person.pk)


def test_a_token_that_is_none(refused: Told) -> None:
    Program(token="pgt_wrong").ask("projects/")
    assert said(refused) == (401, "not_logged_in", None)


def test_a_file_that_is_not_taken(log_in: LogIn, refused: Told) -> None:
    browser = log_in(ADMIN)
    browser.post("/runs/new/", {"file": SimpleUploadedFile("机密.txt", b"")})
    assert said(refused) == (200, "upload", key(browser))


def test_a_file_that_no_reader_knows(refused: Told) -> None:
    person = factories.user(ADMIN)
    upload = receive([b"nothing known"], name="机密.txt", options=Options(), by=person, batch=uuid4())
    do_upload(pk=str(upload.pk))
    line = only(refused)
    assert (line["reason"], line["number"], line["user"]) == ("upload", upload.pk, person.pk)


def test_a_wrong_code_of_somebody_who_is_not_logged_in_yet(client: Client, refused: Told) -> None:
    person = factories.user(AUDIT, name="liming")
    secret = pyotp.random_base32()
    set_up_factor(key=secret, code=pyotp.TOTP(secret).now(), by=person)
    client.post("/login/", {"username": "liming", "password": "right-horse"})
    client.post("/login/code/", {"code": "not-a-code"})
    assert said(refused) == (200, "second_factor", person.pk)
    assert "not-a-code" not in refused.raw[0]


def test_a_form_without_its_token(refused: Told) -> None:
    person = factories.user(AUDIT)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person)
    browser.post("/tokens/", {"name": "x"})
    assert said(refused) == (403, "forged", person.pk)


@pytest.mark.parametrize("signed", ["forged:signature", ""])
def test_a_preview_whose_signature_was_changed(log_in: LogIn, refused: Told, signed: str) -> None:
    factories.city()
    keep, join = factories.department("甲"), factories.department("乙")
    log_in(ADMIN).post("/departments/join/", {"keep": keep.pk, "join": join.pk, "shown": signed})
    assert [line["reason"] for line in refused.of("refusal")] == (["forged"] if signed else [])


def test_what_is_answered_and_what_somebody_else_did_first_is_no_refusal(auditor: Client, refused: Told) -> None:
    auditor.get("/projects/")
    auditor.get("/")
    Client().get("/projects/")
    assert refused.raw == []


def test_neither_query_nor_names_nor_tokens_are_told(log_in: LogIn, refused: Told) -> None:
    browser = log_in(AUDIT)
    browser.get("/users/?q=绝密&token=pgt_0123456789abcdef")
    browser.get("/api/v1/pgt_0123456789abcdef/")
    browser.post("/users/", {"password": "hidden-horse"})
    everything = "\n".join(refused.raw).encode().decode("unicode_escape")
    assert len(refused.raw) == 3
    assert "/api/v1/pgt_…/" in everything
    assert not [word for word in ("绝密", "0123456789abcdef", "hidden-horse", "user1") if word in everything]


def test_a_line_stays_one_line_and_short(client: Client, refused: Told) -> None:
    client.get("/login/%0aFORGED%1b[31m" + "x" * 5000)
    assert not any(sign in refused.raw[0] for sign in "\n\r\x1b")
    assert len(refused.raw[0]) < 600


def test_django_says_nothing_of_them_besides(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    client.get("/nothing/")
    assert {record.name for record in caplog.records} == {"perfgoals.refusals"}
