"""Links between plan projects and budget projects: how alike two are, and what is proposed and what is left alone."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from imports.actions import Options, import_file
from imports.gazettes.likeness import THRESHOLD, BudgetSide, Matcher, PlanSide, core, likeness
from imports.gazettes.linking import propose_links
from imports.gazettes.models import LinkState, OfficialDocument, PlanLink, PlanProject
from projects.models import Project
from tests import factories
from tests.imports.gazettes.texts import PROJECTS, gazette

CITY = "140400"
COUNTY = "140404"
OTHER_COUNTY = "140403"
SITES = st.sampled_from("东街 北塬 桃园 柳林 石桥头 老城根 清水河湾 红旗岭".split())
THINGS = st.sampled_from("小学 中学 卫生院 供水管网 污水处理厂 农贸市场 图书馆".split())
WORKS = st.sampled_from("改造 扩建 迁建 维修 加固".split())
WRAPS = st.sampled_from(
    "{} {}项目 {}工程 {}建设项目 长治市{} 2031年{} {}（一标段） {}专项资金 “{}”工程 {}配套工程".split()
)


def plan(name: str, location: str = "", departments: tuple[int, ...] = (1,)) -> PlanSide:
    return PlanSide(name, CITY, frozenset(departments), 2031, 2035, location)


def budget(name: str, *, region: str = CITY, department: int | None = 1, year: int = 2032) -> BudgetSide:
    return BudgetSide(name, region, department, year)


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("长治市东街小学改造项目（一期）", "东街小学改造"),
        ("2031年东街小学改造工程", "东街小学改造"),
        ("长治市上党区“东街小学”改造", "东街小学改造"),
        ("城区东街小学改造", "城区东街小学改造"),
        ("长子县", ""),
    ],
)
def test_a_name_s_core_is_without_region_remarks_signs_and_filler(name: str, left: str) -> None:
    assert core(name).text == left


@given(SITES, THINGS, WORKS, WRAPS)
def test_the_same_project_under_another_name_is_proposed(site: str, thing: str, work: str, wrap: str) -> None:
    name = f"{site}{thing}{work}"
    assert likeness(plan(name), budget(wrap.format(name))) >= THRESHOLD


@given(SITES, SITES, THINGS, WORKS, WRAPS)
def test_the_same_thing_at_another_site_is_not(one: str, other: str, thing: str, work: str, wrap: str) -> None:
    if one != other:
        assert likeness(plan(f"{one}{thing}{work}"), budget(wrap.format(f"{other}{thing}{work}"))) < THRESHOLD


@given(SITES, THINGS, THINGS, WORKS, WRAPS)
def test_another_thing_at_the_same_site_is_not(site: str, one: str, other: str, work: str, wrap: str) -> None:
    if one != other:
        assert likeness(plan(f"{site}{one}{work}"), budget(wrap.format(f"{site}{other}{work}"))) < THRESHOLD


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_names_have_a_likeness_in_per_cent(one: str, other: str) -> None:
    assert 0 <= likeness(plan(one), budget(other)) <= 100


def test_the_department_raises_and_another_one_lowers() -> None:
    unknown = likeness(plan("东街小学改造"), budget("东街小学校舍改造", department=None))
    assert likeness(plan("东街小学改造"), budget("东街小学校舍改造")) > unknown
    assert likeness(plan("东街小学改造"), budget("东街小学校舍改造", department=2)) < unknown


def test_a_year_outside_the_plan_s_years_lowers_and_the_year_after_does_not() -> None:
    scores = [likeness(plan("东街小学改造"), budget("东街小学改造", year=year)) for year in (2030, 2031, 2036, 2037)]
    assert scores == [90, 100, 100, 90]


def test_other_phases_and_other_counties_are_other_projects() -> None:
    assert likeness(plan("东街小学改造一期"), budget("东街小学改造（二期）")) < THRESHOLD
    assert likeness(plan("潞州区东街小学改造"), budget("东街小学改造", region=COUNTY)) < THRESHOLD
    assert likeness(plan("东街小学改造", "潞州区"), budget("东街小学改造", region=COUNTY)) < THRESHOLD
    assert likeness(plan("东街小学改造", "上党区"), budget("东街小学改造", region=COUNTY)) == 100


def test_names_that_say_too_little_need_the_same_department() -> None:
    assert likeness(plan("书屋建设"), budget("书屋建设工程")) == 100
    assert likeness(plan("书屋建设"), budget("书屋建设工程", department=2)) == 0
    assert likeness(plan("书屋建设"), budget("农家书屋建设")) == 0


def test_the_matcher_finds_what_judging_every_pair_finds() -> None:
    names = [f"{site}{thing}改造" for site in ("东街", "北塬", "石桥头") for thing in ("小学", "卫生院", "供水管网")]
    budgets = {at: budget(f"{name}工程") for at, name in enumerate(names)}
    plans = {at: plan(name) for at, name in enumerate(reversed(names))}
    found = {(pair.plan, pair.project) for pair in Matcher(budgets).pairs(plans)}
    assert found == {
        (one, other) for one, side in plans.items() for other, of in budgets.items() if likeness(side, of) >= THRESHOLD
    }


def imported(text: str = gazette(), name: str = "公报.txt", **options: Any) -> None:
    import_file(text.encode(), name=name, options=Options(**options), by=None)


def city_project(name: str, **values: Any) -> Project:
    bureau = factories.department("长治市教育局", factories.city())
    return factories.project(name, region=factories.city(), department=bureau, year=2032, **values)


@pytest.mark.django_db
def test_importing_a_gazette_proposes_links_to_projects_that_are_there() -> None:
    project = city_project("长治市东街小学改造工程", amount=Decimal(500))
    city_project("南关小学改造工程")
    imported()
    link = PlanLink.objects.get()
    assert (link.plan_project.serial, link.project, link.state, link.likeness) == (
        "1",
        project,
        LinkState.PROPOSED,
        100,
    )


@pytest.mark.django_db
def test_a_dry_run_and_another_reading_propose_nothing_new() -> None:
    city_project("东街小学改造工程")
    imported(dry_run=True)
    assert not PlanLink.objects.exists()
    imported()
    before = list(PlanLink.objects.values())
    imported()
    assert list(PlanLink.objects.values()) == before


@pytest.mark.django_db
def test_proposing_for_new_budget_projects_leaves_links_of_others_alone() -> None:
    old = city_project("东街小学改造工程")
    imported()
    new = city_project("北塬中学迁建")
    assert propose_links(projects=Project.objects.filter(pk=new.pk)) == 1
    assert set(PlanLink.objects.values_list("project", flat=True)) == {old.pk, new.pk}


@pytest.mark.django_db
def test_what_a_person_decided_is_never_touched() -> None:
    project = city_project("东街小学改造工程")
    imported()
    PlanLink.objects.update(state=LinkState.REJECTED, at=timezone.now(), likeness=1)
    Project.objects.filter(pk=project.pk).update(name="另一个项目")
    propose_links()
    assert PlanLink.objects.values_list("state", "likeness").get() == (LinkState.REJECTED, 1)


@pytest.mark.django_db
def test_a_proposal_that_is_not_likely_any_more_goes() -> None:
    project = city_project("东街小学改造工程")
    imported()
    Project.objects.filter(pk=project.pk).update(name="另一个项目")
    propose_links()
    assert not PlanLink.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("left_out", ["damaged", "duplicate", "archived", "county elsewhere"])
def test_what_is_no_sound_pair_is_left_out(left_out: str) -> None:
    project = city_project("东街小学改造工程")
    if left_out == "archived":
        Project.objects.filter(pk=project.pk).update(archived_at=timezone.now(), archive_reason="重复")
    elif left_out == "county elsewhere":
        project.region = factories.region("370102", "济南市历下区", "历下区", None)
        Project.objects.filter(pk=project.pk).update(region=project.region)
    imported(gazette(PROJECTS.replace("东街小学改造\t", "东街小学改造\t\t9\t")) if left_out == "damaged" else gazette())
    if left_out == "duplicate":
        original = OfficialDocument.objects.create(
            source=OfficialDocument.objects.get().source, position=9, title="原件", first_line=1, last_line=1
        )
        OfficialDocument.objects.exclude(pk=original.pk).update(duplicate_of=original)
        propose_links()
    assert PlanProject.objects.exists()
    assert not PlanLink.objects.exists()
