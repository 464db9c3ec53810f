"""``check_targets``: findings out as text, JSON and xlsx, rules explained, and projects checked by several processes."""

import json
from decimal import Decimal
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command
from django.db import connection

from indicators.models import FindingAcceptance, ProjectFinding, RuleSetting, UncheckedProject
from perfgoals.history import change
from projects.models import Project
from tests import factories

RULE = "money.period-below-annual"


def printed(*options: str) -> str:
    out = StringIO()
    call_command("check_targets", *options, stdout=out, stderr=StringIO())
    return out.getvalue()


def bad(name: str = "校舍改造", **values: object) -> Project:
    with change(by=None, action="edit"):
        return factories.project(name, amount=Decimal(2), period_amount=Decimal(1), **values)


@pytest.mark.django_db
def test_findings_stand_below_their_project_and_are_counted_at_the_end() -> None:
    bad()
    text = printed("--rule", RULE)
    assert text.index("校舍改造（上党区 2025 年") < text.index("[必须修改]") < text.index("合计")
    assert "共 1 条，1 个项目：必须修改 1，建议修改 0，提示 0；已认可 0。" in text


@pytest.mark.django_db
def test_the_lists_filters_choose_the_projects() -> None:
    bad(year=2024)
    bad("道路硬化", year=2025)
    text = printed("--rule", RULE, "--year", "2024")
    assert "校舍改造" in text
    assert "道路硬化" not in text


@pytest.mark.django_db
def test_severities_are_named_in_chinese_and_english() -> None:
    bad()
    assert printed("--rule", RULE, "--severity", "必须修改") == printed("--rule", RULE, "--severity", "must")
    assert "没有审核意见" in printed("--rule", RULE, "--severity", "提示")


@pytest.mark.django_db
def test_json_holds_paths_and_who_accepted() -> None:
    project = bad()
    finding = ProjectFinding.objects.get(project=project, rule=RULE)
    finding.acceptance = FindingAcceptance.objects.create(
        project=project, digest=finding.digest, rule=RULE, message=finding.message, reason="文件另有规定",
        by=factories.user("财政"),
    )  # fmt: skip
    finding.save()
    (one,) = json.loads(printed("--rule", RULE, "--format", "json"))["projects"]
    assert one["number"] == project.pk
    assert one["findings"][0]["fields"] == ["funding.period.total", "funding.annual.total"]
    assert one["findings"][0]["accepted"] == "文件另有规定"


@pytest.mark.django_db
def test_a_workbook_holds_texts_as_texts(tmp_path: Path) -> None:
    bad("=1+1")
    printed("--rule", RULE, "--format", "xlsx", "-o", str(tmp_path / "out.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    row = {head.value: cell for head, cell in zip(*book["审核意见"].iter_rows(max_row=2), strict=True)}
    assert (row["项目名称"].value, row["项目名称"].data_type) == ("=1+1", "s")
    assert row["项目名称"].number_format == "@"
    assert book["汇总"]["B2"].value == 1


@pytest.mark.django_db
def test_a_rule_is_explained_with_how_it_is_set() -> None:
    RuleSetting.objects.create(rule=RULE, region=factories.county(), year=2025, is_on=False)
    text = printed("--explain", RULE)
    assert "财预〔2015〕88号" in text
    assert "有问题的例子" in text
    assert "上党区 2025 年：停用" in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--explain", "money.period-below-anual"), RULE),
        (("--rule", "nonsense"), "最接近的有"),
        (("--severity", "严重"), "必须修改、建议修改、提示"),
        (("--year", "公元"), "筛选条件有误"),
    ],
)
def test_what_is_not_understood_is_refused_in_one_sentence(options: tuple[str, ...], words: str) -> None:
    error = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_targets", *options, stdout=StringIO(), stderr=error)
    assert ended.value.code == 2
    assert words in error.getvalue()
    assert error.getvalue().count("\n") == 1


@pytest.mark.django_db
def test_strict_fails_while_something_must_be_mended() -> None:
    project = bad()
    with pytest.raises(SystemExit) as ended:
        printed("--rule", RULE, "--strict")
    assert ended.value.code == 1
    with change(by=None, action="edit"):
        Project.objects.filter(pk=project.pk).update(period_amount=2)
    printed("--rule", RULE, "--strict")


@pytest.mark.django_db
def test_pending_checks_what_is_marked() -> None:
    project = bad()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE projects_project SET period_amount = 2 WHERE id = %s", [project.pk])
    assert "实施期资金少于年度资金" in printed("--rule", RULE)
    assert "没有审核意见" in printed("--rule", RULE, "--pending")
    assert not UncheckedProject.objects.exists()


@pytest.mark.usefixtures("committed")
def test_several_processes_check_everything_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indicators.reviewing.many.STEP", 2)
    for number in range(5):
        bad(f"道路硬化{number}")
    before = set(ProjectFinding.objects.values_list("project", "digest"))
    ProjectFinding.objects.all().delete()
    printed("--rule", RULE, "--all-again", "--processes", "2")
    assert set(ProjectFinding.objects.values_list("project", "digest")) == before
