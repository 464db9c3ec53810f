"""Where target forms begin, and whose they are: titles, years and regions."""

from __future__ import annotations

from typing import Any

import pytest

from imports.layouts import target_form
from imports.reading import HEADER
from tests.imports.layouts.target_form_reading import FOREIGN, TITLE, read, read_one
from tests.imports.layouts.target_form_texts import plain_form


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
