"""How often the API may be asked."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from perfgoals.api.models import ApiUse
from perfgoals.api.throttling import count
from projects.permissions import AUDIT
from tests import factories
from tests.perfgoals.api.reading import Program

pytestmark = pytest.mark.django_db

NOON = datetime(2025, 3, 1, 12, 0, 30, tzinfo=UTC)


@pytest.fixture
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfgoals.api.throttling.timezone.now", lambda: NOON)


def test_requests_of_one_minute_are_counted_together() -> None:
    assert [count("甲", NOON + timedelta(seconds=step)) for step in (0, 10, 29, 30)] == [1, 2, 3, 1]
    assert count("乙", NOON) == 1


def test_a_clock_that_lags_behind_counts_in_the_later_minute() -> None:
    count("甲", NOON + timedelta(minutes=1))
    assert count("甲", NOON) == 2


def test_counts_of_long_ago_are_swept_away() -> None:
    count("甲", NOON)
    count("乙", NOON + timedelta(hours=2))
    assert list(ApiUse.objects.values_list("asker", flat=True)) == ["乙"]


@pytest.mark.usefixtures("noon")
def test_who_asks_too_often_is_told_how_long_to_wait(settings: Any) -> None:
    settings.API_RATE = 2
    program = Program(factories.user(AUDIT))
    answers = [program.ask("projects/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == "30"
    assert answers[2].json()["message"] == "请求过于频繁，请 30 秒后再试。"


@pytest.mark.usefixtures("noon")
def test_each_token_has_its_own_count(settings: Any) -> None:
    settings.API_RATE = 1
    person = factories.user(AUDIT)
    assert [Program(person).ask("projects/").status_code for _ in range(2)] == [200, 200]


@pytest.mark.usefixtures("noon")
def test_the_anonymous_are_counted_by_address_and_have_less(settings: Any) -> None:
    settings.PUBLIC, settings.PUBLIC_RATE = True, 1
    assert [Program().ask("projects/").status_code for _ in range(2)] == [200, 429]
    assert Program(factories.user(AUDIT)).ask("projects/").status_code == 200


@pytest.mark.usefixtures("noon")
def test_no_limit_can_be_set(settings: Any) -> None:
    settings.API_RATE = 0
    program = Program(factories.user(AUDIT))
    assert {program.ask("projects/").status_code for _ in range(3)} == {200}
    assert not ApiUse.objects.exists()


@pytest.mark.usefixtures("noon")
@pytest.mark.parametrize("token", ["pgt_wrong", None])
def test_who_tries_tokens_must_wait(settings: Any, token: str | None) -> None:
    settings.PUBLIC_RATE = 2
    program = Program(token=token)
    answers = [program.ask("projects/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [401, 401, 429]
    assert answers[2]["Retry-After"] == "30"
    assert answers[2].json()["code"] == "too_many_requests"


@pytest.mark.usefixtures("noon")
def test_good_tokens_are_answered_beside_wrong_ones(settings: Any) -> None:
    settings.PUBLIC, settings.PUBLIC_RATE = True, 1
    wrong = Program(token="pgt_wrong")
    assert [wrong.ask("projects/").status_code for _ in range(2)] == [401, 429]
    assert Program(factories.user(AUDIT)).ask("projects/").status_code == 200
    assert Program().ask("projects/").status_code == 200


@pytest.mark.usefixtures("noon")
def test_addresses_have_counts_of_their_own(settings: Any) -> None:
    settings.PUBLIC_RATE, settings.PROXIES = 1, 1
    asked = [Program().ask("projects/", **{"X-Forwarded-For": f"192.0.2.{last}"}) for last in (1, 1, 2)]
    assert [answer.status_code for answer in asked] == [401, 429, 401]
