"""The list of plan indicators and its file."""

import csv
from io import StringIO

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from imports.gazettes.models import PlanIndicator, TableKind
from imports.gazettes.plans.indicators import IndicatorFilter
from tests import factories
from tests.conftest import words_of
from tests.imports.gazettes.plans.made import document, indicator, table

pytestmark = pytest.mark.django_db


def names(query: str) -> list[str]:
    found = IndicatorFilter(QueryDict(query), PlanIndicator.objects.all())
    return sorted(found.qs.values_list("name", flat=True))


def test_each_filter_finds_its_indicators() -> None:
    one = indicator("达标率", group="校舍", nature="约束性", of=table(document(), "指标", TableKind.INDICATORS))
    indicator("危房", numbers={"2040年": "1"}, of=table(document(region=factories.county()), "指标"))
    assert names(f"document={one.document_id}") == ["达标率"]
    assert names("region=140400") == ["危房", "达标率"]
    assert names("region=140404") == ["危房"]
    assert names("group=校舍") == ["达标率"]
    assert names("group=none") == ["危房"]
    assert names("nature=约束性") == ["达标率"]
    assert names("nature=none") == ["危房"]
    assert names("year=2035") == ["达标率"]
    assert names("q=危") == ["危房"]
    assert names("year=2099") == []


def test_damaged_ones_and_duplicates_are_left_out_unless_asked_for() -> None:
    indicator("好")
    indicator("坏", damage="少了一格")
    indicator("重", of=table(document(duplicate_of=document()), "指标"))
    assert [names(query) for query in ("", "state=damaged", "state=duplicates")] == [["好"], ["坏"], ["重"]]
    assert len(names("state=all")) == 3


def test_the_list_has_a_column_for_each_year_of_a_table(auditor: Client) -> None:
    place = table(document(), "主要指标", TableKind.INDICATORS)
    indicator("达标率", of=place, unit="%", nature="约束性", direction="up", group="一、校舍")
    indicator("危房", of=place, numbers={"2035年": "1"}, group="一、校舍")
    words = words_of(auditor.get("/plans/indicators/"))
    assert "共 2 条规划指标" in words
    assert "2030年 2035年" in words
    assert "达标率 % · 约束性 % 81.5 98 越高越好 约束性" in words
    assert "危房 — — 1 — —" in words
    assert words.count("一、校舍") == 2  # in the choice of groups, and once in the table


def test_limits_by_town_are_shown_under_their_towns(auditor: Client) -> None:
    indicator("用水总量", numbers={"东镇": "12", "西镇": "30"})
    assert "东镇 西镇" in words_of(auditor.get("/plans/indicators/"))


def test_a_table_over_two_pages_is_continued(auditor: Client) -> None:
    place = table(document(), "主要指标", TableKind.INDICATORS)
    for at in range(51):
        indicator(f"指标{at}", of=place)
    assert "（续）" not in words_of(auditor.get("/plans/indicators/"))
    second = words_of(auditor.get("/plans/indicators/?page=2"))
    assert "（续）" in second
    assert "指标50" in second


def test_statements_do_not_grow_with_rows(auditor: Client) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            auditor.get("/plans/indicators/")
        return len(captured)

    indicator()
    before = statements()
    for _ in range(9):
        indicator()
    assert statements() == before


def test_the_file_has_a_row_for_each_value(auditor: Client) -> None:
    indicator("达标率", unit="%", target_year=2035)
    content = b"".join(auditor.get("/plans/indicators/export/?format=csv"))  # type: ignore[arg-type]
    rows = list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))
    assert [(row["指标"], row["年份"], row["值（印刷）"], row["数值"]) for row in rows] == [
        ("达标率", "2030", "81.5", "81.5"), ("达标率", "2035", "98", "98"),
    ]  # fmt: skip
    assert auditor.get("/plans/indicators/export/?format=xlsx").status_code == 200
    assert auditor.get("/plans/indicators/export/").status_code == 404


def test_an_empty_list_and_a_faulty_filter_are_said(auditor: Client) -> None:
    assert "还没有规划指标" in words_of(auditor.get("/plans/indicators/"))
    indicator()
    assert "没有符合条件的规划指标" in words_of(auditor.get("/plans/indicators/?q=没有的"))
    assert "筛选条件有误" in words_of(auditor.get("/plans/indicators/?document=99"))
