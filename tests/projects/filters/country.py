"""More departments, regions and sections than anybody would list."""

from __future__ import annotations

from projects.models import Department, Project, Region


def settle(departments: int, *, counties: int = 40) -> list[Department]:
    """A province of a city and its counties; as many departments, each with a project of the year 2025 and its own
    section. The first has one more, of 2024."""
    Region.objects.create(code="370000", name="山东省", short_name="山东省")
    Region.objects.create(code="370100", name="济南市", short_name="济南市", parent_id="370000")
    Region.objects.bulk_create(
        Region(code=f"3701{at:02}", name=f"济南市第{at}区", short_name=f"第{at}区", parent_id="370100")
        for at in range(1, counties + 1)
    )
    made = add_departments(departments)
    first = made[0]
    Project.objects.create(region=first.region, department=first, department_printed=first.name, year=2024, name="乙")
    return made


def add_departments(number: int) -> list[Department]:
    """So many departments more, in the counties by turns, each with a project."""
    counties = list(Region.objects.filter(parent="370100"))
    begin = Department.objects.count()
    made = Department.objects.bulk_create(
        Department(region=counties[at % len(counties)], name=f"第{at // len(counties)}局")
        for at in range(begin, begin + number)
    )
    Project.objects.bulk_create(
        Project(
            region=body.region, department=body, department_printed=body.name, section=f"第{at}科", year=2025, name="甲"
        )
        for at, body in enumerate(made, begin)
    )
    return made
