"""A form that comes back with every label where it was written: what changed, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from imports.drafts import SCOPES, SOURCES, Amount, FundingDraft, IndicatorDraft, ProjectDraft, Scope
from imports.layouts.target_form.fields import filing_time
from imports.layouts.target_form.labels import compact
from imports.layouts.target_form.places import split_department
from imports.layouts.target_form.titles import year_line
from imports.official.facts import FormFacts
from imports.official.form import Form, FormCell, Key, lay_out
from imports.official.indicators import Place, TableRow, label_runs, table_rows
from imports.reading import Reading, SourceError
from imports.workbooks import Value, cell_text
from imports.workbooks.parts import SheetPart
from indicators.categories import classify, level1_name
from indicators.values import parse_value
from perfgoals.money import AmountError, parse_amount

_LABELS: Final = frozenset({"label", "title"})


def returned(part: SheetPart, facts: FormFacts) -> ProjectDraft | None:
    """The project of a written form with the cells that people changed; ``None`` where its labels are not all there."""
    form = lay_out(facts.draft, facts.rows)
    grid = _Grid(part.sheet.rows)
    if any(compact(grid.text(cell)) != compact(shown(cell)) for cell in form.cells if cell.kind in _LABELS):
        return None
    _claim(part, form, grid)
    changed = {cell.key: cell for cell in form.cells if cell.key and grid.text(cell) != settled(shown(cell))}
    texts = {key: grid.text(cell) for key, cell in changed.items()}
    return _Changes(facts, texts, {key: cell.row + 1 for key, cell in changed.items()}, part.reading).draft()


def shown(cell: FormCell) -> str:
    """What a cell of a form shows, as it is read back."""
    value = cell.value
    return cell_text(float(value) if isinstance(value, Decimal) else value)


def settled(text: str) -> str:
    """A text as spreadsheet programs keep it: line ends of one kind, and nothing around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


class _Grid:
    """The texts of a sheet by place."""

    def __init__(self, rows: list[list[Value]]) -> None:
        self._rows = rows

    def text(self, cell: FormCell) -> str:
        return self.at(cell.row, cell.column)

    def at(self, row: int, column: int) -> str:
        if row >= len(self._rows) or column >= len(self._rows[row]):
            return ""
        return settled(cell_text(self._rows[row][column]))

    def filled(self, row: int) -> set[int]:
        return {column for column, value in enumerate(self._rows[row]) if settled(cell_text(value))}

    def __len__(self) -> int:
        return len(self._rows)


def _claim(part: SheetPart, form: Form, grid: _Grid) -> None:
    """Account for the rows in which nothing stands beside the form's own cells."""
    own: dict[int, set[int]] = {}
    for cell in form.cells:
        own.setdefault(cell.row, set()).add(cell.column)
    for row in range(len(grid)):
        filled = grid.filled(row)
        if filled and filled <= own.get(row, set()):
            part.reading.claim(row + 1)


@dataclass(slots=True)
class _Changes:
    """What people changed in one form: the texts that now stand in cells, and their rows."""

    facts: FormFacts
    texts: dict[Key, str]
    lines: dict[Key, int]
    reading: Reading

    def draft(self) -> ProjectDraft:
        """The project with the changes."""
        draft = replace(self.facts.draft, first_line=1, last_line=lay_out(*self.facts).rows, rows=list(self.facts.rows))
        for key, text in self.texts.items():
            if isinstance(key, Place):
                continue
            if key[0] == "funding":
                self._take_amount(draft, key, text)
            else:
                self._take(draft, key, text)
        if any(isinstance(key, Place) for key in self.texts):
            self._take_indicators(draft)
        return draft

    def _take(self, draft: ProjectDraft, key: tuple[str, ...], text: str) -> None:
        line = self.lines[key]
        match key[0]:
            case "department":
                code, name = split_department(text)
                draft.department_code, draft.department_name, draft.department_body = code, name or None, None
            case "year":
                if not (year := year_line(text)):
                    raise SourceError(f"第{line}行的年度“{text}”无法识别，请写成（2025年度）的样子", line)
                draft.year = year
            case "filed_at":
                try:
                    draft.filed_at = filing_time(text)
                except ValueError:
                    raise SourceError(f"第{line}行的填报日期“{text}”不是可能的时间，请改正后再导入", line) from None
            case "name" if not text:
                raise SourceError(f"第{line}行的项目名称是空的，请补上后再导入", line)
            case name:
                setattr(draft, name, text)

    def _take_amount(self, draft: ProjectDraft, key: tuple[str, ...], text: str) -> None:
        _, scope_name, code = key
        scope: Scope = "period" if scope_name == "period" else "annual"
        try:
            amount = Amount(parse_amount(text, draft.printed_unit), text)
        except AmountError as error:
            raise SourceError(f"第{self.lines[key]}行：{error}，请改正后再导入", self.lines[key]) from None
        if (scope, code) == ("annual", "total"):
            draft.amount = amount
            if draft.funding is None:
                return
        draft.funding = _with_table(draft)
        column = draft.funding[scope]
        draft.funding[scope] = (
            replace(column, total=amount)
            if code == "total"
            else replace(column, sources={**column.sources, code: amount})
        )

    def _take_indicators(self, draft: ProjectDraft) -> None:
        table = table_rows(draft.indicators, self.facts.rows)
        labels = {
            (row, scope): self.texts[Place(first, scope, "level2")]
            for scope in SCOPES
            for first, last, _ in label_runs(table, scope)
            if Place(first, scope, "level2") in self.texts
            for row in range(first, last + 1)
        }
        kept: list[tuple[int, IndicatorDraft]] = []
        for number, row in enumerate(table):
            for scope in SCOPES:
                now = self._half(
                    number, scope, row.halves.get(scope), labels.get((number, scope)), row.category, row.label
                )
                if now is not None:
                    kept.append((number, now))
        self._tell_labels_of_nothing(table, {(number, one.scope) for number, one in kept})
        same = [index for row in table for index in row.indexes.values()] == list(range(len(kept)))
        same = same and len(kept) == len(draft.indicators)
        draft.rows = draft.rows if same and self._same_halves(kept) else [number + 1 for number, _ in kept]
        draft.indicators = [indicator for _, indicator in kept]

    def _tell_labels_of_nothing(self, table: Sequence[TableRow], kept: Set[tuple[int, Scope]]) -> None:
        """A class written over a blank half has no indicator to stand on: it is not taken, which must be told."""
        for scope in SCOPES:
            for first, last, _ in label_runs(table, scope):
                text = self.texts.get(place := Place(first, scope, "level2"))
                if text and not any((row, scope) in kept for row in range(first, last + 1)):
                    message = f"“{text}”写在没有指标的格里，没有采用，请核对"
                    self.reading.notice(self.lines[place], "unknown_label", message)

    def _same_halves(self, kept: list[tuple[int, IndicatorDraft]]) -> bool:
        return [one.scope for _, one in kept] == [one.scope for one in self.facts.draft.indicators]

    def _half(
        self, row: int, scope: Scope, base: IndicatorDraft | None, label: str | None, category: str, printed: str
    ) -> IndicatorDraft | None:
        name = self.texts.get(Place(row, scope, "level3"))
        value = self.texts.get(Place(row, scope, "value"))
        if base is not None and name is None and value is None and label is None:
            return base
        now = base or IndicatorDraft(scope, "", printed, category, "", "", None, None, None)
        now = now._replace(level3=now.level3 if name is None else name)
        if value is not None:
            now = now._replace(value=value, **parse_value(value)._asdict())
        return _classed(now, label) if now.level3 or now.value else None


def _with_table(draft: ProjectDraft) -> dict[Scope, FundingDraft]:
    """The draft's funding table; of one without any, a blank one under the year's amount."""
    if draft.funding is not None:
        return dict(draft.funding)
    blank = dict.fromkeys(SOURCES, Amount(None, None))
    return {"period": FundingDraft(sources=dict(blank)), "annual": FundingDraft(draft.amount, dict(blank))}


def _classed(indicator: IndicatorDraft, label: str | None) -> IndicatorDraft:
    """The indicator under the level-2 label that now stands before it."""
    if label is not None:
        category = classify(label, indicator.category.partition(".")[0])
        indicator = indicator._replace(level2=label, category=category)
    return indicator._replace(level1=level1_name(indicator.category))
