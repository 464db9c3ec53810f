"""Tables of totals: right to the fen, and nothing counted twice in a total."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.http import QueryDict

from projects.filters import ProjectFilter
from projects.models import Department, DepartmentName, Project
from projects.totals import Layout, Pivot, pivot_table, summarise
from projects.totals.columns import MOST
from tests import factories

pytestmark = pytest.mark.django_db


def made(rows: str, column: str = "", query: str = "", **layout: str) -> Pivot:
    found = ProjectFilter(QueryDict(query), Project.objects.all())
    return pivot_table(found, Layout(tuple(rows.split()), column, **layout))


def rows(pivot: Pivot) -> list[tuple[str, int, Decimal | None]]:
    return [(line.place.label, line.total.sums.count, line.total.sums.amount) for line in pivot.lines]


def shape(pivot: Pivot) -> list[tuple[str, int, int]]:
    return [(line.place.label, line.place.depth, line.total.sums.count) for line in pivot.lines]


def cells(pivot: Pivot) -> dict[tuple[str, str], tuple[int, Decimal | None]]:
    return {
        (line.place.label, column.member.label): (cell.sums.count, cell.sums.amount)
        for line in pivot.lines
        for column, cell in zip(pivot.columns, line.cells, strict=True)
        if not cell.is_empty
    }


def test_departments_the_largest_first(mixed: None) -> None:
    assert rows(made("department")) == [
        ("市财政局", 2, Decimal("19999999999.98")), ("教育局", 3, Decimal("1000370.01")),
        ("未列明部门", 1, Decimal("12.50")), ("水利局", 3, Decimal(0)),
    ]  # fmt: skip


def test_a_department_notes_the_names_that_sources_print(mixed: None) -> None:
    body = Department.objects.get(name="市财政局")
    for printed in ("市财政局（债务科）", "市财政局（预算科）", "市财政局"):
        DepartmentName.objects.create(department=body, region=body.region, printed=printed)
    note = made("department").places[0].members[0].note
    assert set(note.split("、")) == {"市财政局（债务科）", "市财政局（预算科）"}


def test_regions_stand_below_what_holds_them(mixed: None) -> None:
    assert shape(made("region")) == [("长治市", 0, 9), ("长治市本级", 1, 3), ("长治市上党区", 1, 6)]


def test_departments_stand_below_their_region(mixed: None) -> None:
    assert shape(made("region department")) == [
        ("长治市", 0, 9), ("长治市本级", 1, 3), ("市财政局", 2, 2), ("未列明部门", 2, 1),
        ("长治市上党区", 1, 6), ("教育局", 2, 3), ("水利局", 2, 3),
    ]  # fmt: skip


def test_a_department_without_sections_is_not_divided(mixed: None) -> None:
    assert shape(made("department section"))[:4] == [
        ("市财政局", 0, 2), ("债务科", 1, 1), ("预算科", 1, 1), ("教育局", 0, 3),
    ]  # fmt: skip


def test_years_the_latest_first_in_rows_and_last_in_columns(mixed: None) -> None:
    pivot = made("year")
    assert rows(pivot) == [("2025 年", 6, Decimal("1000312.51")), ("2024 年", 3, Decimal("20000000069.98"))]
    assert [column.member.key for column in made("region", "year").columns] == ["2024", "2025"]


def test_attributes_by_how_they_begin(mixed: None) -> None:
    assert rows(made("attribute")) == [
        ("一次性项目", 1, Decimal("1000000.01")), ("经常性项目", 1, None), ("未列明属性", 7, Decimal("20000000382.48")),
    ]  # fmt: skip


def test_sources_and_what_none_of_them_explains(mixed: None) -> None:
    unlisted = Decimal("19999999999.98") + Decimal("12.50") - 10 - Decimal("33.33")
    assert rows(made("source")) == [
        ("中央财政资金", 2, Decimal("233.33")), ("省级财政资金", 0, None), ("市县（区）财政资金", 3, Decimal("1000180.01")),
        ("单位自筹", 0, None), ("其他资金", 0, None), ("未列明来源", 5, unlisted),
    ]  # fmt: skip


def test_the_money_of_sources_adds_up_and_their_projects_do_not(mixed: None) -> None:
    pivot = made("source")
    whole = pivot.whole.total.sums
    assert sum(line.total.sums.amount or 0 for line in pivot.lines) == whole.amount
    assert (sum(line.total.sums.count for line in pivot.lines), whole.count) == (10, 9)


def test_classes_stand_below_level_one_and_count_a_project_once(mixed: None) -> None:
    pivot = made("category", measure="indicators")
    lines = [(line.place.label, line.total.sums.count, line.total.sums.indicators) for line in pivot.lines]
    assert lines == [
        ("产出指标", 1, 3), ("数量指标", 1, 2), ("质量指标", 1, 1), ("满意度指标", 1, 1), ("服务对象满意度指标", 1, 1),
        ("没有绩效指标", 7, 0),
    ]  # fmt: skip
    assert (pivot.whole.total.sums.count, pivot.whole.total.sums.indicators) == (9, 4)


def test_the_money_of_a_class_is_that_of_its_projects(mixed: None) -> None:
    pivot = made("category")
    assert rows(pivot)[:3] == [(name, 1, Decimal("1000000.01")) for name in ("产出指标", "数量指标", "质量指标")]
    assert [dimension.key for dimension in pivot.overlapping] == ["category"]


def test_sources_across_classes(mixed: None) -> None:
    found = cells(made("category", "source"))
    assert found["满意度指标", "中央财政资金"] == (1, Decimal(200))
    assert found["数量指标", "市县（区）财政资金"] == (1, Decimal("1000000.01"))
    assert found["没有绩效指标", "未列明来源"] == (5, Decimal("20000000012.48") - 10 - Decimal("33.33"))


def test_indicators_of_projects_with_money_of_a_source(mixed: None) -> None:
    pivot = made("source", measure="indicators")
    assert {line.place.label: line.total.sums.indicators for line in pivot.lines if line.total.sums.count} == {
        "中央财政资金": 1, "市县（区）财政资金": 4, "未列明来源": 0,
    }  # fmt: skip


def test_only_the_indicators_that_are_asked_for_count(mixed: None) -> None:
    pivot = made("category", query="indicator=满意", measure="indicators")
    assert shape(pivot) == [("满意度指标", 0, 1), ("服务对象满意度指标", 1, 1)]
    assert pivot.whole.total.sums.indicators == 1


def test_the_last_row_counts_every_project_once(mixed: None) -> None:
    for dimensions in ("category", "source", "region department", "department section"):
        assert made(dimensions).whole.total.sums.count == 9


def test_a_sum_of_blanks_is_blank_and_a_sum_of_zeros_is_zero() -> None:
    factories.project(amount=None, year=2024)
    factories.project(amount="0", year=2025)
    assert [amount for _, _, amount in rows(made("year"))] == [Decimal(0), None]


def test_rows_compare_the_latest_year_with_the_one_before(mixed: None) -> None:
    pivot = made("department")
    assert pivot.years == ("2025", "2024")
    changes = {line.place.label: line.change for line in pivot.lines}
    assert changes["教育局"].difference == Decimal("1000230.01")
    assert round(changes["教育局"].percent, 1) == Decimal("1428900.0")
    assert (changes["市财政局"].difference, changes["市财政局"].percent) == (Decimal("-19999999999.98"), -100)
    assert (changes["未列明部门"].difference, changes["未列明部门"].percent) == (Decimal("12.50"), None)


@pytest.mark.parametrize("rows", ["region", "department", "category", "region department"])
@pytest.mark.parametrize("column", ["source", "attribute"])
def test_rows_compare_the_same_years_whatever_stands_beside_them(mixed: None, rows: str, column: str) -> None:
    factories.project("往年", region=factories.city(), year=2019, amount=Decimal(5))
    plain = {line.place.key: line.change for line in made(rows).lines}
    assert plain == {line.place.key: line.change for line in made(rows, column).lines}
    assert any(plain.values())


def test_blank_money_is_not_compared() -> None:
    factories.project(amount=None, year=2024)
    factories.project(amount="5", year=2025)
    change = made("department").whole.change
    assert change is not None
    assert (change.difference, change.percent) == (None, None)


def test_a_row_of_one_year_compares_with_the_year_before(mixed: None) -> None:
    pivot = made("region year")
    changes = {line.place.key: line.change and line.change.difference for line in pivot.lines}
    assert changes["140404", "2025"] == Decimal("1000230.01")
    assert changes["140404", "2024"] is None
    assert changes["140404",] is None


def test_one_year_alone_compares_nothing(mixed: None) -> None:
    pivot = made("department", query="year=2025")
    assert (pivot.years, pivot.whole.change) == (None, None)


def test_many_columns_are_gathered_and_nothing_is_lost() -> None:
    for number in range(30):
        factories.project(department=factories.department(f"部门{number:02}"), amount=f"{number + 1}.01")
    pivot = made("year", "department")
    assert (len(pivot.columns), pivot.gathered) == (25, 6)
    assert pivot.whole.cells[-1].sums.amount == sum(Decimal(f"{number}.01") for number in range(1, 7))
    assert sum(cell.sums.amount for cell in pivot.whole.cells) == pivot.whole.total.sums.amount


@pytest.mark.parametrize("sort", ["amount", "-amount", "label", "c:local", "-projects", "percent", "nonsense"])
def test_sorting_moves_rows_and_changes_nothing_else(mixed: None, sort: str) -> None:
    usual, ordered = rows(made("region department", "source")), rows(made("region department", "source", sort=sort))
    assert sorted(map(str, usual)) == sorted(map(str, ordered))
    assert ordered[0][0] == "长治市"


def test_rows_by_a_column_have_blanks_last(mixed: None) -> None:
    assert [name for name, _, _ in rows(made("department", "source", sort="-c:central"))] == [
        "教育局", "水利局", "市财政局", "未列明部门",
    ]  # fmt: skip


def test_totals_of_nothing_are_empty() -> None:
    pivot = made("region department", "source", query="q=没有")
    assert list(pivot.lines) == []
    assert pivot.whole.total.is_empty
    assert summarise(Project.objects.none(), ["local"]).amount is None


def test_attributes_of_other_kinds_have_a_list() -> None:
    factories.project(amount="5", attribute="新增项目")
    (line,) = made("attribute").lines
    assert (line.place.label, line.total.sums.amount, line.total.query) == ("其他属性", Decimal(5), "attribute=other")


def test_many_regions_of_one_amount_lead_to_their_lists_or_nowhere() -> None:
    for number in range(MOST + 2):
        of = factories.region(f"1404{number + 10}", f"长治市第{number}县", f"第{number}县", factories.city().code)
        for year in (2024, 2025):
            factories.project(region=of, department=None, year=year, amount="5")
    pivot = made("year", "region")
    assert pivot.columns[-1].member.label == "其余 2 个"
    for line in (*pivot.lines, pivot.whole):
        *single, gathered = line.cells
        assert (gathered.sums.amount, gathered.query) == (2 * (line.total.sums.amount or 0) / (MOST + 2), None)
        for cell in single:
            listed = ProjectFilter(QueryDict(cell.query), Project.objects.all()).qs
            assert summarise(listed).amount == cell.sums.amount == line.total.sums.amount / (MOST + 2)  # type: ignore[operator]
