"""Totals for programs."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.permissions import AUDIT
from tests import factories
from tests.perfgoals.api.reading import Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Program:
    return Program(factories.user(AUDIT))


@pytest.fixture
def projects() -> None:
    education, water = factories.department("教育局"), factories.department("水利局")
    factories.project("甲", department=education, amount=Decimal("1.01"), sources={"local": "1.01"})
    factories.project("乙", department=education, amount=None, year=2024)
    factories.project("丙", department=water, amount=Decimal(5), sources={"local": "2", "central": "3"})


@pytest.mark.usefixtures("projects")
def test_departments_stand_by_themselves(program: Program) -> None:
    read = program.read("totals/")
    assert (read["rows"], read["columns"]) == (["department"], None)
    lines = [(line["members"][0]["label"], line["projects"], line["amount"]) for line in read["lines"]]
    assert lines == [("水利局", 1, "5.00"), ("教育局", 2, "1.01")]
    assert (read["total"]["projects"], read["total"]["amount"]) == (3, "6.01")


@pytest.mark.usefixtures("projects")
def test_rows_and_columns_are_dimensions(program: Program) -> None:
    read = program.read("totals/", "rows=region&rows=department&columns=source&measure=projects")
    assert read["rows"] == ["region", "department"]
    central = [column["key"] for column in read["column_members"]].index("central")
    assert read["total"]["cells"][central]["amount"] == "3.00"
    assert read["overlapping"] == ["source"]


@pytest.mark.usefixtures("projects")
def test_a_cell_s_query_finds_its_projects(program: Program) -> None:
    for line in program.read("totals/", "rows=year&columns=source")["lines"]:
        for cell in (line, *line["cells"]):
            if cell["query"]:
                assert len(program.rows("projects/", cell["query"])) == cell["projects"]


@pytest.mark.parametrize(
    ("query", "field"),
    [("rows=x", "rows"), ("columns=x", "columns"), ("measure=x", "measure"), ("rows=year&columns=year", "columns"),
     ("rows=year&rows=region&rows=source", "rows"), ("sort=x", "sort")],
)  # fmt: skip
def test_layouts_that_there_are_not_are_refused(program: Program, query: str, field: str) -> None:
    answer = program.ask("totals/", query)
    assert answer.status_code == 400
    assert list(answer.json()["fields"]) == [field]


@pytest.mark.usefixtures("projects")
def test_the_csv_has_a_line_a_cell(program: Program) -> None:
    table = program.table("totals/", "rows=department&columns=year")
    whole = {row["department_label"]: row["amount"] for row in table if not row["column"]}
    assert whole == {"水利局": "5.00", "教育局": "1.01", "": "6.01"}
    (cell,) = (row for row in table if row["department_label"] == "教育局" and row["column"] == "2024")
    assert (cell["projects"], cell["amount"]) == ("1", "")


FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "year": st.sampled_from(["2024", "2025"]),
        "source": st.sampled_from(["local", "central", "none"]),
        "min": st.sampled_from(["1", "3"]),
        "indicators": st.sampled_from(["yes", "no"]),
        "q": st.sampled_from(["甲", "局", "无"]),
    },
)


@pytest.mark.usefixtures("projects")
@given(FILTERS, st.sampled_from(["department", "year", "region", "attribute", "section"]))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_totals_are_the_sums_of_the_list(program: Program, filters: dict[str, str], rows: str) -> None:
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    listed = program.rows("projects/", query)
    amounts = [Decimal(row["amount"]) for row in listed if row["amount"] is not None]
    total: Any = program.read("totals/", f"{query}&rows={rows}".lstrip("&"))["total"]
    assert total["projects"] == len(listed)
    assert total["amount"] == (f"{sum(amounts):.2f}" if amounts else None)
