"""What each bulk change makes of projects."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from indicators.bulk.changes import Archive, BulkChange, Copy, SetAttribute, SetDepartment, Unarchive
from indicators.bulk.execution import NotDoneError, execute
from indicators.bulk.planning import Plan, Shown, plan_of
from indicators.bulk.selection import Selection
from indicators.models import IndicatorEvent
from indicators.state import Cell, load_state
from perfgoals.models import User
from projects.models import FundingEvent, Project, ProjectEvent
from projects.permissions import DEPARTMENT, FINANCE
from tests import factories

pytestmark = pytest.mark.django_db


def finance() -> User:
    return factories.user(FINANCE, factories.city())


def planned(change: BulkChange, *projects: Project, user: User | None = None) -> Plan:
    return plan_of(change, type(change), Selection([project.pk for project in projects], ""), user or finance())


def do(change: BulkChange, *projects: Project, user: User | None = None, reason: str = "") -> Plan:
    by = user or finance()
    selection = Selection([project.pk for project in projects], "")
    shown = Shown.of(plan_of(change, type(change), selection, by), change, by)
    return execute(change, shown, selection, by=by, reason=reason)


def fates(plan: Plan) -> dict[str, str]:
    return {line.project.name: line.against for line in plan.lines}


def full_project(name: str = "教室改造", **values: object) -> Project:
    project = factories.project(
        name, amount=Decimal(300000), amount_printed="300,000", period_amount=None, period_amount_printed="",
        sources={"local": "300000", "central": "0", "other": None}, serial=7, filed_at=timezone.now(), basis="文件",
        funding_note="尾差", **values,
    )  # fmt: skip
    factories.goal(project, "建成")
    factories.indicator(project, scope="period", position=1)
    factories.indicator(project, position=1)
    return project


def test_a_department_is_given_with_its_name_and_code() -> None:
    project = factories.project(department_printed="教育局（基教科）", department_code="301", section="基教科")
    other = factories.department("区水利局")
    do(SetDepartment(other), project)
    project.refresh_from_db()
    assert (project.department, project.department_printed) == (other, "区水利局")
    assert (project.department_code, project.section) == (None, "")


def test_a_department_of_another_region_is_not_given() -> None:
    target = factories.department("市水利局", factories.city())
    own = factories.project("市级", region=factories.city())
    plan = planned(
        SetDepartment(target),
        own,
        factories.project("区级"),
        factories.project("已是", department=target, region=factories.city()),
    )
    assert fates(plan) == {"市级": "", "区级": "“市水利局”不是上党区的部门", "已是": "已是这个部门"}
    assert plan.lines[0].old == "区教育局"
    assert (plan.changing[0].new, plan.kept[0].new) == ("市水利局", "")


def test_a_project_whose_name_the_department_has_is_left_out() -> None:
    target = factories.department("区水利局")
    factories.project("道路", department=target)
    factories.project("去年的", department=target, year=2024)
    plan = planned(SetDepartment(target), factories.project("道 路"), factories.project("去年的"))
    assert fates(plan) == {"道 路": "2025 年同一部门已有同名项目", "去年的": ""}


def test_chosen_projects_of_one_name_are_both_left_out() -> None:
    target = factories.department("区水利局")
    one = factories.project("道路", department=factories.department("甲局"))
    other = factories.project("道　路", department=factories.department("乙局"))
    assert set(fates(planned(SetDepartment(target), one, other)).values()) == {"所选的 2 个项目同名，请只选其中一个"}


def test_an_attribute_is_set() -> None:
    one, same = factories.project("改"), factories.project("同", attribute="经常性项目")
    plan = do(SetAttribute("经常性项目"), one, same)
    one.refresh_from_db()
    assert one.attribute == "经常性项目"
    assert fates(plan) == {"改": "", "同": "已是这个属性"}


def test_archiving_needs_its_reason_and_keeps_the_project() -> None:
    project = factories.project()
    do(Archive(), project, reason="项目取消")
    project.refresh_from_db()
    assert project.archived_at is not None
    assert project.archive_reason == "项目取消"


def test_archived_projects_come_back() -> None:
    project = factories.project("甲", archived_at=timezone.now(), archive_reason="误")
    plan = do(Unarchive(), project, factories.project("乙"))
    project.refresh_from_db()
    assert (project.archived_at, project.archive_reason) == (None, "")
    assert fates(plan) == {"甲": "", "乙": "没有归档"}


@pytest.mark.parametrize("change", [SetAttribute("一次性项目"), Copy(2026, zeroed=False), Archive()])
def test_archived_projects_are_left_alone(change: BulkChange) -> None:
    plan = planned(change, factories.project(archived_at=timezone.now(), archive_reason="取消"))
    assert plan.count == 0
    assert "归档" in plan.kept[0].against


def test_a_copy_has_everything_but_what_belongs_to_the_filing() -> None:
    project = full_project()
    do(Copy(2026, zeroed=False), project)
    old, new = load_state(project.pk), load_state(Project.objects.get(year=2026).pk)
    own = {"year": 2026, "serial": None, "filed_at": None, "funding_note": ""}
    assert new.fields == {**old.fields, **own}
    assert (new.funding, new.goals) == (old.funding, old.goals)
    assert list(new.indicators.values()) == list(old.indicators.values())
    assert not new.indicators.keys() & old.indicators.keys()


def test_a_zeroed_copy_states_zero_where_an_amount_was_stated_and_leaves_blanks() -> None:
    project = full_project()
    do(Copy(2026, zeroed=True), project)
    new = load_state(Project.objects.get(year=2026).pk)
    zero = Cell(Decimal("0.00"), "0")
    assert (new.fields["amount"], new.fields["amount_printed"]) == zero
    assert (new.fields["period_amount"], new.fields["period_amount_printed"]) == (None, "")
    assert new.funding["annual", "local"] == new.funding["annual", "central"] == zero
    assert new.funding["annual", "other"].amount is None
    assert load_state(project.pk).fields["amount"] == Decimal(300000)


def test_copies_that_would_clash_are_left_out() -> None:
    factories.project("道路", year=2026, archived_at=timezone.now(), archive_reason="取消")
    chosen = [
        factories.project("道路"),
        factories.project("桥", year=2024),
        factories.project("桥"),
        factories.project("新", year=2026),
    ]
    plan = planned(Copy(2026, zeroed=False), *chosen)
    assert [line.against for line in sorted(plan.lines, key=lambda line: line.project.pk)] == [
        "2026 年同一部门已有同名项目（已归档）", "所选的 2 个项目同名，请只选其中一个",
        "所选的 2 个项目同名，请只选其中一个", "已是 2026 年的项目",
    ]  # fmt: skip


def test_projects_of_others_are_left_out_or_unknown() -> None:
    mine, theirs = factories.department("教育局"), factories.department("水利局")
    person = factories.user(DEPARTMENT, mine)
    plan = planned(
        Archive(),
        factories.project("我的", department=mine),
        factories.project("别人的", department=theirs),
        user=person,
    )
    assert (fates(plan), plan.missing) == ({"我的": ""}, 1)


def test_projects_that_a_person_only_sees_are_left_out() -> None:
    person = factories.user(DEPARTMENT, factories.county())
    plan = planned(Archive(), factories.project("看得见"), user=person)
    assert fates(plan) == {"看得见": "您可以查看但不能修改这个项目"}


def test_everything_is_one_group_of_the_history_with_its_reason() -> None:
    first, second = full_project("甲"), full_project("乙")
    do(Copy(2026, zeroed=False), first, second, reason="明年继续")
    copies = Project.objects.filter(year=2026).values("pk")
    events = [
        *ProjectEvent.objects.filter(pgh_obj__in=copies), *FundingEvent.objects.filter(project__in=copies),
        *IndicatorEvent.objects.filter(project__in=copies),
    ]  # fmt: skip
    assert len(events) == 2 + 6 + 4
    assert len({event.pgh_context_id for event in events}) == 1
    assert events[0].pgh_context.metadata["action"] == "copy"
    assert events[0].pgh_context.metadata["reason"] == "明年继续"


@pytest.mark.parametrize(
    ("change", "action"),
    [(SetAttribute("一次性项目"), "set_attribute"), (Archive(), "archive")],
)
def test_the_history_names_the_change(change: BulkChange, action: str) -> None:
    projects = [factories.project() for _ in range(3)]
    do(change, *projects, reason="年底清理")
    events = ProjectEvent.objects.filter(pgh_obj__in=projects, pgh_label="update")
    assert {event.pgh_context.metadata["action"] for event in events} == {action}
    assert len({event.pgh_context_id for event in events}) == 1
    assert len(events) == 3


def test_what_changed_since_the_preview_stops_everything() -> None:
    projects = [factories.project(name) for name in ("甲", "乙")]
    by, change = finance(), SetAttribute("一次性项目")
    selection = Selection([project.pk for project in projects], "")
    shown = Shown.of(plan_of(change, SetAttribute, selection, by), change, by)
    factories.indicator(projects[0])
    with pytest.raises(NotDoneError, match="预览之后有项目被修改"):
        execute(change, shown, selection, by=by, reason="")
    assert not Project.objects.filter(attribute="一次性项目").exists()
    fresh = plan_of(change, SetAttribute, selection, by)
    shown.mark_differences(fresh)
    assert {line.project.name: line.differs for line in fresh.lines} == {"甲": True, "乙": False}


def test_a_name_taken_since_the_preview_stops_everything() -> None:
    projects = [factories.project(name) for name in ("甲", "乙")]
    by, change = finance(), Copy(2026, zeroed=False)
    selection = Selection([project.pk for project in projects], "")
    shown = Shown.of(plan_of(change, Copy, selection, by), change, by)
    factories.project("乙", year=2026)
    with pytest.raises(NotDoneError):
        execute(change, shown, selection, by=by, reason="")
    assert Project.objects.filter(year=2026).count() == 1


def test_a_clash_that_only_the_database_finds_undoes_all(monkeypatch: pytest.MonkeyPatch) -> None:
    factories.project("乙", year=2026)
    monkeypatch.setattr("indicators.bulk.planning._stored", lambda _: {})
    with pytest.raises(NotDoneError, match="没有改动任何项目"):
        do(Copy(2026, zeroed=False), factories.project("甲"), factories.project("乙"))
    assert Project.objects.filter(year=2026).count() == 1


def test_what_a_preview_showed_travels_whole_and_cannot_be_made_up() -> None:
    by, change = finance(), SetAttribute("一次性项目")
    shown = Shown.of(planned(change, factories.project(), user=by), change, by)
    assert Shown.read(shown.signed()) == shown
    assert Shown.read(shown.signed()[:-1]) is None
    assert shown.is_of(change, by)
    assert not shown.is_of(SetAttribute("经常性项目"), by)
    assert not shown.is_of(change, finance())


@pytest.mark.parametrize("count", [2, 40])
@pytest.mark.parametrize(("change", "statements"), [("archive", 13), ("department", 13), ("copy", 25)])
def test_a_change_costs_as_many_statements_however_many_projects(
    django_assert_max_num_queries: DjangoAssertNumQueries, without_review: None, count: int, change: str,
    statements: int,
) -> None:  # fmt: skip
    changes = {
        "archive": Archive(),
        "department": SetDepartment(factories.department("区水利局")),
        "copy": Copy(2026, zeroed=True),
    }
    by, kind = finance(), changes[change]
    projects = [full_project(f"项目{number}") for number in range(count)]
    selection = Selection([project.pk for project in projects], "")
    shown = Shown.of(plan_of(kind, type(kind), selection, by), kind, by)
    with django_assert_max_num_queries(statements):
        assert execute(kind, shown, selection, by=by, reason="清理").count == count
