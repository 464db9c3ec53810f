"""Rules that the database holds whoever writes."""

from decimal import Decimal

import pytest
from django.db import IntegrityError

from projects.models import Department, Funding, Membership, Project, Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def region() -> Region:
    return Region.objects.create(code="140404", name="长治市上党区", short_name="上党区")


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"name": ""}, "project_has_name"),
        ({"name": "长" * 501}, "project_has_name"),
        ({"year": 1949}, "project_year_plausible"),
        ({"amount": Decimal("-0.01")}, "project_amount_range"),
        ({"period_amount": Decimal(-1)}, "project_period_amount_range"),
        ({"printed_unit": "角"}, "project_printed_unit_known"),
    ],
)
def test_a_project_outside_the_rules_is_refused(region: Region, values: dict[str, object], rule: str) -> None:
    with pytest.raises(IntegrityError, match=rule):
        Project.objects.create(**{"region": region, "year": 2025, "name": "甲", **values})


@pytest.mark.parametrize("name", ["甲 乙", "甲\u3000乙", "甲\n乙", "甲\u00a0乙"])
def test_names_that_differ_in_white_space_are_one_project(region: Region, name: str) -> None:
    Project.objects.create(region=region, year=2025, name="甲乙")
    with pytest.raises(IntegrityError, match="project_once"):
        Project.objects.create(region=region, year=2025, name=name)


def test_the_same_name_in_another_department_or_year_is_another_project(region: Region) -> None:
    department = Department.objects.create(region=region, name="教育局")
    for values in ({"year": 2025}, {"year": 2024}, {"year": 2025, "department": department}):
        Project.objects.create(region=region, name="甲", **values)
    assert Project.objects.count() == 3


def test_amounts_up_to_a_hundred_trillion_are_kept_to_the_fen(region: Region) -> None:
    Project.objects.create(region=region, year=2025, name="甲", amount=Decimal("100000000000000.01"))
    assert Project.objects.get().amount == Decimal("100000000000000.01")


def test_a_funding_cell_stands_once(region: Region) -> None:
    project = Project.objects.create(region=region, year=2025, name="甲")
    Funding.objects.create(project=project, scope="annual", source_id="local", amount=None)
    with pytest.raises(IntegrityError, match="funding_cell_once"):
        Funding.objects.create(project=project, scope="annual", source_id="local", amount=0)


def test_a_region_code_has_six_digits() -> None:
    with pytest.raises(IntegrityError, match="region_code_six_digits"):
        Region.objects.create(code="14040", name="甲", short_name="甲")


def test_a_membership_is_of_a_region_or_of_a_department(region: Region, django_user_model: type) -> None:
    user = django_user_model.objects.create(username="lin")
    with pytest.raises(IntegrityError, match="membership_region_or_department"):
        Membership.objects.create(user=user)
