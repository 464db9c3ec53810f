"""Printed department names: sections, and names of the same body."""

import pytest

from projects.department_names import full_form, split_section

CHANGZHI = ("长治市", "长治市")


@pytest.mark.parametrize(
    ("printed", "body", "section"),
    [
        ("市财政局（预算科）", "市财政局", "预算科"),
        ("市财政局(地方金融科)", "市财政局", "地方金融科"),
        ("市财政局预算科", "市财政局", "预算科"),
        ("市住建局", "市住建局", ""),
        ("市科技局", "市科技局", ""),
        ("政府信息中心等相关部门单位", "政府信息中心等相关部门单位", ""),
        ("长治市中医研究所附属医院", "长治市中医研究所附属医院", ""),
    ],
)
def test_a_section_is_taken_off(printed: str, body: str, section: str) -> None:
    assert split_section(printed) == (body, section)


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("市住建局", "长治市住房和城乡建设局"),
        ("市发改委", "长治市发展和改革委员会"),
        ("教育局", "长治市教育局"),
        ("市卫健委", "长治市卫生健康委员会"),
    ],
)
def test_short_and_full_names_of_one_body_agree(short: str, full: str) -> None:
    assert full_form(short, CHANGZHI) == full_form(full, CHANGZHI)


def test_different_bodies_stay_different() -> None:
    assert full_form("市交通局", CHANGZHI) != full_form("市教育局", CHANGZHI)
