"""The pages of projects."""

import re
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from imports.models import ImportRun
from projects.permissions import AUDIT, DEPARTMENT, FINANCE
from tests import factories
from tests.conftest import LogIn, words_of

LIST, TOTALS = "project-list", "totals"
LIST_STATEMENTS = 23


def test_the_list_says_how_many_and_how_much(auditor: Client) -> None:
    factories.project("甲", amount="10000")
    factories.project("乙", amount="25000")
    assert "共 2 个项目，合计 3.50 万元" in words_of(auditor.get(reverse(LIST)))


def test_the_list_says_what_a_funding_source_gives(auditor: Client) -> None:
    factories.project(amount="30000", sources={"local": "10000", "central": "20000"})
    text = words_of(auditor.get(reverse(LIST), {"source": "local"}))
    assert "合计 3.00 万元 ，其中 市县（区）财政资金 1.00 万元" in text


def test_the_list_shows_what_the_person_may_see(log_in: LogIn) -> None:
    mine = factories.project("我的", department=factories.department("教育局"))
    factories.project("别人的", department=factories.department("水利局"))
    text = words_of(log_in(DEPARTMENT, mine.department).get(reverse(LIST)))
    assert "我的" in text
    assert "别人的" not in text


def test_blank_and_zero_amounts_differ_in_the_list(auditor: Client) -> None:
    factories.project("空白", amount=None)
    factories.project("零", amount="0")
    html = auditor.get(reverse(LIST)).content.decode()
    assert re.findall(r'<td class="col-amount number">([^<]*)</td>', html) == ["—", "0.00", "0.00"]


def test_the_list_shows_the_name_as_printed_and_as_joined(auditor: Client) -> None:
    factories.project(department=factories.department("长治市住房和城乡建设局"), department_printed="市住建局")
    html = auditor.get(reverse(LIST)).content.decode()
    assert re.search(r'title="长治市住房和城乡建设局">\s*市住建局', html)


def test_the_source_links_to_the_line_of_its_text(auditor: Client, imported: ImportRun) -> None:
    address = f"{reverse('document-detail', args=[imported.document_id])}#L1"
    assert address in auditor.get(reverse(LIST)).content.decode()


def test_departments_get_no_links_to_whole_sources(log_in: LogIn, imported: ImportRun) -> None:
    department = imported.records.get().project.department
    html = log_in(DEPARTMENT, department).get(reverse(LIST)).content.decode()
    assert "教室改造" in html
    assert "/documents/" not in html


def test_a_value_that_is_not_understood_is_said_in_place(auditor: Client) -> None:
    factories.project("甲")
    response = auditor.get(reverse(LIST), {"year": "abc"})
    assert response.status_code == 200
    text = words_of(response)
    assert "筛选条件有误" in text
    assert "”不在年度的可选范围内，请重新选择。" in text
    assert "甲" not in text


def test_an_empty_store_says_how_to_fill_it(auditor: Client) -> None:
    assert "import_text" in words_of(auditor.get(reverse(LIST)))


def test_nothing_found_offers_to_clear_the_filters(auditor: Client) -> None:
    factories.project("甲")
    response = auditor.get(reverse(LIST), {"q": "没有", "sort": "name"})
    assert "没有符合条件的项目" in words_of(response)
    assert 'href="?sort=name"' in response.content.decode()


def test_archived_projects_are_left_out_of_list_and_totals_unless_asked_for(auditor: Client) -> None:
    factories.project("在用", amount="10000")
    factories.project("撤了", amount="20000", archived_at=timezone.now(), archive_reason="项目取消")
    for page in (LIST, TOTALS):
        assert "共 1 个项目，合计 1.00 万元" in words_of(auditor.get(reverse(page)))
        assert "共 2 个项目，合计 3.00 万元" in words_of(auditor.get(reverse(page), {"archived": "all"}))
    assert "撤了 已归档" in words_of(auditor.get(reverse(LIST), {"archived": "only"}))


def test_an_archived_project_says_when_and_why(auditor: Client) -> None:
    when = timezone.make_aware(datetime(2025, 3, 4, 15, 6))
    project = factories.project(archived_at=when, archive_reason="项目取消")
    text = words_of(auditor.get(project.get_absolute_url()))
    assert "已归档（2025年3月4日 15:06），不计入列表和汇总。原因：项目取消" in text


def test_pages_do_not_overlap_and_say_where_they_are(auditor: Client) -> None:
    for _ in range(60):
        factories.project(amount="10000")
    first, second = (auditor.get(reverse(LIST), {"page": page, "sort": "amount"}) for page in (1, 2))
    found = [set(re.findall(r"/projects/(\d+)/", page.content.decode())) for page in (first, second)]
    assert (len(found[0]), len(found[1]), found[0] & found[1]) == (50, 10, set())
    assert "第 51–60 条，共 60 个项目" in words_of(second)
    assert "本页合计 10.00" in words_of(second)
    assert "全部合计 60.00" in words_of(second)


def test_htmx_gets_the_part_and_history_the_page(auditor: Client) -> None:
    part = auditor.get(reverse(LIST), headers={"HX-Request": "true"}).content.decode()
    again = auditor.get(reverse(LIST), headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" not in part
    assert 'id="unit-switch"' in part
    assert "<html" in again.content.decode()


@pytest.mark.parametrize("rows", [50, 200])
def test_the_list_costs_as_many_statements_however_long(
    log_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    client = log_in(FINANCE, factories.city())
    for number in range(rows):
        department = factories.department(f"部门{number % 7}")
        factories.indicator(factories.project(department=department, sources={"local": "1"}, amount="1"))
    for sort in ("", "-indicators"):
        with django_assert_num_queries(LIST_STATEMENTS):
            client.get(reverse(LIST), {"size": 200, "sort": sort, "source": "local"})


def test_an_unknown_kind_of_totals_is_not_found(auditor: Client) -> None:
    assert auditor.get(reverse(TOTALS), {"by": "colour"}).status_code == 404


def test_totals_follow_the_filters(auditor: Client) -> None:
    factories.project(year=2024, amount="10000")
    factories.project(year=2025, amount="20000")
    assert "共 1 个项目，合计 2.00 万元" in words_of(auditor.get(reverse(TOTALS), {"year": 2025}))


def test_totals_show_what_the_person_may_see(log_in: LogIn) -> None:
    factories.project(amount="10000", region=factories.city())
    factories.project(amount="20000")
    text = words_of(log_in(FINANCE, factories.county()).get(reverse(TOTALS), {"by": "region"}))
    assert "合计 2.00 万元" in text
    assert "本级" not in text


def test_a_project_shows_its_form_in_order(auditor: Client, imported: ImportRun) -> None:
    text = words_of(auditor.get(imported.records.get().project.get_absolute_url()))
    order = [
        "主管部门及代码", "301-长治市上党区教育局", "实施单位", "项目属性", "项目资金", "资金总额", "中央财政资金", "项目概况",
        "立项依据", "项目设立必要性", "保证项目实施的制度、措施", "项目实施计划", "总体目标", "实施期目标", "年度目标", "一级指标",
        "产出指标", "数量指标", "改造教室", "≥12间", "教育局.txt",
    ]  # fmt: skip
    places = [text.index(word) for word in order]
    assert places == sorted(places)


def test_fields_that_the_source_lacks_are_hidden_and_empty_ones_say_so(auditor: Client) -> None:
    text = words_of(auditor.get(factories.project(plan="", overview=None).get_absolute_url()))
    assert "项目实施计划 空白" in text
    assert "项目概况" not in text


def test_a_list_project_says_policy_basis(auditor: Client) -> None:
    text = words_of(auditor.get(factories.project(basis="文件", content="支出").get_absolute_url()))
    assert "政策依据 文件" in text
    assert "来源文件没有为这个项目列出绩效指标" in text


def test_sources_that_do_not_add_up_show_the_difference(auditor: Client) -> None:
    project = factories.project(amount="50000", sources={"local": "20000", "central": None})
    assert "总额与来源之差 — +3.00" in words_of(auditor.get(project.get_absolute_url()))


def test_sources_that_add_up_say_so(auditor: Client) -> None:
    project = factories.project(amount="20000", sources={"local": "20000", "central": None})
    text = words_of(auditor.get(project.get_absolute_url()))
    assert "各来源之和与总额相符" in text
    assert "中央财政资金 — —" in text


def test_goals_that_differ_are_marked(auditor: Client) -> None:
    project = factories.project()
    factories.goal(project, "全部建成", "period")
    factories.goal(project, "完成一半")
    assert "总体目标 两期不同" in words_of(auditor.get(project.get_absolute_url()))


@pytest.mark.django_db
def test_a_project_of_others_is_not_found(log_in: LogIn) -> None:
    other = factories.project(department=factories.department("水利局"))
    people = (log_in(DEPARTMENT, factories.department("教育局")), log_in(FINANCE), log_in(None))
    assert [client.get(other.get_absolute_url()).status_code for client in people] == [404, 404, 404]


@pytest.mark.parametrize("pk", [0, 999, 10**30])
def test_a_project_that_does_not_exist_is_not_found(auditor: Client, pk: int) -> None:
    assert auditor.get(f"/projects/{pk}/").status_code == 404


def test_finance_sees_the_counties_below(log_in: LogIn) -> None:
    assert log_in(FINANCE, factories.city()).get(factories.project().get_absolute_url()).status_code == 200


def test_a_project_page_costs_as_many_statements_however_many_indicators(
    log_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = log_in(AUDIT)
    for count in (1, 30):
        project = factories.project(sources={"local": "1"})
        for _ in range(count):
            factories.indicator(project)
        with django_assert_num_queries(13):
            client.get(project.get_absolute_url())
