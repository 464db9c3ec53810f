"""The sums of list, pivot and files are the same number, to the cent, whatever is filtered."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imports.exporting.files import write_file
from projects.filters import ProjectFilter
from projects.models import Project
from projects.totals import summarise
from tests import factories
from tests.imports.tables.exported import csv_rows

pytestmark = pytest.mark.django_db

FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "year": st.sampled_from(["2024", "2025"]), "source": st.sampled_from(["central", "local"]),
        "attribute": st.sampled_from(["一次性", "none"]), "q": st.sampled_from(["甲", "项", "没有"]),
        "min": st.sampled_from(["0", "0.001", "3"]),
    },
)  # fmt: skip


@pytest.fixture
def stored() -> None:
    for number, amount in enumerate(["0.01", "1234567.89", None, "99999.99", "30000"]):
        factories.project(
            f"{'甲乙'[number % 2]}项目{number}", year=2024 + number % 2, amount=amount,
            attribute="一次性项目" if number % 2 else None,
            sources={"central" if number < 3 else "local": amount},
        )  # fmt: skip


@given(filters=FILTERS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_files_add_up_to_the_list(stored: None, filters: dict[str, Any]) -> None:
    query = RequestFactory().get("/", filters).META["QUERY_STRING"]
    found = ProjectFilter(QueryDict(query), Project.objects.all()).qs
    whole = summarise(found)
    files = {}
    for kind in ("csv", "xlsx"):
        files[kind] = BytesIO()
        write_file(kind, found, files[kind])
    cells = [Decimal(row["年度金额（元）"] or 0) for row in csv_rows(files["csv"].getvalue())]
    assert (len(cells), sum(cells, Decimal(0))) == (whole.count, whole.amount or 0)
    sheet = openpyxl.load_workbook(files["xlsx"])["项目"]
    column = next(cell.column for cell in sheet[1] if cell.value == "年度金额（元）")
    numbers = [Decimal(str(sheet.cell(row, column).value or 0)) for row in range(2, sheet.max_row + 1)]
    assert sum(numbers, Decimal(0)) == (whole.amount or 0)
