"""The reader of target forms: made-up forms read back, and each piece by name."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings

from benchmarks.target_forms import forms as measured_forms
from imports.layouts import target_form
from imports.reading import Defaults, Reading, SourceError
from tests.imports.layouts.target_form_reading import FOREIGN, notices, read, read_one
from tests.imports.layouts.target_form_texts import SIGN_OFF, MadeForm, a_form, damaged_texts, made_forms, plain_form


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


def test_a_line_between_the_pieces_of_a_wrapped_row_is_reported() -> None:
    pieces = ("项目概况\t\t整修渠道，", "", FOREIGN + "\t旁边的字", "\t\t更换闸门。")
    (draft,), reading = read(plain_form(texts=pieces))
    assert draft.overview == "整修渠道，更换闸门。"
    assert [text for _, text in reading.unclaimed()] == [pieces[2]]
