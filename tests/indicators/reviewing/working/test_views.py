"""The list of findings and what is done about them, for each role."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from indicators.checks import RULES, Severity
from indicators.models import ProjectFinding
from indicators.reviewing.working import exporting, listed
from indicators.state import version_of
from projects.models import Project, Region
from projects.permissions import ADMIN, AUDIT, DEPARTMENT, FINANCE
from tests import factories
from tests.conftest import LogIn, words_of
from tests.indicators.reviewing.made import finding

pytestmark = pytest.mark.django_db
OTHER = RULES[1].id


def other_county() -> Region:
    factories.city()
    return factories.region("140403", "长治市潞州区", "潞州区", "140400")


@pytest.fixture
def project() -> Project:
    return factories.project("道路工程")


@pytest.fixture
def finance(log_in: LogIn) -> Client:
    return log_in(FINANCE, factories.county())


def shown(client: Client, **query: object) -> list[str]:
    response = client.get(reverse("finding-list"), query)
    return [one.finding.message for one in response.context["page"].rows]


def test_the_gravest_stand_first(auditor: Client, project: Project) -> None:
    finding(project, "丙。", severity=Severity.HINT)
    finding(project, "甲。", severity=Severity.MUST)
    finding(project, "乙。")
    assert shown(auditor) == ["甲。", "乙。", "丙。"]


def test_a_person_sees_the_findings_of_their_projects_only(log_in: LogIn, project: Project) -> None:
    foreign = factories.project("别区工程", region=other_county())
    finding(project, "本区的。")
    finding(foreign, "别区的。")
    assert shown(log_in(FINANCE, factories.county())) == ["本区的。"]
    assert shown(log_in(DEPARTMENT, project.department)) == ["本区的。"]
    assert set(shown(log_in(ADMIN))) == {"本区的。", "别区的。"}
    assert shown(log_in(None)) == []


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"finding_severity": "1"}, ["甲。"]), ({"finding_rule": OTHER}, ["乙。"]), ({"finding": "accepted"}, ["丙。"]),
        ({"finding": "all"}, ["甲。", "乙。", "丙。"]), ({"finding": "no"}, []), ({"q": "道路"}, ["甲。", "乙。"]),
        ({"q": "桥梁"}, []), ({"finding_family": RULES[0].family.value, "finding_severity": "1"}, ["甲。"]),
    ],
)  # fmt: skip
def test_the_address_narrows_the_list(finance: Client, project: Project, query: dict, wanted: list[str]) -> None:
    finding(project, "甲。", severity=Severity.MUST)
    finding(project, "乙。", rule=OTHER)
    kept = finding(project, "丙。", severity=Severity.HINT)
    finance.post(reverse("finding-accept", args=[kept.pk]), {"reason": "好"})
    assert shown(finance, **query) == wanted


def test_a_value_that_is_not_understood_shows_nothing(auditor: Client, project: Project) -> None:
    finding(project, "甲。")
    response = auditor.get(reverse("finding-list"), {"finding_severity": "9"})
    assert "筛选条件有误" in words_of(response)
    assert "甲。" not in words_of(response)


def test_counts_stand_under_the_other_filters(auditor: Client, project: Project) -> None:
    finding(project, "甲。", severity=Severity.MUST)
    finding(project, "乙。", rule=OTHER)
    finding(factories.project(), "丙。", rule=OTHER)
    of = auditor.get(reverse("finding-list"), {"finding_rule": OTHER}).context["listed"]
    assert {facet.words: facet.number for facet in of.severities} == {"必须修改": 0, "建议修改": 2, "提示": 0}
    assert {facet.words: facet.number for facet in of.rules} == {RULES[0].title: 1, RULES[1].title: 2}
    assert [facet.number for facet in of.departments] == [2]
    assert [facet.number for facet in of.states] == [2, 0, 2]


def test_pages_follow_each_other_without_gap_or_repetition(
    auditor: Client, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listed, "SIZE", 2)
    others = [factories.project() for _ in range(2)]
    for of in (project, *others):
        for severity in Severity:
            finding(of, f"{of.pk} {severity.label}。", severity=severity)
    everything, after = [], ""
    for _ in range(5):
        page = auditor.get(reverse("finding-list"), {"after": after}).context["page"]
        everything += [one.finding.pk for one in page.rows]
        after = page.following
    assert after == ""
    order = ProjectFinding.objects.order_by("severity", "project_id", "id")
    assert everything == list(order.values_list("pk", flat=True))


@pytest.mark.parametrize("after", ["x", "1.2", "1.2.-3", "9" * 40])
def test_nonsense_places_show_the_first_page(auditor: Client, project: Project, after: str) -> None:
    finding(project, "甲。")
    assert shown(auditor, after=after) == ["甲。"]


@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_costs_as_many_statements_however_long(
    log_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for _ in range(rows):
        of = factories.project()
        finding(of, fields=[f"indicator.{factories.indicator(of).pk}.value"])
    client = log_in(FINANCE, factories.county())
    client.get(reverse("finding-list"))
    with django_assert_num_queries(LIST_STATEMENTS):
        assert len(shown(client)) == rows


LIST_STATEMENTS = 17


def test_each_row_leads_to_its_place_on_the_page_of_the_project(auditor: Client, project: Project) -> None:
    one = finding(project, "甲。")
    address = f"{project.get_absolute_url()}#finding-{one.pk}"
    assert f'href="{address}"' in auditor.get(reverse("finding-list")).content.decode()
    assert f'id="finding-{one.pk}"' in auditor.get(project.get_absolute_url()).content.decode()


def test_chosen_findings_are_accepted_for_one_reason(finance: Client, project: Project) -> None:
    ones = [finding(project), finding(factories.project())]
    answer = finance.post(
        reverse("findings-accept"),
        {"chosen": [one.pk for one in ones], "reason": "已核对", "back": "finding_severity=2&after=1.2.3"},
    )
    assert answer.headers["Location"] == f"{reverse('finding-list')}?finding_severity=2"
    assert not ProjectFinding.objects.filter(acceptance=None).exists()


def test_nothing_is_accepted_without_a_reason(finance: Client, project: Project) -> None:
    one = finding(project)
    answer = finance.post(reverse("findings-accept"), {"chosen": [one.pk], "reason": " "}, follow=True)
    assert "必须写明理由" in words_of(answer)
    one.refresh_from_db()
    assert one.acceptance is None


@pytest.mark.parametrize(
    ("role", "status"), [(FINANCE, 302), (DEPARTMENT, 403), (AUDIT, 403), (ADMIN, 403), (None, 404)]
)
def test_finance_of_the_region_accepts(log_in: LogIn, project: Project, role: str | None, status: int) -> None:
    one = finding(project)
    places = {FINANCE: [factories.county()], DEPARTMENT: [project.department]}
    client = log_in(role, *places.get(role or "", []))
    assert client.post(reverse("finding-accept", args=[one.pk]), {"reason": "好"}).status_code == status
    one.refresh_from_db()
    assert (one.acceptance is not None) == (status == 302)


def test_finance_of_another_region_neither_sees_nor_accepts(log_in: LogIn, project: Project) -> None:
    one = finding(project)
    foreign = log_in(FINANCE, other_county())
    assert foreign.post(reverse("finding-accept", args=[one.pk]), {"reason": "好"}).status_code == 404
    assert foreign.post(reverse("findings-accept"), {"chosen": [one.pk], "reason": "好"}).status_code == 403
    one.refresh_from_db()
    assert one.acceptance is None


def test_an_acceptance_is_withdrawn_and_its_history_shown(finance: Client, project: Project) -> None:
    one = finding(project, "甲。")
    finance.post(reverse("finding-accept", args=[one.pk]), {"reason": "已核对原件"})
    one.refresh_from_db()
    assert "认可：已核对原件" in words_of(finance.get(project.get_absolute_url()))
    answer = finance.post(
        reverse("finding-withdraw", args=[one.pk]), {"seen": one.acceptance_id, "reason": "看错了"}, follow=True
    )
    words = words_of(answer)
    assert "认可记录 2 条" in words
    assert "理由：看错了" in words
    assert "理由：已核对原件" in words


@pytest.mark.parametrize(("role", "status"), [(DEPARTMENT, 302), (AUDIT, 403), (ADMIN, 403), (None, 404)])
def test_who_may_edit_applies_corrections(log_in: LogIn, project: Project, role: str | None, status: int) -> None:
    project.overview = "提高提高"
    project.save()
    one = finding(project, fields=["overview"], corrections=[("overview", "提高")])
    client = log_in(role, *([project.department] if role == DEPARTMENT else []))
    answer = client.post(reverse("finding-correct", args=[one.pk]), {"version": version_of(project.pk)})
    assert answer.status_code == status
    project.refresh_from_db()
    assert project.overview == ("提高" if status == 302 else "提高提高")


def test_a_correction_of_what_changed_meanwhile_says_so(finance: Client, project: Project) -> None:
    one = finding(project, fields=["overview"], corrections=[("overview", "提高")])
    answer = finance.post(reverse("finding-correct", args=[one.pk]), {"version": "1"}, follow=True)
    assert "这个项目有人改过" in words_of(answer)


def test_the_files_hold_what_the_list_shows(auditor: Client, project: Project) -> None:
    finding(project, "=甲。", severity=Severity.MUST)
    finding(project, "乙。")
    answer = auditor.get(reverse("finding-export"), {"format": "csv", "finding_severity": "1"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "'=甲。" in lines[1]
    assert "道路工程" in lines[1]
    book = load_workbook(BytesIO(b"".join(auditor.get(reverse("finding-export"), {"format": "xlsx"}))))
    assert [row[3] for row in book.active.iter_rows(min_row=2, values_only=True)] == ["=甲。", "乙。"]


def test_a_workbook_of_too_many_rows_is_refused(
    auditor: Client, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST_XLSX", 1)
    finding(project)
    finding(project)
    answer = auditor.get(reverse("finding-export"), {"format": "xlsx"}, follow=True)
    assert "最多 1 条" in words_of(answer)


def test_there_is_no_other_format(auditor: Client) -> None:
    assert auditor.get(reverse("finding-export"), {"format": "pdf"}).status_code == 404


def test_the_history_tells_corrections_and_offers_what_a_project_can_have(finance: Client, project: Project) -> None:
    one = finding(project, "概况应写作“道路”。", fields=["overview"], corrections=[("overview", "道路")])
    finance.post(reverse("finding-correct", args=[one.pk]), {"version": version_of(project.pk)})
    page = finance.get(reverse("project-history", args=[project.pk]))
    assert "按审核意见修改" in words_of(page)
    assert "原因： 概况应写作“道路”。" in words_of(page)
    choices = dict(page.context["asked"].form.fields["action"].choices)
    assert "correction" in choices
    assert "finding_accept" in choices
    assert "rules" not in choices


# --- Windows that stood open -----------------------------------------------------------------------------------------


def test_a_finding_that_went_meanwhile_is_said_at_its_project(finance: Client, project: Project) -> None:
    for action in ("finding-accept", "finding-correct", "finding-withdraw"):
        one = finding(project)
        ProjectFinding.objects.all().delete()
        given = {"reason": "好", "project": project.pk, "version": version_of(project.pk), "seen": "1"}
        answer = finance.post(reverse(action, args=[one.pk]), given, follow=True)
        assert "这条意见已经不在了" in words_of(answer)
        assert answer.redirect_chain == [(f"{project.get_absolute_url()}#findings", 302)]


def test_a_finding_that_went_says_nothing_of_projects_of_others(finance: Client) -> None:
    foreign = factories.project(region=other_county())
    gone = finding(foreign)
    ProjectFinding.objects.all().delete()
    for given in ({"project": foreign.pk}, {"project": "x"}, {}):
        assert finance.post(reverse("finding-accept", args=[gone.pk]), given).status_code == 404


def test_pages_send_the_project_along(finance: Client, project: Project) -> None:
    finding(project, "概况应写作“道路”。", fields=["overview"], corrections=[("overview", "道路")])
    html = finance.get(project.get_absolute_url()).content.decode()
    assert html.count(f'name="project" value="{project.pk}"') == 2


@pytest.mark.parametrize(("reason", "said"), [("长" * 501, "理由最多 500 个字"), ("好\x00", "没有保存|空字符|null")])
def test_a_reason_that_cannot_be_kept_is_refused(finance: Client, project: Project, reason: str, said: str) -> None:
    one = finding(project)
    for address in (reverse("finding-accept", args=[one.pk]), reverse("findings-accept")):
        words = words_of(finance.post(address, {"reason": reason, "chosen": [one.pk]}, follow=True))
        assert any(part in words for part in said.split("|"))
        one.refresh_from_db()
        assert one.acceptance is None


def test_nothing_is_to_be_chosen_among_what_is_accepted(finance: Client, project: Project) -> None:
    one = finding(project)
    assert "认可所选" in words_of(finance.get(reverse("finding-list")))
    finance.post(reverse("finding-accept", args=[one.pk]), {"reason": "好"})
    assert "认可所选" not in words_of(finance.get(reverse("finding-list"), {"finding": "accepted"}))


def test_an_empty_list_is_a_page_and_files(finance: Client) -> None:
    assert finance.get(reverse("finding-list"), {"q": "没有这样的"}).status_code == 200
    for kind in ("csv", "xlsx"):
        answer = finance.get(reverse("finding-export"), {"q": "没有这样的", "format": kind})
        assert answer.getvalue()  # type: ignore[attr-defined]  # streamed
    answer = finance.post(reverse("findings-accept"), {"reason": "好"}, follow=True)
    assert "没有选中任何审核意见" in words_of(answer)
