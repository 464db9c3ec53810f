"""What a sheet means: the state that the person wants, or what is wrong with it, field by field.

A field that still says what the form showed is untouched and keeps what is stored, to the letter: printed texts, the
parse of a value, and the difference between a field that a source lacks and one that it prints empty.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.utils import timezone

from indicators.editing.fields import CELLS, PLAIN, SCOPE_NAMES, label_of
from indicators.editing.positions import positions_of
from indicators.editing.sheet import SCOPES, Half, Row, Sheet
from indicators.editing.showing import LONG, TIME_FORMAT, shown_halves
from indicators.state import Cell, IndicatorRow, State
from indicators.values import parse_value
from perfgoals.money import AmountError, format_amount, parse_amount
from projects.funding_sources import SOURCES
from projects.models import NAME_LENGTH

MAX_SERIAL: Final = 2**31 - 1
TIME_FORMATS: Final = (TIME_FORMAT, "%Y-%m-%d %H:%M", "%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y%m%d")
TOTALS: Final = {"period": "period_amount", "annual": "amount"}
_SHORT: Final = {"department_code": 12}


@dataclass(frozen=True, slots=True)
class Department:
    """A department that the person may give the project to."""

    pk: int
    name: str
    code: str | None = None


@dataclass(slots=True)
class Reading:
    """The outcome: the state that is wanted, and the errors by the path of their field."""

    state: State
    errors: dict[str, str] = field(default_factory=dict)
    differences: dict[str, Decimal] = field(default_factory=dict)
    """Scope → total less the sum of its sources, where they differ."""
    places: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Number of an indicator of the state → the key of its row in the sheet, and the scope of its half."""


FindDepartment = Callable[[int], Department | None]
"""Finds a department by its number, among those that the project may be given to."""


def read(sheet: Sheet, shown: Sheet, stored: State, find_department: FindDepartment) -> Reading:
    """Understand a sheet. ``shown`` is the sheet of ``stored``: what the form showed before anything was typed."""
    reading = Reading(stored.copy())
    _read_head(sheet, shown, reading, find_department)
    _read_funding(sheet, shown, reading)
    _read_goals(sheet, shown, reading)
    _read_tree(sheet, shown, stored, reading)
    return reading


def clean(text: str) -> str:
    """A text as it is stored: line ends as one character, nothing else changed."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def half_width(typed: str) -> str:
    """A number as typed, with full-width digits as plain ones and without the blanks around it."""
    return unicodedata.normalize("NFKC", typed).strip()


def _read_head(sheet: Sheet, shown: Sheet, reading: Reading, find_department: FindDepartment) -> None:
    fields = reading.state.fields
    for name in (*PLAIN, "funding_note"):
        typed, before = clean(sheet.head.get(name, "")), clean(shown.head.get(name, ""))
        if typed != before:
            typed = typed if name in LONG else typed.strip()
            fields[name] = typed or ("" if fields[name] is not None else None)
        if "\0" in typed:
            reading.errors[name] = f"{label_of(name)}里有不能保存的控制字符，请删除后再保存。"
        elif len(typed) > _SHORT.get(name, len(typed)):
            reading.errors[name] = f"{label_of(name)}最多 {_SHORT[name]} 个字。"
    _read_name(fields["name"], reading)
    _read_serial(sheet.head.get("serial", ""), reading)
    _read_filed_at(sheet, shown, reading)
    _read_department(sheet, shown, reading, find_department)


def _read_name(name: str, reading: Reading) -> None:
    if not name.strip():
        reading.errors["name"] = "请填写项目名称。"
    elif len(name) > NAME_LENGTH:
        reading.errors["name"] = f"项目名称最多 {NAME_LENGTH} 个字，现在是 {len(name)} 个。"


def _read_serial(typed: str, reading: Reading) -> None:
    text = half_width(typed)
    if text and not (text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= MAX_SERIAL):
        reading.errors["serial"] = f"序号必须是整数，“{text}”不是。"
    else:
        reading.state.fields["serial"] = int(text) if text else None


def _read_filed_at(sheet: Sheet, shown: Sheet, reading: Reading) -> None:
    text = sheet.head.get("filed_at", "").strip()
    if text == shown.head.get("filed_at", ""):
        return
    moment = _moment(text)
    if text and moment is None:
        reading.errors["filed_at"] = f"填报日期“{text}”看不懂，请写成 2025-03-01 或 2025-03-01 09:30。"
    reading.state.fields["filed_at"] = moment


def _moment(text: str) -> datetime | None:
    for layout in TIME_FORMATS:
        try:
            return timezone.make_aware(datetime.strptime(text, layout))  # made aware here
        except (ValueError, OverflowError):
            continue
    return None


def _read_department(sheet: Sheet, shown: Sheet, reading: Reading, find_department: FindDepartment) -> None:
    text = sheet.head.get("department", "").strip()
    if text == shown.head.get("department", ""):
        return
    department = find_department(int(text)) if text.isascii() and text.isdigit() and len(text) < 19 else None
    if department is None:
        reading.errors["department"] = "请从列表中选择主管部门。"
        return
    # The printed name and code follow: the old ones would name a body that the project no longer belongs to.
    fields = reading.state.fields
    fields.update(department_id=department.pk, department_printed=department.name, section="")
    if sheet.head.get("department_code", "") == shown.head.get("department_code", ""):
        fields["department_code"] = department.code


def _read_funding(sheet: Sheet, shown: Sheet, reading: Reading) -> None:
    fields = reading.state.fields
    unit = fields["printed_unit"]
    touched = False
    for scope in SCOPES:
        for source in CELLS:
            cell = _typed_amount(f"{scope}.{source}", sheet, shown, unit, reading)
            if cell is None:
                continue
            touched = True
            if source == "total":
                fields[TOTALS[scope]], fields[f"{TOTALS[scope]}_printed"] = cell
            else:
                reading.state.funding[scope, source] = cell
                fields["has_funding_table"] = fields["has_funding_table"] or cell.amount is not None
    if fields["has_funding_table"]:
        if touched:
            complete_table(reading.state)
        _compare_sums(reading)
    if reading.differences and not fields["funding_note"].strip() and not _has_amount_errors(reading):
        said = "；".join(f"{SCOPE_NAMES[s]}相差 {format_amount(d)} 元" for s, d in reading.differences.items())
        reading.errors["funding_note"] = f"资金总额与各来源之和不等（{said}）。请改正金额，或写明差额的原因。"
    elif not reading.differences and fields["has_funding_table"]:
        fields["funding_note"] = ""


def _typed_amount(path: str, sheet: Sheet, shown: Sheet, unit: str, reading: Reading) -> Cell | None:
    """The cell that was typed; ``None`` where it is untouched or not understood."""
    typed = sheet.funding.get(path, "").strip()
    if typed == shown.funding.get(path, ""):
        return None
    try:
        return Cell(parse_amount(typed, unit), typed)
    except AmountError as error:
        reading.errors[f"funding.{path}"] = f"{error}。请填写以{unit}为单位的数字，或留空。"
        return None


def complete_table(state: State) -> None:
    """A funding table has every cell, blank ones too."""
    for scope in SCOPES:
        for source in SOURCES:
            state.funding.setdefault((scope, source), Cell(None, ""))


def _compare_sums(reading: Reading) -> None:
    for scope in SCOPES:
        parts = [
            cell.amount for (of, _), cell in reading.state.funding.items() if of == scope and cell.amount is not None
        ]
        total = reading.state.fields[TOTALS[scope]]
        if (difference := (total or Decimal(0)) - sum(parts, Decimal(0))) and (total is not None or parts):
            reading.differences[scope] = difference


def _has_amount_errors(reading: Reading) -> bool:
    return any(path.startswith("funding.") for path in reading.errors)


def _read_goals(sheet: Sheet, shown: Sheet, reading: Reading) -> None:
    for scope in SCOPES:
        typed = clean(sheet.goals.get(scope, ""))
        if typed == clean(shown.goals.get(scope, "")):
            continue
        if "\0" in typed:
            reading.errors[f"goals.{scope}"] = f"{SCOPE_NAMES[scope]}目标里有不能保存的控制字符，请删除后再保存。"
        # A goal that was there stays as an empty one: the form prints it empty.
        if typed or scope in reading.state.goals:
            reading.state.goals[scope] = typed


def _read_tree(sheet: Sheet, shown: Sheet, stored: State, reading: Reading) -> None:
    before = shown_halves(shown.rows)
    rows = [
        row for row in sheet.in_order() if not row.removed and not all(_is_gone(half, before) for half in row.halves)
    ]
    places = positions_of(rows, shown.in_order(), stored, lambda half: _is_gone(half, before))
    wanted: dict[int, IndicatorRow] = {}
    for row in rows:
        for scope in SCOPES:
            half = row.half(scope)
            if _is_gone(half, before):
                continue
            number = half.id if half.id in stored.indicators and half.id not in wanted else None
            old = stored.indicators[number] if number is not None else None
            new = _indicator(row, scope, half, old, before.get(number or 0), reading)
            own = number or -len(wanted) - 1
            wanted[own] = new._replace(position=places[row.key, scope])
            reading.places[own] = row.key, scope
    order = sorted(wanted.items(), key=lambda entry: (entry[1].position, entry[1].scope != "period"))
    reading.state.indicators = dict(order)


def _is_gone(half: Half, before: Mapping[int, Half]) -> bool:
    """Whether no indicator stands here. One that the source prints as mere white space stays while nobody touches it."""
    return half.is_blank and (half.id is None or half != before.get(half.id))


def _indicator(
    row: Row, scope: str, half: Half, old: IndicatorRow | None, before: Half | None, reading: Reading
) -> IndicatorRow:
    path = f"rows.{row.key}.{scope}"
    name, printed = half.name.strip(), half.printed
    if "\0" in name + printed:
        reading.errors[path] = "这一行有不能保存的控制字符，请删除后再保存。"
    label = row.label if old is None or row.category != old.category_id else old.level2_label
    if old is not None and before is not None:
        name = old.name if half.name == before.name else name
        if (half.operator, half.value, half.unit) == (before.operator, before.value, before.unit):
            return old._replace(category_id=row.category, level2_label=label, name=name)
    value = parse_value(printed)
    if value.number is None and (half.operator or half.unit.strip()):
        reading.errors[f"{path}.value"] = f"“{printed}”不是数值：定量目标请填数字，定性目标请不要选符号、不要填单位。"
    return IndicatorRow(scope, 0, row.category, label, name, printed, value.operator, value.number, value.unit)
