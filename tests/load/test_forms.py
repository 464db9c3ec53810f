"""Somebody who types into real editing pages, and decides where another came between."""

from __future__ import annotations

from random import Random

import pytest
from django.test import Client

from projects.models import Project, Region
from projects.permissions import FINANCE
from tests import factories
from tests.conftest import LogIn
from tests.load.forms import Typing, conflicts_of, errors_of

pytestmark = pytest.mark.django_db


class Drawn(Random):
    """Everybody changes the basis and the money, and keeps their own."""

    def __init__(self, side: str) -> None:
        super().__init__(1)
        self._side = side

    def sample(self, *_given: object, **_more: object) -> list[str]:  # type: ignore[override]
        return ["basis"]

    def choice(self, seq):  # type: ignore[no-untyped-def]
        return self._side if "theirs" in seq else seq[0]

    def random(self) -> float:
        return 0.0


@pytest.fixture
def project(db: None) -> Project:
    return factories.project(amount="300.00", sources={"local": "300.00"}, basis="原来的")


@pytest.fixture
def person(log_in: LogIn, project: Project) -> Client:
    return log_in(FINANCE, Region.objects.get(pk=project.region_id))


def opened(person: Client, project: Project, side: str = "mine", tag: str = "甲") -> Typing:
    page = person.get(f"/projects/{project.pk}/edit/").content.decode()
    typing = Typing(page, Drawn(side), tag)
    typing.write(5)
    return typing


def saved(person: Client, project: Project, typing: Typing) -> tuple[int, str]:
    fields: dict[str, list[str]] = {}
    for name, value in [*typing.posted, ("save", "1")]:
        fields.setdefault(name, []).append(value)
    answer = person.post(f"/projects/{project.pk}/edit/", fields)
    return answer.status_code, answer.content.decode()


def test_what_is_typed_is_saved(person: Client, project: Project) -> None:
    typing = opened(person, project)
    assert typing.wants == {"basis": ("原来的", "甲-5-basis"), "amount": ("300.00", "305.00")}
    status, page = saved(person, project, typing)
    assert status == 302, errors_of(page)
    project.refresh_from_db()
    assert (project.basis, str(project.amount)) == ("甲-5-basis", "305.00")


@pytest.mark.parametrize(("side", "basis"), [("mine", "乙-5-basis"), ("theirs", "甲-8-basis")])
def test_who_comes_second_decides_and_saves(person: Client, project: Project, side: str, basis: str) -> None:
    second = opened(person, project, side, "乙")
    first = opened(person, project)
    first.write(8)
    assert saved(person, project, first)[0] == 302
    status, page = saved(person, project, second)
    assert status == 200
    assert conflicts_of(page)["basis"] == "甲-8-basis"
    assert second.decide(page) == "met"
    assert second.wants.get("basis") == (("甲-8-basis", "乙-5-basis") if side == "mine" else None)
    status, page = saved(person, project, second)
    assert status == 302, errors_of(page)
    project.refresh_from_db()
    assert project.basis == basis


def test_a_page_without_others_asks_nothing(person: Client, project: Project) -> None:
    typing = opened(person, project)
    assert typing.decide(person.get(f"/projects/{project.pk}/edit/").content.decode()) == ""


def test_sums_that_differ_are_explained(person: Client, project: Project) -> None:
    Project.objects.filter(pk=project.pk).update(amount="400.00")
    typing = opened(person, project)
    status, page = saved(person, project, typing)
    assert (status, typing.decide(page)) == (200, "mended")
    assert "资金总额与各来源之和不等" in errors_of(page)
    assert saved(person, project, typing)[0] == 302
