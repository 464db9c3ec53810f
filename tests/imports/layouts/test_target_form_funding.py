"""The money of target forms: units, sources, and sums that differ."""

from __future__ import annotations

from decimal import Decimal

import pytest

from imports.drafts import Amount
from tests.imports.layouts.target_form_reading import TITLE, notices, read, read_one
from tests.imports.layouts.target_form_texts import FUNDING, plain_form


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
