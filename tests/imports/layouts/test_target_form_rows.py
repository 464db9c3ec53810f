"""Indicator rows of target forms: each irregularity by name, and what is left alone."""

from contextlib import suppress
from time import process_time

import pytest

from imports.drafts import IndicatorDraft
from imports.layouts import target_form
from imports.reading import Defaults, Reading, SourceError
from tests.imports.layouts.target_form_texts import HEADER, ROWS, plain_form

SATISFACTION = ROWS[1]


def read_rows(*rows: str, header: str = HEADER) -> tuple[list[IndicatorDraft], Reading]:
    """The indicators of a form with these rows, less those of the satisfaction row that closes the table."""
    reading = Reading(plain_form(header=(header,), rows=(*rows, SATISFACTION)))
    (draft,) = target_form.read(reading, Defaults())
    return [found for found in draft.indicators if found.level3 != "灌区农户满意度"], reading


def brief(indicators: list[IndicatorDraft]) -> list[tuple[str, str, str, str]]:
    return [(found.scope, found.level2, found.level3, found.value) for found in indicators]


def both(level2: str, name: str, value: str) -> list[tuple[str, str, str, str]]:
    return [("period", level2, name, value), ("annual", level2, name, value)]


FIRST = "\t产出指标\t数量指标\t新砌渠道\t3公里\t数量指标\t新砌渠道\t3公里"
QUALITY = both("质量指标", "砌缝饱满率", "≥95%")


@pytest.mark.parametrize(
    ("row", "header"),
    [
        pytest.param("\t\t质量指标\t砌缝饱满率\t≥95%\t质量指标\t砌缝饱满率\t≥95%", HEADER, id="regular"),
        pytest.param("\t质量指标\t砌缝饱满率\t≥95%\t质量指标\t砌缝饱满率\t≥95%\t", HEADER, id="row one to the left"),
        pytest.param("\t\t\t质量指标\t砌缝饱满率\t≥95%\t质量指标\t砌缝饱满率\t≥95%", HEADER, id="row one to the right"),
        pytest.param("\t\t质量指标\t砌缝饱满率\t≥95%\t\t质量指标\t砌缝饱满率\t≥95%", HEADER, id="empty column between"),
        pytest.param("\t质量指标\t砌缝饱满率\t≥95%\t\t质量指标\t砌缝饱满率\t≥95%", HEADER, id="first half to the left"),
        pytest.param("\t质量指标\t\t砌缝饱满率\t≥95%\t质量指标\t砌缝饱满率\t≥95%", HEADER, id="label in level 1"),
        pytest.param("\t\t质量指标\t砌缝饱满率\t≥95%\t砌缝饱满率\t\t≥95%", HEADER, id="name in the label column"),
        pytest.param("\t\t\t砌缝饱满率\t≥95%\t质量指标\t砌缝饱满率\t≥95%", HEADER, id="label in the annual half only"),
        pytest.param("\t\t质量指标\t砌缝饱满率\t≥95%\t\t砌缝饱满率\t≥95%", HEADER, id="label in the period half only"),
        pytest.param("\t\t质量指标\t\t砌缝饱满率\t≥95%\t质量指标\t砌缝饱满率\t≥95%", HEADER, id="gap after the label"),
        pytest.param("绩效\t\t质量指标\t砌缝饱满率\t≥95%\t质量指标\t砌缝饱满率\t≥95%", HEADER, id="vertical label"),
        pytest.param(
            "\t\t质量指标\t砌缝饱满率\t≥95%\t质量指标\t砌缝饱满率\t≥95%\t\t",
            HEADER.replace("指标值\t二级", "指标值\t\t二级"),
            id="header wider than the rows",
        ),
        pytest.param(
            "\t\t质量指标\t砌缝饱满率\t\t≥95%\t质量指标\t砌缝饱满率\t\t≥95%",
            HEADER.replace("三级指标\t指标值\t二级", "三级指标\t\t指标值\t二级"),
            id="one half as the header, one wider",
        ),
        pytest.param(
            "\t\t质量指标\t砌缝饱满率\t≥95%\t\t质量指标\t砌缝饱满率\t≥95%\t",
            HEADER.replace("指标值\t二级", "指标值\t\t二级") + "\t\t",
            id="columns between the halves in header and row",
        ),
        pytest.param(
            " \t\u3000\t质量指标 \t\xa0砌缝饱满率\t ≥95%\t质量指标\t砌缝饱满率　\t≥95%\xa0",
            HEADER,
            id="white space around",
        ),
    ],
)
def test_row_is_read_wherever_its_cells_stand(row: str, header: str) -> None:
    indicators, reading = read_rows(FIRST, row, header=header)
    assert brief(indicators)[2:] == QUALITY
    assert {found.level1 for found in indicators} == {"产出指标"}
    assert not list(reading.unclaimed())
    assert not reading.notices


def test_blank_label_means_that_the_one_above_goes_on() -> None:
    indicators, _ = read_rows(FIRST, "\t\t\t安装闸门\t4座\t\t安装闸门\t4座")
    assert brief(indicators)[2:] == both("数量指标", "安装闸门", "4座")


def test_label_printed_in_one_half_counts_for_both_and_goes_on() -> None:
    indicators, _ = read_rows(
        FIRST, "\t\t\t渗漏率\t≤3%\t质量指标\t渗漏率\t≤3%", "\t\t\t砌缝饱满率\t≥95%\t\t砌缝饱满率\t≥95%"
    )
    assert brief(indicators)[2:] == both("质量指标", "渗漏率", "≤3%") + QUALITY


def test_four_texts_without_labels_are_name_and_value_twice() -> None:
    indicators, reading = read_rows(FIRST, "\t安装闸门\t\t4座\t\t安装闸门\t\t4座")
    assert brief(indicators)[2:] == both("数量指标", "安装闸门", "4座")
    assert not list(reading.unclaimed())


def test_satisfaction_block_one_cell_to_the_left() -> None:
    row = "满意度指标\t服务对象满意度\t沿渠住户满意度\t≥85%\t服务对象满意度\t沿渠住户满意度\t≥85%\t"
    indicators, _ = read_rows(FIRST, row)
    assert [(found.level1, found.category) for found in indicators[2:]] == [("满意度指标", "satisfaction.served")] * 2


def test_rows_of_labels_only_are_no_indicators_wherever_they_stand() -> None:
    indicators, reading = read_rows(
        FIRST,
        "\t\t\t效益指标\t经济效益\t\t\t经济效益\t",
        "\t社会效益\t\t\t\t社会效益\t\t",
        "\t\t生态效益",
        "\t\t\t保土面积\t2亩\t\t保土面积\t2亩",
    )
    assert brief(indicators)[2:] == both("生态效益", "保土面积", "2亩")
    assert indicators[2].level1 == "效益指标"
    assert not list(reading.unclaimed())


def test_lost_last_cell_is_empty_and_noticed() -> None:
    indicators, reading = read_rows(FIRST, "\t\t\t质量指标\t砌缝饱满率\t≥95%\t质量指标\t砌缝饱满率")
    assert brief(indicators)[2:] == [QUALITY[0], ("annual", "质量指标", "砌缝饱满率", "")]
    (notice,) = reading.notices
    assert notice.kind == "lost_value"
    assert "年度指标“砌缝饱满率”" in notice.message


def test_lost_last_cell_below_a_merged_label() -> None:
    indicators, reading = read_rows(FIRST, "\t\t\t\t安装闸门\t4座\t\t安装闸门")
    assert brief(indicators)[2:] == [("period", "数量指标", "安装闸门", "4座"), ("annual", "数量指标", "安装闸门", "")]
    assert [notice.kind for notice in reading.notices] == ["lost_value"]


def test_name_cut_short_in_one_half_is_kept_and_noticed() -> None:
    indicators, reading = read_rows(FIRST, "\t\t质量指标\t砌缝饱满率达标\t≥95%\t质量指标\t砌缝饱满\t≥95%")
    assert [found.level3 for found in indicators[2:]] == ["砌缝饱满率达标", "砌缝饱满"]
    assert [(notice.kind, "“砌缝饱满”" in notice.message) for notice in reading.notices] == [("cut_name", True)]


def test_prefix_with_another_value_is_another_indicator() -> None:
    _, reading = read_rows(FIRST, "\t\t质量指标\t砌缝饱满率达标\t≥95%\t质量指标\t砌缝饱满\t≥90%")
    assert not reading.notices


def test_halves_in_different_order_keep_their_own_labels() -> None:
    indicators, _ = read_rows(
        "\t产出指标\t数量指标\t新砌渠道\t3公里\t质量指标\t砌缝饱满率\t≥95%",
        "\t\t质量指标\t砌缝饱满率\t≥95%\t数量指标\t新砌渠道\t3公里",
    )
    assert [found.category for found in indicators] == [
        *("output.quantity", "output.quality", "output.quality", "output.quantity")
    ]


def test_half_without_content_is_not_an_indicator() -> None:
    indicators, _ = read_rows(FIRST, "\t\t质量指标\t砌缝饱满率\t≥95%\t质量指标\t\t")
    assert brief(indicators)[2:] == QUALITY[:1]
    indicators, _ = read_rows(FIRST, "\t\t质量指标\t\t\t质量指标\t砌缝饱满率\t≥95%")
    assert brief(indicators)[2:] == QUALITY[1:]


def test_names_that_equal_class_words_are_names() -> None:
    indicators, reading = read_rows(
        FIRST,
        "\t效益指标\t社会效益\t社会效益\t提升\t社会效益\t社会效益\t提升",
        "满意度指标\t服务对象满意度\t服务对象满意度\t≥90%\t服务对象满意度\t服务对象满意度\t≥90%\t",
    )
    assert brief(indicators)[2:] == both("社会效益", "社会效益", "提升") + both(
        "服务对象满意度", "服务对象满意度", "≥90%"
    )
    assert not reading.notices


def test_class_word_as_name_below_a_merged_label() -> None:
    indicators, _ = read_rows(
        FIRST,
        "\t效益指标\t社会效益\t便利出行\t提升\t社会效益\t便利出行\t提升",
        "\t\t\t可持续影响\t5年\t\t可持续影响\t5年",
    )
    assert brief(indicators)[4:] == both("社会效益", "可持续影响", "5年")


def test_unknown_label_in_its_place_is_kept_and_noticed() -> None:
    indicators, reading = read_rows(FIRST, "\t\t安全指标\t渠岸护栏\t2公里\t安全指标\t渠岸护栏\t2公里")
    assert brief(indicators)[2:] == both("安全指标", "渠岸护栏", "2公里")
    assert {found.category for found in indicators[2:]} == {"output.other"}
    assert [notice.kind for notice in reading.notices] == ["unknown_label"]


def test_cost_is_level_1_in_the_form_of_2021() -> None:
    indicators, _ = read_rows(
        "\t成本指标\t经济成本指标\t每公里造价\t≤6万元\t经济成本指标\t每公里造价\t≤6万元",
        "\t\t社会成本指标\t占道天数\t≤5天\t社会成本指标\t占道天数\t≤5天",
        "\t产出指标\t数量指标\t新砌渠道\t3公里\t数量指标\t新砌渠道\t3公里",
    )
    assert [(found.level1, found.category) for found in indicators[::2]] == [
        ("成本指标", "cost.economic"),
        ("成本指标", "cost.social"),
        ("产出指标", "output.quantity"),
    ]


def test_cost_is_level_2_below_outputs_also_when_it_stands_in_the_level_1_column() -> None:
    indicators, _ = read_rows(
        FIRST,
        "\t成本指标\t\t每公里造价\t≤6万元\t成本指标\t每公里造价\t≤6万元",
        "\t成本指标\t管护费\t≤1万元\t成本指标\t管护费\t≤1万元\t",
    )
    assert {(found.level1, found.category) for found in indicators[2:]} == {("产出指标", "output.cost")}


def test_level_1_repeated_on_every_row_changes_nothing() -> None:
    indicators, _ = read_rows(FIRST, "\t产出指标\t\t安装闸门\t4座\t\t安装闸门\t4座")
    assert brief(indicators)[2:] == both("数量指标", "安装闸门", "4座")


def test_block_without_level_2_does_not_inherit_the_label_of_the_block_above() -> None:
    indicators, _ = read_rows(FIRST, "\t满意度指标\t\t沿渠住户评价\t≥85%\t\t沿渠住户评价\t≥85%")
    assert {found.category for found in indicators[2:]} == {"satisfaction.served"}


def test_annual_half_only() -> None:
    reading = Reading(
        plain_form(
            header=("绩效指标\t一级指标\t二级指标\t三级指标\t年度指标值",),
            rows=(
                "\t产出指标\t数量指标\t新砌渠道\t3公里",
                "\t\t\t安装闸门\t4座",
                "\t质量指标\t砌缝饱满率\t≥95%\t",
                "\t满意度指标\t服务对象满意度\t灌区农户满意度\t≥90%",
            ),
        )
    )
    (draft,) = target_form.read(reading, Defaults())
    assert brief(draft.indicators) == [
        ("annual", "数量指标", "新砌渠道", "3公里"),
        ("annual", "数量指标", "安装闸门", "4座"),
        QUALITY[1],
        ("annual", "服务对象满意度", "灌区农户满意度", "≥90%"),
    ]


def test_values_of_both_scopes_side_by_side() -> None:
    reading = Reading(
        plain_form(
            header=("绩效指标\t一级指标\t二级指标\t三级指标\t实施期指标值\t年度指标值",),
            rows=(
                "\t产出指标\t数量指标\t新砌渠道\t3公里\t1公里",
                "\t\t\t安装、\t\t4座",
                "\t\t\t调试闸门\t\t",
                "\t\t\t清理、\t5处\t2处",
                "\t\t\t疏浚\t\t",
                "\t满意度指标\t服务对象满意度\t灌区农户满意度\t≥90%\t≥85%",
            ),
        )
    )
    (draft,) = target_form.read(reading, Defaults())
    assert brief(draft.indicators)[:5] == [
        ("period", "数量指标", "新砌渠道", "3公里"),
        ("annual", "数量指标", "新砌渠道", "1公里"),
        ("annual", "数量指标", "安装、调试闸门", "4座"),
        ("period", "数量指标", "清理、疏浚", "5处"),
        ("annual", "数量指标", "清理、疏浚", "2处"),
    ]
    assert not reading.notices


def test_level_1_printed_in_both_halves() -> None:
    reading = Reading(
        plain_form(
            header=("绩效指标" + "\t一级指标\t二级指标\t三级指标\t指标值" * 2,),
            rows=(
                "\t产出指标\t数量指标\t新砌渠道\t3公里\t产出指标\t数量指标\t新砌渠道\t1公里",
                "\t\t\t安装闸门\t4座\t\t\t安装闸门\t4座",
                "\t效益指标\t经济效益\t\t\t效益指标\t经济效益\t\t",
                "\t满意度指标\t服务对象满意度\t农户满意度\t≥90%\t满意度指标\t服务对象满意度\t农户满意度\t≥90%",
            ),
        )
    )
    (draft,) = target_form.read(reading, Defaults())
    assert [(found.scope, found.level1, found.level2, found.value) for found in draft.indicators] == [
        ("period", "产出指标", "数量指标", "3公里"),
        ("annual", "产出指标", "数量指标", "1公里"),
        ("period", "产出指标", "数量指标", "4座"),
        ("annual", "产出指标", "数量指标", "4座"),
        ("period", "满意度指标", "服务对象满意度", "≥90%"),
        ("annual", "满意度指标", "服务对象满意度", "≥90%"),
    ]
    assert not list(reading.unclaimed())


def test_vertical_level_1_label_spread_over_its_rows() -> None:
    indicators, reading = read_rows(
        "\t产出\t数量指标\t新砌渠道\t3公里\t数量指标\t新砌渠道\t3公里",
        "\t指标\t质量指标\t砌缝饱满率\t≥95%\t质量指标\t砌缝饱满率\t≥95%",
    )
    assert brief(indicators)[2:] == QUALITY
    assert indicators[2].level1 == "产出指标"
    assert not reading.notices


@pytest.mark.parametrize(
    "row",
    [
        "质量指标\t砌缝饱满率\t≥95%\t\t质量指标\t砌缝饱满率\t≥95%",
        "\t\t\t\t\t质量指标\t砌缝饱满率\t≥95%\t\t\t质量指标\t砌缝饱满率\t≥95%",
        "质量指标\t砌缝饱满率\t≥95%\t砌缝饱满率\t≥95%",
    ],
)
def test_two_equal_pairs_are_read_however_far_they_stand(row: str) -> None:
    indicators, reading = read_rows(FIRST, row)
    assert brief(indicators)[2:] == QUALITY
    assert not list(reading.unclaimed())


def test_columns_with_other_headings_are_not_read_and_stay_unclaimed() -> None:
    indicators, reading = read_rows(
        FIRST + "\t见图纸", "\t\t质量指标\t砌缝饱满率\t≥95%\t质量指标\t砌缝饱满率\t≥95%\t", header=HEADER + "\t备注"
    )
    assert brief(indicators)[2:] == QUALITY
    assert len(list(reading.unclaimed())) == 1


def test_long_name_wrapped_over_two_rows_is_joined() -> None:
    indicators, reading = read_rows(
        FIRST,
        "\t\t质量指标\t按照设计图纸和规范要求验收的\t≥95%\t质量指标\t按照设计图纸和规范要求验收的\t≥95%",
        "\t\t\t渠段比例\t\t\t渠段比例\t",
    )
    assert brief(indicators)[2:] == both("质量指标", "按照设计图纸和规范要求验收的渠段比例", "≥95%")
    assert not list(reading.unclaimed())


def test_wrapped_value_is_joined_and_read_again() -> None:
    indicators, _ = read_rows(FIRST, "\t\t\t安装闸门\t≥\t\t安装闸门\t≥", "\t\t\t\t4座\t\t\t4座")
    assert brief(indicators)[2:] == both("数量指标", "安装闸门", "≥4座")
    assert indicators[2].operator == ">="
    assert indicators[2].unit == "座"


@pytest.mark.parametrize(
    ("first", "rest", "value"),
    [
        ("\t\t质量指标\t工序\t经监理验收合格\t质量指标\t工序\t经监理", "验收合格", "经监理验收合格"),
        ("\t\t质量指标\t工序\t合格（含\t质量指标\t工序\t合格（含", "复检）", "合格（含复检）"),
    ],
)
def test_line_break_inside_the_last_value(first: str, rest: str, value: str) -> None:
    indicators, reading = read_rows(FIRST, first, rest)
    assert indicators[3].value == value
    assert not list(reading.unclaimed())


def test_short_name_alone_is_an_indicator_without_value() -> None:
    indicators, reading = read_rows(FIRST, "\t\t\t管护员\t\t\t管护员\t")
    assert brief(indicators)[2:] == both("数量指标", "管护员", "")
    assert [notice.kind for notice in reading.notices] == ["lost_value"] * 2


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["\t\t质量指标\t砌缝", "饱满率\t≥95%\t质量指标\t砌缝饱满率\t≥95%"], id="line break in a name"),
        pytest.param(
            ['\t\t质量指标\t"砌缝', '饱满率"\t≥95%\t质量指标\t砌缝饱满率\t≥95%'], id="quoted line break in a name"
        ),
        pytest.param(
            ["\t\t质量", "指标\t砌缝", "饱满率\t≥95%\t质量", "指标\t砌缝饱满率\t≥95%"], id="line breaks in labels"
        ),
        pytest.param(
            ['\t\t"质量', '指标"\t砌缝饱满率\t≥95%\t"质量', '指标"\t砌缝饱满率\t≥95%'], id="quoted breaks in labels"
        ),
    ],
)
def test_row_with_line_breaks_inside_its_cells(lines: list[str]) -> None:
    indicators, reading = read_rows(FIRST, *lines)
    assert brief(indicators)[2:] == QUALITY
    assert not list(reading.unclaimed())


def test_header_repeated_at_a_page_break_is_read_over() -> None:
    indicators, reading = read_rows(FIRST, "- 2 -", HEADER, "\t\t\t砌缝饱满率\t≥95%\t质量指标\t砌缝饱满率\t≥95%")
    assert brief(indicators)[2:] == QUALITY
    assert not list(reading.unclaimed())


@pytest.mark.parametrize(
    "stray",
    [
        "备注\t\t渠线以测量图为准\t\t\t\t\t",
        "注：渠线以测量图为准。",
        "一\t二\t三\t四\t五\t六\t七\t八\t九",
    ],
)
def test_row_that_cannot_be_placed_stays_unclaimed(stray: str) -> None:
    indicators, reading = read_rows(FIRST, stray)
    assert len(indicators) == 2
    assert [text for _, text in reading.unclaimed()] == [stray]


def test_value_equal_to_its_name_is_kept() -> None:
    indicators, _ = read_rows(FIRST, "\t\t时效指标\t汛期前完工\t汛期前完工\t时效指标\t汛期前完工\t汛期前完工")
    assert brief(indicators)[2:] == both("时效指标", "汛期前完工", "汛期前完工")


def test_name_that_begins_with_a_number() -> None:
    indicators, _ = read_rows(FIRST, "\t\t\t\t2号闸门\t1座\t\t2号闸门\t1座")
    assert brief(indicators)[2:] == both("数量指标", "2号闸门", "1座")


def test_a_header_of_fifty_columns_does_not_take_for_ever() -> None:
    header = "绩效指标\t一级指标" + "\t二级指标\t三级指标\t指标值" * 20
    row = "\t产出指标" + "\t数量指标\t改造教室\t≥12间" * 6
    lines = plain_form(header=(header,), rows=(row,))
    begun = process_time()
    with suppress(SourceError):
        list(target_form.read(Reading(lines), Defaults()))
    assert process_time() - begun < 5


@pytest.mark.parametrize("place", ["一级指标", "二级指标"])
def test_a_foreign_word_in_place_of_a_heading_is_told(place: str) -> None:
    _, reading = read_rows(FIRST, header="外来的字".join(HEADER.rsplit(place, 1)))
    assert ["外来的字" in notice.message for notice in reading.notices] == [True]


def test_a_heading_printed_twice_takes_no_words_away() -> None:
    """Of two headings for one value the nearer one counts; a row that has something below the other stays unclaimed."""
    header = HEADER.replace("\t三级指标", "\t三级指标\t三级指标", 1)
    rows = ["\t产出指标\t数量指标\t夹在中间\t新砌渠道\t3公里\t数量指标\t新砌渠道\t3公里", "\t\t\t又一处夹字"]
    indicators, reading = read_rows(*rows, header=header)
    assert brief(indicators) == both("数量指标", "新砌渠道", "3公里")
    assert [text for _, text in reading.unclaimed()] == rows
    assert ["“三级指标”列没有读取" in notice.message for notice in reading.notices] == [True]
