"""Who is answered: people with a token that is still good, and people who are logged in."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from perfgoals.api.models import ApiToken
from perfgoals.models import User
from projects.accounts.actions import Details, edit_user, lock_user, reset_password, unlock_user
from projects.permissions import ADMIN, AUDIT, DEPARTMENT
from tests import factories
from tests.perfgoals.api.reading import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> User:
    return factories.user(AUDIT)


def status_of(program: Program) -> int:
    return program.ask("projects/").status_code


def test_a_token_opens_what_its_person_may_see(person: User) -> None:
    factories.project("甲")
    assert [row["name"] for row in Program(person).rows("projects/")] == ["甲"]


def test_only_the_digest_of_a_token_is_stored(person: User) -> None:
    token, text = ApiToken.objects.issue(user=person, name="程序", lifetime=timedelta(days=1))
    assert text.startswith("pgt_")
    assert text.startswith(token.token_key)
    assert len(text) > 60
    assert text not in str(ApiToken.objects.values())


@pytest.mark.parametrize("shown", ["Bearer", "Bearer pgt_1", "Bearer a b", "Token x", "Basic eDp5", "Bearer \xff"])
def test_what_is_no_token_is_refused_as_json(shown: str) -> None:
    answer = Client(headers={"Authorization": shown}).get("/api/v1/projects/")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["code"] == "unauthorized"
    assert "令牌" in answer.json()["message"]


def test_nobody_is_refused_and_not_sent_to_a_page() -> None:
    answer = Program().ask("projects/", "format=csv")
    assert answer.status_code == 401
    assert answer["Content-Type"].startswith("application/json")
    assert answer.json() == {"code": "unauthorized", "message": answer.json()["message"], "fields": {}}


def test_an_expired_token_is_refused(person: User) -> None:
    program = Program(person)
    ApiToken.objects.update(expiry=timezone.now())
    assert status_of(program) == 401


def test_a_revoked_token_is_refused(person: User) -> None:
    program = Program(person)
    ApiToken.objects.all().delete()
    assert status_of(program) == 401


@pytest.mark.parametrize(
    ("change", "words"), [({"is_active": False}, "已停用"), ({"must_change_password": True}, "修改密码")]
)
def test_who_cannot_work_in_the_site_cannot_read(person: User, change: dict[str, bool], words: str) -> None:
    program = Program(person)
    User.objects.update(**change)
    answer = program.ask("projects/")
    assert answer.status_code == 401
    assert words in answer.json()["message"]


def test_a_lock_closes_what_was_open_until_it_is_taken_away(person: User) -> None:
    program, admin = Program(person), factories.user(ADMIN)
    assert status_of(program) == 200
    lock_user(user=person, by=admin)
    assert status_of(program) == 401
    unlock_user(user=person, by=admin)
    assert status_of(program) == 200


def test_a_role_and_a_place_that_are_taken_away_are_missed_at_once() -> None:
    project = factories.project("甲", department=factories.department("教育局"))
    clerk = factories.user(DEPARTMENT, project.department)
    program = Program(clerk)
    assert [row["name"] for row in program.rows("projects/")] == ["甲"]
    details = Details(clerk.username, "", "", roles=[], regions=[], departments=[])
    edit_user(user=clerk, details=details, by=factories.user(ADMIN))
    assert program.rows("projects/") == []
    assert program.ask(f"projects/{project.pk}/").status_code == 404


def test_who_audits_no_longer_sees_nothing(person: User) -> None:
    factories.project("甲")
    program = Program(person)
    assert len(program.rows("projects/")) == 1
    details = Details(person.username, "", "", roles=[], regions=[], departments=[])
    edit_user(user=person, details=details, by=factories.user(ADMIN))
    assert program.rows("projects/") == []


def test_a_password_given_by_an_administrator_ends_tokens(person: User) -> None:
    program = Program(person)
    reset_password(user=person, password="other-horse", by=factories.user(ADMIN))
    User.objects.update(must_change_password=False)
    assert status_of(program) == 401


def test_demo_accounts_read_in_demo_mode_only(person: User, settings: object) -> None:
    User.objects.update(is_demo=True)
    program = Program(person)
    settings.DEMO = True  # type: ignore[attr-defined]
    assert status_of(program) == 200
    settings.DEMO = False  # type: ignore[attr-defined]
    assert status_of(program) == 401


def test_a_wrong_token_is_not_made_good_by_a_session(person: User) -> None:
    client = Client(headers={"Authorization": "Bearer pgt_wrong"})
    client.force_login(person)
    assert client.get("/api/v1/projects/").status_code == 401


def test_who_is_logged_in_reads_with_the_session(person: User, client: Client) -> None:
    client.force_login(person)
    assert client.get("/api/v1/projects/").status_code == 200
    User.objects.update(must_change_password=True)
    answer = client.get("/api/v1/projects/")
    assert answer.status_code == 403
    assert "修改密码" in answer.json()["message"]


def test_use_is_noted_to_the_minute(person: User) -> None:
    program = Program(person)
    status_of(program)
    first = ApiToken.objects.get().used_at
    assert first
    status_of(program)
    assert ApiToken.objects.get().used_at == first
    ApiToken.objects.update(used_at=first - timedelta(minutes=2))
    status_of(program)
    assert ApiToken.objects.get().used_at > first


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_there_is_no_way_to_write(person: User, method: str) -> None:
    answer = getattr(Program(person).client, method)("/api/v1/projects/")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"
    assert answer.json()["message"] == "接口只供读取，请用 GET。"


def test_an_address_that_there_is_not_is_refused_as_json(person: User) -> None:
    for path in ("nothing/", "projects", "projects/x/", "projects/99999999999999999999999/"):
        answer = Program(person).ask(path)
        assert answer.status_code == 404
        assert answer.json()["code"] == "not_found"
