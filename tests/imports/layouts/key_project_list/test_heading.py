"""Whose list it is: titles, defaults, regions."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.imports.layouts.key_project_list.texts import CELL, TOP, read, read_body


def test_the_text_wins_over_the_defaults() -> None:
    drafts, _ = read(f"{TOP}\n1 河道 5 市水务局\n{CELL}", region_code="140500", year=2020, unit="元")
    assert (drafts[0].region_code, drafts[0].year, drafts[0].printed_unit) == ("140400", 2030, "万元")


def test_the_defaults_fill_in_what_the_text_does_not_say() -> None:
    text = f"序号 项目 预算数 单位 政策依据及支出内容 绩效目标\n\n1 河道 5 市水务局\n{CELL}"
    drafts, _ = read(text, region_code="140423", year=2031, unit="亿元")
    assert (drafts[0].region_name, drafts[0].year, drafts[0].amount.yuan) == (
        "长治市襄垣县",
        2031,
        Decimal("500000000.00"),
    )


@pytest.mark.parametrize(
    ("title", "code", "year"),
    [
        ("山西省长治市2024年市本级重点项目绩效目标", "140400", 2024),
        ("2024年度上党区本级重点项目绩效目标", "140404", 2024),
        ("附件3：沁县二〇二四年重点项目绩效目标表", "140430", 2024),
        ("晋中市太谷区２０２４年重点项目绩效目标（公开）", "140703", 2024),
        ("长治市财政局2024年社区建设重点项目绩效目标", "140400", 2024),
    ],
)
def test_titles_in_their_forms(title: str, code: str, year: int) -> None:
    drafts, reading = read(f"{title}\n{TOP.split(chr(10), 1)[1]}\n1 河道 5 市水务局\n{CELL}")
    assert (drafts[0].region_code, drafts[0].year, list(reading.unclaimed())) == (code, year, [])


def test_a_shared_name_is_decided_by_the_region_given() -> None:
    drafts, _ = read(f"{TOP.replace('长治市', '城区')}\n1 河道 5 市水务局\n{CELL}", region_code="140502")
    assert drafts[0].region_name == "晋城市城区"


def test_a_title_that_first_stands_at_a_later_page() -> None:
    title, rest = TOP.split("\n", 1)
    drafts, reading = read(f"{rest}\n1 河道 5 市水务局\n{CELL}\n{title}\n 2 校舍 6 市教育局\n{CELL}")
    assert ({draft.year for draft in drafts}, list(reading.unclaimed())) == ({2030}, [])


def test_a_goal_that_names_a_year_is_no_title() -> None:
    (draft,) = read_body("1 河道 5 市水务局\n支出内容：清淤。\n\n完成2030年绩效目标\n")
    assert draft.goal_annual == "完成2030年绩效目标"
