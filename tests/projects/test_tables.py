"""Sorting and the rows of a page."""

import pytest
from django.utils import timezone

from projects.models import Project
from projects.tables import COLUMNS, USUAL, Sort, page_rows, page_sums
from tests import factories

pytestmark = pytest.mark.django_db
ALL = slice(0, 50)
NOW = timezone.now()


def names(sort: str) -> list[str]:
    return [row.project.name for row in page_rows(Sort.asked(sort).apply(Project.objects.all()), ALL, USUAL)]


def test_the_usual_order_is_region_latest_year_serial() -> None:
    factories.project("丙", serial=None)
    factories.project("乙", serial=2)
    factories.project("甲", serial=1)
    factories.project("新", year=2026)
    factories.project("市", region=factories.city())
    assert names("") == ["市", "新", "甲", "乙", "丙"]


def test_names_sort_by_pinyin() -> None:
    for name in ("张村", "李村", "阿村", "王村"):
        factories.project(name)
    assert names("name") == ["阿村", "李村", "王村", "张村"]


@pytest.mark.parametrize(("sort", "order"), [("amount", ["零", "一", "空白"]), ("-amount", ["一", "零", "空白"])])
def test_blanks_stand_last_either_way(sort: str, order: list[str]) -> None:
    factories.project("空白", amount=None)
    factories.project("零", amount="0")
    factories.project("一", amount="1")
    assert names(sort) == order


@pytest.mark.parametrize("column", [column.key for column in COLUMNS])
def test_ties_are_broken_the_same_way_every_time(column: str) -> None:
    made = [factories.project(f"项目{number}", amount="1").pk for number in range(5)]
    Project.objects.update(created_at=NOW, updated_at=NOW)
    rows = page_rows(Sort.asked(f"-{column}").apply(Project.objects.all()), ALL, COLUMNS)
    assert len(rows) == 5
    if column != "name":
        assert [row.project.pk for row in rows] == made


def test_sorting_by_what_belongs_to_a_project() -> None:
    many, few = factories.project("多", sources={"central": "1"}), factories.project("少", sources={"local": "1"})
    factories.indicator(many)
    factories.indicator(many)
    factories.indicator(few)
    assert names("-indicators") == ["多", "少"]
    assert names("sources") == ["多", "少"]
    assert names("-sources") == ["少", "多"]


@pytest.mark.parametrize("sort", ["amount;drop", "--amount", "password", None, ""])
def test_an_unknown_column_gives_the_usual_order(sort: str | None) -> None:
    assert Sort.asked(sort) == Sort()


def test_heads_turn_from_up_to_down_to_the_usual_order() -> None:
    up = Sort().toggled("amount")
    down = up.toggled("amount")
    assert [str(up), str(down), str(down.toggled("amount"))] == ["amount", "-amount", ""]


def test_a_row_names_its_sources_and_counts_its_indicators() -> None:
    project = factories.project(sources={"local": "1", "central": "2", "other": "0", "self_raised": None})
    factories.indicator(project)
    factories.indicator(project, scope="period")
    factories.indicator(project, scope="period")
    (row,) = page_rows(Project.objects.all(), ALL, USUAL)
    assert (row.sources, row.period_indicators, row.annual_indicators) == (["中央", "市县"], 2, 1)


def test_a_page_of_blanks_sums_to_blank() -> None:
    factories.project(amount=None, period_amount="3")
    sums = page_sums(page_rows(Project.objects.all(), ALL, USUAL), USUAL)
    assert sums == {"amount": None, "period": 3}
