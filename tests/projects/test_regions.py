"""Administrative divisions found in printed text."""

import pytest

from projects.regions import region_by_code, regions_at_start, regions_named


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("长治市2024年市本级重大政策重点项目绩效目标", "140400"),
        ("上党区县(区)级预算部门（单位）项目支出绩效目标表", "140404"),
        ("长治市上党区自然资源局", "140404"),
        ("山西省长治市襄垣县财政局", "140423"),
        ("长 治 市 沁源县", "140431"),
        ("北京市东城区教育局", "110101"),
        ("东莞市财政局", "441900"),
    ],
)
def test_the_division_at_the_start_of_a_text(text: str, code: str) -> None:
    assert [region.code for region in regions_at_start(text)] == [code]


def test_a_name_that_repeats_gives_all_its_divisions() -> None:
    assert len(regions_named("城区")) > 1
    assert {region.short_name for region in regions_at_start("城区教育局")} == {"城区"}


def test_a_text_without_a_division_gives_none() -> None:
    assert regions_at_start("上党经济技术开发区管理委员会") == []
    assert region_by_code("999999") is None


def test_full_names_of_counties_carry_their_city() -> None:
    region = region_by_code("140404")
    assert region is not None
    assert (region.name, region.short_name, region.parent) == ("长治市上党区", "上党区", "140400")
