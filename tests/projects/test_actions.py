"""Writes to regions and departments."""

import pytest

from projects.actions import ActionError, ensure_department, ensure_region, join_departments
from projects.models import Department, DepartmentName, Project, Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Region:
    return ensure_region(code="140400", name="长治市", by=None)


def department(city: Region, printed: str, *names: str) -> Department:
    made = ensure_department(region=city, printed=printed, body=None, by=None)
    for name in names:
        Project.objects.create(region=city, year=2024, name=name, department=made, department_printed=printed)
    return made


def test_a_region_is_made_once_and_keeps_its_name(city: Region) -> None:
    again = ensure_region(code="140400", name="别的名字", by=None)
    assert (again.pk, again.name, again.parent_id) == (city.pk, "长治市", "140000")


def test_one_name_cannot_stand_for_two_codes(city: Region) -> None:
    with pytest.raises(ActionError, match="已用另一代码入库"):
        ensure_region(code="140499", name="长治市", by=None)


def test_printed_names_are_registered_with_their_section(city: Region) -> None:
    department(city, "市财政局（预算科）")
    department(city, "市财政局")
    assert list(DepartmentName.objects.values_list("printed", "section", "department__name")) == [
        ("市财政局", "", "市财政局"), ("市财政局（预算科）", "预算科", "市财政局"),
    ]  # fmt: skip


def test_joining_moves_projects_and_names(city: Region) -> None:
    keep, join = department(city, "长治市教育局", "甲"), department(city, "教育局", "乙", "丙")
    assert join_departments(keep=keep, join=join, by=None) == 2
    assert set(keep.projects.values_list("name", "department_printed")) == {
        ("甲", "长治市教育局"), ("乙", "教育局"), ("丙", "教育局"),
    }  # fmt: skip
    assert ensure_department(region=city, printed="教育局", body=None, by=None) == keep


def test_a_section_of_a_joined_department_follows_it(city: Region) -> None:
    keep, join = department(city, "长治市财政局"), department(city, "市财政局")
    join_departments(keep=keep, join=join, by=None)
    assert department(city, "市财政局（预算科）") == keep


def test_departments_with_the_same_project_cannot_be_joined(city: Region) -> None:
    keep, join = department(city, "长治市教育局", "甲"), department(city, "教育局", "甲")
    with pytest.raises(ActionError, match="两个部门都有 2024 年的项目“甲”"):
        join_departments(keep=keep, join=join, by=None)
    assert Department.objects.count() == 2


def test_departments_of_two_regions_cannot_be_joined(city: Region) -> None:
    county = ensure_region(code="140404", name="长治市上党区", by=None)
    with pytest.raises(ActionError, match="不是同一行政区划"):
        join_departments(keep=department(city, "教育局"), join=department(county, "教育局"), by=None)


def test_what_is_checked_last_can_stop_a_join(city: Region) -> None:
    keep, join = department(city, "长治市教育局"), department(city, "教育局", "甲")

    def refuse() -> None:
        raise ActionError("不行。")

    with pytest.raises(ActionError, match="不行"):
        join_departments(keep=keep, join=join, by=None, check=refuse)
    assert Project.objects.get().department == join


def test_a_department_that_is_gone_cannot_be_joined(city: Region) -> None:
    keep, join = department(city, "长治市教育局"), department(city, "教育局")
    Department.objects.filter(pk=keep.pk).delete()
    with pytest.raises(ActionError, match="已不存在"):
        join_departments(keep=keep, join=join, by=None)
