"""The pages of bulk changes."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from indicators.bulk import selection
from projects.models import Project, ProjectEvent
from projects.permissions import ADMIN, AUDIT, DEPARTMENT, FINANCE
from tests import factories
from tests.conftest import LogIn, words_of

NAMES = ("bulk-department", "bulk-attribute", "bulk-copy", "bulk-archive", "bulk-unarchive")
PAGE_STATEMENTS = 14


@pytest.fixture
def finance(log_in: LogIn) -> Client:
    return log_in(FINANCE, factories.city())


def post(client: Client, name: str, *projects: Project, **values: object) -> HttpResponse:
    return client.post(reverse(name), {"ids": [project.pk for project in projects], **values})


def confirm(client: Client, name: str, preview: HttpResponse, **values: object) -> HttpResponse:
    """Press the button of a preview."""
    fields = dict(
        re.findall(r'<input type="hidden"\s+name="(also|query|shown)"\s+value="([^"]*)"', preview.content.decode())
    )
    fields = {field: unescape(value) for field, value in fields.items()}
    return client.post(reverse(name), {**fields, "step": "confirm", **values})


def test_archiving_shows_how_many_and_how_much_and_then_does_it(finance: Client) -> None:
    projects = [factories.project(name, amount="17000000") for name in ("甲", "乙")]
    preview = post(finance, "bulk-archive", *projects)
    assert "将归档 2 个项目，合计 3,400.00 万元" in words_of(preview)
    assert not Project.objects.exclude(archived_at=None).exists()
    after = confirm(finance, "bulk-archive", preview, reason="项目取消")
    assert after.url == reverse("project-list")
    assert "已归档 2 个项目，合计 3,400.00 万元。 查看已归档的项目" in words_of(finance.get(after.url))
    assert set(Project.objects.values_list("archive_reason", flat=True)) == {"项目取消"}


def test_archiving_without_a_reason_is_refused_in_place(finance: Client) -> None:
    preview = post(finance, "bulk-archive", factories.project())
    again = confirm(finance, "bulk-archive", preview, reason=" ")
    assert "请写明归档的原因" in words_of(again)
    assert not Project.objects.exclude(archived_at=None).exists()
    assert confirm(finance, "bulk-archive", again, reason="取消").status_code == 302


def test_a_department_is_chosen_then_shown_then_given(finance: Client) -> None:
    project = factories.project()
    target = factories.department("区水利局")
    first = post(finance, "bulk-department", project)
    assert "确认改部门" not in words_of(first)
    preview = post(finance, "bulk-department", project, step="preview", department=target.pk)
    assert "将 1 个项目的部门改为“区水利局”" in words_of(preview)
    assert "区教育局 区水利局" in words_of(preview)
    assert "确认改部门" in words_of(preview)
    assert "现在 改为" in words_of(preview)
    confirm(finance, "bulk-department", preview, department=target.pk, reason="机构改革")
    project.refresh_from_db()
    assert project.department == target
    event = ProjectEvent.objects.filter(pgh_obj=project).latest("pgh_id")
    metadata = event.pgh_context.metadata
    assert (metadata["action"], metadata["reason"], metadata["url"]) == (
        "set_department", "机构改革", reverse("bulk-department"),
    )  # fmt: skip


def test_departments_to_choose_are_those_that_the_person_may_give_to(log_in: LogIn) -> None:
    own, other, foreign = (factories.department(name) for name in ("甲局", "乙局", "丙局"))
    factories.department("市甲局", factories.city())
    project = factories.project(department=own)
    html = post(log_in(DEPARTMENT, own, other), "bulk-department", project).content.decode()
    assert set(re.findall(r'<option value="(\d+)"', html)) == {str(own.pk), str(other.pk)}
    html = post(log_in(FINANCE, factories.county()), "bulk-department", project).content.decode()
    assert set(re.findall(r'<option value="(\d+)"', html)) == {str(own.pk), str(other.pk), str(foreign.pk)}


def test_a_department_that_may_not_be_given_is_refused(log_in: LogIn) -> None:
    own, foreign = factories.department("甲局"), factories.department("丙局")
    response = post(
        log_in(DEPARTMENT, own),
        "bulk-department",
        factories.project(department=own),
        step="preview",
        department=foreign.pk,
    )
    assert "将 1 个" not in words_of(response)
    assert "选择一个有效的选项" in words_of(response)


@pytest.mark.parametrize(
    ("values", "attribute"),
    [({"attribute": "经常性项目"}, "经常性项目"), ({"attribute": "other", "other": "专项"}, "专项")],
)
def test_an_attribute_is_one_of_three_or_a_text(finance: Client, values: dict[str, str], attribute: str) -> None:
    project = factories.project()
    preview = post(finance, "bulk-attribute", project, step="preview", **values)
    confirm(finance, "bulk-attribute", preview, **values)
    project.refresh_from_db()
    assert project.attribute == attribute


def test_another_attribute_must_be_written(finance: Client) -> None:
    response = post(finance, "bulk-attribute", factories.project(), step="preview", attribute="other")
    assert "请写明其他属性" in words_of(response)
    assert "确认改属性" not in words_of(response)


def test_copying_begins_with_the_next_year_and_the_amounts(finance: Client) -> None:
    project = factories.project("甲", year=2024, amount="10000")
    preview = post(finance, "bulk-copy", project)
    assert "将 1 个项目复制到 2025 年，保留金额，合计 1.00 万元" in words_of(preview)
    after = confirm(finance, "bulk-copy", preview, year=2025, funding="keep")
    assert "查看 2025 年的项目" in words_of(finance.get(after.url))
    assert set(Project.objects.values_list("year", flat=True)) == {2024, 2025}


@pytest.mark.parametrize("year", ["", "25", "2200", "abc"])
def test_a_year_that_cannot_be_is_refused_in_place(finance: Client, year: str) -> None:
    response = post(finance, "bulk-copy", factories.project(), step="preview", year=year, funding="zero")
    assert response.status_code == 200
    assert "确认复制" not in words_of(response)
    assert "年" in re.findall(r'class="field-error"[^>]*>.*?</svg>([^<]*)', response.content.decode())[0]


def test_a_confirmation_of_something_else_than_was_shown_does_nothing(finance: Client) -> None:
    project = factories.project(year=2024)
    preview = post(finance, "bulk-copy", project)
    response = confirm(finance, "bulk-copy", preview, year=2026, funding="keep")
    assert response.status_code == 409
    assert "与预览的不同" in words_of(response)
    assert "复制到 2026 年" in words_of(response)
    assert Project.objects.count() == 1


def test_a_confirmation_without_a_preview_does_nothing(finance: Client) -> None:
    project = factories.project()
    response = post(finance, "bulk-archive", project, step="confirm", reason="取消", shown="made-up")
    assert response.status_code == 409
    project.refresh_from_db()
    assert project.archived_at is None


def test_what_changed_in_between_shows_the_preview_again_and_writes_nothing(finance: Client) -> None:
    changed, other = factories.project("甲"), factories.project("乙")
    preview = post(finance, "bulk-archive", changed, other)
    factories.goal(changed, "刚刚写的目标")
    events = ProjectEvent.objects.count()
    again = confirm(finance, "bulk-archive", preview, reason="取消")
    assert again.status_code == 409
    text = words_of(again)
    assert "预览之后有项目被修改，没有改动任何项目" in text
    assert "甲 预览之后有变化" in text
    assert "乙 预览之后有变化" not in text
    assert ProjectEvent.objects.count() == events
    assert confirm(finance, "bulk-archive", again, reason="取消").status_code == 302


def test_a_second_click_says_that_it_was_done_already(finance: Client) -> None:
    preview = post(finance, "bulk-archive", factories.project())
    assert confirm(finance, "bulk-archive", preview, reason="取消").status_code == 302
    again = confirm(finance, "bulk-archive", preview, reason="取消")
    assert again.status_code == 409
    assert "可能刚刚已确认过一次" in words_of(again)


def test_everything_that_the_filters_find_can_be_chosen(finance: Client) -> None:
    for number in range(60):
        factories.project(f"项目{number}", year=2024)
    factories.project("别的")
    preview = post(finance, "bulk-archive", all="1", query="year=2024&sort=name&page=2")
    assert "将归档 60 个项目" in words_of(preview)
    assert "别的" not in words_of(preview)


def test_a_filter_that_is_not_understood_chooses_nothing(finance: Client) -> None:
    factories.project()
    assert post(finance, "bulk-archive", all="1", query="year=abc").status_code == 302


def test_projects_of_other_pages_come_along(finance: Client) -> None:
    one, two, three = (factories.project(name) for name in "甲乙丙")
    preview = post(finance, "bulk-archive", one, also=f"{two.pk},{three.pk},x,{'9' * 30},{one.pk}")
    assert "将归档 3 个项目" in words_of(preview)


def test_the_way_back_keeps_filters_order_and_page(finance: Client) -> None:
    project = factories.project(year=2024)
    factories.project(year=2024)
    preview = post(finance, "bulk-archive", project, query="year=2024&sort=-amount&size=100")
    after = confirm(finance, "bulk-archive", preview, reason="取消")
    assert after.url == f"{reverse('project-list')}?year=2024&sort=-amount&size=100"


def test_the_way_back_leaves_out_filters_that_find_nothing_any_more(finance: Client) -> None:
    project = factories.project(year=2024, department=factories.department("甲局"))
    query = f"department={project.department_id}&q=项目"
    preview = post(finance, "bulk-archive", project, query=query)
    after = confirm(finance, "bulk-archive", preview, reason="取消")
    assert "筛选条件有误" not in words_of(finance.get(after.url))
    assert "department" not in after.url
    assert "q=" in after.url


def test_nothing_chosen_says_so_in_the_list(finance: Client) -> None:
    response = post(finance, "bulk-archive", query="year=2024")
    assert response.status_code == 302
    assert "还没有选中项目" in words_of(finance.get(response.url))


def test_projects_that_are_not_there_are_said_in_the_list(finance: Client) -> None:
    response = post(finance, "bulk-archive", ids=["999999"])
    assert response.status_code == 302
    assert "选中的项目已不存在，或者您看不到" in words_of(finance.get(response.url))


def test_too_many_are_refused_with_the_limit(finance: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selection, "LIMIT", 2)
    response = post(finance, "bulk-archive", *(factories.project() for _ in range(3)))
    assert "一次最多处理 5,000 个项目" in words_of(finance.get(response.url))


def test_projects_of_others_are_not_shown(log_in: LogIn) -> None:
    mine = factories.project("我的", department=factories.department("教育局"))
    other = factories.project("别人的", department=factories.department("水利局"))
    text = words_of(post(log_in(DEPARTMENT, mine.department), "bulk-archive", mine, other))
    assert "将归档 1 个项目" in text
    assert "另有 1 个不存在或您看不到" in text
    assert "别人的" not in text


def test_what_is_left_out_is_listed_with_the_reason(finance: Client) -> None:
    archived = factories.project("甲", archived_at=timezone.now(), archive_reason="取消")
    text = words_of(post(finance, "bulk-archive", archived, factories.project("乙")))
    assert "不修改的 1 个项目" in text
    assert "已经归档" in text


def test_nothing_to_do_offers_no_confirmation(finance: Client) -> None:
    text = words_of(post(finance, "bulk-unarchive", factories.project()))
    assert "确认取消归档" not in text
    assert "没有归档" in text


@pytest.mark.parametrize("role", [AUDIT, ADMIN, None])
@pytest.mark.parametrize("name", NAMES)
def test_roles_that_do_not_edit_are_refused(log_in: LogIn, role: str | None, name: str) -> None:
    response = post(log_in(role), name, factories.project())
    assert response.status_code == 403
    assert "不能批量修改" in words_of(response)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_without_a_selection_leads_to_the_list(finance: Client, name: str) -> None:
    response = finance.get(reverse(name))
    assert response.status_code == 405
    assert "请从项目列表开始" in words_of(response)


@pytest.mark.parametrize("count", [3, 60])
def test_a_preview_costs_as_many_statements_however_many_projects(
    finance: Client, django_assert_max_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    target = factories.department("区水利局")
    projects = [factories.project(department=factories.department(f"部门{number % 5}")) for number in range(count)]
    with django_assert_max_num_queries(PAGE_STATEMENTS):
        post(finance, "bulk-department", *projects, step="preview", department=target.pk)


def test_the_list_offers_what_the_person_may_do(log_in: LogIn) -> None:
    one = factories.department("教育局")
    factories.project(department=one)
    finance, department, auditor = log_in(FINANCE, factories.city()), log_in(DEPARTMENT, one), log_in(AUDIT)
    pages = [client.get(reverse("project-list")).content.decode() for client in (finance, department, auditor)]
    assert [reverse("bulk-archive") in page for page in pages] == [True, True, False]
    assert [reverse("bulk-department") in page for page in pages] == [True, False, False]
    assert [reverse("bulk-unarchive") in page for page in pages] == [False, False, False]
    assert 'name="ids"' not in pages[2]


def test_the_archive_offers_to_take_out_again(finance: Client) -> None:
    factories.project(archived_at=timezone.now(), archive_reason="取消")
    html = finance.get(reverse("project-list"), {"archived": "only"}).content.decode()
    assert reverse("bulk-unarchive") in html
    assert reverse("bulk-archive") not in html


def test_a_project_given_away_shows_its_new_department_in_the_list(finance: Client) -> None:
    old, new = factories.department("区教育局"), factories.department("区水利局")
    old.printed_names.create(region=old.region, printed="区教育局")
    project = factories.project(department=old)
    preview = post(finance, "bulk-department", project, step="preview", department=new.pk)
    confirm(finance, "bulk-department", preview, department=new.pk)
    html = finance.get(reverse("project-list")).content.decode()
    assert re.search(r'title="区水利局">\s*区水利局', html)
    assert "主管部门及代码 区水利局" in words_of(finance.get(project.get_absolute_url()))


def test_a_project_is_archived_from_its_page_and_taken_out_again(finance: Client, auditor: Client) -> None:
    project = factories.project("教室改造")
    offered = f'<input type="hidden" name="ids" value="{project.pk}">'
    assert offered in finance.get(project.get_absolute_url()).content.decode()
    assert offered not in auditor.get(project.get_absolute_url()).content.decode()
    assert "教室改造" in words_of(finance.post(reverse("bulk-archive"), {"ids": project.pk}))
    Project.objects.filter(pk=project.pk).update(archived_at=timezone.now(), archive_reason="重复")
    html = finance.get(project.get_absolute_url()).content.decode()
    assert f'action="{reverse("bulk-unarchive")}"' in html
    assert reverse("project-edit", args=[project.pk]) not in html
