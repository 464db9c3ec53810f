"""The pages of departments."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from psycopg.errors import LockNotAvailable

from projects.actions import ensure_department
from projects.models import Department, DepartmentEvent, Membership, Project, ProjectEvent
from projects.permissions import ADMIN, AUDIT, DEPARTMENT, FINANCE
from tests import factories
from tests.conftest import LogIn, words_of

LIST, JOIN = "department-list", "department-join"


@pytest.fixture
def admin(log_in: LogIn) -> Client:
    return log_in(ADMIN)


def preview(client: Client, keep: Department, join: Department) -> HttpResponse:
    return client.get(reverse(JOIN), {"keep": keep.pk, "join": join.pk})


def confirm(client: Client, shown: HttpResponse, **values: object) -> HttpResponse:
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', shown.content.decode())
    return client.post(reverse(JOIN), {**{name: unescape(value) for name, value in fields}, **values})


def test_the_list_shows_departments_and_suggests_likely_same_ones(admin: Client) -> None:
    factories.project(department=factories.department("区住建局"))
    factories.department("长治市上党区住房和城乡建设局")
    text = words_of(admin.get(reverse(LIST)))
    assert "可能是同一部门 1 组" in text
    assert "共 2 个部门" in text


def test_of_very_many_departments_those_of_the_regions_shown_are_compared(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("projects.departments.views.MOST_COMPARED", 3)
    for name in ("区住建局", "上党区住房和城乡建设局"):
        factories.department(name)
    for name in ("市住建局", "长治市住房和城乡建设局"):
        factories.department(name, factories.city())
    text = words_of(admin.get(reverse(LIST), {"region": factories.county().code}))
    assert "可能是同一部门 1 组（部门很多，只比较本页各行政区划的部门）" in text
    assert "市住建局" not in text


def test_departments_are_searched(admin: Client) -> None:
    factories.department("区教育局")
    factories.department("区水利局")
    text = words_of(admin.get(reverse(LIST), {"q": "水利"}))
    assert "共 1 个部门" in text
    assert "没有符合条件的部门" in words_of(admin.get(reverse(LIST), {"q": "没有"}))
    assert "选择一个有效的选项" in words_of(admin.get(reverse(LIST), {"region": "999999"}))


def test_joining_shows_what_moves_and_then_does_it(admin: Client) -> None:
    keep, join = factories.department("长治市上党区教育局"), factories.department("区教育局")
    project = factories.project("改造教室", department=join)
    member = factories.user(DEPARTMENT, join, name="wangwu")
    join.printed_names.create(region=join.region, printed="区教育局（基教科）")
    assert "并入（保留的部门，长治市上党区）" in words_of(admin.get(reverse(JOIN), {"join": join.pk}))
    shown = preview(admin, keep, join)
    text = words_of(shown)
    for words in ("1 个项目改归“长治市上党区教育局”", "改造教室", "区教育局（基教科）", "wangwu"):
        assert words in text
    after = confirm(admin, shown, reason="同一单位")
    assert after.url == reverse(LIST)
    assert "“区教育局”已并入“长治市上党区教育局”，1 个项目改归" in words_of(admin.get(after.url))
    project.refresh_from_db()
    assert (project.department, project.department_printed) == (keep, "区教育局")
    assert Membership.objects.get(user=member).department == keep
    event = ProjectEvent.objects.filter(pgh_obj=project).latest("pgh_id")
    assert (event.pgh_context.metadata["action"], event.pgh_context.metadata["reason"]) == (
        "join_departments", "同一单位",
    )  # fmt: skip


def test_clashes_are_listed_and_offer_no_confirmation(admin: Client) -> None:
    keep, join = factories.department("甲局"), factories.department("乙局")
    for body in (keep, join):
        factories.project("道路", department=body)
    shown = preview(admin, keep, join)
    assert "“甲局”有同名项目" in words_of(shown)
    assert "确认合并" not in words_of(shown)
    assert confirm(admin, shown).status_code == 409
    assert Department.objects.count() == 2


def test_what_changed_since_the_preview_stops_the_join(admin: Client) -> None:
    keep, join = factories.department("甲局"), factories.department("乙局")
    shown = preview(admin, keep, join)
    factories.project("刚建的", department=join)
    again = confirm(admin, shown)
    assert again.status_code == 409
    assert "预览之后这两个部门有变化" in words_of(again)
    assert Project.objects.get().department == join
    assert confirm(admin, again).status_code == 302


def test_a_confirmation_without_a_preview_does_nothing(admin: Client) -> None:
    keep, join = factories.department("甲局"), factories.department("乙局")
    response = admin.post(reverse(JOIN), {"keep": keep.pk, "join": join.pk, "shown": "made-up"})
    assert response.status_code == 409
    assert Department.objects.count() == 2


def test_an_import_that_takes_long_is_said_in_one_sentence(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    keep, join = factories.department("甲局"), factories.department("乙局")
    shown = preview(admin, keep, join)

    def busy(*, patience: str | None = None) -> None:
        raise OperationalError from LockNotAvailable()

    monkeypatch.setattr("projects.actions.store_alone", busy)
    response = confirm(admin, shown)
    assert response.status_code == 409
    assert "正在导入文件或进行批量修改" in words_of(response)


def test_departments_of_two_regions_are_not_joined(admin: Client) -> None:
    shown = preview(admin, factories.department("教育局"), factories.department("教育局", factories.city()))
    assert "不是同一行政区划" in words_of(shown)
    assert "确认合并" not in words_of(shown)


@pytest.mark.parametrize("query", ["", "join=0", "join=x", "join=999", "join=" + "9" * 30])
def test_an_unknown_department_is_not_found(admin: Client, query: str) -> None:
    assert admin.get(f"{reverse(JOIN)}?{query}").status_code == 404


def test_a_department_to_keep_that_is_none_is_said_in_place(admin: Client) -> None:
    join = factories.department("乙局")
    factories.department("甲局")
    assert "没有这个部门" in words_of(admin.get(reverse(JOIN), {"join": join.pk, "keep": "999"}))


def test_a_department_is_not_offered_to_be_joined_to_itself(admin: Client) -> None:
    one = factories.department()
    assert "请从列表中选择" in words_of(preview(admin, one, one))


def test_a_department_that_is_gone_is_said_in_the_list(admin: Client) -> None:
    response = admin.post(reverse(JOIN), {"keep": 1, "join": 2})
    assert "其中一个部门已不存在" in words_of(admin.get(response.url))


@pytest.mark.parametrize("role", [FINANCE, DEPARTMENT, AUDIT, None])
def test_departments_are_for_administrators(log_in: LogIn, role: str | None) -> None:
    client = log_in(role)
    answers = [client.get(reverse(LIST)), client.get(reverse(JOIN)), client.post(reverse(JOIN))]
    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_the_list_refuses_other_methods(admin: Client) -> None:
    assert admin.post(reverse(LIST)).status_code == 405
    assert admin.put(reverse(JOIN)).status_code == 405


def test_a_department_is_entered_with_its_region(admin: Client) -> None:
    post = {"region": "长治市屯留区", "name": "区教育局", "code": "301"}
    assert admin.post(reverse("department-new"), post).url == reverse(LIST)
    made = Department.objects.get()
    assert (made.region_id, made.region.parent_id, made.name, made.code) == ("140405", "140400", "区教育局", "301")
    assert DepartmentEvent.objects.get().pgh_context.metadata["action"] == "department"


@pytest.mark.parametrize(
    ("text", "words"), [("火星", "没有行政区划“火星”"), ("城区", "请填写六位代码"), ("", "请填写行政区划")]
)
def test_a_region_that_is_not_one_is_said(admin: Client, text: str, words: str) -> None:
    assert words in words_of(admin.post(reverse("department-new"), {"region": text, "name": "局"}))
    assert not Department.objects.exists()


def test_a_known_name_is_refused(admin: Client) -> None:
    factories.department("区教育局").printed_names.create(region=factories.county(), printed="教育局")
    for name in ("区教育局", "教育局"):
        text = words_of(admin.post(reverse("department-new"), {"region": "140404", "name": name}))
        assert "已有部门“区教育局”" in text


def test_a_renamed_department_is_still_met_under_its_former_name(admin: Client) -> None:
    department = factories.department("区教育局")
    admin.post(reverse("department-edit", args=[department.pk]), {"name": "区教育和体育局", "code": ""})
    department.refresh_from_db()
    assert department.name == "区教育和体育局"
    found = ensure_department(region=department.region, printed="区教育局", body=None, by=None)
    assert found == department


def test_a_department_keeps_its_name_when_only_the_code_changes(admin: Client) -> None:
    department = factories.department("区教育局")
    admin.post(reverse("department-edit", args=[department.pk]), {"name": "区教育局", "code": "301"})
    department.refresh_from_db()
    assert department.code == "301"
