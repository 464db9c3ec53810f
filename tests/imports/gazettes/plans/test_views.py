"""The pages of plan projects: list, file, detail, and deciding links."""

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from imports.actions import Options, import_file
from imports.gazettes.models import LinkState, PlanLink, PlanProject
from projects.permissions import AUDIT, DEPARTMENT, FINANCE
from tests import factories
from tests.conftest import LogIn, words_of
from tests.imports.gazettes.plans.made import document, link, plan_project, table
from tests.imports.gazettes.texts import gazette

pytestmark = pytest.mark.django_db


@pytest.fixture
def finance(log_in: LogIn) -> Client:
    """A browser of somebody who confirms the links of the city."""
    return log_in(FINANCE, factories.city())


@pytest.fixture
def read(db: None) -> None:
    """The made-up gazette, taken in."""
    import_file(gazette().encode(), name="公报.txt", options=Options(), by=None)


def test_the_list_shows_plan_projects_and_their_total(auditor: Client, read: None) -> None:
    words = words_of(auditor.get("/plans/"))
    assert "共 3 个规划项目，投资合计 10,160.50 万元" in words
    assert "北塬中学迁建 8,600.50 2032-2035 上党区 市教育局、市住建局" in words


def test_the_total_line_counts_those_without_an_investment(auditor: Client) -> None:
    plan_project("甲", None)
    plan_project("乙", None, investment_in_text=5)
    plan_project("丙", "20000")
    words = words_of(auditor.get("/plans/"))
    assert "投资合计 2.00 万元（其中1个没有写明投资，1个只在文字中写明，未计入）" in words.replace(" ", "").replace(
        "合计2.00万元", "合计 2.00 万元"
    )


def test_the_total_line_tells_of_damaged_rows_and_leads_to_them(auditor: Client) -> None:
    plan_project("东街小学改造", damage="缺一格")
    plan_project("西街小学改造", damage="缺一格")
    plan_project("东街医院改造")
    page = auditor.get("/plans/?q=东街")
    assert "另有1个所在的表格行损坏，修正以前不列入" in words_of(page).replace(" ", "")
    assert 'href="/plans/?q=%E4%B8%9C%E8%A1%97&amp;state=damaged"' in page.content.decode()
    assert "所在的表格行损坏" not in words_of(auditor.get("/plans/?state=damaged"))
    assert "1 个所在的表格行损坏" in words_of(auditor.get("/plans/?q=西街"))


def test_an_empty_list_says_what_will_stand_here(auditor: Client) -> None:
    assert "还没有规划项目" in words_of(auditor.get("/plans/"))
    plan_project()
    assert "没有符合条件的规划项目" in words_of(auditor.get("/plans/?q=没有的"))


def test_a_faulty_filter_is_said_and_finds_nothing(auditor: Client) -> None:
    plan_project()
    words = words_of(auditor.get("/plans/?min=abc"))
    assert "筛选条件有误" in words
    assert "东街小学改造" not in words


@pytest.mark.parametrize(
    ("sort", "order"),
    [("", "甲乙丙"), ("investment", "丙甲乙"), ("-investment", "甲丙乙"), ("name", "丙乙甲"), ("odd", "甲乙丙")],
)
def test_the_list_is_sorted_with_blanks_last(auditor: Client, sort: str, order: str) -> None:
    place = table(document())
    for name, yuan in (("甲", "2"), ("乙", None), ("丙", "1")):
        plan_project(name, yuan, of=place)
    rows = auditor.get(f"/plans/?sort={sort}").context["rows"]
    if sort == "name":  # whatever the database's order of characters is
        assert [row.name for row in rows] == list(PlanProject.objects.order_by("name").values_list("name", flat=True))
    else:
        assert "".join(row.name for row in rows) == order


def test_pages_hold_every_plan_project_once(auditor: Client) -> None:
    place = table(document())
    for at in range(55):
        plan_project(f"项目{at}", of=place)
    pages = [auditor.get(f"/plans/?page={page}&sort=investment").context["rows"] for page in (1, 2)]
    assert len({row.pk for rows in pages for row in rows}) == 55


def test_statements_of_the_list_do_not_grow_with_its_rows(auditor: Client) -> None:
    def statements(query: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert auditor.get(f"/plans/{query}").status_code == 200
        return len(captured)

    link(plan_project("甲", bodies=(factories.department(),)))
    counts = [statements(query) for query in ("", "?group=department")]
    for at in range(12):
        link(plan_project(f"乙{at}", bodies=(factories.department(),)))
    assert [statements(query) for query in ("", "?group=department")] == counts


def test_htmx_gets_the_part_of_the_page(auditor: Client, read: None) -> None:
    response = auditor.get("/plans/", headers={"HX-Request": "true"})
    assert b"<html" not in response.content
    assert b'id="results"' in response.content


def exported(client: Client, query: str = "") -> list[dict[str, str]]:
    content = b"".join(client.get(f"/plans/export/?format=csv&{query}"))  # type: ignore[arg-type]
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


def test_the_file_has_printed_values_beside_understood_ones_and_their_line(auditor: Client, read: None) -> None:
    row = exported(auditor, "q=北塬")[0]
    shown = (
        "项目名称",
        "投资（元）",
        "投资（印刷）",
        "印刷单位",
        "起始年",
        "结束年",
        "建设年限（印刷）",
        "来源文件",
        "文号",
    )
    assert [row[name] for name in shown] == [
        "北塬中学迁建", "86005000.00", "8600.5", "万元", "2032", "2035", "2032-2035", "公报.txt", "长政发〔2031〕7号",
    ]  # fmt: skip
    assert gazette().splitlines()[int(row["行"]) - 1].startswith("2\t北塬中学迁建")


def test_the_file_has_what_the_filters_find_in_the_list_s_order(auditor: Client, read: None) -> None:
    assert [row["项目名称"] for row in exported(auditor, "sort=-investment&min=1000")] == [
        "北塬中学迁建",
        "东街小学改造",
    ]


def test_no_text_of_a_file_is_a_formula(auditor: Client) -> None:
    plan_project("=1+1", responsible="@局")
    assert exported(auditor)[0]["项目名称"] == "'=1+1"
    content = b"".join(auditor.get("/plans/export/?format=xlsx"))  # type: ignore[arg-type]
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet is not None
    cell = sheet["H2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_there_are_only_two_formats_and_faulty_filters_lead_to_the_list(auditor: Client) -> None:
    assert auditor.get("/plans/export/?format=pdf").status_code == 404
    assert auditor.get("/plans/export/?format=csv&min=abc").headers["Location"] == "/plans/?min=abc"


def test_the_file_names_confirmed_projects_that_one_may_see(finance: Client, log_in: LogIn) -> None:
    project = factories.project("东街小学校舍", region=factories.city(), year=2032)
    link(plan_project(), project, LinkState.CONFIRMED, at=timezone.now())
    assert exported(finance)[0]["已对应的预算项目"] == "2032 年 东街小学校舍"
    elsewhere = log_in(DEPARTMENT, factories.department())
    assert exported(elsewhere)[0]["已对应的预算项目"] == ""


def test_a_plan_project_s_page_has_it_as_printed_and_as_understood(auditor: Client, read: None) -> None:
    plan = PlanProject.objects.get(serial="2")
    response = auditor.get(plan.get_absolute_url())
    words = words_of(response)
    assert "8600.5 （万元） 8,600.50 万元" in words
    assert "2032-2035 2032–2035 年" in words
    assert f"第 {plan.row.line} 行" in words
    assert "市住建局： 没有对上部门" in words


def test_a_damaged_one_says_why(auditor: Client) -> None:
    damaged = plan_project(damage="少了一格")
    assert "已损坏，不计入合计：少了一格" in words_of(auditor.get(damaged.get_absolute_url()))


def test_a_link_is_confirmed_and_its_history_told(finance: Client) -> None:
    one = link(plan_project(), factories.project("东街小学校舍", region=factories.city()))
    posted = finance.post(f"/plans/links/{one.pk}/", {"state": "confirmed", "seen": "proposed"}, follow=True)
    one.refresh_from_db()
    assert (one.state, one.by is not None, one.at is not None) == (LinkState.CONFIRMED, True, True)
    words = words_of(posted)
    assert "已确认对应：东街小学校舍" in words
    assert "确认对应： 东街小学校舍" in words
    assert "系统提议（相似度 91%）： 东街小学校舍" in words


def test_a_decision_is_taken_back(finance: Client) -> None:
    one = link(plan_project(), state=LinkState.REJECTED, at=timezone.now())
    finance.post(f"/plans/links/{one.pk}/", {"state": "proposed", "seen": "rejected"})
    one.refresh_from_db()
    assert (one.state, one.by, one.at) == (LinkState.PROPOSED, None, None)


def test_who_decides_on_what_has_changed_is_told(finance: Client) -> None:
    one = link(plan_project(), state=LinkState.REJECTED, at=timezone.now())
    posted = finance.post(f"/plans/links/{one.pk}/", {"state": "confirmed", "seen": "proposed"}, follow=True)
    one.refresh_from_db()
    assert one.state == LinkState.REJECTED
    assert "刚才已有人把它改为“不是同一项目”" in words_of(posted)


def test_a_state_that_there_is_not_changes_nothing(finance: Client) -> None:
    one = link(plan_project())
    assert finance.post(f"/plans/links/{one.pk}/", {"state": "odd"}).status_code == 302
    one.refresh_from_db()
    assert one.state == LinkState.PROPOSED


def test_projects_are_looked_for_and_linked_by_hand(finance: Client) -> None:
    plan = plan_project("东街小学改造")
    project = factories.project("东街校舍加固", region=factories.city())
    page = words_of(finance.get(f"{plan.get_absolute_url()}?find=东街 加固"))
    assert "东街校舍加固" in page
    posted = finance.post(f"/plans/{plan.pk}/links/", {"project": project.pk}, follow=True)
    made = PlanLink.objects.get()
    assert (made.state, made.project, made.likeness < 80) == (LinkState.CONFIRMED, project, True)
    assert "手工对应： 东街校舍加固" in words_of(posted)
    assert "尚未对应" in words_of(finance.get(f"{plan.get_absolute_url()}?find=东街 加固"))


def test_two_are_linked_once(finance: Client) -> None:
    one = link(plan_project())
    posted = finance.post(f"/plans/{one.plan_project_id}/links/", {"project": one.project_id}, follow=True)
    assert "已经在对应关系里" in words_of(posted)
    assert PlanLink.objects.get().state == LinkState.PROPOSED


@pytest.mark.parametrize("project", ["", "x", "999999", "9" * 40])
def test_an_unknown_project_is_not_found(finance: Client, project: str) -> None:
    assert finance.post(f"/plans/{plan_project().pk}/links/", {"project": project}).status_code == 404


def test_a_link_to_a_project_that_one_may_not_see_is_not_found(log_in: LogIn) -> None:
    elsewhere = factories.region("370102", "济南市历下区", "历下区", None)
    one = link(plan_project(), factories.project(region=elsewhere))
    client = log_in(FINANCE, factories.city())
    assert client.post(f"/plans/links/{one.pk}/", {"state": "confirmed"}).status_code == 404
    assert one.project.name not in words_of(client.get(one.plan_project.get_absolute_url()))


def test_other_roles_see_links_and_decide_none(log_in: LogIn) -> None:
    one = link(plan_project(), factories.project("东街小学校舍", region=factories.city()))
    client = log_in(AUDIT)
    page = client.get(one.plan_project.get_absolute_url())
    assert "东街小学校舍" in words_of(page)
    assert f"/plans/links/{one.pk}/" not in page.content.decode()
    assert client.post(f"/plans/links/{one.pk}/", {"state": "confirmed"}).status_code == 403
    assert client.post(f"/plans/{one.plan_project_id}/links/", {"project": one.project_id}).status_code == 403


@pytest.mark.parametrize("address", ["/plans/", "/plans/export/?format=csv", "/plans/indicators/"])
def test_somebody_without_a_role_reads_no_plans(log_in: LogIn, address: str) -> None:
    assert log_in(None).get(address).status_code == 403


@pytest.mark.parametrize("address", ["/plans/99/", "/plans/export/"])
def test_what_there_is_not_is_not_found(auditor: Client, address: str) -> None:
    assert auditor.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/plans/", "/plans/export/", "/plans/1/"])
def test_reading_pages_take_no_posts(auditor: Client, address: str) -> None:
    assert auditor.post(address).status_code == 405


def test_links_are_decided_by_posts_only(finance: Client) -> None:
    one = link(plan_project())
    assert finance.get(f"/plans/links/{one.pk}/").status_code == 405
    assert finance.get(f"/plans/{one.plan_project_id}/links/").status_code == 405


def test_a_project_s_page_shows_the_plan_projects_that_it_carries_out(finance: Client) -> None:
    project = factories.project("东街小学校舍", region=factories.city())
    link(plan_project("东街小学改造"), project, LinkState.CONFIRMED, at=timezone.now())
    link(plan_project("东街小学加固"), project)
    link(plan_project("不相干的"), project, LinkState.REJECTED, at=timezone.now())
    words = words_of(finance.get(project.get_absolute_url()))
    assert "对应的规划项目 东街小学改造" in words
    assert "待确认，相似度 91%" in words
    assert "不相干的" not in words


def test_navigation_leads_to_the_pages_of_plans(auditor: Client, log_in: LogIn) -> None:
    assert 'href="/plans/indicators/"' in auditor.get("/plans/").content.decode()
    assert 'href="/plans/"' not in log_in(None).get("/projects/").content.decode()


@pytest.mark.parametrize("typed", ["%00", "%00东街", "\\", "%25", "　"])
def test_whatever_is_looked_for_is_looked_for(finance: Client, typed: str) -> None:
    assert finance.get(f"{plan_project().get_absolute_url()}?find={typed}").status_code == 200


@pytest.mark.parametrize(
    "query", ["q=%00", "page=x", "group=odd", "size=9", "document=99999999999999999999", "year=x", "max=1e9"]
)
def test_an_odd_address_is_answered(auditor: Client, query: str) -> None:
    plan_project()
    assert auditor.get(f"/plans/?{query}").status_code == 200
    assert auditor.get(f"/plans/indicators/?{query}").status_code == 200
