"""Years: which are to be reached, which are compared with, which are past."""

from __future__ import annotations

import pytest

from imports.layouts.gazette.targets.years import find_years, last_year


@pytest.mark.parametrize(
    ("text", "year", "kind"),
    [
        ("到2031年,", 2031, "deadline"),
        ("2031年底前,", 2031, "deadline"),
        ("2031年6月底前", 2031, "deadline"),
        ("2029-2031年,", 2031, "deadline"),
        ("到“十五五”末,", 2030, "deadline"),
        ("2031年,新建", 2031, "bare"),
        ("全县2031年达到", 2031, "bare"),
        ("较2028年增长", 2028, "base"),
        ("以2028年为基数,", 2028, "base"),
        ("自2028年起", 2028, "base"),
        ("清理2009-2028年闲置土地", 2028, "base"),
        ("截至2028年底,", 2028, "past"),
        ("2028年以来", 2028, "past"),
        ("今年,新建", None, "relative"),
        ("年底前,完成", None, "relative"),
    ],
)
def test_what_a_year_is(text: str, year: int | None, kind: str) -> None:
    (found,) = find_years(text)
    assert (found.year, found.kind) == (year, kind)


def test_the_nearest_heading_with_a_year_counts_and_of_several_the_last() -> None:
    assert last_year(["2026年方案", "（二）2029年和2031年目标", "重点任务"]) == 2031
    assert last_year(["重点任务"]) is None
