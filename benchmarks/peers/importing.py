"""django-import-export with a resource for projects, on the columns of a list of key projects and the project's number."""

from __future__ import annotations

import site
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from benchmarks.peers.installing import programs_of
from benchmarks.project_lists import BODIES, HEADS, Row

COLUMNS: Final = ("编号", *HEADS)
REGION, YEAR = "140400", 2025


def resource() -> Any:
    """A resource with its makers' advice: unchanged rows are left alone, stored rows are fetched at once."""
    _offer_packages()
    from import_export.fields import Field
    from import_export.instance_loaders import CachedInstanceLoader
    from import_export.resources import ModelResource
    from import_export.widgets import DecimalWidget, ForeignKeyWidget, IntegerWidget

    from projects.models import Department, Project

    class ProjectResource(ModelResource):  # type: ignore[misc]  # the package carries no types
        id = Field("id", "编号", IntegerWidget())
        serial = Field("serial", HEADS[0], IntegerWidget())
        name = Field("name", HEADS[1])
        amount = Field("amount", HEADS[2], DecimalWidget())
        department = Field("department", HEADS[3], ForeignKeyWidget(Department, "name"))
        basis = Field("basis", HEADS[4])
        content = Field("content", HEADS[5])
        overview = Field("overview", HEADS[6])

        class Meta:
            model = Project
            fields = ("id", "serial", "name", "amount", "department", "basis", "content", "overview")
            skip_unchanged = True
            instance_loader_class = CachedInstanceLoader

        def init_instance(self, row: Any = None) -> Any:
            del row
            return Project(region_id=REGION, year=YEAR, printed_unit="元")

    return ProjectResource()


def dataset_of(path: Path) -> Any:
    """The rows of a workbook, as its admin pages read them."""
    _offer_packages()
    from import_export.formats.base_formats import XLSX

    return XLSX().create_dataset(path.read_bytes())


def make_table(path: Path, former: Iterable[Row], later: Iterable[Row]) -> None:
    """Store the former rows, and write the later ones as a workbook with the numbers of those that are stored."""
    import xlsxwriter  # type: ignore[import-untyped]  # the package carries no types
    from django.db import connection

    from projects.models import Department, Project, Region

    Region.objects.get_or_create(code=REGION, defaults={"name": "长治市", "short_name": "长治市"})
    departments = {name: Department.objects.get_or_create(region_id=REGION, name=name)[0] for name in BODIES}
    stored = Project.objects.bulk_create(
        Project(
            region_id=REGION, year=YEAR, printed_unit="元", serial=row.serial, name=row.name, amount=row.amount,
            department=departments[row.department], basis=row.basis, content=row.content, overview=row.goal,
        )
        for row in former
    )  # fmt: skip
    numbers = {project.serial: project.pk for project in stored}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE projects_project")
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, COLUMNS)
    for at, row in enumerate(later, start=1):
        cells: list[Any] = [numbers.get(row.serial), *row]
        sheet.write_row(at, 0, (float(cell) if place == 3 else cell for place, cell in enumerate(cells)))
    book.close()


def _offer_packages() -> None:
    """Behind the project's own packages, which come first: Django is the same for both."""
    for place in (programs_of("peers").parent / "lib").glob("python*/site-packages"):
        site.addsitedir(str(place))
