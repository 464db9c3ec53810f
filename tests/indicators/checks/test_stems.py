"""Names without the number of their part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.checks.stems import plain, stem


@pytest.mark.parametrize(
    "name",
    [
        "河道整治工程", "河道整治工程（一期）", "河道整治工程二期", "河道整治工程 第三期", "河道整治工程（Ⅱ期）",
        "河道整治工程第1标段", "河道整治工程（二标段）", "河道整治工程A标", "河道整治工程第二批", "河道整治工程之三",
        "河道整治工程(3)", "河道整治工程（一、二期）", "河道整治工程-2", "河道整治工程第一阶段", "河道整治工程标段一",
        "河道整治工程2",
    ],
)  # fmt: skip
def test_parts_of_one_project_share_a_stem(name: str) -> None:
    assert stem(name) == "河道整治工程"


@pytest.mark.parametrize(
    "name",
    [
        "更新一批健身器材", "三部分改造", "一标准化学校建设", "2025年村级补助", "三支一扶补助", "国道208线养护",
        "周期性检测", "2025年度第15届运动会", "10kV线路改造", "第三产业奖补", "A级景区奖励", "一包装厂改造",
    ],
)  # fmt: skip
def test_other_numbers_stay(name: str) -> None:
    assert stem(name) == plain(name)


def test_a_name_that_is_only_its_number_stays() -> None:
    assert stem("第一期") == "第一期"


def test_texts_are_compared_without_white_space_and_widths() -> None:
    assert plain(" 新建（改建） 道路 。\n") == plain("新建(改建)道路")


@given(st.text(st.sampled_from("第一二12（）()期标段批A-之、 工程"), max_size=12))
def test_any_text_has_a_stem_no_longer_than_itself(name: str) -> None:
    assert len(stem(name)) <= len(plain(name))
