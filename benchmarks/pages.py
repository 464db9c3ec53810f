"""The pages that are measured, and addresses for them that mean as much work at any size.

What a page shows must not depend on how many projects there are: every address finds at least a full page of the list
in the smallest database that is measured.
"""

from __future__ import annotations

from typing import Final, NamedTuple
from urllib.parse import urlencode

from django.db.models import Count

from projects.models import Project

FREQUENT: Final = "改造工程"
TWO: Final = "道路"
RARE: Final = "酿酒葡萄"


class Place(NamedTuple):
    """Codes for addresses: a province, and a region, a department and a year that have many projects."""

    province: str
    region: str
    department: int
    year: int
    project: int


def usual_place() -> Place:
    """What addresses speak of: the region and the department with most projects."""
    by_region = Project.objects.order_by().values_list("region").annotate(number=Count("pk"))
    region, _ = by_region.order_by("-number", "region")[0]
    by_department = (
        Project.objects.order_by().filter(region=region).values_list("department").annotate(number=Count("pk"))
    )
    department, _ = by_department.order_by("-number", "department")[0]
    project = Project.objects.filter(department=department).order_by("pk")[0].pk
    return Place(f"{region[:2]}0000", region, department, 2024, project)


def addresses(place: Place) -> dict[str, str]:
    """Page → address."""
    return {
        "list, no filter": "/projects/",
        "list, year, by amount": "/projects/?" + urlencode({"year": place.year, "sort": "-amount"}),
        "list, province, by amount": "/projects/?" + urlencode({"region": place.province, "sort": "-amount"}),
        "search, frequent word": "/projects/?" + urlencode({"q": FREQUENT}),
        "search, two characters": "/projects/?" + urlencode({"q": TWO}),
        "search, rare word": "/projects/?" + urlencode({"q": RARE}),
        "project": f"/projects/{place.project}/",
        "totals by department": "/totals/?" + urlencode({"region": place.region}),
        "pivot year × source": "/totals/?" + urlencode({"rows": "year", "column": "source"}),
        "facets, no filter": "/projects/facets/",
        "facets, province and year": "/projects/facets/?" + urlencode({"region": place.province, "year": place.year}),
    }
