"""The funding table of a form: totals and five sources, for the period and for the year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from imports.drafts import BLANK, SCOPES, SOURCES, Amount, FundingDraft, Scope
from imports.layouts.target_form.cells import Cell
from imports.layouts.target_form.labels import FUNDING_ROLES, SOURCE_ROLES, TOTAL_ROLES, role_of, unit_of
from imports.reading import Reading, SourceError
from perfgoals.money import AmountError, format_amount, parse_amount


class Pair(NamedTuple):
    """A label of a row, with the printed value after it (empty where blank)."""

    role: str
    column: int
    value: str
    label: str


_CELL_ROLES: Final = TOTAL_ROLES | SOURCE_ROLES
_OWN_UNIT = re.compile(r"[\d０-９][\s元]*?(亿元|万元|元)$")
_LABELLED = re.compile(r"(.{2,26}?)\s*[:：]\s*([\d０-９][\d０-９,，.．\s]*(?:亿元|万元|元)?)")
_SCOPE_NAMES: dict[Scope, str] = {"period": "实施期", "annual": "年度"}


@dataclass(slots=True)
class FundingTable:
    """The printed funding cells of one form, kept until its unit is known."""

    unit: str | None = None
    cells: dict[tuple[Scope, str], tuple[str, int]] = field(default_factory=dict)
    """(scope, ``total`` or source) → printed cell and its line."""
    columns: dict[Scope, int] = field(default_factory=dict)
    """Where the totals' labels stand: a source printed once belongs to the nearer one."""
    latest: Scope = "annual"

    def take(self, pairs: Sequence[Pair], line: int) -> bool:
        """Take the cells of one row; ``False`` when one has no place, or a cell was already filled differently."""
        roles = [pair.role for pair in pairs]
        fits = True
        for position, (role, column, value, label) in enumerate(pairs):
            if self.unit is None:
                self.unit = unit_of(label)
            if role not in _CELL_ROLES:
                fits = fits and not value
                continue
            scope = self._scope(role, column, roles, position)
            key = (scope, role if role in SOURCE_ROLES else "total")
            kept = self.cells.get(key)
            if kept is None or not kept[0]:
                self.cells[key] = (value, line)
            else:
                fits = fits and value in {"", kept[0]}
        return fits

    def _scope(self, role: str, column: int, roles: list[str], position: int) -> Scope:
        if role in TOTAL_ROLES:
            scope = self._scope_of_total(role, roles, position)
            self.columns[scope] = column
            self.latest = scope
            return scope
        if roles.count(role) > 1:
            return SCOPES[min(roles[:position].count(role), 1)]
        period, annual = self.columns.get("period"), self.columns.get("annual")
        if period is None or annual is None or period == annual:
            return self.latest
        return "annual" if abs(column - annual) <= abs(column - period) else "period"

    def _scope_of_total(self, role: str, roles: list[str], position: int) -> Scope:
        if role != "total":
            return "period" if role == "total_period" else "annual"
        if roles.count("total") > 1:
            return SCOPES[min(roles[:position].count("total"), 1)]
        return "period" if "total_annual" in roles else "annual"

    def drafts(self, default_unit: str | None, first_line: int) -> tuple[dict[Scope, FundingDraft], str]:
        """The two scopes' amounts in yuan and the printed unit. Raises `SourceError` for what is no amount."""
        unit = self.unit or default_unit or self._own_unit(first_line)
        amounts = {key: _amount_at(printed, unit, line) for key, (printed, line) in self.cells.items()}
        drafts: dict[Scope, FundingDraft] = {
            scope: FundingDraft(
                amounts.get((scope, "total"), BLANK),
                {code: amounts[scope, code] for code in SOURCES if (scope, code) in amounts},
            )
            for scope in SCOPES
        }
        return drafts, unit

    def _own_unit(self, first_line: int) -> str:
        """The unit that the amount cells carry themselves, when each amount carries one."""
        units = {
            match[1] if (match := _OWN_UNIT.search(printed)) else None
            for printed, _ in self.cells.values()
            if printed.strip("0０.-—－–/／ ")
        }
        if len(units) == 1 and (unit := units.pop()) is not None:
            return unit
        raise SourceError(f"第{first_line}行起的表没有写明金额单位，请用 --unit 指明（元、万元或亿元）", first_line)


def expanded(cells: Iterable[Cell]) -> list[Cell]:
    """The cells, with a label and its amount in one cell (``年度资金总额：300万元``) taken apart."""
    apart: list[Cell] = []
    for column, text in cells:
        match = _LABELLED.fullmatch(text) if ":" in text or "：" in text else None
        if match and role_of(match[1]) in FUNDING_ROLES:
            apart += [(column, match[1]), (column, match[2].strip())]
        else:
            apart.append((column, text))
    return apart


def note_differences(reading: Reading, funding: dict[Scope, FundingDraft], table: FundingTable) -> None:
    """Notice where the sources of a scope do not add up to its total (blanks count as 0)."""
    for scope, draft in funding.items():
        printed = [amount.yuan for amount in draft.sources.values() if amount.yuan is not None]
        total = draft.total.yuan or Decimal(0)
        if printed and sum(printed) != total:
            line = table.cells.get((scope, "total"), next(iter(table.cells.values())))[1]
            reading.notice(
                line,
                "sources_differ",
                f"{_SCOPE_NAMES[scope]}各项资金来源合计{format_amount(sum(printed, Decimal(0)))}元，"
                f"与总额{format_amount(draft.total.yuan)}元不一致",
            )


def _amount_at(printed: str, unit: str, line: int) -> Amount:
    try:
        return _amount(printed, unit)
    except AmountError as error:
        raise SourceError(f"第{line}行：{error}，请改正后再导入", line) from error


@lru_cache(maxsize=8192)
def _amount(printed: str, unit: str) -> Amount:
    return Amount(parse_amount(printed, unit), printed)
