"""Totals of plan projects: page, list, groups and files agree to the fen."""

import csv
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.http import QueryDict
from django.test import Client

from imports.gazettes.models import PlanProject
from imports.gazettes.plans.filterset import PlanFilter
from imports.gazettes.plans.totals import GROUPINGS, Totals, groups_of, page_sum, totals_of
from perfgoals.spreadsheets import unguarded
from projects.models import Project
from tests import factories
from tests.imports.gazettes.plans.made import document, plan_project, table

pytestmark = pytest.mark.django_db
TOTAL = Decimal("1110000.12")


def asked(query: str = "") -> PlanFilter:
    return PlanFilter(QueryDict(query), PlanProject.objects.all(), projects=Project.objects.all())


@pytest.fixture
def plans() -> None:
    """Six plan projects, two of them without an investment, and one of a damaged row."""
    education = factories.department("长治市教育局", factories.city())
    housing = factories.department("长治市住建局", factories.city())
    first = table(document("一号规划"))
    plan_project("甲", "1000000.10", of=first, bodies=(education, housing), category="学校", first_year=2031)
    plan_project("乙", "10000.02", of=first, bodies=(housing, housing), category="道路", first_year=2031)
    plan_project("丙", "0.00", of=first, first_year=2032)
    plan_project("丁", "100000.00", of=table(document("二号规划", region=None)), bodies=("某局",))
    plan_project("戊", None)
    plan_project("己", None, investment_in_text=7, category="学校")
    plan_project("坏", "999", damage="少了一格")


def test_a_list_s_totals_tell_who_states_no_investment(plans: None) -> None:
    totals = totals_of(asked().qs)
    assert totals == Totals(6, TOTAL, 1, 1)
    assert page_sum(asked().qs) == TOTAL


def test_where_nobody_states_an_investment_the_sum_is_blank() -> None:
    plan_project("戊", None)
    assert totals_of(asked().qs).investment is None
    assert page_sum(asked().qs) is None


@pytest.mark.parametrize("key", GROUPINGS)
def test_each_group_s_list_has_the_group_s_totals(plans: None, key: str) -> None:
    for group in groups_of(asked(), key):
        assert totals_of(asked(group.query).qs) == group.totals, group.label


@pytest.mark.parametrize("key", [key for key, one in GROUPINGS.items() if not one.overlaps])
def test_groups_without_overlaps_add_up_to_the_list(plans: None, key: str) -> None:
    groups = groups_of(asked(), key)
    assert sum(group.totals.investment or 0 for group in groups) == TOTAL
    assert sum(group.totals.count for group in groups) == 6


def test_a_project_of_two_departments_counts_in_each_once(plans: None) -> None:
    found = {group.label: (group.totals.count, group.totals.investment) for group in groups_of(asked(), "department")}
    assert found == {
        "长治市教育局": (1, Decimal("1000000.10")), "长治市住建局": (2, Decimal("1010000.12")),
        "没有对上部门": (4, Decimal("100000.00")),
    }  # fmt: skip


def test_groups_keep_the_other_filters(plans: None) -> None:
    group = groups_of(asked("min=1&max=20&q=乙"), "category")[0]
    assert dict(QueryDict(group.query).items()) == {
        "min": "1",
        "max": "20",
        "q": "乙",
        "category": "道路",
        "unit": "万元",
    }


def test_the_costliest_group_stands_first(plans: None) -> None:
    assert [group.label for group in groups_of(asked(), "category")] == ["学校", "未分类", "道路"]


def test_page_group_and_files_show_one_total(plans: None, auditor: Client) -> None:
    page = auditor.get("/plans/?unit=元").content.decode()
    groups = auditor.get("/plans/?unit=元&group=document").content.decode()
    assert f'<b class="sum">{TOTAL:,}</b>' in page
    assert page.count(f"{TOTAL:,}") == groups.count(f"{TOTAL:,}") == 2
    assert _sum_of_csv(auditor) == _sum_of_xlsx(auditor) == TOTAL


def _sum_of_csv(client: Client) -> Decimal:
    content = b"".join(client.get("/plans/export/?format=csv"))  # type: ignore[arg-type]
    rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
    return sum((Decimal(unguarded(row["投资（元）"])) for row in rows if row["投资（元）"]), Decimal(0))


def _sum_of_xlsx(client: Client) -> Decimal:
    content = b"".join(client.get("/plans/export/?format=xlsx"))  # type: ignore[arg-type]
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet is not None
    head, *rows = sheet.iter_rows(values_only=True)
    at = head.index("投资（元）")
    return sum((Decimal(str(row[at])) for row in rows if row[at] is not None), Decimal(0)).quantize(Decimal("0.01"))
