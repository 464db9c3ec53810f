"""Compared with the source: which facts differ, and in which words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from imports.actions import Options, import_file
from imports.comparison import Comparison, Kind, compare, comparison_of
from imports.stored import draft_of, with_parts
from indicators.models import Goal, Indicator
from projects.actions import join_departments
from projects.models import Department, DepartmentName, Funding, Project
from tests import factories
from tests.imports.layouts.test_interchange import file_of
from tests.imports.texts import form, key_list

pytestmark = pytest.mark.django_db


def take(text: str, name: str = "forms.txt") -> None:
    import_file(text.encode(), name=name, options=Options(), by=None)


def compared(project: Project | None = None) -> Comparison:
    found = with_parts(Project.objects.all())
    comparison = comparison_of(found.get(pk=project.pk) if project else found.get())
    assert comparison is not None
    return comparison


def in_words(comparison: Comparison) -> dict[str, tuple[str, str]]:
    return {one.label: (one.current, one.printed) for one in comparison.differences}


@pytest.mark.parametrize(
    "text",
    [
        form(),
        form(local="200,000"),
        form(filed=""),
        key_list(("道路", "6516.5", "市财政局（预算科）"), ("基金", "5000", "市住建局")),
    ],
)
def test_what_was_just_imported_does_not_differ(text: str) -> None:
    take(text)
    assert [one.differences for one in compare(with_parts(Project.objects.all()))] != []
    assert not any(one.differences for one in compare(with_parts(Project.objects.all())))


def test_a_project_entered_by_hand_has_no_source() -> None:
    project = factories.project()
    assert comparison_of(with_parts(Project.objects.filter(pk=project.pk)).get()) is None


def test_each_changed_field_has_its_value_and_the_printed_one() -> None:
    take(form())
    Project.objects.update(overview="改造十三间。", implementing_unit="", plan=None, filed_at=None)
    Goal.objects.filter(scope="annual").update(text="完成一半。")
    assert in_words(compared()) == {
        "实施单位": ("空白", "长治市上党区教育局"),
        "项目概况": ("改造十三间。", "改造十二间教室。"),
        "项目实施计划": ("无", "暑期施工。"),
        "年度目标": ("完成一半。", "教室改造完成。"),
        "填报日期": ("无", "2024-12-17 09:07:09"),
    }


def test_amounts_show_the_printed_text_with_its_unit_and_yuan() -> None:
    take(key_list(("道路", "6516.5", "市住建局")))
    Project.objects.update(amount=Decimal("100"))
    assert in_words(compared()) == {"年度金额": ("100.00 元", "6516.5 万元（65,165,000.00 元）")}


def test_cells_of_the_funding_table_differ_one_by_one_and_blank_is_not_zero() -> None:
    take(form())
    Funding.objects.filter(scope="annual", source="other").update(amount=0)
    Funding.objects.filter(scope="period", source="local").update(amount=None)
    assert in_words(compared()) == {
        "实施期市县（区）财政资金": ("空白", "300,000 元"),
        "年度其他资金": ("0.00 元", "空白"),
    }


def test_a_table_that_comes_or_goes_is_one_difference() -> None:
    take(key_list(("道路", "6516.5", "市住建局")))
    Project.objects.update(has_funding_table=True)
    factories.funding(Project.objects.get(), "local", "5")
    (only,) = compared().differences
    assert (only.label, only.kind, only.printed) == ("资金来源表", Kind.ADDED, "无")


def test_a_changed_target_shows_its_printed_value() -> None:
    take(form())
    Indicator.objects.filter(name="改造教室", scope="annual").update(value="≥20间", number=20)
    comparison = compared()
    assert in_words(comparison) == {"年度指标 产出指标/数量指标/改造教室": ("≥20间", "≥12间")}
    row = Indicator.objects.get(value="≥20间")
    assert comparison.indicators[row.pk] is comparison.differences[0]


def test_targets_printed_alike_show_in_what_they_differ() -> None:
    take(form())
    Indicator.objects.filter(name="改造教室", scope="annual").update(level2_label="产出数量")
    assert in_words(compared()) == {
        "年度指标 产出指标/数量指标/改造教室": ("产出数量：≥12间（>=12间）", "数量指标：≥12间（>=12间）")
    }


def test_a_renamed_indicator_is_one_more_and_one_less_than_the_source() -> None:
    take(form())
    Indicator.objects.filter(name="改造教室", scope="annual").update(name="改造校舍")
    kinds = {one.label.rpartition("/")[2]: (one.kind, one.current, one.printed) for one in compared().differences}
    assert kinds == {"改造校舍": (Kind.ADDED, "≥12间", "无"), "改造教室": (Kind.REMOVED, "无", "≥12间")}
    assert [one.printed for one in compared().removed_indicators] == ["≥12间"]


def test_white_space_is_a_difference_as_at_a_re_import() -> None:
    take(form())
    Project.objects.update(overview="改造十二间教室。 ")
    assert list(in_words(compared())) == ["项目概况"]


def test_moving_a_project_to_another_department_differs_and_joining_departments_does_not() -> None:
    take(form())
    old = Department.objects.get()
    other = factories.department("区水利局", of=old.region)
    Project.objects.update(department=other)
    assert in_words(compared()) == {"归口部门": ("区水利局", "长治市上党区教育局")}
    Project.objects.update(department=old)
    join_departments(keep=other, join=old, by=None)
    assert not compared().differences


def test_a_department_that_is_gone_is_still_named() -> None:
    take(form())
    old = Department.objects.get()
    Project.objects.update(department=factories.department("区水利局", of=old.region))
    DepartmentName.objects.all().delete()
    old.delete()
    assert in_words(compared()) == {"归口部门": ("区水利局", "长治市上党区教育局")}


def test_contacts_that_a_source_does_not_state_are_no_differences() -> None:
    take(key_list(("道路", "6516.5", "市住建局")))
    Project.objects.update(contact_lead="张三", contact_phone="")
    assert not compared().differences


def test_a_record_of_an_interchange_file_is_used_as_it_is() -> None:
    take(form())
    draft = draft_of(with_parts(Project.objects.all()).get())
    take(file_of([replace(draft, name="操场改造", source_sha256="ab" * 32)]), "交换.json")
    project = Project.objects.get(name="操场改造")
    assert not compared(project).differences
    Project.objects.update(overview="改写")
    assert in_words(compared(project)) == {"项目概况": ("改写", "改造十二间教室。")}


def test_a_token_stands_for_both_values() -> None:
    take(form())
    tokens = set()
    for text in ("甲", "乙"):
        Project.objects.update(overview=text)
        tokens |= {one.token for one in compared().differences}
    assert len(tokens) == 2


@pytest.mark.parametrize("count", [1, 12])
def test_comparing_many_costs_as_many_statements_as_one(
    django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    take("".join(form(f"项目{number}") for number in range(count)))
    Project.objects.update(overview="改写")
    projects = list(with_parts(Project.objects.all()))
    with django_assert_num_queries(1):
        assert [len(one.differences) for one in compare(projects)] == [1] * count
