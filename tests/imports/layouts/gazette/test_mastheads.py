"""Where issues begin and what their mastheads say."""

from __future__ import annotations

from datetime import date

import pytest

from imports.layouts.gazette.dates import date_in, whole_date
from imports.layouts.gazette.mastheads import find_mastheads, is_contents_heading, publication_date, says_issue

TITLE = "丁山市人民政府公报"


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n2031年第4期\n总第40期",
        f"# {TITLE}\n\nDINGSHAN GONGBAO\n\n2031 第4期\n\n(总第40期)",
        f"{TITLE}2031年第4期（总第40期）",
        "丁 山 市 人 民 政 府 公 报\n二〇三一年第四期\n总第四十期",
        "丁山市\n人民政府公报\n2031年 第 4 期 总第 40 期",
        f"《{TITLE}》\n2031\n第4期\n总第40期",
        f"2031年第4期（总第40期）\n{TITLE}",
        f"{TITLE}\n2031年第4-5期（总第40期）合刊",
    ],
)
def test_a_masthead_is_read_however_it_is_printed(text: str) -> None:
    [found] = find_mastheads(text.split("\n"))
    assert (found.title, found.year, found.number, found.total_number) == (TITLE, 2031, 4, 40)


def test_another_gazette_counts_its_issues_otherwise() -> None:
    [found] = find_mastheads("某省政报\n2031年第7号 总号：812\n目录".split("\n"))
    assert (found.title, found.number, found.total_number) == ("某省政报", 7, 812)


def test_an_issue_begins_only_where_its_number_is_another() -> None:
    lines = f"{TITLE}\n2031年第1期\n目录\n2031年第1期\n正文。\n{TITLE} 2031年第1期\n正文。\n{TITLE}\n2031年第2期".split(
        "\n"
    )
    assert [(one.number, one.line) for one in find_mastheads(lines)] == [(1, 1), (2, 8)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"载于《{TITLE}》2031年第4期。",
        "一期工程\n二期工程",
        "2031年第4期培训班",
        "第4期\t2031年",
        "第一季度\n2031年\n第2期\n培训简报",
    ],
)
def test_other_texts_have_no_masthead(text: str) -> None:
    assert find_mastheads(text.split("\n")) == []


def test_an_issue_whose_title_is_lost_is_known_by_its_contents() -> None:
    [found] = find_mastheads("2031年第4期（总第40期）\n目 录\n甲……1".split("\n"))
    assert (found.title, found.number) == ("", 4)


def test_the_date_above_a_masthead_is_not_its_year() -> None:
    [found] = find_mastheads(f"2030年12月25日\n{TITLE}\n2031年第1期".split("\n"))
    assert (found.line, found.year) == (2, 2031)


@pytest.mark.parametrize("line", ["目 录", "## 目　录", "**本期目录**", "目次", "CONTENTS", "【目录】"])
def test_headings_of_contents_are_known(line: str) -> None:
    assert is_contents_heading(line)


@pytest.mark.parametrize("line", ["2031年第4期(总第40期)", "(双月刊)", f"{TITLE} 2031年第4期", "总第40期"])
def test_lines_that_only_say_the_issue_are_known(line: str) -> None:
    assert says_issue(line)
    assert not says_issue(line + "刊登了通知")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("出版日期：2031年6月30日", "2031年6月30日"),
        ("二〇三一年六月三十日出版", "二〇三一年六月三十日"),
        ("2031 年 6 月 30 日", "2031 年 6 月 30 日"),
        ("创刊于2001年1月1日\n发行时间: 2031.6.30", "2031.6.30"),
    ],
)
def test_the_date_of_publication_is_read(text: str, printed: str) -> None:
    lines = text.split("\n")
    found = publication_date(lines, 1, len(lines))
    assert found is not None
    assert (found[1].value, found[1].printed) == (date(2031, 6, 30), printed)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024年6月4日", date(2024, 6, 4)),
        ("（二○二四年十一月二十日）", date(2024, 11, 20)),
        ("２０２４年１２月１日", date(2024, 12, 1)),
        ("二O二四年十月十日", date(2024, 10, 10)),
        ("2024-06-04", date(2024, 6, 4)),
    ],
)
def test_dates_are_read_in_every_writing(text: str, value: date) -> None:
    found = whole_date(text)
    assert found is not None
    assert found.value == value


def test_a_date_that_no_calendar_has_is_printed_and_not_understood() -> None:
    found = whole_date("2024年6月31日")
    assert found is not None
    assert (found.value, found.printed) == (None, "2024年6月31日")


@pytest.mark.parametrize("text", ["", "2024年6月", "2024年6月4日印发", "自2024年6月4日起施行", "3.5.2024"])
def test_other_texts_are_no_dates(text: str) -> None:
    assert whole_date(text) is None
    assert date_in("") is None


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("丁山市人民政府公报\n2031年第3号（总第88号）", 88),
        ("丁山市人民政府公报\n2031·3\n总第88期", 88),
        ("丁山市人民政府公报\n2031.3", None),
        ("丁山市人民政府公报\n第 3 期 ( 总第 88 期 )\n2031 年 3 月 30 日", 88),
    ],
)
def test_other_ways_of_numbering_an_issue(text: str, total: int | None) -> None:
    [found] = find_mastheads(text.split("\n"))
    assert (found.year, found.number, found.total_number) == (2031, 3, total)


@pytest.mark.parametrize("line", ["根据2031年第3号公告", "2031.3", "丁政发〔2031〕3号", "2031年第3号"])
def test_numbers_without_a_gazette_are_no_issue(line: str) -> None:
    assert find_mastheads(["各单位：", line, "请抓好落实。"]) == []
