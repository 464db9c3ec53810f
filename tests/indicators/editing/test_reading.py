"""What a sheet means."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.editing.operations import add_row, move_row
from indicators.editing.reading import Department, Reading, read
from indicators.editing.sheet import Sheet
from indicators.editing.showing import sheet_of
from indicators.state import Cell, IndicatorRow, State
from projects.models import Project

NAMES = [field.attname for field in Project._meta.concrete_fields]


def state(**fields: object) -> State:
    blank = Project(region_id="140404", year=2025, name="教室改造", has_funding_table=True)
    values = {
        name: getattr(blank, name)
        for name in NAMES
        if name not in {"id", "name_key", "basis_digest", "created_at", "updated_at"}
    }
    rows = {
        1: IndicatorRow("period", 1, "output.quantity", "产出数量", "改造教室", "95%以上", ">=", Decimal(95), "%"),
        2: IndicatorRow("annual", 1, "output.quantity", "产出数量", "改造教室", "≥12间", ">=", Decimal(12), "间"),
        3: IndicatorRow("annual", 2, "output.quality", "质量指标", "合格", "", None, None, None),
    }
    return State({**values, **fields}, {}, {"annual": "建成"}, rows)


def understood(change: dict[str, str] | None = None, stored: State | None = None, **funding: str) -> Reading:
    stored = stored or state()
    sheet = sheet_of(stored)
    sheet.head.update(change or {})
    sheet.funding.update({name.replace("__", "."): text for name, text in funding.items()})
    return read(sheet, sheet_of(stored), stored, lambda pk: Department(pk, "水利局") if pk == 5 else None)


def changed(sheet: Sheet, stored: State) -> State:
    reading = read(sheet, sheet_of(stored), stored, lambda _: None)
    assert reading.errors == {}
    return reading.state


def test_an_untouched_form_is_the_same_state() -> None:
    stored = state(plan=None, basis="", overview="一\r\n二", amount=Decimal("5300000.00"), amount_printed="530万元")
    stored.funding[("annual", "local")] = Cell(Decimal("5300000.00"), "530 万元")
    reading = understood(stored=stored)
    assert reading.errors == {}
    stored.funding.update({key: cell for key, cell in reading.state.funding.items() if key not in stored.funding})
    assert reading.state == stored


@given(st.text(max_size=20), st.text(max_size=20))
def test_whatever_stands_in_a_text_is_kept_by_a_form_that_nobody_touched(name: str, plan: str) -> None:
    stored = state(plan=plan, implementing_unit=name)
    stored.indicators[1] = stored.indicators[1]._replace(name=name or "名", value=plan)
    after = understood(stored=stored).state
    assert (after.fields["plan"], after.fields["implementing_unit"]) == (plan, name)
    assert after.indicators[1] == stored.indicators[1]


def test_an_emptied_field_is_empty_and_one_that_the_source_lacks_stays_lacking() -> None:
    reading = understood({"plan": "", "duration": ""}, state(plan="原计划", duration=None))
    assert (reading.state.fields["plan"], reading.state.fields["duration"]) == ("", None)


def test_amounts_are_read_in_the_printed_unit_and_keep_what_was_typed() -> None:
    reading = understood(None, state(printed_unit="万元"), annual__total="530", annual__local="530万元")
    assert reading.errors == {}
    assert (reading.state.fields["amount"], reading.state.fields["amount_printed"]) == (Decimal("5300000.00"), "530")
    assert reading.state.funding[("annual", "local")] == Cell(Decimal("5300000.00"), "530万元")


def test_blank_is_not_zero() -> None:
    reading = understood(annual__total="0", annual__local="0", annual__central="")
    assert reading.state.funding[("annual", "local")].amount == Decimal(0)
    assert reading.state.funding[("annual", "central")].amount is None


def test_an_unequal_sum_needs_a_reason() -> None:
    reading = understood(annual__total="100", annual__local="90")
    assert reading.errors["funding_note"].startswith("资金总额与各来源之和不等（年度相差 10.00 元）")
    assert reading.differences == {"annual": Decimal("10.00")}
    assert understood({"funding_note": "另有结转"}, annual__total="100", annual__local="90").errors == {}


def test_a_note_goes_when_the_sums_agree() -> None:
    reading = understood({"funding_note": "另有结转"}, annual__total="90", annual__local="90")
    assert reading.state.fields["funding_note"] == ""


def test_a_list_project_without_a_table_needs_no_sources() -> None:
    reading = understood(None, state(has_funding_table=False), annual__total="100")
    assert (reading.errors, reading.state.fields["has_funding_table"]) == ({}, False)


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("name", " ", "请填写项目名称"), ("name", "长" * 501, "最多 500 个字"), ("serial", "一", "必须是整数"),
        ("serial", "99999999999", "必须是整数"), ("department", "6", "请从列表中选择"), ("filed_at", "去年", "看不懂"),
        ("department_code", "1" * 13, "最多 12 个字"), ("plan", "一\0二", "控制字符"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field(path: str, text: str, words: str) -> None:
    assert words in understood({path: text}).errors[path]


def test_full_width_digits_are_digits() -> None:
    assert understood({"serial": " １２ "}).state.fields["serial"] == 12


def test_an_amount_that_is_none_is_said_at_its_cell() -> None:
    assert "不是金额" in understood(annual__central="一百").errors["funding.annual.central"]


def test_a_department_takes_its_printed_name_along() -> None:
    fields = understood(
        {"department": "5"}, state(department_id=4, department_printed="教育局", section="一科")
    ).state.fields
    assert (fields["department_id"], fields["department_printed"], fields["section"]) == (5, "水利局", "")


def test_a_date_is_understood_in_the_usual_spellings() -> None:
    for text in ("2025-03-01", "2025年3月1日", "2025/3/1", "20250301"):
        moment = understood({"filed_at": text}).state.fields["filed_at"]
        assert moment.isoformat() == "2025-03-01T00:00:00+08:00"


def test_a_typed_value_is_printed_and_understood() -> None:
    stored = state()
    sheet = sheet_of(stored)
    half = sheet.rows[0].annual
    half.operator, half.value, half.unit = "<=", "15", "间"
    row = changed(sheet, stored).indicators[2]
    assert (row.value, row.operator, row.number, row.unit) == ("≤15间", "<=", Decimal(15), "间")


def test_an_operator_before_words_is_refused() -> None:
    stored = state()
    sheet = sheet_of(stored)
    sheet.rows[0].annual.value = "良好"
    errors = read(sheet, sheet_of(stored), stored, lambda _: None).errors
    assert "不是数值" in errors["rows.i1.annual.value"]


def test_an_emptied_half_is_gone_and_a_row_alone_added_disturbs_no_other() -> None:
    stored = state()
    sheet = sheet_of(stored)
    sheet.rows[0].period.name = sheet.rows[0].period.value = ""
    cell = add_row(sheet, "output.quality")
    sheet.row(cell.row).annual.name = "新指标"
    after = changed(sheet, stored)
    assert set(after.indicators) - {2, 3} == {min(after.indicators)}
    assert (after.indicators[2], after.indicators[3]) == (stored.indicators[2], stored.indicators[3])


def test_a_moved_row_changes_its_class_and_place() -> None:
    stored = state()
    sheet = sheet_of(stored)
    move_row(sheet, "i1", 1)
    after = changed(sheet, stored)
    assert {after.indicators[number].category_id for number in (1, 2)} == {"output.quality"}
    assert after.indicators[1].value == "95%以上"


def test_numbers_of_other_projects_are_new_rows() -> None:
    stored = state()
    sheet = sheet_of(stored)
    sheet.rows[0].period.id = 999
    assert 999 not in changed(sheet, stored).indicators


def test_a_name_of_mere_white_space_stays_while_nobody_touches_it() -> None:
    stored = state()
    stored.indicators[1] = stored.indicators[1]._replace(name=" ", value="", operator=None, number=None, unit=None)
    assert understood(stored=stored).state.indicators[1] == stored.indicators[1]


def test_a_note_of_several_lines_is_untouched_in_its_field_of_one() -> None:
    stored = state(funding_note="一\n二", amount=Decimal(1), amount_printed="1")
    assert understood(stored=stored).state.fields["funding_note"] == "一\n二"
