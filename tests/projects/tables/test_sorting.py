"""Orders of the table: by any column, blanks last, the same every time."""

from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from projects.models import Project
from projects.tables import COLUMNS, USUAL, Sort, page_rows
from tests import factories

ALL = slice(0, 50)
NOW = timezone.now()
KEYS = [column.key for column in COLUMNS]


def names(sort: str) -> list[str]:
    return [row.project.name for row in page_rows(Sort.asked(sort).apply(Project.objects.all()), ALL, USUAL)]


@pytest.mark.django_db
def test_the_usual_order_is_region_latest_year_serial() -> None:
    factories.project("丙", serial=None)
    factories.project("乙", serial=2)
    factories.project("甲", serial=1)
    factories.project("新", year=2026)
    factories.project("市", region=factories.city())
    assert names("") == ["市", "新", "甲", "乙", "丙"]


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["name", "section", "implementing_unit", "basis", "plan"])
def test_chinese_text_sorts_by_pinyin(field: str) -> None:
    for text in ("张村", "李村", "阿村", "王村"):
        factories.project(**{"name": text, field: text})
    assert names(field) == ["阿村", "李村", "王村", "张村"]


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["amount", "period_amount"])
def test_blanks_stand_last_either_way(field: str) -> None:
    for name, amount in (("空白", None), ("零", "0"), ("一", "1")):
        factories.project(name, **{field: amount})
    key = field.removesuffix("_amount")
    assert (names(key), names(f"-{key}")) == (["零", "一", "空白"], ["一", "零", "空白"])


@pytest.mark.django_db
@pytest.mark.parametrize("column", KEYS)
def test_ties_are_broken_the_same_way_every_time(column: str) -> None:
    made = [factories.project(f"项目{number}", amount="1").pk for number in range(5)]
    Project.objects.update(created_at=NOW, updated_at=NOW)
    rows = page_rows(Sort.asked(f"-{column}").apply(Project.objects.all()), ALL, COLUMNS)
    assert len(rows) == 5
    if column != "name":
        assert [row.project.pk for row in rows] == made


@pytest.mark.django_db
def test_sorting_by_what_belongs_to_a_project() -> None:
    many, few = factories.project("多", sources={"central": "1"}), factories.project("少", sources={"local": "1"})
    factories.indicator(many)
    factories.indicator(many, scope="period")
    factories.indicator(few)
    factories.goal(many, "全部建成")
    factories.goal(few, "办成一半")
    assert names("-indicators") == ["多", "少"]
    assert names("-period_indicators") == ["多", "少"]
    assert names("annual_goal") == ["少", "多"]
    assert (names("sources"), names("-sources")) == (["多", "少"], ["少", "多"])


@pytest.mark.django_db
def test_sorting_by_the_money_of_a_source_and_by_what_no_source_explains() -> None:
    factories.project("说明了", amount="5", sources={"local": "5"})
    factories.project("没说明", amount="9", sources={"local": "1"})
    factories.project("没有表", amount="3")
    factories.project("空白", amount=None, sources={"local": None})
    assert names("-annual_local") == ["说明了", "没说明", "没有表", "空白"]
    assert names("-annual_none") == ["没说明", "没有表", "说明了", "空白"]


@pytest.mark.parametrize("sort", ["amount;drop", "--amount", "password", "project__name", None, ""])
def test_an_unknown_column_gives_the_usual_order(sort: str | None) -> None:
    assert Sort.asked(sort) == Sort()


def test_heads_turn_from_up_to_down_to_the_usual_order() -> None:
    up = Sort().toggled("amount")
    down = up.toggled("amount")
    assert [str(up), str(down), str(down.toggled("amount"))] == ["amount", "-amount", ""]


class AnyOrder(TestCase):
    """Whatever the values, pages share no row, lose none, and come the same way again."""

    AMOUNTS = st.sampled_from([None, Decimal(0), Decimal("0.01"), Decimal(1)])

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(
        st.lists(st.tuples(AMOUNTS, st.sampled_from([None, "", "甲", "乙"])), min_size=1, max_size=9),
        st.sampled_from(KEYS), st.booleans(), st.integers(1, 4),
    )  # fmt: skip
    def test_pages_are_the_order_cut_in_pieces(
        self, values: list[tuple[Decimal | None, str | None]], key: str, is_down: bool, size: int
    ) -> None:
        for amount, unit in values:
            factories.project(amount=amount, implementing_unit=unit, sources={"local": amount and str(amount)})
        ordered = Sort(key, is_down).apply(Project.objects.all())
        whole = [row.project.pk for row in page_rows(ordered, ALL, USUAL)]
        pages = [slice(start, start + size) for start in range(0, len(values), size)]
        cut = [row.project.pk for span in pages for row in page_rows(ordered, span, USUAL)]
        assert cut == whole
        assert sorted(whole) == sorted(Project.objects.values_list("pk", flat=True))
