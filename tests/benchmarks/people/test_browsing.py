"""The people of the benchmark on the real site: everything that they do is answered, and what they save stands."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from pytest_django.live_server_helper import LiveServer

from benchmarks.bench_people import check
from benchmarks.people.accounts import ENOUGH, make_people
from benchmarks.people.browsing import EDITING, Person, typed_into
from projects.models import Membership, Project, ProjectEvent
from projects.permissions import AUDIT, FINANCE
from tests import factories
from tests.projects.words import few_are_many

COUNTIES = {"140404": "上党区", "140405": "屯留区"}


@pytest.fixture
def country(committed: None) -> None:
    factories.city()
    for code, name in COUNTIES.items():
        region = factories.region(code, f"长治市{name}", name, "140400")
        for _ in range(ENOUGH):
            factories.project(region=region, amount="100.00", sources={"local": "100.00"}, safeguards="原来的")


def person_at(site: LiveServer, nth: int) -> Person:
    port = urlsplit(site.url).port
    assert port is not None
    return Person(port, make_people(2, seed=1)[nth], settings.SESSION_COOKIE_NAME, "检验")


def test_half_are_of_counties_and_half_see_the_country(country: None) -> None:
    finance, audit = make_people(2, seed=1)
    assert (finance["role"], audit["role"]) == (FINANCE, AUDIT)
    own = Project.objects.filter(region__in=finance["regions"])
    assert sorted(finance["own"]) == sorted(own.values_list("pk", flat=True))
    assert audit["own"] == []
    assert not set(finance["regions"]) & set(audit["regions"])


def test_too_few_counties_are_refused(country: None) -> None:
    with pytest.raises(RuntimeError, match="only 2 regions"):
        make_people(4, seed=1)


@pytest.mark.parametrize("nth", [0, 1])
def test_everything_that_people_do_is_answered(country: None, live_server: LiveServer, nth: int) -> None:
    person = person_at(live_server, nth)
    for thing in EDITING if nth == 0 else [thing for thing in EDITING if thing is not Person.edit]:
        person.do(thing)
    assert [answer for answer in person.answers if answer.problem] == []
    assert {"list, no filter", "counts beside choices", "project", "totals", "pivot", "charts"} <= {
        answer.kind for answer in person.answers
    }


def test_number_and_sums_that_come_later_are_asked_for_as_browsers_do(
    country: None, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    few_are_many(monkeypatch)
    for number in range(60):
        factories.project(f"道路{number}")
    person = person_at(live_server, 1)
    person._random.seed(0)  # turns pages
    person.do(lambda person: person._list("search", {"q": "道路"}))
    kinds = [answer.kind for answer in person.answers]
    assert kinds[:5] == ["search", "counts beside choices", "search, counted", "list, next page", "search, counted"]
    assert [answer for answer in person.answers if answer.problem] == []


def test_what_is_saved_stands_and_what_is_undone_behind_it_is_noticed(
    country: None, live_server: LiveServer, tmp_path: Path
) -> None:
    person = person_at(live_server, 0)
    for _ in range(ENOUGH + 1):  # one project twice
        person.do(Person.edit)
    assert [save.is_acknowledged for save in person.saves] == [True] * (ENOUGH + 1)
    (file := tmp_path / "saves.json").write_text(json.dumps(person.saves), encoding="utf-8")
    assert check(file) == []
    last = person.saves[-1]
    assert ProjectEvent.objects.filter(pgh_obj=last.project, safeguards=last.text).exists()
    Project.objects.filter(pk=last.project).update(safeguards="原来的")
    (problem,) = check(file)
    assert "'原来的' stands" in problem


def test_an_error_is_a_problem_with_its_status(country: None, live_server: LiveServer) -> None:
    person = person_at(live_server, 0)
    Membership.objects.all().delete()
    person.do(Person.edit)
    person.do(Person.read)
    assert {(answer.kind, answer.problem.strip()) for answer in person.answers} == {
        ("form, opened", "404"), ("project", "404"),
    }  # fmt: skip
    assert person.saves == []


def test_a_page_without_the_text_is_no_form() -> None:
    with pytest.raises(ValueError, match=r"head\.safeguards"):
        typed_into("<form id='edit-form'><input name='token' value='1'></form>", "甲")
