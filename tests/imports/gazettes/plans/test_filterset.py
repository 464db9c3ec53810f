"""What each filter of plan projects finds."""

from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone

from imports.gazettes.models import LinkState, PlanProject
from imports.gazettes.plans import choices
from imports.gazettes.plans.filterset import PlanFilter
from projects.models import Project
from tests import factories
from tests.imports.gazettes.plans.made import document, link, plan_project, table

pytestmark = pytest.mark.django_db


def asked(query: str) -> PlanFilter:
    return PlanFilter(QueryDict(query), PlanProject.objects.all(), projects=Project.objects.all())


def names(query: str) -> list[str]:
    return sorted(asked(query).qs.values_list("name", flat=True))


def test_a_region_has_the_documents_of_those_below_it() -> None:
    plan_project("市的", of=table(document(region=factories.city())))
    plan_project("区的", of=table(document(region=factories.county())))
    plan_project("无区划", of=table(document(region=None)))
    assert names("region=140400") == ["区的", "市的"]
    assert names("region=140404") == ["区的"]
    assert names("region=none") == ["无区划"]


def test_document_table_and_category() -> None:
    one = table(document())
    plan_project("甲", of=one, category="道路")
    plan_project("乙", of=table(one.document, "另一张表"))
    plan_project("丙")
    assert names(f"document={one.document_id}") == ["乙", "甲"]
    assert names(f"table={one.pk}") == ["甲"]
    assert names("category=道路") == ["甲"]
    assert names("category=道路&category=none") == ["丙", "乙", "甲"]


def test_responsible_departments_joined_or_as_printed() -> None:
    bureau = factories.department("长治市教育局", factories.city())
    plan_project("甲", bodies=(bureau, "市住建局"), responsible="市教育局、市住建局")
    plan_project("乙", bodies=("市住建局",), responsible="市住建局")
    plan_project("丙")
    assert names(f"department={bureau.pk}") == ["甲"]
    assert names("department=none") == ["丙", "乙"]
    assert names("responsible=住建") == ["乙", "甲"]


@pytest.mark.parametrize(("year", "found"), [("2030", []), ("2031", ["甲"]), ("2033", ["乙", "甲"]), ("2034", [])])
def test_a_period_overlaps_a_year(year: str, found: list[str]) -> None:
    plan_project("甲", first_year=2031, last_year=2033)
    plan_project("乙", first_year=2033)
    plan_project("无")
    plan_project("远", first_year=2029, last_year=2029)
    plan_project("近", first_year=2036, last_year=2036)
    assert names(f"year={year}") == found
    assert names("year=none") == ["无"]


def test_an_investment_s_range_is_in_the_address_s_unit() -> None:
    for name, yuan in (("小", "9999.00"), ("中", "10000"), ("大", "20000.01"), ("无", None)):
        plan_project(name, yuan)
    assert names("min=1&max=2") == ["中"]
    assert names("min=10000&unit=元") == ["中", "大"]
    assert names("max=0.00009999&unit=亿元") == ["小"]


def test_a_faulty_bound_finds_nothing_and_says_why() -> None:
    plan_project()
    found = asked("min=abc")
    assert list(found.qs) == []
    assert "不是可用的金额" in str(found.form.errors["min"])
    assert list(asked("min=3&max=2").form.errors) == ["max"]


def test_has_an_investment_only_in_the_text_or_none() -> None:
    plan_project("有")
    plan_project("文", None, investment_in_text=5)
    plan_project("无", None)
    assert [names(f"money={kind}") for kind in ("stated", "text", "none")] == [["有"], ["文"], ["无"]]


def test_damaged_ones_and_duplicates_are_found_where_they_are_asked_for() -> None:
    plan_project("好")
    plan_project("坏", damage="少了一格")
    plan_project("重", of=table(document(duplicate_of=document())))
    assert names("") == ["好"]
    assert [names(f"state={kind}") for kind in ("damaged", "duplicates", "all")] == [["坏"], ["重"], ["坏", "好", "重"]]


def test_linked_proposed_and_not_linked() -> None:
    link(plan_project("已"), state=LinkState.CONFIRMED, at=timezone.now())
    link(plan_project("待"))
    link(plan_project("否"), state=LinkState.REJECTED, at=timezone.now())
    plan_project("无")
    assert [names(f"linked={kind}") for kind in ("confirmed", "proposed", "none")] == [["已"], ["待"], ["否", "无"]]


def test_links_to_projects_that_one_may_not_see_are_not_known() -> None:
    link(plan_project("待"))
    query = QueryDict("linked=proposed")
    found = PlanFilter(query, PlanProject.objects.all(), projects=Project.objects.none())
    assert list(found.qs) == []


@pytest.mark.parametrize("words", ["东街", "教室 东街", "潞州区", "教育局", "〔三〕"])
def test_every_word_is_found_somewhere_in_the_texts(words: str) -> None:
    plan_project("东街小学改造", content="修教室[三]间", location="潞州区", responsible="市教育局")
    plan_project("西街")
    assert names(f"q={words}") == ["东街小学改造"]


def test_chips_say_what_is_on_and_lead_on_without_it() -> None:
    plan_project(category="道路")
    chips = {chip.label: chip for chip in asked("category=道路&min=1&max=2&group=document&page=3").chips()}
    assert chips["类别"].value == "道路"
    assert chips["类别"].query_without == "min=1&max=2&group=document"
    assert chips["投资"].value == "1–2 万元"
    assert chips["投资"].query_without == "category=%E9%81%93%E8%B7%AF&group=document"


def test_a_choice_that_there_is_not_is_marked() -> None:
    found = asked("document=99")
    assert [chip.is_wrong for chip in found.chips()] == [True]
    assert list(found.qs) == []


def test_tables_are_offered_of_the_asked_document() -> None:
    one, other = plan_project(), plan_project()
    offered: Any = asked(f"document={one.document_id}").choices.tables
    assert [value for value, _ in offered] == [str(one.table_id)]
    both: Any = asked("").choices.tables
    assert {value for value, _ in both} == {str(one.table_id), str(other.table_id)}


def test_too_many_tables_are_offered_once_a_document_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = plan_project(), plan_project()
    monkeypatch.setattr(choices, "MOST_TABLES", 1)
    assert asked("").choices.tables == []
    assert [pk for pk, _ in asked(f"document={one.document_id}").choices.tables] == [str(one.table_id)]
    assert [pk for pk, _ in asked(f"table={other.table_id}").choices.tables] == [str(other.table_id)]
