"""Restoring what the source prints: exactly what was chosen, as it was shown, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django.fixtures import DjangoAssertNumQueries

from imports.actions import Options, import_file
from imports.comparison import Difference, comparison_of
from imports.facts import TABLE, IndicatorKey
from imports.restoring import restore_printed
from imports.stored import with_parts
from indicators.models import Indicator
from indicators.state import Cell, IndicatorRow, State, load_state, version_of, write_state
from perfgoals.models import User
from projects.access import ARCHIVED
from projects.actions import ActionError
from projects.models import Department, DepartmentName, Project, ProjectEvent
from projects.permissions import DEPARTMENT, FINANCE
from tests import factories
from tests.imports import texts
from tests.imports.drafts import projects as drafts
from tests.imports.layouts.test_interchange import file_of

pytestmark = pytest.mark.django_db


def take(text: str, name: str = "forms.txt", **options: object) -> None:
    import_file(text.encode(), name=name, options=Options(**options), by=None)


def differences(project: Project | None = None) -> list[Difference]:
    projects = with_parts(Project.objects.all())
    comparison = comparison_of(projects.get(pk=project.pk) if project else projects.get())
    return comparison.differences if comparison else []


def restore(chosen: Iterable[Difference], by: User, project: Project | None = None) -> list[Difference]:
    pk = (project or Project.objects.get()).pk
    return restore_printed(pk=pk, tokens=[one.token for one in chosen], by=by)


@pytest.fixture
def finance() -> User:
    return factories.user(FINANCE, factories.county())


def test_one_field_comes_back_and_the_others_stay(finance: User) -> None:
    take(texts.form())
    Project.objects.update(overview="改写", plan="改写")
    overview, _ = differences()
    assert [one.label for one in restore([overview], finance)] == ["项目概况"]
    project = Project.objects.get()
    assert (project.overview, project.plan) == ("改造十二间教室。", "改写")
    assert [one.label for one in differences()] == ["项目实施计划"]


def test_history_says_who_restored_what(finance: User) -> None:
    take(texts.form())
    Project.objects.update(overview="改写")
    restore(differences(), finance)
    event = ProjectEvent.objects.select_related("pgh_context").latest("pgh_id")
    assert event.pgh_context.metadata == {
        "user": finance.pk, "action": "restore_printed", "reason": "恢复为来源印刷值",
    }  # fmt: skip


def test_amounts_come_back_with_their_printed_text(finance: User) -> None:
    take(texts.form())
    Project.objects.update(amount=1, amount_printed="1")
    restore(differences(), finance)
    assert Project.objects.values_list("amount", "amount_printed").get() == (Decimal(300000), "300,000")


def test_a_removed_target_comes_back_beside_the_other_half_of_its_row(finance: User) -> None:
    take(texts.form())
    before = list(Indicator.objects.values_list("scope", "position", "name"))
    Indicator.objects.filter(name="验收合格率", scope="annual").delete()
    restore(differences(), finance)
    assert list(Indicator.objects.values_list("scope", "position", "name")) == before


def test_a_removed_row_comes_back_between_its_neighbours_and_what_people_added_stays_in_place(finance: User) -> None:
    take(texts.form())
    project = Project.objects.get()
    Indicator.objects.filter(name="验收合格率").delete()
    Indicator.objects.filter(name="改造教室", scope="period").update(name="人工指标")
    removed = [one for one in differences() if "验收合格率" in one.label]
    restore(removed, finance)
    names = [row.name for row in project.indicators.all() if row.scope == "period"]
    assert names == ["人工指标", "验收合格率", "完工时间", "改造费用", "教学条件", "师生满意度"]


def test_what_people_added_goes(finance: User) -> None:
    take(texts.form())
    factories.indicator(Project.objects.get(), "人工指标")
    restore(differences(), finance)
    assert not Indicator.objects.filter(name="人工指标").exists()


def test_a_funding_table_that_people_entered_goes_as_a_whole(finance: User) -> None:
    take(texts.key_list(("道路", "6516.5", "市住建局")))
    project = Project.objects.get()
    finance = factories.user(FINANCE, project.region)
    Project.objects.update(has_funding_table=True, period_amount=5)
    factories.funding(project, "local", "5")
    restore(differences(), finance)
    assert not project.funding.exists()
    assert not Project.objects.get().has_funding_table
    assert not differences()


def test_a_department_comes_back_even_where_it_is_gone(finance: User) -> None:
    take(texts.form())
    old = Department.objects.get()
    Project.objects.update(department=factories.department("区水利局", of=old.region))
    DepartmentName.objects.all().delete()
    old.delete()
    restore(differences(), finance)
    assert Project.objects.get().department.name == "长治市上党区教育局"


def test_restoring_makes_no_department_that_was_not_asked_for(finance: User) -> None:
    take(texts.form())
    old = Department.objects.get()
    Project.objects.update(department=factories.department("区水利局", of=old.region), overview="改写")
    DepartmentName.objects.all().delete()
    old.delete()
    restore([one for one in differences() if one.key == "overview"], finance)
    assert [department.name for department in Department.objects.all()] == ["区水利局"]


@pytest.mark.parametrize("key", ["department", "department_name"])
def test_a_department_comes_back_with_what_is_printed_of_it(finance: User, key: str) -> None:
    take(texts.form())
    other = factories.department("区水利局")
    Project.objects.update(department=other, department_printed=other.name, department_code=None)
    restored = restore([one for one in differences() if one.key == key], finance)
    assert [one.label for one in restored] == ["主管部门", "部门代码", "归口部门"]
    assert differences() == []


def test_departments_do_not_give_a_project_away() -> None:
    take(texts.form())
    mine = factories.department("区水利局")
    Project.objects.update(department=mine)
    with pytest.raises(PermissionDenied, match="由财政人员恢复"):
        restore(differences(), factories.user(DEPARTMENT, mine))
    assert Project.objects.get().department == mine


def test_what_changed_since_the_page_was_opened_is_refused(finance: User) -> None:
    take(texts.form())
    Project.objects.update(overview="改写", plan="改写")
    shown = differences()
    Project.objects.update(overview="又改")
    with pytest.raises(ActionError, match="又有变化"):
        restore(shown, finance)
    assert Project.objects.get().plan == "改写"
    restore([one for one in shown if one.key == "plan"], finance)
    assert Project.objects.get().overview == "又改"


def test_a_source_that_was_read_anew_is_noticed(finance: User) -> None:
    take(texts.form())
    Project.objects.update(overview="改写")
    shown = differences()
    version = version_of(Project.objects.get().pk)
    take(texts.form(overview="改造十三间教室。"), "新.txt")
    assert version_of(Project.objects.get().pk) == version
    with pytest.raises(ActionError, match="又有变化"):
        restore(shown, finance)


@pytest.mark.parametrize("tokens", [[], ["overview"], ["x" * 5000]])
def test_unknown_tokens_and_none_are_refused(finance: User, tokens: list[str]) -> None:
    take(texts.form())
    version = version_of(Project.objects.get().pk)
    with pytest.raises(ActionError):
        restore_printed(pk=Project.objects.get().pk, tokens=tokens, by=finance)
    assert version_of(Project.objects.get().pk) == version


def test_archived_projects_are_refused(finance: User) -> None:
    take(texts.form())
    Project.objects.update(overview="改写", archived_at=timezone.now(), archive_reason="结束")
    with pytest.raises(PermissionDenied, match=ARCHIVED):
        restore(differences(), finance)


def test_a_name_that_another_project_has_by_now_is_said_in_one_sentence(finance: User) -> None:
    take(texts.form())
    project = Project.objects.get()
    Project.objects.update(name="教室改造（二期）", overview="改写")
    factories.project("教室改造", department=project.department, region=project.region)
    with pytest.raises(ActionError, match="已有同名项目"):
        restore(differences(project), finance, project)
    assert Project.objects.get(pk=project.pk).overview == "改写"


@pytest.mark.parametrize("count", [2, 40])
def test_restoring_costs_as_many_statements_however_many_targets(
    finance: User, without_review: None, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = [("产出指标", "数量指标", f"指标{number}", "1项") for number in range(count)]
    take(texts.form(rows=rows))
    Indicator.objects.filter(scope="annual").update(value="2项", number=2)
    Indicator.objects.filter(scope="period").delete()
    shown = differences()
    assert len(shown) == 2 * count
    with django_assert_max_num_queries(30):
        restore(shown, finance)
    assert not differences()


# Whatever people did: restoring everything leaves no difference, and restoring one leaves all the others.

values = st.sampled_from(["", "改写", "改 写", None])
money = st.none() | st.sampled_from([Decimal("0.00"), Decimal("12.50")])


@st.composite
def edited(draw: st.DrawFn, state: State) -> State:
    """A state as people may make it: fields, cells, goals and targets changed, added, removed."""
    wanted = state.copy()
    for name in draw(
        st.sets(st.sampled_from(["implementing_unit", "attribute", "basis", "overview", "plan", "contact_lead"]))
    ):
        wanted.fields[name] = draw(values)
    for name in draw(st.sets(st.sampled_from(["amount", "period_amount"]))):
        wanted.fields[name] = draw(money)
    if draw(st.booleans()):
        wanted.fields["has_funding_table"] = draw(st.booleans())
    for key in draw(st.sets(st.tuples(st.sampled_from(["period", "annual"]), st.sampled_from(["local", "central"])))):
        wanted.funding[key] = Cell(draw(money), None)
    for scope in draw(st.sets(st.sampled_from(["period", "annual"]))):
        wanted.goals[scope] = draw(st.sampled_from(["", "目标"]))
    for number in draw(st.sets(st.sampled_from(sorted(state.indicators)))) if state.indicators else ():
        row = wanted.indicators.pop(number)
        if draw(st.booleans()):
            name = draw(st.sampled_from([row.name, "改名"]))
            wanted.indicators[number] = row._replace(name=name, value="改值", operator=None, number=None, unit=None)
    last = max((row.position for row in wanted.indicators.values()), default=0)
    for nth in range(draw(st.integers(0, 2))):
        scope = draw(st.sampled_from(["period", "annual"]))
        row = IndicatorRow(scope, last + nth + 1, "output.quantity", "数量指标", f"新增{nth}", "1项", None, None, None)
        wanted.indicators[-nth - 1] = row
    return wanted


class TestRandomEdits(TestCase):
    @given(drafts(), st.data())
    @settings(max_examples=25, deadline=None)
    def test_restoring(self, draft, data) -> None:
        take(file_of([draft]), "交换.json")
        project = Project.objects.get()
        current = load_state(project.pk)
        write_state(project.pk, current, data.draw(edited(current)))
        finance = factories.user(FINANCE, project.region)
        before = differences()
        if before:
            one = data.draw(st.sampled_from(before))
            restore([one], finance)
            assert ours(differences(), one) == ours(before, one)
            if is_single(one, before):
                assert one.key not in {other.key for other in differences()}
        if rest := differences():
            restore(rest, finance)
        assert differences() == []
        restored = load_state(project.pk)
        assert sorted(map(unplaced, restored.indicators.values())) == sorted(map(unplaced, current.indicators.values()))


def ours(found: list[Difference], chosen: Difference) -> dict[object, tuple[str, str]]:
    """The differences but the chosen one. Doubled names count as one, since the next one takes its number.

    Whether there is a funding table is told by its totals, so that restoring one of them tells it otherwise.
    """
    tells = {"funding_table"} if chosen.key in ("amount", "period_amount") else set()
    others = [one for one in found if _identity(one) != _identity(chosen) and one.key not in tells]
    return {_identity(one): (one.current, one.printed) for one in others}


def is_single(chosen: Difference, found: list[Difference]) -> bool:
    return sum(_identity(one) == _identity(chosen) for one in found) == 1


def unplaced(row: IndicatorRow) -> str:
    return str(row._replace(position=0, number=row.number and row.number.normalize()))


def _identity(one: Difference) -> object:
    if isinstance(one.key, IndicatorKey):
        return one.key[:3]
    return TABLE if one.key in {TABLE, "funding.period.total"} else one.key
