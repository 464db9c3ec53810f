"""Compared with the source on the pages: the project's, the list of those that differ, the source's lines."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pytest_django.fixtures import DjangoAssertNumQueries

from imports.actions import Options, import_file
from imports.comparison import comparison_of
from imports.differing import candidates, differing
from imports.exporting import interchange_chunks
from imports.models import ImportRun, SourceRecord
from imports.stored import with_parts
from indicators.models import Goal, Indicator
from perfgoals.history import change
from projects.actions import join_departments
from projects.models import Department, DepartmentName, Funding, Project
from projects.permissions import ADMIN, AUDIT, DEPARTMENT, FINANCE
from tests import factories
from tests.conftest import LogIn, words_of
from tests.imports import texts

LIST = "difference-list"
LIST_STATEMENTS, PAGE_STATEMENTS = 32, 19


def take(text: str, name: str = "forms.txt") -> None:
    import_file(text.encode(), name=name, options=Options(), by=None)
    leave_the_run()


def leave_the_run() -> None:
    """A run's context ends with its transaction, which in a test goes on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pghistory.context_id', '', true)")


def page_of(project: Project, client: Client) -> str:
    return client.get(project.get_absolute_url()).content.decode()


def tokens_in(html: str) -> list[str]:
    return re.findall(r'<button[^>]*name="key"\s+value="([^"]+)"', html)


def restore(client: Client, project: Project, *tokens: str) -> object:
    return client.post(reverse("project-restore-printed", args=[project.pk]), {"key": tokens})


@pytest.fixture
def imported(imported: ImportRun) -> ImportRun:
    leave_the_run()
    return imported


@pytest.fixture
def edited(imported: ImportRun) -> Project:
    """An imported project whose text, money and target people changed."""
    Project.objects.update(overview="改写。", amount=5)
    Indicator.objects.filter(name="改造教室", scope="annual").update(value="≥20间", number=20)
    return Project.objects.get()


@pytest.fixture
def finance(log_in: LogIn) -> Client:
    return log_in(FINANCE, factories.county())


def test_the_page_marks_each_field_and_lists_all(auditor: Client, edited: Project) -> None:
    text = words_of(auditor.get(edited.get_absolute_url()))
    assert "与来源不同 3 处" in text
    assert "改写。 来源：改造十二间教室。" in text
    assert "0.0005 来源：300,000 元" in text
    assert "≥20间 指标值不同 来源：≥12间" in text
    assert "项目概况 改写。 改造十二间教室。" in text


def test_a_project_like_its_source_and_one_without_show_nothing(auditor: Client, imported: ImportRun) -> None:
    for project in (imported.records.get().project, factories.project()):
        html = page_of(project, auditor)
        assert 'id="differences"' not in html
        assert 'class="printed' not in html


def test_a_long_printed_text_is_folded(auditor: Client) -> None:
    take(texts.form(overview="建设十二间教室，" * 20))
    Project.objects.update(overview="改写。")
    assert '<details class="printed">' in page_of(Project.objects.get(), auditor)


def test_targets_that_people_removed_stand_below_the_table(auditor: Client, imported: ImportRun) -> None:
    Indicator.objects.filter(name="验收合格率", scope="annual").delete()
    text = words_of(auditor.get(Project.objects.get().get_absolute_url()))
    assert "来源还印有 年度指标 产出指标/质量指标/验收合格率：100%" in text


def test_one_value_is_restored_and_said(finance: Client, edited: Project) -> None:
    tokens = tokens_in(page_of(edited, finance))
    assert len(tokens) == 3
    response = finance.post(reverse("project-restore-printed", args=[edited.pk]), {"key": tokens[0]}, follow=True)
    assert response.redirect_chain == [(f"{edited.get_absolute_url()}?differences=open#differences", 302)]
    assert "已恢复为来源印刷值：项目概况。" in words_of(response)
    assert "与来源不同 2 处" in words_of(response)


def test_all_are_restored_at_once_and_the_button_says_how_many(finance: Client, edited: Project) -> None:
    html = page_of(edited, finance)
    assert "全部恢复（3 处）" in html
    restore(finance, edited, *re.findall(r'type="hidden" name="key" value="([^"]+)"', html))
    assert 'id="differences"' not in page_of(edited, finance)


@pytest.mark.parametrize("role", [AUDIT, ADMIN])
def test_those_who_change_nothing_see_everything_without_buttons(log_in: LogIn, edited: Project, role: str) -> None:
    client = log_in(role)
    html = page_of(edited, client)
    assert "与来源不同 3 处" in html
    assert "恢复为来源值" not in html
    assert restore(client, edited, "x").status_code == 403


def test_departments_restore_their_own_and_do_not_find_others(log_in: LogIn, edited: Project) -> None:
    mine = log_in(DEPARTMENT, edited.department)
    html = page_of(edited, mine)
    assert "/documents/" not in html
    assert restore(mine, edited, tokens_in(html)[0]).status_code == 302
    other = log_in(DEPARTMENT, factories.department("区水利局"))
    assert restore(other, edited, "x").status_code == 404


def test_departments_are_not_offered_to_give_a_project_away(log_in: LogIn, imported: ImportRun) -> None:
    mine = factories.department("区水利局")
    Project.objects.update(department=mine, overview="改写。")
    html = page_of(Project.objects.get(), log_in(DEPARTMENT, mine))
    assert len(tokens_in(html)) == 1
    assert "由财政人员恢复" in html


def test_an_archived_project_is_seen_and_not_restored(finance: Client, edited: Project) -> None:
    Project.objects.update(archived_at=timezone.now(), archive_reason="结束")
    html = page_of(edited, finance)
    assert "与来源不同" in html
    assert tokens_in(html) == []
    assert restore(finance, edited, "x").status_code == 403


def test_unknown_keys_and_other_methods_are_refused(finance: Client, edited: Project) -> None:
    address = reverse("project-restore-printed", args=[edited.pk])
    assert finance.get(address).status_code == 405
    for data in ({"key": "overview"}, {}):
        assert "没有" in words_of(finance.post(address, data, follow=True))
    assert Project.objects.get().overview == "改写。"
    assert finance.post(reverse("project-restore-printed", args=[999]), {"key": "x"}).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_as_many_statements_however_much_differs(
    finance: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    take(texts.form(rows=[("产出指标", "数量指标", f"指标{number}", "1项") for number in range(count)]))
    project = Project.objects.get()
    finance.get(project.get_absolute_url())
    Indicator.objects.update(value="2项", number=2)
    with django_assert_num_queries(PAGE_STATEMENTS):
        finance.get(project.get_absolute_url())


# The list of projects that differ.


def test_the_list_names_project_fields_and_who_changed_it_last(auditor: Client, imported: ImportRun) -> None:
    editor = factories.user(FINANCE, name="liming")
    with change(by=editor, action="edit"):
        Project.objects.update(overview="改写。")
    text = words_of(auditor.get(reverse(LIST)))
    assert "1 个项目的现值与来源文件印刷的不同" in text
    assert "教室改造" in text
    assert "1 处 项目概况" in text
    assert "liming" in text


def test_the_list_is_empty_where_nothing_differs_and_says_what_will_stand_there(
    auditor: Client, imported: ImportRun
) -> None:
    factories.project()
    assert "没有与来源不同的项目" in words_of(auditor.get(reverse(LIST)))


def test_the_list_follows_filters_and_shows_what_the_person_may_see(log_in: LogIn, edited: Project) -> None:
    assert "教室改造" in words_of(log_in(DEPARTMENT, edited.department).get(reverse(LIST)))
    assert "教室改造" not in words_of(log_in(DEPARTMENT, factories.department("区水利局")).get(reverse(LIST)))
    assert "没有符合条件的项目" in words_of(log_in(AUDIT).get(reverse(LIST), {"q": "没有这样的字"}))


def test_the_list_comes_in_pages_and_for_htmx_as_a_part(auditor: Client) -> None:
    take("".join(texts.form(f"项目{number}") for number in range(52)))
    Project.objects.update(overview="改写。")
    assert "第 51–52 条，共 52 个项目" in words_of(auditor.get(reverse(LIST), {"page": 2}))
    assert "<html" not in auditor.get(reverse(LIST), headers={"HX-Request": "true"}).content.decode()


def test_the_list_stands_in_the_navigation(auditor: Client) -> None:
    assert f'href="{reverse(LIST)}"' in auditor.get(reverse(LIST)).content.decode()


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_as_many_statements_however_long(
    auditor: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    take("".join(texts.form(f"项目{count}-{number}") for number in range(count)))
    Project.objects.update(overview="改写。")
    with django_assert_num_queries(LIST_STATEMENTS):
        auditor.get(reverse(LIST))
    with django_assert_num_queries(LIST_STATEMENTS - 6):  # nothing is compared again
        auditor.get(reverse(LIST))


def test_what_an_import_alone_wrote_is_no_candidate(imported: ImportRun) -> None:
    take(texts.form(overview="改造二十间教室。"), "新.txt")
    assert candidates(Project.objects.all()) == []


@pytest.mark.django_db
def test_a_project_entered_by_hand_that_a_source_then_states_is_found() -> None:
    take(texts.form("甲"))
    department = Department.objects.get()
    project = factories.project("教室改造", department=department, region=department.region, overview="手工录入")
    take(texts.form(), "新.txt")
    assert [one.pk for one in differing(Project.objects.all())] == [project.pk]


def test_what_an_interchange_file_changed_is_found(imported: ImportRun, auditor: Client) -> None:
    changed = "".join(interchange_chunks(Project.objects.all())).replace("改造十二间教室。", "改造二十间教室。")
    take(changed, "people's.json")
    assert [one.labels for one in differing(Project.objects.all())] == [("项目概况",)]


def test_what_an_interchange_file_made_is_no_candidate(db: None) -> None:
    take(texts.form())
    changed = "".join(interchange_chunks(Project.objects.all())).replace("改造十二间教室。", "改造二十间教室。")
    take(changed, "people's.json")
    made = changed.replace('"教室改造"', '"操场改造"')
    assert made != changed
    take(made, "another.json")
    assert candidates(Project.objects.filter(name="操场改造")) == []


def test_a_name_that_is_given_to_another_department_is_noticed(imported: ImportRun) -> None:
    assert differing(Project.objects.all()) == []
    other = factories.department("区水利局", of=Department.objects.get().region)
    DepartmentName.objects.update(department=other)
    assert [one.labels for one in differing(Project.objects.all())] == [("归口部门",)]


def test_a_source_that_is_read_anew_is_compared_again(edited: Project) -> None:
    assert [one.count for one in differing(Project.objects.all())] == [3]
    record = SourceRecord.objects.get()
    record.draft["overview"] = "改写。"
    record.save()
    assert [one.count for one in differing(Project.objects.all())] == [2]


class TestCandidates(TestCase):
    @given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 2)), max_size=6))
    @settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_whatever_differs_is_a_candidate(self, steps) -> None:
        take("".join(texts.form(f"项目{number}") for number in range(3)))
        for step, which in steps:
            project = Project.objects.order_by("pk")[which]
            act(step, project)
        found = with_parts(Project.objects.all())
        differ = {one.pk for one in found if (c := comparison_of(one)) and c.differences}
        assert differ <= set(candidates(Project.objects.all()))
        assert {one.pk for one in differing(Project.objects.all())} == differ


def act(step: int, project: Project) -> None:
    """One of the things that happen to a project, through the model, around it, or by an import."""
    if step == 0:
        Project.objects.filter(pk=project.pk).update(overview="改写。")
    elif step == 1:
        Funding.objects.filter(project=project, scope="annual", source="local").update(amount=7)
    elif step == 2:
        Goal.objects.filter(project=project).delete()
    elif step == 3:
        Indicator.objects.filter(project=project).first().delete()
    elif step == 4:
        take(texts.form(project.name, overview="来源改写。"), f"{project.pk}.txt")
    elif step == 5:
        take(texts.form(project.name, overview="改写。"), f"{project.pk}b.txt")
    elif step == 6:
        other = factories.department("区水利局", of=project.region)
        DepartmentName.objects.filter(region=project.region).update(department=other)
    elif step == 7:
        Department.objects.filter(pk=project.department_id).update(name="改名局")
    else:
        other = factories.department("合并局", of=project.region)
        if other.pk != project.department_id:
            join_departments(keep=other, join=project.department, by=None)


# The source's text at the record's lines.


@pytest.mark.parametrize("role", [AUDIT, FINANCE])
def test_the_source_opens_at_the_lines_of_the_record(log_in: LogIn, edited: Project, role: str) -> None:
    client = log_in(role, factories.county())
    record = SourceRecord.objects.get()
    address = f"{record.document.get_absolute_url()}?line={record.first_line}&record={record.pk}#L{record.first_line}"
    html = page_of(edited, client).replace("&amp;", "&")
    assert html.count(address) == 2  # among the differences, and in the side column
    text = client.get(address).content.decode()
    marked = [int(number) for number in re.findall(r'<tr id="L(\d+)"\s+class="[^"]* asked"', text)]
    assert marked == list(range(record.first_line, record.last_line + 1))


def test_several_ranges_of_lines_are_all_marked(auditor: Client, imported: ImportRun) -> None:
    record = SourceRecord.objects.get()
    SourceRecord.objects.update(lines=[[2, 4], [9, 10]])
    response = auditor.get(record.document.get_absolute_url(), {"line": 2, "record": record.pk})
    marked = re.findall(r'<tr id="L(\d+)"\s+class="[^"]* asked"', response.content.decode())
    assert marked == ["2", "3", "4", "9", "10"]
    assert "第 2–4 行 第 9–10 行" in words_of(response)


@pytest.mark.parametrize("record", ["0", "x", "9" * 400])
def test_a_record_that_is_not_there_marks_nothing(auditor: Client, imported: ImportRun, record: str) -> None:
    page = auditor.get(imported.document.get_absolute_url(), {"record": record})
    assert page.status_code == 200
    assert " asked" not in page.content.decode()
