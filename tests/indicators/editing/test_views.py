"""The editing page, per role, and what it answers to each step."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.editing.drafts import keep_draft
from indicators.editing.page import EditPage
from indicators.editing.sheet import Sheet
from indicators.models import EditDraft
from indicators.state import load_state, version_of
from perfgoals.models import User
from projects.models import Project
from projects.permissions import ADMIN, AUDIT, DEPARTMENT, FINANCE
from tests import factories
from tests.conftest import LogIn, words_of
from tests.indicators.editing import sheets

HTMX = {"HX-Request": "true"}


@pytest.fixture
def project(db: None) -> Project:
    return sheets.project()


@pytest.fixture
def finance(log_in: LogIn) -> Client:
    return log_in(FINANCE, factories.county())


def address(project: Project) -> str:
    return reverse("project-edit", args=[project.pk])


def person(client: Client) -> User:
    return User.objects.get(pk=client.session["_auth_user_id"])


def test_the_form_stands_in_the_official_order(finance: Client, project: Project) -> None:
    text = words_of(finance.get(address(project)))
    order = ["项目名称", "主管部门", "实施单位", "项目资金", "资金总额", "中央财政资金", "项目概况", "立项依据", "总体目标", "绩效指标",
             "产出指标", "数量指标", "经济效益指标", "满意度指标", "填报日期"]  # fmt: skip
    places = [text.index(word) for word in order]
    assert places == sorted(places)


@pytest.mark.parametrize(("role", "status"), [(AUDIT, 403), (ADMIN, 403), (DEPARTMENT, 404)])
def test_who_may_not_change_it_is_refused(log_in: LogIn, project: Project, role: str, status: int) -> None:
    client = log_in(role, factories.department("水利局"))
    post = sheets.post_of(*sheets.opened(project))
    assert client.get(address(project)).status_code == status
    for step in ({}, {"autosave": "1"}, {"op": "copy"}, {"paste": "甲"}):
        assert client.post(address(project), {**post, **step}).status_code == status
    assert EditDraft.objects.count() == 0


def test_an_archived_project_is_refused(finance: Client, project: Project) -> None:
    Project.objects.filter(pk=project.pk).update(archived_at="2025-01-01T00:00Z", archive_reason="重复")
    response = finance.get(address(project))
    assert (response.status_code, "已归档" in words_of(response)) == (403, True)


def test_saving_leads_to_the_project_and_says_so(finance: Client, project: Project) -> None:
    sheet, version = sheets.opened(project)
    sheet.head["plan"] = "三月开工"
    response = finance.post(address(project), sheets.post_of(sheet, version), follow=True)
    assert response.redirect_chain[-1][0] == project.get_absolute_url()
    assert "改动 1 处" in words_of(response)
    assert load_state(project.pk).fields["plan"] == "三月开工"


def test_saving_and_going_on_stays(finance: Client, project: Project) -> None:
    response = finance.post(address(project), sheets.post_of(*sheets.opened(project), stay="1"))
    assert response.url == address(project)


def test_errors_stand_above_and_at_their_field_with_everything_typed(finance: Client, project: Project) -> None:
    sheet, version = sheets.opened(project)
    sheet.funding["annual.local"], sheet.head["plan"] = "许多", "新计划"
    response = finance.post(address(project), sheets.post_of(sheet, version))
    html = response.content.decode()
    assert response.status_code == 200
    assert 'href="#f-funding-annual-local"' in html
    assert 'id="f-funding-annual-local-error"' in html
    assert "新计划" in html
    assert EditDraft.objects.get().sheet["funding"]["annual.local"] == "许多"


def test_typing_is_kept_and_answered_with_sums_readings_and_names(finance: Client, project: Project) -> None:
    factories.project("教学楼", department=project.department)
    sheet, version = sheets.opened(project)
    sheet.head["name"], sheet.funding["annual.local"] = "教学楼", "90"
    sheet.rows[0].annual.value = "良好"
    sheet.rows[0].annual.operator = sheet.rows[0].annual.unit = ""
    post = sheets.post_of(sheet, version, autosave="1", touched=f"{sheet.rows[0].key}.annual")
    response = finance.post(address(project), post, headers=HTMX)
    text = words_of(response)
    assert "草稿已暂存" in text
    assert "+10.00" in text
    assert "已有同名项目“教学楼”" in text
    assert "定性" in text
    assert response["HX-Replace-Url"] == f"{address(project)}?draft={EditDraft.objects.get().token}"


def test_a_draft_is_offered_again_and_goes_on_where_it_was(finance: Client, project: Project) -> None:
    sheet, version = sheets.opened(project)
    sheet.head["plan"] = "写了一半"
    draft = keep_draft(token=uuid4(), project=project, version=version, sheet=sheet, by=person(finance))
    assert draft is not None
    assert "有一份填写没有保存" in words_of(finance.get(address(project)))
    assert "修改没有保存" in words_of(finance.get(project.get_absolute_url()))
    assert "写了一半" in finance.get(f"{address(project)}?draft={draft.token}").content.decode()
    assert project.name in words_of(finance.get(reverse("draft-list")))


def test_a_draft_that_rests_on_an_older_version_meets_what_came_between(finance: Client, project: Project) -> None:
    sheet, version = sheets.opened(project)
    sheet.head["plan"] = "我的"
    draft = keep_draft(token=uuid4(), project=project, version=version, sheet=sheet, by=person(finance))
    assert draft is not None
    Project.objects.filter(pk=project.pk).update(plan="他的")
    html = finance.get(f"{address(project)}?draft={draft.token}").content.decode()
    assert f'name="version" value="{version}"' in html
    response = finance.post(address(project), sheets.post_of(sheet, version))
    assert response.status_code == 200
    assert "他的" in words_of(response)


def test_conflicts_stay_on_the_page_until_they_are_decided(finance: Client, project: Project) -> None:
    sheet, version = sheets.opened(project)
    Project.objects.filter(pk=project.pk).update(plan="他的")
    sheet.head["plan"] = "我的"
    now = version_of(project.pk)
    decision = {"conflict": "plan", "before": str(version)}
    response = finance.post(address(project), sheets.post_of(sheet, now, **decision))
    text = words_of(response)
    assert response.status_code == 200
    assert "请选择保留哪一个值" in text
    assert "他的" in text
    assert EditDraft.objects.get().version == version
    finance.post(address(project), sheets.post_of(sheet, now, **decision, **{"choose.plan": "theirs"}))
    assert load_state(project.pk).fields["plan"] == "他的"


def test_a_conflict_in_a_field_that_is_then_mistyped_comes_up_again(finance: Client, project: Project) -> None:
    sheet, version = sheets.opened(project)
    Project.objects.filter(pk=project.pk).update(serial=7)
    now = version_of(project.pk)
    sheet.head["serial"] = "八"
    decision = {"conflict": "serial", "before": str(version), "choose.serial": "mine"}
    html = finance.post(address(project), sheets.post_of(sheet, now, **decision)).content.decode()
    assert f'name="version" value="{version}"' in html
    sheet.head["serial"] = "8"
    assert "被别人改过" in words_of(finance.post(address(project), sheets.post_of(sheet, version)))


def test_others_drafts_are_neither_shown_nor_overwritten(finance: Client, log_in: LogIn, project: Project) -> None:
    other = log_in(FINANCE, factories.county())
    sheet, version = sheets.opened(project)
    draft = keep_draft(token=uuid4(), project=project, version=version, sheet=sheet, by=person(other))
    assert draft is not None
    assert "有一份填写没有保存" not in words_of(finance.get(f"{address(project)}?draft={draft.token}"))
    finance.post(
        address(project), {**sheets.post_of(sheet, version, autosave="1"), "token": str(draft.token)}, headers=HTMX
    )
    assert EditDraft.objects.get().user == person(other)
    assert finance.post(reverse("draft-discard", args=[draft.token])).status_code == 404


def test_a_draft_is_thrown_away(finance: Client, project: Project) -> None:
    sheet, version = sheets.opened(project)
    draft = keep_draft(token=uuid4(), project=project, version=version, sheet=sheet, by=person(finance))
    assert draft is not None
    finance.post(reverse("draft-discard", args=[draft.token]))
    assert EditDraft.objects.get().is_closed
    assert finance.get(reverse("draft-discard", args=[draft.token])).status_code == 405


def test_a_button_changes_the_tree_and_keeps_it(finance: Client, project: Project) -> None:
    sheet, version = sheets.opened(project)
    post = sheets.post_of(sheet, version, op="add:benefit.social")
    part = finance.post(address(project), post, headers=HTMX).content.decode()
    assert 'data-row="n1"' in part
    assert "<html" not in part
    whole = finance.post(address(project), post).content.decode()
    assert "<html" in whole
    assert 'data-row="n1"' in whole
    assert len(EditDraft.objects.get(token=post["token"]).sheet["rows"]) == len(sheet.rows) + 1


@pytest.mark.parametrize("op", ["up", "jump:i1", "add", "class:i1", "up:nobody", ""])
def test_a_button_that_does_not_exist_is_said(finance: Client, project: Project, op: str) -> None:
    response = finance.post(address(project), sheets.post_of(*sheets.opened(project), op=op), headers=HTMX)
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()


def signed(user: User) -> dict[str, str]:
    return {"who": EditPage(None, Sheet(), 0, uuid4(), user).who}


def test_what_was_posted_after_the_log_in_ran_out_is_there_after_logging_in(client: Client, project: Project) -> None:
    user = factories.user(FINANCE, factories.county(), name="liming")
    sheet, version = sheets.opened(project)
    sheet.head["plan"] = "过期以后"
    response = client.post(address(project), sheets.post_of(sheet, version, **signed(user)))
    assert response.url == f"{reverse('login')}?next={address(project)}"
    client.post(response.url, {"username": "liming", "password": "right-horse", "next": address(project)})
    page = client.get(address(project), follow=True)
    assert "过期以后" in page.content.decode()
    assert "您刚才填写的内容已保留" in words_of(page)
    assert EditDraft.objects.get().user == user


def test_it_waits_for_nobody_else_and_not_at_all_without_a_signature(client: Client, project: Project) -> None:
    factories.user(FINANCE, factories.county(), name="liming")
    other = factories.user(FINANCE, factories.county())
    for who, waits in ((signed(other), True), ({"who": "forged"}, False), ({}, False)):
        client.post(address(project), sheets.post_of(*sheets.opened(project), **who))
        assert ("typed" in client.session) == waits
        client.post(reverse("login"), {"username": "liming", "password": "right-horse"})
        client.get(address(project))
        client.post(reverse("logout"))
    assert not EditDraft.objects.exists()


def test_a_draft_can_be_read_when_its_project_cannot_be_changed_any_more(finance: Client, project: Project) -> None:
    sheet, version = sheets.opened(project)
    sheet.head["plan"] = "写了一半"
    draft = keep_draft(token=uuid4(), project=project, version=version, sheet=sheet, by=person(finance))
    assert draft is not None
    Project.objects.filter(pk=project.pk).update(archived_at="2025-01-01T00:00Z", archive_reason="重复")
    assert "您现在不能修改这个项目" in words_of(finance.get(reverse("draft-list")))
    text = finance.get(reverse("draft-text", args=[draft.token])).content.decode()
    assert "项目实施计划：写了一半" in text
    assert "实施期指标　数量指标　改造教室　≥12间" in text


def test_a_draft_of_another_shape_gives_what_can_be_read(finance: Client, project: Project) -> None:
    kept = {"head": {"plan": "写了一半"}, "rows": [{"unknown": 1}], "goals": None}
    draft = EditDraft.objects.create(user=person(finance), project=project, sheet=kept)
    assert "写了一半" in finance.get(f"{address(project)}?draft={draft.token}").content.decode()


def test_a_new_project_is_entered_from_an_empty_form(log_in: LogIn) -> None:
    department = factories.department()
    client = log_in(DEPARTMENT, department)
    page = client.get(reverse("project-new"))
    assert "新建项目" in words_of(page)
    assert re.search(rf'<option value="{department.pk}"\s+selected>', page.content.decode())
    sheet = sheets.sheet()
    sheet.head = {"region": "140404", "year": "2026", "name": "新项目", "department": str(department.pk)}
    client.post(reverse("project-new"), sheets.post_of(sheet))
    assert Project.objects.get().name == "新项目"


def test_next_years_form_begins_with_this_years(finance: Client, project: Project) -> None:
    html = finance.get(f"{reverse('project-new')}?from={project.pk}").content.decode()
    assert 'value="2026"' in html
    assert "改造宿舍" in html
    assert ".period.id" not in html


@pytest.mark.parametrize("role", [AUDIT, ADMIN])
def test_who_only_reads_enters_no_projects(log_in: LogIn, role: str) -> None:
    client = log_in(role)
    assert client.get(reverse("project-new")).status_code == 403
    assert client.post(reverse("project-new"), {"head.name": "新"}).status_code == 403


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 30, "一", "-1"])
def test_a_department_that_is_no_number_is_answered_while_typing(
    finance: Client, project: Project, number: str
) -> None:
    sheet, version = sheets.opened(project)
    sheet.head["department"] = number
    assert finance.post(address(project), sheets.post_of(sheet, version, autosave="1"), headers=HTMX).status_code == 200
    assert "请从列表中选择主管部门" in words_of(finance.post(address(project), sheets.post_of(sheet, version)))


def test_nonsense_is_answered_like_a_form(finance: Client, project: Project) -> None:
    post = {
        "version": "x" * 30,
        "token": "?",
        "rows": ["a", "a"],
        "rows.a.category": "colour",
        "rows.a.period.name": "甲",
    }
    assert finance.post(address(project), post).status_code == 200
    assert finance.get(f"{address(project)}?draft=nonsense").status_code == 200
    assert finance.get(f"{reverse('project-new')}?from=9999999").status_code == 404


def test_the_request_that_saves_the_largest_form_takes_at_most_fifteen_statements(
    finance: Client, without_review: None
) -> None:
    """60 indicators in both scopes and every part of the form changed, a row added and one removed; history included,
    begin and end of the transaction and the review (`tests/indicators/reviewing/test_refreshing.py`) apart."""
    project = factories.project(sources={"local": "1"}, amount="1")
    for position in range(60):
        for scope in ("period", "annual"):
            factories.indicator(project, f"指标{position}", scope=scope, position=position)
    other = factories.department("水利局")
    sheet, version = sheets.opened(project)
    sheet.head.update(plan="新", department=str(other.pk))
    sheet.goals.update(annual="新", period="新")
    sheet.funding.update({"annual.total": "2", "annual.local": "2", "period.total": "3", "period.local": "3"})
    for row in sheet.rows:
        row.period.value = row.annual.value = "77"
    sheet.rows[5].removed = True
    sheet.rows.append(sheets.row("n1", "新指标", "提高"))
    post = sheets.post_of(sheet, version)
    finance.post(address(project), {**post, "autosave": "1"}, headers=HTMX)
    with CaptureQueriesContext(connection) as captured:
        response = finance.post(address(project), post)
    assert response.url == project.get_absolute_url()
    control = re.compile(r"(^|; )(BEGIN|COMMIT|SAVEPOINT|RELEASE)\b")
    statements = [query["sql"] for query in captured if not control.search(query["sql"])]
    assert len(statements) <= 15, "\n".join(statement[-120:] for statement in statements)


def test_amounts_of_last_years_form_keep_their_worth_in_the_new_forms_unit(finance: Client) -> None:
    former = factories.project(amount="50000000.00", printed_unit="万元", amount_printed="5000")
    html = finance.get(f"{reverse('project-new')}?from={former.pk}").content.decode()
    assert 'value="50,000,000"' in html


@pytest.mark.parametrize("step", [{"autosave": "1"}, {"op": "copy"}, {"paste": "甲\0\t乙"}, {}])
def test_control_characters_that_no_column_holds_are_left_out(
    finance: Client, project: Project, step: dict[str, str]
) -> None:
    sheet, version = sheets.opened(project)
    sheet.head["plan"], sheet.rows[0].label, sheet.reason = "三\0月", "数\0量", "因\0为"
    response = finance.post(address(project), sheets.post_of(sheet, version, **step))
    assert response.status_code in (200, 302)
    kept = EditDraft.objects.get()
    text = load_state(project.pk).fields["plan"] if kept.is_closed else kept.sheet["head"]["plan"]
    assert text == "三月"


def test_conflicts_stay_when_a_button_is_pressed_without_scripts(finance: Client, project: Project) -> None:
    sheet, version = sheets.opened(project)
    Project.objects.filter(pk=project.pk).update(plan="他的")
    sheet.head["plan"] = "我的"
    shown = {"conflict": "plan", "before": str(version), "op": "add:output.quantity"}
    html = finance.post(address(project), sheets.post_of(sheet, version_of(project.pk), **shown)).content.decode()
    assert f'name="before" value="{version}"' in html
    assert 'name="choose.plan"' in html


def test_an_undecided_conflict_is_linked_by_its_name(finance: Client, project: Project) -> None:
    sheet, version = sheets.opened(project)
    Project.objects.filter(pk=project.pk).update(plan="他的")
    sheet.head["plan"] = "我的"
    post = sheets.post_of(sheet, version_of(project.pk), conflict="plan", before=str(version))
    html = finance.post(address(project), post).content.decode()
    assert '<a href="#f-choose-plan">项目实施计划</a>' in html
    assert 'id="f-choose-plan"' in html


def test_what_was_typed_into_a_project_archived_meanwhile_is_kept(finance: Client, project: Project) -> None:
    sheet, version = sheets.opened(project)
    sheet.head["plan"] = "我的"
    Project.objects.filter(pk=project.pk).update(archived_at="2025-01-01T00:00Z", archive_reason="重复")
    assert finance.post(address(project), sheets.post_of(sheet, version)).status_code == 403
    assert EditDraft.objects.get().sheet["head"]["plan"] == "我的"


def test_a_draft_of_a_project_given_away_meanwhile_is_still_written(log_in: LogIn, project: Project) -> None:
    client = log_in(DEPARTMENT, project.department)
    sheet, version = sheets.opened(project)
    post = sheets.post_of(sheet, version, autosave="1")
    client.post(address(project), post, headers=HTMX)
    Project.objects.filter(pk=project.pk).update(department=factories.department("水利局"))
    assert client.post(address(project), {**post, "head.plan": "最后一句"}, headers=HTMX).status_code == 404
    assert EditDraft.objects.get().sheet["head"]["plan"] == "最后一句"


def test_a_doubled_tab_goes_on_under_a_number_of_its_own(finance: Client, project: Project) -> None:
    sheet, version = sheets.opened(project)
    post = sheets.post_of(sheet, version)
    finance.post(address(project), post)
    html = finance.post(address(project), {**post, "autosave": "1"}, headers=HTMX).content.decode()
    number = re.search(r'id="edit-token"\s+name="token"\s+value="([^"]+)"', html)[1]
    assert number != post["token"]
    finance.post(address(project), {**post, "autosave": "1", "token": number}, headers=HTMX)
    assert EditDraft.objects.get(is_closed=False).token == UUID(number)


def expired(client: Client, project: Project, post: dict[str, str], of: User) -> None:
    """An autosave of a person's page after the log-in ran out."""
    client.logout()
    assert client.post(address(project), {**post, **signed(of), "autosave": "1"}, headers=HTMX).status_code == 302


def test_what_waited_for_the_log_in_is_forgotten_when_its_window_goes_on(client: Client, project: Project) -> None:
    user = factories.user(FINANCE, factories.county(), name="liming")
    post = sheets.post_of(*sheets.opened(project))
    expired(client, project, post, user)
    client.force_login(User.objects.get(username="liming"))
    client.post(address(project), post)
    assert "您刚才填写的内容已保留" not in words_of(client.get(address(project), follow=True))
    assert not EditDraft.objects.filter(user=user, is_closed=False).exists()


def test_what_waited_for_the_log_in_goes_on_in_its_own_draft_and_to_nobody_else(
    client: Client, project: Project
) -> None:
    liming, wangfang = (factories.user(FINANCE, factories.county(), name=name) for name in ("liming", "wangfang"))
    post = sheets.post_of(*sheets.opened(project))
    client.force_login(liming)
    client.post(address(project), {**post, "autosave": "1"}, headers=HTMX)
    expired(client, project, {**post, "head.plan": "李明写的"}, liming)
    client.force_login(wangfang)
    assert "李明写的" not in client.get(address(project), follow=True).content.decode()
    client.logout()
    expired(client, project, {**post, "head.plan": "李明写的"}, liming)
    client.force_login(liming)
    assert "李明写的" in client.get(address(project), follow=True).content.decode()
    assert EditDraft.objects.count() == 1


def test_the_form_is_never_shown_from_a_cache(finance: Client, project: Project) -> None:
    assert "no-store" in finance.get(address(project))["Cache-Control"]
