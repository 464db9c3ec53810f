"""The reader of target forms: made-up forms read back, each piece by name, refusals, and the source it was built for."""

from __future__ import annotations

import json
import random
from collections import Counter
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from benchmarks.target_forms import forms as measured_forms
from imports.drafts import Amount, ProjectDraft
from imports.layouts import target_form
from imports.reading import HEADER, Defaults, Reading, SourceError
from tests.imports.layouts.target_form_texts import (
    FUNDING,
    ROWS,
    SIGN_OFF,
    MadeForm,
    a_form,
    damaged_texts,
    made_forms,
    plain_form,
)

SHARED = Path(__file__).parents[4] / "shared"
SOURCE = SHARED / "sources" / "shangdang_2025_target_forms.txt"
GOLD = SHARED / "gold" / "shangdang_2025_target_forms.json"
TITLE = "长治市沁县县级预算部门（单位）项目支出绩效目标表"


def read(lines: list[str], **defaults: Any) -> tuple[list[ProjectDraft], Reading]:
    reading = Reading(lines)
    return list(target_form.read(reading, Defaults(**defaults))), reading


def read_one(lines: list[str], **defaults: Any) -> ProjectDraft:
    (draft,), reading = read(lines, **defaults)
    assert list(reading.unclaimed()) == []
    return draft


def refusal(lines: list[str], **defaults: Any) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read(lines, **defaults)
    return caught.value


def notices(lines: list[str]) -> list[tuple[int, str]]:
    return [(notice.line, notice.kind) for notice in read(lines)[1].notices]


def assert_read_back(forms: list[MadeForm]) -> None:
    lines = [line for form in forms for line in form.lines]
    drafts, reading = read(lines)
    assert len(drafts) == len(forms)
    for form, draft in zip(forms, drafts, strict=True):
        assert {name: getattr(draft, name) for name in form.facts} == form.facts
        assert draft.funding is not None
        for (scope, code), yuan in form.funding.items():
            table = draft.funding["period" if scope == "period" else "annual"]
            assert (table.total if code == "total" else table.sources[code]).yuan == yuan
        found = [(item.scope, item.level1, item.level2, item.level3, item.value) for item in draft.indicators]
        assert found == form.indicators
    assert list(reading.unclaimed()) == []
    kinds = Counter(notice.kind for notice in reading.notices)
    assert kinds["lost_value"] == sum(form.lost for form in forms)
    assert kinds["cut_name"] == sum(form.cut for form in forms)
    assert target_form.recognise(lines)


class TestMadeUpForms:
    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(made_forms())
    def test_what_is_put_in_is_read_back(self, forms: list[MadeForm]) -> None:
        assert_read_back(forms)

    def test_many_forms_of_one_text(self) -> None:
        source = random.Random(20250101)  # noqa: S311 - made-up data
        assert_read_back([a_form(source) for _ in range(150)])

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(damaged_texts())
    def test_damaged_text_is_read_or_refused_with_a_line(self, lines: list[str]) -> None:
        target_form.recognise(lines)
        drafts = target_form.read(Reading(lines), Defaults(region_code="140430", year=2025, unit="元"))
        refused: SourceError | None = None
        try:
            assert all(draft.name for draft in drafts)
        except SourceError as error:
            refused = error
        assert refused is None or refused.line is None or 1 <= refused.line <= len(lines)

    @pytest.mark.parametrize("irregular", [0.0, 1.0])
    def test_forms_made_for_measuring_are_read_whole(self, irregular: float) -> None:
        lines = "".join(measured_forms(20, irregular=irregular)).split("\n")
        drafts, reading = read(lines)
        assert len(drafts) == 20
        assert list(reading.unclaimed()) == []
        assert reading.notices == []
        for draft in drafts:
            halves = [[item[1:] for item in draft.indicators if item.scope == scope] for scope in ("period", "annual")]
            assert halves[0] == halves[1]

    def test_forms_come_one_by_one(self) -> None:
        source = random.Random(7)  # noqa: S311 - made-up data
        lines = [line for _ in range(3) for line in a_form(source).lines]
        reading = Reading(lines)
        drafts = target_form.read(reading, Defaults())
        first = next(drafts)
        assert first.first_line == 1
        assert not any(reading.claims[first.last_line + 3 :])


@pytest.fixture(scope="module")
def found() -> tuple[list[ProjectDraft], Reading]:
    return read(SOURCE.read_text(encoding="utf-8").split("\n"))


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    projects: list[dict[str, Any]] = json.loads(GOLD.read_text(encoding="utf-8"))["projects"]
    return projects


@pytest.mark.skipif(not (SOURCE.exists() and GOLD.exists()), reason="the shared source and its gold are not there")
class TestSource:
    def test_all_fields(self, found: tuple[list[ProjectDraft], Reading], gold: list[dict[str, Any]]) -> None:
        assert [_fields(draft) for draft in found[0]] == [_gold_fields(project) for project in gold]

    def test_all_amounts(self, found: tuple[list[ProjectDraft], Reading], gold: list[dict[str, Any]]) -> None:
        assert [_amounts(draft) for draft in found[0]] == [_gold_amounts(project) for project in gold]

    def test_all_indicators(self, found: tuple[list[ProjectDraft], Reading], gold: list[dict[str, Any]]) -> None:
        for draft, project in zip(found[0], gold, strict=True):
            indicators = [
                (item.scope, item.level1, item.level2, _bare(item.level3), _bare(item.value))
                for item in draft.indicators
            ]
            assert indicators == [
                (item["scope"], item["level1"], item["level2"], _bare(item["level3"]), _bare(item["value"]))
                for item in project["indicators"]
            ]

    def test_number_of_indicators_in_each_half(self, found: tuple[list[ProjectDraft], Reading]) -> None:
        expected = [8, 9, 10, 8, 9, 12, 9, 8, 8, 8, 7, 6, 11, 11, 7]
        for scope in ("period", "annual"):
            assert [sum(item.scope == scope for item in draft.indicators) for draft in found[0]] == expected

    def test_every_line_is_accounted_for(self, found: tuple[list[ProjectDraft], Reading]) -> None:
        assert list(found[1].unclaimed()) == []

    def test_notices(self, found: tuple[list[ProjectDraft], Reading]) -> None:
        assert [(notice.line, notice.kind) for notice in found[1].notices] == [(159, "lost_value"), (399, "cut_name")]

    @pytest.mark.parametrize("path", sorted(SOURCE.parent.glob("*.txt")), ids=lambda path: path.stem)
    def test_only_this_source_is_recognised(self, path: Path) -> None:
        assert target_form.recognise(path.read_text(encoding="utf-8").split("\n")) == (path == SOURCE)


def _bare(text: str | None) -> str | None:
    return None if text is None else "".join(text.split())


_GOLD_NAMES = {
    "name": "name",
    "department_code": "department_code",
    "department_name": "department",
    **{name: name for name in ("implementing_unit", "attribute", "duration", "basis", "content", "overview")},
    **{name: name for name in ("necessity", "safeguards", "plan", "goal_period", "goal_annual")},
}


def _fields(draft: ProjectDraft) -> dict[str, Any]:
    fields: dict[str, Any] = {name: _bare(getattr(draft, name)) for name in _GOLD_NAMES}
    assert draft.filed_at is not None
    stamp = f"{draft.filed_at:%Y%m%d%H%M%S}"
    return fields | {
        "place": (draft.region_name, draft.year, draft.printed_unit, stamp, draft.first_line),
        "contacts": (draft.contact_lead, draft.contact_handler, draft.contact_phone),
    }


def _gold_fields(project: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {name: _bare(project[gold]) for name, gold in _GOLD_NAMES.items()}
    place = ("region", "year", "unit", "filed_at", "source_first_line")
    return fields | {"place": tuple(project[name] for name in place), "contacts": ("", "", "")}


def _amounts(draft: ProjectDraft) -> dict[str, dict[str, Decimal | None]]:
    assert draft.funding is not None
    assert draft.amount == draft.funding["annual"].total
    return {
        scope: {"total": table.total.yuan} | {code: amount.yuan for code, amount in table.sources.items()}
        for scope, table in draft.funding.items()
    }


def _gold_amounts(project: dict[str, Any]) -> dict[str, dict[str, Decimal | None]]:
    return {
        scope: {code: None if amount is None else Decimal(amount) for code, amount in table.items()}
        for scope, table in project["funding"].items()
    }


class TestFields:
    def test_plain_form(self) -> None:
        draft = read_one(plain_form())
        assert (draft.region_code, draft.region_name, draft.year) == ("140430", "长治市沁县", 2026)
        assert (draft.name, draft.attribute, draft.duration) == ("老灌区水渠整修", "一次性项目", "1年")
        assert (draft.department_code, draft.department_name) == ("305", "长治市沁县水利局")
        assert (draft.overview, draft.basis, draft.necessity, draft.content) == (
            *("整修渠道三公里。", "县水利会议纪要"),
            *(None, None),
        )
        assert (draft.goal_period, draft.goal_annual) == ("渠道通水", "春灌前通水")
        assert (draft.first_line, draft.last_line) == (1, 17)

    def test_row_that_is_not_printed_is_none_and_one_printed_empty_is_empty(self) -> None:
        draft = read_one(plain_form(texts=("项目概况\t\t\t\t\t\t\t", "立项依据")))
        assert (draft.overview, draft.basis, draft.plan) == ("", "", None)

    @pytest.mark.parametrize(
        ("printed", "code", "name"),
        [
            ("409-沁县林业局", "409", "沁县林业局"),
            ("219001-沁县林业局", "219001", "沁县林业局"),
            ("219001 － 沁县林业局", "219001", "沁县林业局"),
            ("４０９——沁县林业局", "409", "沁县林业局"),
            ("219001沁县林业局", "219001", "沁县林业局"),
            ("（409）沁县林业局", "409", "沁县林业局"),
            ("沁县林业局（409）", "409", "沁县林业局"),
            ("219001-", "219001", ""),
            ("沁县林业局", None, "沁县林业局"),
            ("033-沁县101医院", "033", "沁县101医院"),
        ],
    )
    def test_department_cell(self, printed: str, code: str | None, name: str) -> None:
        draft = read_one(plain_form(body=(f"主管部门及代码\t\t{printed}\t\t实施单位\t\t沁县林场\t",)))
        assert (draft.department_code, draft.department_name) == (code, name)
        assert (draft.implementing_unit, draft.attribute) == ("沁县林场", None)

    def test_empty_cells_of_a_shared_row_are_empty(self) -> None:
        draft = read_one(plain_form(body=("主管部门\t\t\t\t项目单位\t\t\t", "项目类型\t\t\t\t项目周期\t\t2年\t")))
        assert (draft.department_name, draft.implementing_unit) == ("", "")
        assert (draft.attribute, draft.duration) == ("", "2年")

    @pytest.mark.parametrize(
        ("printed", "read_as"),
        [
            ("20241217090709", datetime(2024, 12, 17, 9, 7, 9)),
            ("2024-12-17", datetime(2024, 12, 17)),
            ("2024年12月17日", datetime(2024, 12, 17)),
            ("2024 年 1 月 7 日", datetime(2024, 1, 7)),
            ("2024/12/17 09:07", datetime(2024, 12, 17, 9, 7)),
            ("2024.12.17", datetime(2024, 12, 17)),
            ("20241217", datetime(2024, 12, 17)),
            ("２０２４１２１７", datetime(2024, 12, 17)),
            ("", None),
            ("    年  月  日", None),
        ],
    )
    def test_filing_time(self, printed: str, read_as: datetime | None) -> None:
        lines = plain_form(sign_off=(f"负责人：\t\t经办人：\t\t联系电话：\t\t填报日期：\t{printed}",))
        assert read_one(lines).filed_at == read_as
        assert notices(lines) == []

    @pytest.mark.parametrize("printed", ["20241317090709", "2024年2月30日", "年底前", "20241217256109"])
    def test_impossible_filing_time_is_left_out_and_noticed(self, printed: str) -> None:
        lines = plain_form(sign_off=(f"负责人：\t\t经办人：\t\t联系电话：\t\t填报日期：\t{printed}",))
        assert read_one(lines).filed_at is None
        assert notices(lines) == [(17, "lost_value")]

    @pytest.mark.parametrize(
        "printed",
        [
            ("负责人：\t渠田\t填报人：\t桑井\t联系电话：\t0355-7020301\t填表日期：\t2024-12-17",),
            ("负责人：渠田\t填报人：桑井\t联系电话：0355-7020301\t填表日期：2024-12-17",),
            ("负责人：渠田   填报人：桑井   联系电话：0355-7020301   填表日期：2024-12-17",),
            ("\t负 责 人:\t\t渠田\t经办人:\t\t桑井\t联系方式:\t\t0355-7020301\t\t填报时间:\t2024-12-17\t",),
            ("负责人\t渠田\t经办人\t桑井", "联系电话\t0355-7020301\t填报日期\t2024-12-17"),
            ("项目负责人（签字）：渠田\t经办人：桑井\t联系电话：0355-7020301\t填报日期：2024-12-17",),
        ],
    )
    def test_sign_off(self, printed: tuple[str, ...]) -> None:
        draft = read_one(plain_form(sign_off=printed))
        assert (draft.contact_lead, draft.contact_handler, draft.contact_phone) == ("渠田", "桑井", "0355-7020301")
        assert draft.filed_at == datetime(2024, 12, 17)

    def test_a_second_sign_off_that_says_otherwise_is_reported_and_one_that_repeats_is_not(self) -> None:
        first = "负责人：渠田\t经办人：桑井\t联系电话：0355-7020301\t填报日期：2024-12-17"
        second = first.replace("2024-12-17", "2024-12-18")
        (draft,), reading = read(plain_form(sign_off=(first, second, first)))
        assert draft.filed_at == datetime(2024, 12, 17)
        assert [text for _, text in reading.unclaimed()] == [second]

    def test_unknown_row_inside_a_form_stays_unclaimed(self) -> None:
        stray = "项目编码\t\t140430000123\t\t\t\t\t"
        (draft,), reading = read(plain_form(texts=("项目概况\t\t整修渠道。\t\t\t\t\t", stray)))
        assert draft.overview == "整修渠道。"
        assert [text for _, text in reading.unclaimed()] == [stray]

    def test_unknown_pair_beside_a_known_one_leaves_the_row_unclaimed(self) -> None:
        row = "项目属性\t一次性项目\t资金性质\t本级\t项目期\t1年"
        (draft,), reading = read(plain_form(body=(row,)))
        assert (draft.attribute, draft.duration) == ("一次性项目", "1年")
        assert [text for _, text in reading.unclaimed()] == [row]


class TestTexts:
    TEXT = "全长三公里，“老渠”破损；立项依据充分，需要分段整修。"

    @pytest.mark.parametrize(
        "lines",
        [
            ("项目概况\t\t全长三公里，“老渠”破损；", "立项依据充分，需要分段整修。\t\t\t\t\t"),
            ("项目概况\t\t全长三公里，“老渠”破损；", "立项依据充分，需要", "分段整修。"),
            ("项目概况\t\t全长三公里，“老渠”破损；\t\t\t\t\t", "立项依据充分，需要分段整修。"),
            ("项目概况\t\t全长三公里，“老渠”破损；\t\t\t\t\t", "\t\t立项依据充分，需要分段整修。\t\t\t\t\t"),
            ('项目概况\t\t"全长三公里，“老渠”破损；', '立项依据充分，需要分段整修。"\t\t\t\t\t'),
            ("项目概况\t\t\t\t\t\t\t", "\t\t全长三公里，“老渠”破损；立项依据充分，需要分段整修。"),
            ("项目概况", "全长三公里，“老渠”破损；立项依据充分，需要分段整修。"),
            ("项目概况\t\t全长三公里，“老渠”破损；", "- 5 -", "立项依据充分，需要分段整修。"),
            ("项目", "概况\t\t全长三公里，“老渠”破损；立项依据充分，需要分段整修。\t"),
            ("项目\t\t全长三公里，“老渠”破损；", "概况\t\t立项依据充分，需要分段整修。\t"),
        ],
    )
    def test_wrapped_text_is_joined_without_a_space(self, lines: tuple[str, ...]) -> None:
        draft = read_one(plain_form(texts=(*lines, "立项依据\t\t县水利会议纪要\t\t\t\t\t")))
        assert (draft.overview, draft.basis) == (self.TEXT, "县水利会议纪要")

    def test_doubled_quotes_of_a_quoted_cell(self) -> None:
        lines = ('项目概况\t\t"修""老""渠，', "立项依据", '也在内。"\t\t\t')
        draft = read_one(plain_form(texts=lines))
        assert (draft.overview, draft.basis) == ('修"老"渠，立项依据也在内。', None)

    @pytest.mark.parametrize("printed", ['"老渠"整修', '整修"老渠"', '"老渠', '老渠"', '"老渠"'])
    def test_quotes_of_the_text_itself_stay(self, printed: str) -> None:
        draft = read_one(plain_form(texts=(f"项目概况\t\t{printed}\t\t\t\t\t", "立项依据\t\t纪要\t\t")))
        assert (draft.overview, draft.basis) == (printed, "纪要")

    def test_wrapped_name_and_department(self) -> None:
        draft = read_one(
            plain_form(
                name=("项目名称\t\t老灌区", "水渠整修\t\t\t\t\t"),
                body=("主管部门\t\t305-长治市\t\t实施单位\t\t长治市", "\t\t沁县水利局\t\t\t\t沁县水利局"),
            )
        )
        assert draft.name == "老灌区水渠整修"
        assert (draft.department_name, draft.implementing_unit) == ("长治市沁县水利局", "长治市沁县水利局")

    @pytest.mark.parametrize(
        "goals",
        [
            ("实施期目标\t\t\t\t年度目标\t\t\t", "总体目标\t全渠通水\t\t\t春灌前通水\t\t\t"),
            ("实施期目标\t\t\t\t\t年度目标\t\t", "总体目标\t\t全渠通水\t\t\t\t春灌前通水\t"),
            ("实施期目标\t\t\t\t年度目标\t\t\t", "总体目标\t全渠通水\t\t\t春灌前", "通水\t\t\t"),
            ("实施期目标\t\t\t\t年度目标\t\t\t", "总体目标\t全渠", "通水\t\t\t春灌前", "通水\t\t\t"),
            ("实施期目标\t\t\t\t年度目标\t\t\t", "总体目标\t全渠\t\t\t春灌前\t\t\t", "\t通水\t\t\t通水\t\t\t"),
            ("总体目标\t实施期目标\t\t\t年度目标\t\t\t", "\t全渠通水\t\t\t春灌前通水\t\t\t"),
            ("总体目标\t实施期目标\t全渠通水\t\t\t\t\t", "\t年度目标\t春灌前通水\t\t\t\t\t"),
            ("中期目标\t全渠通水\t\t\t年度目标\t春灌前通水\t\t",),
            ("绩效目标\t全渠通水\t\t\t春灌前通水\t\t\t",),
            ("实施期目标（2025年-2027年）\t\t\t年度目标（2026年）\t", "总体目标\t全渠通水\t\t春灌前通水\t"),
        ],
    )
    def test_goals(self, goals: tuple[str, ...]) -> None:
        draft = read_one(plain_form(goals=goals))
        assert (draft.goal_period, draft.goal_annual) == ("全渠通水", "春灌前通水")

    @pytest.mark.parametrize(
        ("row", "period", "annual"),
        [
            ("总体目标\t全渠通水\t\t\t\t\t\t", "全渠通水", ""),
            ("总体目标\t\t全渠通水\t\t\t\t\t", "全渠通水", ""),
            ("总体目标\t\t\t\t全渠通水\t\t\t", "", "全渠通水"),
            ("总体目标\t\t\t\t\t全渠通水\t\t", "", "全渠通水"),
            ("总体目标\t\t\t\t\t\t\t", "", ""),
        ],
    )
    def test_one_goal_belongs_to_the_half_of_its_column(self, row: str, period: str, annual: str) -> None:
        draft = read_one(plain_form(goals=("实施期目标\t\t\t\t年度目标\t\t\t", row)))
        assert (draft.goal_period, draft.goal_annual) == (period, annual)

    def test_form_with_an_annual_goal_only(self) -> None:
        draft = read_one(plain_form(goals=("年度目标\t\t春灌前通水\t\t\t",)))
        assert (draft.goal_period, draft.goal_annual) == (None, "春灌前通水")


class TestFunding:
    def test_blank_and_zero_are_different(self) -> None:
        funding = read_one(plain_form()).funding
        assert funding is not None
        assert funding["period"].sources == {
            "central": Amount(Decimal("0.00"), "0"),
            "local": Amount(Decimal("300000.00"), "30"),
            "other": Amount(None, ""),
        }
        assert funding["annual"].total == Amount(Decimal("200000.00"), "20")

    @pytest.mark.parametrize(
        ("label", "unit"),
        [
            ("项目资金（元）", "元"),
            ("项目资金 ( 万元 )", "万元"),
            ("资金情况（亿元）", "亿元"),
            ("项目资金（单位：万元）", "万元"),
        ],
    )
    def test_unit_beside_the_label(self, label: str, unit: str) -> None:
        funding = (f"{label}\t\t实施期资金总额：\t3\t年度资金总额：\t2\t\t",)
        assert read_one(plain_form(funding=funding), unit="元").printed_unit == unit

    def test_unit_on_a_line_of_its_own(self) -> None:
        funding = ("项目资金\t\t实施期资金总额：\t3\t年度资金总额：\t2\t\t",)
        draft = read_one(plain_form(title=(TITLE, "（2026年度）\t\t\t单位：万元"), funding=funding))
        assert (draft.amount.yuan, draft.year) == (Decimal("20000.00"), 2026)

    def test_unit_inside_the_cells(self) -> None:
        funding = ("项目资金\t\t实施期资金总额：\t3万元\t年度资金总额：\t2万元\t\t",)
        draft = read_one(plain_form(funding=funding))
        assert (draft.amount, draft.printed_unit) == (Amount(Decimal("20000.00"), "2万元"), "万元")

    def test_unit_of_a_cell_wins_over_that_of_the_table(self) -> None:
        funding = ("项目资金（元）\t\t实施期资金总额：\t3万元\t年度资金总额：\t20000\t\t",)
        found = read_one(plain_form(funding=funding)).funding
        assert found is not None
        assert found["period"].total.yuan == Decimal("30000.00")

    def test_unit_from_the_defaults(self) -> None:
        funding = ("项目资金\t\t实施期资金总额：\t3\t年度资金总额：\t2\t\t",)
        assert read_one(plain_form(funding=funding), unit="万元").amount.yuan == Decimal("20000.00")

    @pytest.mark.parametrize(
        "rows",
        [
            ("其他资金\t\t5\t\t其他资金\t6",),
            ("\t\t其他资金\t5\t其他资金\t6\t\t",),
            ("\t\t\t其他资金\t\t5\t其他资金\t\t6",),
            ("\t\t其他", "资金\t5\t其他", "资金\t6\t\t"),
            ("\t\t其他\t5\t其他\t6\t\t", "\t\t资金\t\t资金\t\t\t"),
            ("\t\t其他资金：5万元\t\t其他资金：6万元\t\t\t",),
        ],
    )
    def test_source_row_wherever_it_stands(self, rows: tuple[str, ...]) -> None:
        found = read_one(plain_form(funding=(*FUNDING[:3], *rows))).funding
        assert found is not None
        assert [found[scope].sources["other"].yuan for scope in found] == [Decimal("50000.00"), Decimal("60000.00")]

    def test_source_printed_for_the_year_only(self) -> None:
        found = read_one(plain_form(funding=(*FUNDING[:3], "\t\t\t\t单位自筹\t0\t\t"))).funding
        assert found is not None
        assert "self_raised" not in found["period"].sources
        assert found["annual"].sources["self_raised"].yuan == Decimal("0.00")

    def test_form_with_the_year_s_amounts_only(self) -> None:
        funding = ("项目资金（元）\t\t年度资金总额：\t20\t", "\t\t其中：中央财政资金\t5\t", "\t\t县级财政资金\t15\t")
        found = read_one(plain_form(funding=funding)).funding
        assert found is not None
        assert found["period"].total == Amount(None, "")
        assert {code: amount.yuan for code, amount in found["annual"].sources.items()} == {
            "central": Decimal("5.00"),
            "local": Decimal("15.00"),
        }

    def test_sources_that_do_not_sum_to_the_total_are_noticed_with_both_figures(self) -> None:
        lines = plain_form(funding=(*FUNDING[:2], "\t\t县级资金\t30\t县级资金\t19\t\t"))
        (notice,) = read(lines)[1].notices
        assert (notice.line, notice.kind) == (6, "sources_differ")
        assert "190,000.00" in notice.message
        assert "200,000.00" in notice.message

    def test_total_without_any_source_amount_is_not_compared(self) -> None:
        assert notices(plain_form(funding=(FUNDING[0], FUNDING[3]))) == []

    def test_dash_is_a_blank(self) -> None:
        found = read_one(plain_form(funding=(*FUNDING[:3], "\t\t其他资金\t—\t其他资金\t/\t\t"))).funding
        assert found is not None
        assert found["period"].sources["other"] == Amount(None, "—")


class TestBeginnings:
    @pytest.mark.parametrize(
        "title",
        [
            (TITLE, "(2026年度)"),
            (TITLE, "", "２０２６年度", ""),
            (TITLE, "(2026 年)"),
            (TITLE, "二〇二六年度"),
            (TITLE, "预算年度：2026"),
            (f"2026年{TITLE}",),
            (f"{TITLE}（2026年度）",),
            (f"附件3：2026年{TITLE}",),
            ("附件3", TITLE, "（2026年度）"),
            ("长治市沁县县级预算部门（单位）", "项目支出绩效目标表", "（2026年度）"),
            ("长治市沁县项目支出绩效目", "标申报表", "（2026年度）"),
            ("\t\t长治市沁县 项目支出 绩效目标表\t\t\t", "\t\t（2026年度）\t\t"),
            ("\ufeff" + TITLE, "（2026年度）"),
            ("\x0c" + TITLE, "（2026年度）"),
        ],
    )
    def test_title_and_year(self, title: tuple[str, ...]) -> None:
        (draft,), reading = read(plain_form(title=title))
        assert (draft.region_name, draft.year) == ("长治市沁县", 2026)
        assert [text for _, text in reading.unclaimed()] == [text for text in title if text == "附件3"]

    def test_name_row_begins_a_form_without_a_title(self) -> None:
        lines = [*plain_form(), "", *plain_form(title=()), "", "（2027年度）", *plain_form(title=())]
        drafts, reading = read(lines)
        assert [draft.year for draft in drafts] == [2026, 2026, 2027]
        assert [draft.first_line for draft in drafts] == [1, 19, 35]
        assert list(reading.unclaimed()) == []

    @pytest.mark.parametrize("place", [9, 12, 14, 15])
    def test_title_repeated_at_a_page_break_begins_no_form(self, place: int) -> None:
        lines = plain_form()
        lines[place:place] = ["- 1 -", TITLE, "（2026年度）"]
        (draft,), reading = read(lines)
        assert (len(draft.indicators), draft.last_line) == (4, 20)
        assert list(reading.unclaimed()) == []

    def test_text_that_speaks_of_a_target_form_begins_no_form(self) -> None:
        texts = ("项目概况\t\t按要求填报", "项目支出绩效目标表\t\t\t", "立项依据\t\t县水利会议纪要")
        assert read_one(plain_form(texts=texts)).overview == "按要求填报项目支出绩效目标表"

    def test_what_stands_around_the_forms_stays_unclaimed(self) -> None:
        around = ["2026年部门预算公开", "一、收支情况", "特此公开。"]
        lines = [*around[:2], "- 1 -", *plain_form(), "- 2 -", "", *plain_form(), around[2]]
        drafts, reading = read(lines)
        assert [(draft.first_line, draft.last_line) for draft in drafts] == [(4, 20), (23, 39)]
        assert [text for _, text in reading.unclaimed()] == around
        assert (reading.claims[3], reading.claims[21]) == (HEADER, HEADER)

    def test_cover_with_the_title_of_the_forms_stays_unclaimed(self) -> None:
        cover = "沁县2026年项目支出绩效目标表"
        drafts, reading = read([cover, "", *plain_form()])
        assert [draft.first_line for draft in drafts] == [3]
        assert [text for _, text in reading.unclaimed()] == [cover]

    def test_form_of_a_whole_department_is_none_of_these(self) -> None:
        lines = [*plain_form(), "沁县水利局部门整体支出绩效目标表", "部门名称\t沁县水利局", "年度主要任务\t修渠"]
        drafts, reading = read(lines)
        assert len(drafts) == 1
        assert len(list(reading.unclaimed())) == 3

    @pytest.mark.parametrize("lines", [[], ["", " "], ["项目名称和预算"], ["项目名称\t金额", "修渠\t30"], [TITLE]])
    def test_other_texts_are_not_recognised(self, lines: list[str]) -> None:
        assert not target_form.recognise(lines)

    def test_forms_are_recognised_by_title_or_by_header(self) -> None:
        assert target_form.recognise(plain_form())
        assert target_form.recognise(plain_form(title=()))
        assert target_form.recognise(plain_form()[:6])


class TestPlaces:
    BODY = "主管部门\t\t{}\t\t实施单位\t\t{}\t"

    def place(self, title: str, department: str, unit: str = "沟口林场", **defaults: Any) -> str:
        lines = plain_form(title=(title, "（2026年度）"), body=(self.BODY.format(department, unit),))
        return read_one(lines, **defaults).region_code

    @pytest.mark.parametrize(
        ("title", "code"),
        [
            ("沁县县级预算部门（单位）项目支出绩效目标表", "140430"),
            ("襄垣县县(区)级预算部门（单位）项目支出绩效目标表", "140423"),
            ("长治市潞城区区级预算部门项目支出绩效目标表", "140406"),
            ("长治市市本级项目支出绩效目标表", "140400"),
            ("2026年山西省长治市沁源县项目支出绩效目标申报表", "140431"),
            ("附件2-1 沁源县项目支出绩效目标表", "140431"),
        ],
    )
    def test_division_at_the_start_of_the_title(self, title: str, code: str) -> None:
        assert self.place(title, "305-水利局") == code

    def test_division_of_the_department_or_unit_without_one_in_the_title(self) -> None:
        assert self.place("项目支出绩效目标表", "305-长治市沁县水利局") == "140430"
        assert self.place("项目支出绩效目标表", "305-水利局", "长治市沁县灌区中心") == "140430"

    def test_text_wins_over_the_defaults(self) -> None:
        assert self.place(TITLE, "水利局", region_code="140431", year=2020) == "140430"

    def test_county_of_a_common_name_by_its_department(self) -> None:
        assert self.place("城区项目支出绩效目标表", "晋城市城区水利局") == "140502"
        assert self.place("城区项目支出绩效目标表", "晋城市水利局") == "140502"

    def test_county_of_a_common_name_by_another_form_of_the_text(self) -> None:
        title = ("城区项目支出绩效目标表", "（2026年度）")
        plain = plain_form(title=title, body=(self.BODY.format("水利局", "林场"),))
        telling = plain_form(title=title, body=(self.BODY.format("晋城市城区水利局", "林场"),))
        drafts, _ = read([*plain, *telling])
        assert {draft.region_code for draft in drafts} == {"140502"}

    def test_county_of_a_common_name_by_the_defaults(self) -> None:
        assert self.place("城区项目支出绩效目标表", "水利局", region_code="140502") == "140502"

    def test_province_in_the_title_gives_way_to_its_county_in_the_department(self) -> None:
        assert self.place("山西省项目支出绩效目标表", "长治市沁县水利局") == "140430"
        assert self.place("山西省省级项目支出绩效目标表", "山西省水利厅") == "140000"

    def test_division_from_the_defaults_where_nothing_is_printed(self) -> None:
        draft = read_one(
            plain_form(title=("项目支出绩效目标表", "2026年"), body=()), region_code="990101", region_name="试验区"
        )
        assert (draft.region_code, draft.region_name) == ("990101", "试验区")

    def test_division_from_the_other_forms_where_nothing_is_printed(self) -> None:
        bare = plain_form(title=("项目支出绩效目标表", "2026年"), body=())
        drafts, _ = read([*bare, *plain_form()])
        assert [draft.region_code for draft in drafts] == ["140430", "140430"]


class TestRefusals:
    def test_no_form_at_all(self) -> None:
        assert "没有找到" in refusal(["收支总表"]).message

    def test_division_not_stated(self) -> None:
        error = refusal(["", *plain_form(title=("项目支出绩效目标表", "2026年"), body=())])
        assert error.line == 2
        assert "第2行起的表没有写明所属地区，请用 --region 指明" in error.message

    def test_division_of_a_common_name(self) -> None:
        error = refusal(plain_form(title=("城区项目支出绩效目标表", "2026年"), body=()))
        assert error.line == 1
        assert "140502 晋城市城区" in error.message
        assert "--region" in error.message

    def test_year_not_stated(self) -> None:
        error = refusal([*plain_form(), *plain_form(title=(TITLE,))])
        assert (error.line, "--year" in error.message) == (18, True)

    def test_year_line_left_blank(self) -> None:
        lines = plain_form(title=(TITLE, "（    年度）"))
        assert "--year" in refusal(lines).message
        assert read_one(lines, year=2024).year == 2024

    def test_unit_not_stated(self) -> None:
        error = refusal(plain_form(funding=("项目资金\t\t实施期资金总额\t3\t年度资金总额\t2",)))
        assert (error.line, "--unit" in error.message) == (1, True)

    @pytest.mark.parametrize("name", [(), ("项目名称\t\t\t\t\t\t\t",)])
    def test_no_project_name(self, name: tuple[str, ...]) -> None:
        error = refusal([*plain_form(), *plain_form(name=name)])
        assert error.line == 18
        assert "不完整：没有“项目名称”的内容" in error.message

    def test_no_annual_total(self) -> None:
        error = refusal(plain_form(funding=("项目资金（元）\t\t实施期资金总额：\t30",)))
        assert (error.line, "没有“年度资金总额”" in error.message) == (1, True)

    @pytest.mark.parametrize("printed", ["待定", "30.001", "1e9", "-30", "9" * 16])
    def test_amount_that_is_none(self, printed: str) -> None:
        funding = (f"项目资金（元）\t\t实施期资金总额：\t{printed}\t年度资金总额：\t30\t\t",)
        error = refusal(plain_form(funding=funding))
        assert error.line == 6
        assert error.message.startswith("第6行：")

    def test_text_that_ends_before_the_indicators(self) -> None:
        for end in range(2, 14):
            error = refusal([*plain_form(), *plain_form()[:end]])
            assert (error.line, "不完整" in error.message) == (18, True)

    def test_title_alone_at_the_end(self) -> None:
        error = refusal([*plain_form(), TITLE])
        assert (error.line, "不完整" in error.message) == (18, True)

    def test_new_form_before_the_indicators(self) -> None:
        error = refusal([*plain_form()[:11], *plain_form()])
        assert (error.line, "没有绩效指标部分" in error.message) == (1, True)

    def test_last_form_without_satisfaction_and_sign_off(self) -> None:
        error = refusal(plain_form(rows=ROWS[:1], sign_off=()))
        assert (error.line, "没有满意度指标和落款" in error.message) == (1, True)

    def test_last_form_without_sign_off_where_others_have_one(self) -> None:
        error = refusal([*plain_form(), *plain_form(sign_off=())])
        assert (error.line, "没有落款" in error.message) == (18, True)

    def test_form_in_the_middle_without_sign_off_is_noticed(self) -> None:
        assert notices([*plain_form(sign_off=()), *plain_form()]) == [(1, "incomplete")]

    def test_forms_that_never_have_a_sign_off_are_whole(self) -> None:
        assert notices([*plain_form(sign_off=()), *plain_form(sign_off=())]) == []

    def test_signed_form_without_satisfaction_is_whole(self) -> None:
        assert notices(plain_form(rows=ROWS[:1])) == []

    def test_header_that_is_not_understood(self) -> None:
        header = "一级指标\t三级指标\t指标值\t三级指标\t指标值\t三级指标\t指标值"
        error = refusal(plain_form(header=(header,)))
        assert (error.line, "表头无法识别" in error.message) == (14, True)


def test_speed_of_regular_forms_does_not_depend_on_their_number() -> None:
    """Nothing is kept from form to form but the lines: reading is a matter of each form alone."""
    lines = [line for _ in range(40) for line in plain_form()]
    drafts, _ = read(lines)
    assert len({draft.first_line for draft in drafts}) == 40
    assert lines[drafts[-1].last_line - 1] == SIGN_OFF


def test_a_line_between_the_heads_of_the_goals_and_the_goals_is_told() -> None:
    heads, goals = "实施期目标\t\t\t\t年度目标\t\t\t", "总体目标\t渠道通水\t\t\t春灌前通水\t\t\t"
    [draft], reading = read(plain_form(goals=("实施期目标\t\t夹在中间\t\t年度目标", goals)))
    assert (draft.goal_period, draft.goal_annual) == ("渠道通水", "春灌前通水")
    assert [notice.message for notice in reading.notices] == [
        "目标处另有“夹在中间”，与这里的目标不同，没有采用，请核对"
    ]
    _, plain = read(plain_form(goals=(heads, goals)))
    assert not plain.notices


FOREIGN = "〇甲乙记号丙丁〇"


def test_a_line_between_the_pieces_of_a_wrapped_row_is_reported() -> None:
    pieces = ("项目概况\t\t整修渠道，", "", FOREIGN + "\t旁边的字", "\t\t更换闸门。")
    (draft,), reading = read(plain_form(texts=pieces))
    assert draft.overview == "整修渠道，更换闸门。"
    assert [text for _, text in reading.unclaimed()] == [pieces[2]]


@pytest.mark.parametrize("title", [TITLE.replace("项目", FOREIGN + "项目"), "项目支出绩效目标表（样表）"])
def test_a_title_that_says_something_else_is_told_once(title: str) -> None:
    lines = plain_form(title=(title, "（2026年度）"), body=("实施单位\t沁县水利局",))
    drafts, reading = read(lines + lines)
    assert len(drafts) == 2
    [notice] = [notice for notice in reading.notices if "标题" in notice.message]
    assert title.translate(str.maketrans("（）", "()")) in notice.message


@pytest.mark.parametrize(
    "title",
    [TITLE, "附件2：2026年山西省沁县本级部门预算项目绩效目标批复表", "沁县水利局二〇二六年度项目支出绩效目标表"],
)
def test_a_title_of_division_year_and_body_is_usual(title: str) -> None:
    _, reading = read(plain_form(title=(title, "（2026年度）"), body=("实施单位\t沁县水利局",)))
    assert not reading.notices
