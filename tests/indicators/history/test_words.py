"""Differences between states, in words."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from time import perf_counter

from indicators.history.words import LABELS, Kind, Names, changes_between, counted
from indicators.state import FIELDS, Cell, IndicatorRow, State

ROW = IndicatorRow("period", 1, "output.quantity", "数量指标", "改造教室", "≥12间", ">=", Decimal(12), "间")
LABEL = "实施期指标 产出指标/数量指标/改造教室"


def told(old: State, new: State, names: Names | None = None) -> list[tuple[str, str | None, str | None]]:
    return [(change.label, change.old, change.new) for change in changes_between(old, new, names or Names())]


def rows(*indicators: IndicatorRow) -> State:
    return State({}, indicators=dict(enumerate(indicators, start=1)))


def fields(**values: object) -> State:
    return State(values)


def test_money_has_separators_and_its_unit() -> None:
    old, new = fields(amount=Decimal("300000")), fields(amount=Decimal("1234567.8"))
    assert told(old, new) == [("年度金额", "300,000.00 元", "1,234,567.80 元")]


def test_blank_and_zero_money_differ() -> None:
    assert told(fields(amount=None), fields(amount=Decimal(0))) == [("年度金额", None, "0.00 元")]


def test_a_new_amount_is_told_once_however_it_is_printed() -> None:
    old = fields(amount=Decimal(1), amount_printed="1")
    assert told(old, fields(amount=Decimal(2), amount_printed="2")) == [("年度金额", "1.00 元", "2.00 元")]
    assert told(old, fields(amount=Decimal(1), amount_printed="1.00")) == [("年度金额（印刷）", "1", "1.00")]


def test_departments_and_regions_have_names() -> None:
    names = Names({"140404": "上党区", "140400": "长治市"}, {1: "教育局"})
    old, new = fields(department_id=1, region_id="140400"), fields(department_id=2, region_id="140404")
    assert told(old, new, names) == [("行政区划", "长治市", "上党区"), ("归口部门", "教育局", "编号 2 的部门")]


def test_times_are_local() -> None:
    old, new = fields(filed_at=None), fields(filed_at=datetime(2024, 12, 17, 1, 7, 9, tzinfo=UTC))
    assert told(old, new) == [("填报日期", None, "2024-12-17 09:07:09")]


def test_absent_and_empty_texts_differ() -> None:
    assert told(fields(basis=None), fields(basis="")) == [("立项依据", None, "")]


def test_every_column_has_a_name() -> None:
    for name in FIELDS:
        assert told(fields(**{name: "旧"}), fields(**{name: "新"})) == [(LABELS[name], "旧", "新")]
    assert len(set(LABELS.values())) == len(FIELDS)


def test_funding_cells() -> None:
    old = State({}, funding={("annual", "local"): Cell(Decimal(1), "1"), ("annual", "other"): Cell(None, "")})
    new = State({}, funding={("annual", "local"): Cell(Decimal(2), "2"), ("period", "central"): Cell(Decimal(0), "0")})
    changes = changes_between(old, new, Names())
    assert [(change.label, change.old, change.new, change.kind) for change in changes] == [
        ("实施期中央财政资金", None, "0.00 元", Kind.ADDED),
        ("年度市县（区）财政资金", "1.00 元", "2.00 元", Kind.CHANGED),
        ("年度其他资金", None, None, Kind.REMOVED),
    ]


def test_goals() -> None:
    assert told(State({}, goals={"annual": "建成"}), State({}, goals={"period": "建成"})) == [
        ("实施期目标", None, "建成"),
        ("年度目标", "建成", None),
    ]


def test_a_target_that_changed() -> None:
    new = ROW._replace(value="≥13间", number=Decimal(13))
    assert told(rows(ROW), rows(new)) == [(LABEL, "≥12间", "≥13间")]


def test_a_target_that_is_only_understood_otherwise() -> None:
    new = ROW._replace(number=None, operator=None, unit=None)
    assert told(rows(ROW), rows(new)) == [(f"{LABEL}（识别结果）", "≥12间（>=12间）", "≥12间（文字）")]


def test_added_removed_and_renamed_are_told_apart() -> None:
    other = ROW._replace(name="新建操场", position=2)
    old = State({}, indicators={1: ROW, 2: other})
    new = State({}, indicators={1: ROW._replace(name="维修教室"), 3: other._replace(name="体育馆", value="1座")})
    assert [(change.kind, change.old, change.new) for change in changes_between(old, new, Names())] == [
        (Kind.RENAMED, "改造教室", "维修教室"),
        (Kind.REMOVED, "≥12间", None),
        (Kind.ADDED, None, "1座"),
    ]


def test_a_row_stored_anew_is_the_same_indicator() -> None:
    old, new = State({}, indicators={1: ROW}), State({}, indicators={9: ROW._replace(value="≥13间")})
    assert told(old, new) == [(LABEL, "≥12间", "≥13间")]


def test_one_row_that_was_moved_is_told_and_not_those_that_made_room() -> None:
    old = [ROW._replace(name=str(number), position=number) for number in range(1, 6)]
    new = [row._replace(position=1 if row.name == "5" else row.position + 1) for row in old]
    changes = changes_between(rows(*old), rows(*new), Names())
    assert [(change.label.split("/")[-1], change.old, change.new) for change in changes] == [
        ("5", "第 5 行", "第 1 行"),
        ("指标行号（4 条顺延）", "第 1–4 行", "第 2–5 行"),
    ]


def test_a_row_of_another_class() -> None:
    new = ROW._replace(category_id="output.quality", level2_label="质量指标")
    label = "实施期指标 产出指标/质量指标/改造教室（类别）"
    assert told(rows(ROW), rows(new)) == [(label, "产出指标/数量指标", "产出指标/质量指标")]


def test_what_a_state_holds_is_counted() -> None:
    state = State({}, {("annual", "local"): Cell(Decimal(1), "1")}, {"annual": "目标"}, {1: ROW})
    assert counted(state) == "资金 1 项，总体目标 1 项，实施期指标 1 条"
    assert counted(State({})) == "没有资金表、目标和指标"


def test_a_thousand_rows_in_reverse_take_no_time() -> None:
    old = [ROW._replace(name=str(number), position=number) for number in range(1000)]
    new = [row._replace(position=1000 - row.position) for row in old]
    started = perf_counter()
    assert changes_between(rows(*old), rows(*new), Names())
    assert perf_counter() - started < 1
