"""Bringing earlier states back."""

from __future__ import annotations

import pytest
from django.utils import timezone

from indicators.history.actions import ChangedMeanwhileError, restore
from indicators.history.past import past_of
from indicators.state import State, load_state, state_at, version_of
from perfgoals.models import User
from projects.actions import ActionError, join_departments
from projects.models import Project
from projects.permissions import DEPARTMENT, FINANCE
from tests import factories
from tests.indicators.history.conftest import Editor, edit_state


def test_everything_comes_back_rows_under_their_own_numbers(project: Project, clerk: User) -> None:
    first, before = version_of(project.pk), load_state(project.pk)

    def emptied(state: State) -> None:
        state.fields["has_funding_table"], state.fields["basis"] = False, ""
        state.funding, state.goals, state.indicators = {}, {}, {}

    seen = edit_state(project, emptied, by=clerk)
    assert restore(project=project, version=first, seen=seen, by=clerk, reason="误删")
    assert load_state(project.pk) == before
    assert state_at(project.pk, seen) != before


def test_a_restoration_can_be_undone(project: Project, edit: Editor, clerk: User) -> None:
    first, seen = version_of(project.pk), edit(project, name="新名称")
    restore(project=project, version=first, seen=seen, by=clerk, reason="误改")
    restore(project=project, version=seen, seen=version_of(project.pk), by=clerk, reason="没有误改")
    assert load_state(project.pk).fields["name"] == "新名称"


def test_bringing_back_the_present_changes_nothing(project: Project, clerk: User) -> None:
    version = version_of(project.pk)
    assert not restore(project=project, version=version, seen=version, by=clerk, reason="试试")
    assert version_of(project.pk) == version


def test_region_and_archiving_stay(project: Project, edit: Editor, clerk: User) -> None:
    edit(project, archived_at=timezone.now(), archive_reason="重复")
    archived = version_of(project.pk)
    seen = edit(project, archived_at=None, archive_reason="", name="新名称")
    restore(project=project, version=archived, seen=seen, by=clerk, reason="名称改错了")
    fields = load_state(project.pk).fields
    assert (fields["name"], fields["archived_at"], fields["archive_reason"]) == ("教室改造", None, "")


def test_an_archived_project_stays_as_it_is(project: Project, edit: Editor, clerk: User) -> None:
    first = version_of(project.pk)
    seen = edit(project, archived_at=timezone.now(), archive_reason="重复", name="新名称")
    with pytest.raises(ActionError, match="已归档"):
        restore(project=project, version=first, seen=seen, by=clerk, reason="误改")


def test_a_name_that_another_project_has_by_now_is_refused(project: Project, edit: Editor, clerk: User) -> None:
    first, seen = version_of(project.pk), edit(project, name="新名称", basis="新依据")
    factories.project("教室改造", department=project.department)
    with pytest.raises(ActionError, match="没有恢复：同一行政区划、年度、部门下已有同名项目。"):
        restore(project=project, version=first, seen=seen, by=clerk, reason="误改")
    assert load_state(project.pk).fields["basis"] == "新依据"


def test_a_change_meanwhile_is_refused(project: Project, edit: Editor, clerk: User) -> None:
    first = version_of(project.pk)
    seen = edit(project, name="新名称")
    edit(project, basis="新依据")
    with pytest.raises(ChangedMeanwhileError):
        restore(project=project, version=first, seen=seen, by=clerk, reason="误改")


def test_a_department_that_is_gone_stays_what_it_was_joined_to(project: Project, clerk: User) -> None:
    first, joined, kept = version_of(project.pk), project.department, factories.department("教育和体育局")
    assert joined
    join_departments(keep=kept, join=joined, by=None)
    seen = edit_state(project, lambda state: state.fields.update(name="新名称"), by=clerk)
    restore(project=project, version=first, seen=seen, by=clerk, reason="误改")
    fields = load_state(project.pk).fields
    assert (fields["name"], fields["department_id"]) == ("教室改造", kept.pk)


def test_a_department_that_is_gone_comes_back_as_the_one_that_it_was_joined_to(project: Project, edit: Editor) -> None:
    first, joined, kept = version_of(project.pk), project.department, factories.department("教育和体育局")
    assert joined
    join_departments(keep=kept, join=joined, by=None)
    water = factories.department("水利局")
    seen = edit(project, department_id=water.pk, department_printed=water.name)
    past = past_of(project.pk, first)
    assert past
    assert past.notes == ["当时的归口部门“区教育局”已并入“教育和体育局”，归口部门恢复为“教育和体育局”。"]
    restore(project=project, version=first, seen=seen, by=factories.user(FINANCE, project.region), reason="给错了")
    fields = load_state(project.pk).fields
    assert (fields["department_id"], fields["department_printed"]) == (kept.pk, "区教育局")


def test_a_department_that_is_gone_for_good_does_not_leave_its_name_behind(project: Project, edit: Editor) -> None:
    first, gone, water = version_of(project.pk), project.department, factories.department("水利局")
    assert gone
    seen = edit(project, name="新名称", department_id=water.pk, department_printed=water.name)
    gone.delete()
    restore(project=project, version=first, seen=seen, by=factories.user(FINANCE, project.region), reason="误改")
    fields = load_state(project.pk).fields
    assert (fields["name"], fields["department_id"], fields["department_printed"]) == ("教室改造", water.pk, "水利局")


def test_nobody_gives_a_project_away_by_bringing_it_back(project: Project, edit: Editor) -> None:
    mine = factories.department("水利局")
    first, seen = version_of(project.pk), edit(project, department_id=mine.pk)
    person = factories.user(DEPARTMENT, mine)
    with pytest.raises(ActionError, match="不是您的部门"):
        restore(project=project, version=first, seen=seen, by=person, reason="误改")
    assert load_state(project.pk).fields["department_id"] == mine.pk
