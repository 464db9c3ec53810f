"""The columns of findings in tables of projects."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from indicators.checks import Severity
from indicators.models import FindingAcceptance
from projects.models import Project
from projects.permissions import FINANCE
from projects.tables import BY_KEY, Sort, page_rows
from tests import factories
from tests.conftest import words_of
from tests.indicators.reviewing.made import finding

pytestmark = pytest.mark.django_db
COLUMNS = [BY_KEY["findings"], BY_KEY["gravest_finding"]]


@pytest.fixture(autouse=True)
def world() -> None:
    """A project with two findings and an accepted one, one with a grave one, one with none."""
    two, grave = factories.project("两条"), factories.project("一条")
    factories.project("没有")
    finding(two, severity=Severity.HINT)
    finding(two, severity=Severity.SHOULD)
    finding(grave, severity=Severity.MUST)
    kept = finding(two, severity=Severity.MUST)
    kept.acceptance = FindingAcceptance.objects.create(
        project=two, digest=kept.digest, rule=kept.rule, message=kept.message, reason="好",
        by=factories.user(FINANCE, factories.county()),
    )  # fmt: skip
    kept.save()


def names(sort: str) -> list[str]:
    return list(Sort.asked(sort).apply(Project.objects.all()).values_list("name", flat=True))


def test_a_row_says_how_many_are_open_and_how_grave() -> None:
    rows = page_rows(Project.objects.order_by("pk"), slice(0, 9), COLUMNS)
    assert [[column.value(row) for column in COLUMNS] for row in rows] == [[2, "建议修改"], [1, "必须修改"], [0, None]]


def test_rows_are_ordered_by_number_and_by_gravity() -> None:
    assert names("-findings") == ["两条", "一条", "没有"]
    assert names("gravest_finding") == ["一条", "两条", "没有"]


def test_the_list_shows_the_column_and_narrows_its_sums(auditor: Client) -> None:
    auditor.post(reverse("list-columns"), {"column": ["findings"]})
    page = auditor.get(reverse("project-list"), {"finding_severity": "1"})
    assert [row.project.name for row in page.context["rows"]] == ["一条"]
    assert "1 必须修改" in words_of(page)


@pytest.mark.parametrize("address", ["totals", "charts", "difference-list", "print-list"])
def test_other_pages_take_the_filter(auditor: Client, address: str) -> None:
    assert auditor.get(reverse(address), {"finding": "open", "finding_severity": "1"}).status_code == 200


def test_totals_count_only_what_the_filter_finds(auditor: Client) -> None:
    total = auditor.get("/api/v1/totals/", {"finding": "open"}).json()["total"]
    assert total["projects"] == 2
    assert auditor.get("/api/v1/totals/", {"finding": "accepted"}).json()["total"]["projects"] == 1
