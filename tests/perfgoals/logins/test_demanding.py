"""Of whom a second factor is demanded reaches nothing else before."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from perfgoals.logins.demanding import must_set_up
from projects.permissions import ADMIN, AUDIT, FINANCE, require_known_roles
from tests import factories
from tests.conftest import LogIn, words_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("demanded", "role", "must"),
    [([], ADMIN, False), (["全部"], None, True), ([ADMIN], ADMIN, True), ([ADMIN, FINANCE], AUDIT, False)],
)
def test_of_everybody_or_of_roles(settings: Any, demanded: list[str], role: str | None, must: bool) -> None:
    settings.SECOND_FACTOR_FOR = demanded
    assert must_set_up(factories.user(role)) is must


def test_superusers_have_all_roles(settings: Any) -> None:
    settings.SECOND_FACTOR_FOR = [ADMIN]
    person = factories.user(None)
    person.is_superuser = True
    assert must_set_up(person)


def test_everything_leads_to_the_page_for_it(settings: Any, log_in: LogIn) -> None:
    settings.SECOND_FACTOR_FOR = [AUDIT]
    browser = log_in(AUDIT)
    for address in ("/projects/", "/tokens/", "/healthz"):
        assert browser.get(address).headers["Location"] == "/second-factor/"
    assert "须启用两步验证" in words_of(browser.get("/second-factor/"))
    assert browser.get("/api/v1/projects/").status_code == 403
    assert browser.post("/tokens/", {"name": "程序", "days": "30"}).headers["Location"] == "/second-factor/"
    assert browser.get("/password/").status_code == 200


def test_the_password_that_an_administrator_knows_is_changed_first(settings: Any, log_in: LogIn) -> None:
    settings.SECOND_FACTOR_FOR = ["全部"]
    browser = log_in(AUDIT)
    person = factories.User.objects.get(pk=browser.session["_auth_user_id"])
    person.must_change_password = True
    person.save()
    assert browser.get("/second-factor/").headers["Location"] == "/password/"
    assert browser.get("/password/").status_code == 200


def test_an_unknown_role_is_refused_at_the_start() -> None:
    require_known_roles(["全部", *{ADMIN}])
    with pytest.raises(ImproperlyConfigured, match="“经理”"):
        require_known_roles([ADMIN, "经理"])
