"""Demo mode: the sample documents through the users' import, and accounts that exist for it alone."""

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.test import Client, RequestFactory

from imports.demo import load_samples, make_accounts
from imports.gazettes.citing.finding import Citation, citations_of
from imports.models import (
    ImportRun,
    OfficialDocument,
    PlanBody,
    PlanIndicator,
    PlanLink,
    PlanProject,
    ProseTarget,
    TableRow,
)
from perfgoals.models import User
from projects.models import Project
from projects.permissions import ROLES

pytestmark = pytest.mark.django_db
SAMPLES = settings.BASE_DIR / "fixtures"


def test_the_samples_are_read_to_the_last_line_and_reconcile() -> None:
    reports = list(load_samples(SAMPLES))
    assert [(report.counts.unclaimed, report.reconciles) for report in reports] == [(0, True)] * 3
    assert Project.objects.filter(year=2024).count() == 69
    assert reports[0].total == reports[0].declared_total == 13_762_740_000


def test_the_sampled_gazette_gives_every_page_of_gazettes_something_to_show() -> None:
    list(load_samples(SAMPLES))
    documents = OfficialDocument.objects.order_by("position")
    assert [document.number for document in documents] == [
        "长政发〔2023〕27号", "长政办发〔2023〕16号", "长政办发〔2023〕30号", "长政函〔2023〕61号",
    ]  # fmt: skip
    assert [one.line for one in TableRow.objects.exclude(damage="")] == [103]
    assert PlanIndicator.objects.count() == 6
    assert PlanProject.objects.filter(damage="").count() == 12
    assert ProseTarget.objects.filter(state="open").count() > 30
    assert PlanBody.objects.exclude(department=None).count() > 10
    assert PlanLink.objects.count() >= 5
    medicine = Project.objects.get(basis__contains="长政办发〔2023〕30号")
    assert citations_of(medicine) == [Citation("长政办发〔2023〕30号", documents[2])]


def test_every_sampled_project_of_the_list_but_the_bare_one_has_a_goal() -> None:
    list(load_samples(SAMPLES))
    without = Project.objects.filter(year=2024).exclude(goals__scope="annual").values_list("name", flat=True)
    assert list(without) == ["再融资债券"]


def test_samples_are_loaded_into_an_empty_database_only() -> None:
    list(load_samples(SAMPLES))
    assert list(load_samples(SAMPLES)) == []
    assert ImportRun.objects.count() == 3


def test_there_is_one_account_a_role_and_its_password_stays() -> None:
    list(load_samples(SAMPLES))
    accounts = make_accounts()
    assert [account.role for account in accounts] == list(ROLES)
    assert make_accounts() == accounts
    assert User.objects.filter(is_demo=True).count() == 4


def test_each_account_sees_the_projects_of_its_role() -> None:
    list(load_samples(SAMPLES))
    counts = {
        account.role: Project.objects.visible_to(User.objects.get(username=account.username)).count()
        for account in make_accounts()
    }
    everything = Project.objects.count()
    assert (counts["财政"], counts["审计"], counts["管理员"]) == (everything,) * 3
    assert 0 < counts["部门"] < everything


def test_demo_accounts_cannot_log_in_outside_demo_mode(settings: pytest.FixtureRequest) -> None:
    account = make_accounts()[0]
    settings.DEMO = False
    request = RequestFactory().post("/login/")
    assert authenticate(request, username=account.username, password=account.password) is None
    settings.DEMO = True
    assert authenticate(request, username=account.username, password=account.password) is not None


def test_a_demo_session_ends_with_demo_mode(client: Client, settings: pytest.FixtureRequest) -> None:
    settings.DEMO = True
    account = make_accounts()[3]
    client.post("/login/", {"username": account.username, "password": account.password})
    assert client.get("/", follow=True).status_code == 200
    settings.DEMO = False
    assert client.get("/").status_code == 302
    assert "/login" in client.get("/", follow=True).redirect_chain[-1][0]


def test_demo_is_refused_outside_demo_mode(settings: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> None:
    settings.DEMO = False
    with pytest.raises(SystemExit, match="2"):
        call_command("demo")
    assert "用 ./run demo 启动" in capsys.readouterr().err


def test_a_taken_port_is_refused(settings: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]) -> None:
    import socket

    settings.DEMO = True
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(SystemExit, match="2"):
        call_command("demo", "--port", str(taken.getsockname()[1]))
    assert "不可用" in capsys.readouterr().err
