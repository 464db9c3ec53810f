"""Accounts that are played: made once, given what they need in each run."""

import pytest
from django.conf import settings
from django.test import Client

from benchmarks.sessions import account, session_of
from projects.models import Project
from projects.permissions import DEPARTMENT, FINANCE
from tests import factories

pytestmark = pytest.mark.django_db


def test_an_account_sees_what_its_role_and_places_give() -> None:
    inside, outside = factories.project("甲"), factories.project("乙", region=factories.city(), department=None)
    finance = account("one", FINANCE, regions=[inside.region_id])
    assert set(Project.objects.visible_to(finance)) == {inside}
    assert outside not in Project.objects.visible_to(account("two", DEPARTMENT, departments=[inside.department_id]))


def test_the_next_run_takes_the_same_account_with_other_places() -> None:
    project = factories.project()
    first = account("one", FINANCE, regions=[project.region_id])
    again = account("one", DEPARTMENT, departments=[project.department_id])
    assert again == first
    assert [group.name for group in again.groups.all()] == [DEPARTMENT]
    assert [place.department_id for place in again.memberships.all()] == [project.department_id]


def test_a_session_is_one_of_the_account() -> None:
    factories.project()
    person = account("one", FINANCE, regions=["140404"])
    assert not person.has_usable_password()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(person)
    assert client.get("/projects/").context["user"] == person
