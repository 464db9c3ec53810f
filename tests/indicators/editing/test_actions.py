"""Saving forms."""

from __future__ import annotations

import re
import threading
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from pghistory.models import Context

from indicators.editing import actions
from indicators.editing.actions import Outcome, create, save_project
from indicators.editing.drafts import drafts_of, keep_draft
from indicators.editing.operations import add_row
from indicators.editing.sheet import Sheet
from indicators.editing.showing import sheet_of
from indicators.models import Indicator, IndicatorEvent
from indicators.state import load_state, state_at, version_of
from perfgoals.models import User
from perfgoals.rules import check_deferred_rules
from projects.models import Project, ProjectEvent
from projects.permissions import ADMIN, AUDIT, DEPARTMENT, FINANCE
from tests import factories
from tests.indicators.editing import sheets

MOST_STATEMENTS = 15
TRANSACTION = re.compile(r"(^|; )(BEGIN|COMMIT|SAVEPOINT|RELEASE)\b")


def finance() -> User:
    return factories.user(FINANCE, factories.county())


def save(project: Project, sheet: Sheet, version: int, by: User, **choices: str | None) -> Outcome:
    named = {key.replace("__", "."): side for key, side in choices.items()}
    return save_project(pk=project.pk, sheet=sheet, version=version, choices=named, token=sheets.TOKEN, by=by)


@pytest.mark.django_db
def test_a_saved_form_stands_with_its_history_and_reason() -> None:
    project, by = sheets.project(), finance()
    sheet, version = sheets.opened(project)
    sheet.head["plan"], sheet.goals["annual"], sheet.reason = "三月开工", "今年改造一半", "与预算一致"
    sheet.rows[0].annual.value = "6"
    outcome = save(project, sheet, version, by)
    assert outcome.is_saved
    assert {"plan", "goals.annual"} < {change.key for change in outcome.changes}
    stored = load_state(project.pk)
    assert (stored.fields["plan"], stored.goals["annual"]) == ("三月开工", "今年改造一半")
    context = Context.objects.get()
    assert context.metadata == {"user": by.pk, "action": "edit", "reason": "与预算一致"}
    assert {event.pgh_context_id for event in IndicatorEvent.objects.filter(pgh_label="update")} == {context.pk}


@pytest.mark.django_db
def test_an_untouched_form_writes_nothing() -> None:
    project = sheets.project()
    sheet, version = sheets.opened(project)
    assert save(project, sheet, version, finance()).changes == []
    assert version_of(project.pk) == version


@pytest.mark.django_db
def test_errors_leave_everything_as_it_was() -> None:
    project = sheets.project()
    sheet, version = sheets.opened(project)
    sheet.head["name"], sheet.head["plan"] = "", "新"
    outcome = save(project, sheet, version, finance())
    assert list(outcome.errors) == ["name"]
    assert version_of(project.pk) == version


@pytest.mark.django_db
def test_a_taken_name_is_said_at_the_name() -> None:
    project = sheets.project()
    factories.project("教学楼", department=project.department)
    sheet, version = sheets.opened(project)
    sheet.head["name"] = "教学 楼"
    assert "已有同名项目" in save(project, sheet, version, finance()).errors["name"]


@pytest.mark.django_db
def test_the_draft_goes_with_the_save_and_stays_with_a_refusal() -> None:
    project, by = sheets.project(), finance()
    sheet, version = sheets.opened(project)
    keep_draft(token=sheets.TOKEN, project=project, version=version, sheet=sheet, by=by)
    sheet.head["name"] = ""
    save(project, sheet, version, by)
    assert drafts_of(by, project).count() == 1
    sheet.head["name"] = "改名"
    save(project, sheet, version, by)
    assert drafts_of(by, project).count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("was_kept", [True, False])
def test_what_a_window_sends_after_its_save_does_not_bring_the_draft_back(was_kept: bool) -> None:
    project, by = sheets.project(), finance()
    sheet, version = sheets.opened(project)
    if was_kept:
        keep_draft(token=sheets.TOKEN, project=project, version=version, sheet=sheet, by=by)
    save(project, sheet, version, by)
    assert keep_draft(token=sheets.TOKEN, project=project, version=version, sheet=sheet, by=by) is None
    assert drafts_of(by, project).count() == 0


@pytest.mark.django_db
def test_the_second_to_save_sees_what_came_between_and_decides() -> None:
    project, by = sheets.project(), finance()
    mine, version = sheets.opened(project)
    theirs, _ = sheets.opened(project)
    theirs.head["plan"], theirs.head["basis"] = "他的计划", "他的依据"
    assert save(project, theirs, version, by).is_saved
    mine.head["plan"], mine.head["duration"] = "我的计划", "3年"
    outcome = save(project, mine, version, by)
    assert not outcome.is_saved
    assert outcome.came_between is not None
    assert [c.key for c in outcome.came_between.conflicts] == ["plan"]
    assert [c.key for c in outcome.came_between.others] == ["basis"]
    shown = sheet_of(outcome.came_between.state)
    assert "choose.plan" in save(project, shown, outcome.version, by, plan=None).errors
    assert save(project, shown, outcome.version, by, plan="theirs").is_saved
    fields = load_state(project.pk).fields
    assert (fields["plan"], fields["basis"], fields["duration"]) == ("他的计划", "他的依据", "3年")


@pytest.mark.django_db
@pytest.mark.parametrize(("side", "left"), [("mine", 1), ("theirs", 0)])
def test_a_row_that_others_removed_and_i_changed_is_mine_to_decide(side: str, left: int) -> None:
    project, by = sheets.project(), finance()
    mine, version = sheets.opened(project)
    number = mine.rows[0].annual.id
    Indicator.objects.filter(pk=number).delete()
    mine.rows[0].annual.value = "99"
    outcome = save(project, mine, version, by)
    assert outcome.came_between is not None
    shown = sheet_of(outcome.came_between.state)
    assert save(project, shown, outcome.version, by, **{f"indicator__{number}": side}).is_saved
    assert Indicator.objects.filter(project=project, value="≥99间").count() == left


@pytest.mark.django_db
def test_an_import_or_bulk_change_in_between_is_seen_too() -> None:
    project, by = sheets.project(), finance()
    mine, version = sheets.opened(project)
    Project.objects.filter(pk=project.pk).update(attribute="一次性项目")
    mine.head["attribute"] = "经常性项目"
    outcome = save(project, mine, version, by)
    assert outcome.came_between is not None
    assert outcome.came_between.conflicts[0].theirs == "一次性项目"


@pytest.mark.django_db
def test_numbers_of_another_project_cannot_be_taken_over() -> None:
    project, other = sheets.project(), sheets.project()
    sheet, version = sheets.opened(project)
    foreign = Indicator.objects.filter(project=other).first()
    assert foreign is not None
    sheet.rows[0].period.id = foreign.pk
    sheet.rows[0].period.value = "1"
    assert save(project, sheet, version, finance()).is_saved
    foreign.refresh_from_db()
    assert (foreign.project_id, foreign.value) == (other.pk, "≥12间")


@pytest.mark.django_db
@pytest.mark.parametrize("role", [AUDIT, ADMIN])
def test_who_only_reads_cannot_save(role: str) -> None:
    project = sheets.project()
    sheet, version = sheets.opened(project)
    with pytest.raises(PermissionDenied):
        save(project, sheet, version, factories.user(role, factories.county()))


@pytest.mark.django_db
def test_others_projects_are_not_found() -> None:
    project = sheets.project()
    sheet, version = sheets.opened(project)
    with pytest.raises(Http404):
        save(project, sheet, version, factories.user(DEPARTMENT, factories.department("水利局")))


@pytest.mark.django_db
def test_a_project_is_entered() -> None:
    by = finance()
    department = factories.department()
    sheet = Sheet(head={"region": "140404", "year": "2026", "name": "新项目", "department": str(department.pk)})
    sheet.funding = {"annual.total": "10", "annual.local": "10"}
    cell = add_row(sheet, "output.quantity")
    sheet.row(cell.row).annual.name, sheet.row(cell.row).annual.value = "改造", "≥1间"
    outcome = create(sheet=sheet, token=sheets.TOKEN, by=by)
    assert outcome.errors == {}
    stored = load_state(outcome.project.pk)
    assert (stored.fields["department_printed"], stored.fields["amount"]) == ("区教育局", Decimal("10.00"))
    assert stored.fields["has_funding_table"]
    assert [row.value for row in stored.indicators.values()] == ["≥1间"]
    assert ProjectEvent.objects.get(pgh_obj=outcome.project.pk).pgh_context.metadata["action"] == "create"


@pytest.mark.django_db
def test_a_new_project_needs_region_year_department_and_a_free_name() -> None:
    by = factories.user(DEPARTMENT, factories.department())
    factories.project("已有")
    errors = create(
        sheet=Sheet(head={"region": "140400", "year": "25", "name": "新"}), token=sheets.TOKEN, by=by
    ).errors
    assert set(errors) == {"region", "year", "department"}
    head = {"region": "140404", "year": "2025", "name": "已 有", "department": str(factories.department().pk)}
    assert "已有同名项目" in create(sheet=Sheet(head=head), token=sheets.TOKEN, by=by).errors["name"]
    foreign = {**head, "name": "新", "department": str(factories.department("水利局").pk)}
    assert set(create(sheet=Sheet(head=foreign), token=sheets.TOKEN, by=by).errors) == {"department"}


@pytest.mark.django_db
def test_the_largest_form_is_saved_in_few_statements(without_review: None) -> None:
    """60 indicators in both scopes, every part changed, a row removed and one added; history included, review apart."""
    project = factories.project(sources={"local": "1"}, amount="1")
    factories.goal(project, "建成")
    for position in range(60):
        for scope in ("period", "annual"):
            factories.indicator(project, f"指标{position}", scope=scope, position=position)
    by = User.objects.get(pk=finance().pk)
    sheet, version = sheets.opened(project)
    sheet.head["plan"], sheet.goals["annual"], sheet.goals["period"] = "新", "新", "新"
    sheet.funding.update({"annual.total": "2", "annual.local": "2", "period.total": "3", "period.local": "3"})
    for row in sheet.rows:
        row.period.value = row.annual.value = "77"
    sheet.rows[5].removed = True
    add_row(sheet, "output.quality")
    sheet.rows[-1].annual.name = "新指标"
    keep_draft(token=sheets.TOKEN, project=project, version=version, sheet=sheet, by=by)
    with CaptureQueriesContext(connection) as captured:
        assert save(project, sheet, version, by).is_saved
    statements = [query["sql"] for query in captured if not TRANSACTION.search(query["sql"])]
    # The request asks for the session and the person before.
    assert len(statements) + 2 <= MOST_STATEMENTS, "\n".join(statement[:90] for statement in statements)
    assert Indicator.objects.filter(project=project, value="≥77间").count() == 118


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("committed")
def test_two_saves_at_the_same_moment_lose_nothing() -> None:
    project, by = sheets.project(), finance()
    forms = [sheets.opened(project) for _ in range(2)]
    forms[0][0].head["plan"], forms[1][0].head["basis"] = "甲的计划", "乙的依据"
    outcomes: list[Outcome] = []
    start = threading.Barrier(2)

    def run(sheet: Sheet, version: int) -> None:
        start.wait()
        try:
            outcomes.append(save(project, sheet, version, by))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=form) for form in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome.is_saved for outcome in outcomes) == [False, True]
    refused = next(outcome for outcome in outcomes if not outcome.is_saved)
    assert refused.came_between is not None
    assert len(refused.came_between.others) == 1
    assert save(project, sheet_of(refused.came_between.state), refused.version, by).is_saved
    fields = load_state(project.pk).fields
    assert (fields["plan"], fields["basis"]) == ("甲的计划", "乙的依据")


@pytest.mark.django_db
def test_a_rolled_back_save_leaves_no_history() -> None:
    project = sheets.project()
    sheet, version = sheets.opened(project)
    sheet.head["plan"] = "新"
    with transaction.atomic():
        save(project, sheet, version, finance())
        transaction.set_rollback(True)
    assert version_of(project.pk) == version
    assert state_at(project.pk, version) == load_state(project.pk)


@pytest.mark.django_db
def test_a_row_taken_back_from_others_stands_beside_the_one_put_in_its_place() -> None:
    project, by = sheets.project(), finance()
    mine, version = sheets.opened(project)
    number = mine.rows[1].period.id
    Indicator.objects.filter(pk=number).update(name="他改名")
    mine.rows[1].removed = True
    mine.row(add_row(mine, "", mine.rows[0].key).row).period.name = "我新加"
    outcome = save(project, mine, version, by)
    assert outcome.came_between is not None
    shown = sheet_of(outcome.came_between.state)
    assert save(project, shown, outcome.version, by, **{f"indicator__{number}": "theirs"}).errors == {}
    check_deferred_rules()
    names = {row.name for row in load_state(project.pk).indicators.values() if row.scope == "period"}
    assert {"他改名", "我新加"} <= names


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["evil", "indicator.x", "funding", "goals", "indicator.9.colour", "id"])
def test_a_conflict_that_was_never_shown_decides_nothing(key: str) -> None:
    project = sheets.project()
    sheet, version = sheets.opened(project)
    sheet.head["plan"] = "我的"
    by = finance()
    outcome = save_project(
        pk=project.pk, sheet=sheet, version=version, choices={key: "theirs"}, token=sheets.TOKEN, by=by
    )
    assert outcome.is_saved
    assert load_state(project.pk).fields["plan"] == "我的"


@pytest.mark.django_db
@pytest.mark.parametrize("version", [0, 10**17])
def test_a_version_that_never_was_overwrites_nothing(version: int) -> None:
    project = sheets.project()
    sheet, _ = sheets.opened(project)
    Project.objects.filter(pk=project.pk).update(plan="他的")
    sheet.head["plan"] = "我的"
    assert "核对" in save(project, sheet, version, finance()).errors[""]
    assert load_state(project.pk).fields["plan"] == "他的"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("committed")
def test_a_department_that_goes_before_the_save_ends_is_said_at_its_field(monkeypatch: pytest.MonkeyPatch) -> None:
    project = sheets.project()
    gone = factories.department("水利局")
    sheet, version = sheets.opened(project)
    sheet.head["department"] = str(gone.pk)
    found = actions.department_found(finance(), project.region_id, gone.pk)
    gone.delete()
    monkeypatch.setattr(actions, "department_found", lambda *_: found)
    outcome = save(project, sheet, version, finance())
    assert outcome.errors == {"department": actions.DEPARTMENT_GONE}


@pytest.mark.django_db
def test_an_unequal_sum_of_a_new_project_needs_a_reason_and_its_table_is_whole() -> None:
    by, department = finance(), factories.department()
    head = {"region": "140404", "year": "2026", "name": "新", "department": str(department.pk)}
    sheet = Sheet(head=head, funding={"annual.total": "10"})
    assert set(create(sheet=sheet, token=sheets.TOKEN, by=by).errors) == {"funding_note"}
    sheet.head["funding_note"] = "来源待定"
    outcome = create(sheet=sheet, token=sheets.TOKEN, by=by)
    assert outcome.errors == {}
    assert len(load_state(outcome.project.pk).funding) == 10
