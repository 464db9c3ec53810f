"""Target forms that are refused, and where; and what is no reason to."""

from __future__ import annotations

import pytest

from tests.imports.layouts.target_form_reading import TITLE, notices, read_one, refusal
from tests.imports.layouts.target_form_texts import ROWS, plain_form


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
