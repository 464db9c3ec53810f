"""The report of an import: what was found, what was done with it, and everything that needs a person's eye.

The same object is printed as Chinese text, written as JSON for machines and kept with the run for the site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, NotRequired, TypedDict, TypeVar

import msgspec

from imports.drafts import SCOPES, ProjectDraft, Scope
from imports.excerpts import Excerpt, excerpts
from imports.facts import SCOPE_NAMES, Change, label, wording
from imports.gazettes.reporting import Texts
from imports.models import Outcome
from imports.planning import Planned, conflict_id
from imports.reading import Notice, Reading, SheetLines, place
from imports.recognise import layout_title
from perfgoals.money import format_amount

ZERO = Decimal("0.00")
MOST_LISTED: Final = 5000
_Noted = TypeVar("_Noted", int, str)


class FieldChange(TypedDict):
    """A fact before and after, as printed in the report."""

    field: str
    old: str | None
    new: str | None


class FieldConflict(TypedDict):
    """A fact that people changed and the source states otherwise; ``taken`` is ``current`` or ``source``.

    ``id`` names the conflict in a decision (`imports.actions.Options.take`). ``moves`` is by how many yuan taking the
    source's value moves the yearly amount; other facts have none.
    """

    id: str
    field: str
    current: str | None
    source: str | None
    taken: str
    moves: NotRequired[str]


@dataclass(slots=True)
class Counts:
    """Records by outcome; ``found`` is their sum."""

    found: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    duplicates: int = 0
    conflicts: int = 0
    unclaimed: int = 0


@dataclass(slots=True)
class FundingChecks:
    """Forms whose printed total is held against the sum of their sources, per scope."""

    checked: int = 0
    failed: list[dict[str, Any]] = field(default_factory=list)

    def check(self, draft: ProjectDraft) -> None:
        """Hold each scope's total against its sources. A scope with nothing printed is not checked."""
        for scope in SCOPES if draft.funding else ():
            self._check(draft, scope)

    def _check(self, draft: ProjectDraft, scope: Scope) -> None:
        column = (draft.funding or {})[scope]
        cells = [cell.yuan for cell in column.sources.values() if cell.yuan is not None]
        if column.total.yuan is None and not cells:
            return
        self.checked += 1
        if column.total.yuan != sum(cells, start=ZERO):
            self.failed.append(
                {
                    "line": draft.first_line,
                    "project": draft.name,
                    "scope": scope,
                    "total": _money(column.total.yuan),
                    "sum": _money(sum(cells, start=ZERO)),
                }
            )


@dataclass(slots=True)
class Report:
    """See the module. Money is yuan; ``total`` counts each project once, ``rows_total`` every record as printed.

    ``created_total`` is the yearly amount of the new projects, ``amount_change`` by how much those of others change.
    ``excerpts``, ``created`` and ``unchanged`` are for whoever decides about an import: a dry run alone fills them,
    the last two with at most `MOST_LISTED` entries each.
    """

    file: str
    sha256: str
    encoding: str
    layout: str
    dry_run: bool = False
    run: int | None = None
    counts: Counts = field(default_factory=Counts)
    years: list[int] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    total: Decimal = ZERO
    rows_total: Decimal = ZERO
    indicators: int = 0
    declared_total: Decimal | None = None
    declared_line: int | None = None
    difference: Decimal | None = None
    funding_checks: FundingChecks = field(default_factory=FundingChecks)
    changes: list[dict[str, Any]] = field(default_factory=list)
    conflicts: list[dict[str, Any]] = field(default_factory=list)
    duplicates: list[dict[str, Any]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    unclaimed: list[dict[str, Any]] = field(default_factory=list)
    department_hints: list[dict[str, Any]] = field(default_factory=list)
    created_total: Decimal = ZERO
    amount_change: Decimal = ZERO
    excerpts: list[Excerpt] = field(default_factory=list)
    created: list[dict[str, Any]] = field(default_factory=list)
    unchanged: list[dict[str, Any]] = field(default_factory=list)
    sheets: list[SheetLines] = field(default_factory=list)
    """Of a workbook: where its sheets begin among the lines. `imports.reading.place` names a line by them."""
    region_codes: list[str] = field(default_factory=list)
    """Of a table that came back: whose projects it has (`imports.permissions`); other reports are known by their document."""
    texts: Texts = field(default_factory=Texts)
    """Of a gazette or a plan: which part was read as what."""

    def add_record(self, draft: ProjectDraft) -> None:
        """Count one record as it was read."""
        self.counts.found += 1
        self.indicators += len(draft.indicators)
        self.rows_total += draft.amount.yuan or ZERO
        self.funding_checks.check(draft)
        _note(self.years, draft.year)
        _note(self.regions, draft.region_name)
        _note(self.units, draft.printed_unit)

    def add_reading(self, reading: Reading) -> None:
        """Take over what the reader noticed, the declared total and the lines that nothing claimed."""
        self.sheets = list(reading.sheets)
        self.notices = sorted(reading.notices, key=lambda notice: notice.line)
        self.unclaimed = [{"line": line, "text": text} for line, text in reading.unclaimed()]
        self.counts.unclaimed = len(self.unclaimed)
        if self.dry_run:
            asked = {entry["line"] for entry in self.unclaimed} | {notice.line for notice in self.notices}
            self.excerpts = excerpts(reading.lines, asked, [sheet.first_line for sheet in reading.sheets])
        if reading.declared_total is not None:
            self.declared_total = reading.declared_total.yuan
            self.declared_line = reading.declared_line
            self.difference = self.rows_total - (self.declared_total or ZERO)

    def add_planned(self, planned: Planned) -> None:
        """Count what was done with one project and its filings."""
        self.total += planned.filing.draft.amount.yuan or ZERO
        self.counts.duplicates += len(planned.filing.others)
        match planned.outcome:
            case Outcome.CREATED:
                self.counts.created += 1
                self.created_total += planned.filing.draft.amount.yuan or ZERO
                self._list(self.created, planned)
            case Outcome.CHANGED:
                self.counts.changed += 1
            case Outcome.CONFLICT:
                self.counts.conflicts += 1
            case Outcome.DUPLICATE:
                self._add_superseded(planned)
            case _:
                self.counts.unchanged += 1
                self._list(self.unchanged, planned)
        if planned.project and planned.project.archived_at:
            self._add_archived(planned)
        self._add_changes(planned)
        self._add_duplicates(planned)

    def _list(self, entries: list[dict[str, Any]], planned: Planned) -> None:
        if self.dry_run and len(entries) < MOST_LISTED:
            draft = planned.filing.draft
            amount = _money(draft.amount.yuan)
            entries.append({**self._subject(planned), "department": draft.department_name, "amount": amount})

    def _add_archived(self, planned: Planned) -> None:
        draft = planned.filing.draft
        message = f"“{draft.name}”在库中已归档，内容照常比对和更新，仍为已归档，不计入列表和汇总"
        self.notices.append(Notice(draft.first_line, "archived", message))

    def _add_superseded(self, planned: Planned) -> None:
        draft = planned.filing.draft
        self.counts.duplicates += 1
        message = (
            f"“{draft.name}”的填报日期早于库中来自“{planned.superseded_by}”的填报，"
            "作为较早的填报保留，项目未改动（--take-source 可改用它）"
        )
        self.notices.append(Notice(draft.first_line, "superseded", message))

    def _subject(self, planned: Planned) -> dict[str, Any]:
        """The project that an entry is about; a dry run's new project is gone when the report is read."""
        gone = self.dry_run and planned.outcome is Outcome.CREATED
        pk = planned.project.pk if planned.project and not gone else None
        return {"line": planned.filing.draft.first_line, "project": planned.filing.draft.name, "project_id": pk}

    def _add_changes(self, planned: Planned) -> None:
        changed, disputed = planned.merge.changes, planned.merge.conflicts
        self.amount_change += sum((amount_change(change) for change in changed), start=ZERO)
        if shown := [change for change in _visible(changed) if change not in disputed]:
            self.changes.append({**self._subject(planned), "fields": _changes(shown)})
        if disputed:
            self.conflicts.append({**self._subject(planned), "fields": [_conflict(planned, one) for one in disputed]})

    def _add_duplicates(self, planned: Planned) -> None:
        for other, differences in planned.differences():
            fields = [
                {"field": label(change.key), "other": wording(change)[0], "kept": wording(change)[1]}
                for change in _visible(differences)
            ]
            self.duplicates.append({**self._subject(planned), "first_line": other.first_line, "differences": fields})

    @property
    def reconciles(self) -> bool:
        """The declared total equals the sum and every form's totals equal their sources."""
        return not self.difference and not self.funding_checks.failed

    @property
    def has_records(self) -> bool:
        """Whether there are budget projects to speak of: a gazette may hold none at all."""
        return not self.texts.documents or self.counts.found > 0

    @property
    def nothing_changed(self) -> bool:
        """The import left the projects as they were."""
        return not (self.counts.created or self.counts.changed or self.changes)

    def as_json(self) -> dict[str, Any]:
        """The report as JSON values; money as decimal strings of yuan."""
        values: dict[str, Any] = msgspec.to_builtins(self)
        return {**values, "reconciles": self.reconciles, "layout_title": layout_title(self.layout)}

    def as_text(self) -> str:
        """The report in Chinese for a terminal."""
        return "\n".join(self._text())

    def _text(self) -> Iterator[str]:
        counts = self.counts
        yield f"{self.file}：{layout_title(self.layout)}（{self.encoding}）" + (
            "　试运行，未写入" if self.dry_run else ""
        )
        if self.regions:
            years = "、".join(map(str, sorted(self.years)))
            yield f"  行政区划 {'、'.join(self.regions[:5])}{' 等' if len(self.regions) > 5 else ''}；年度 {years}；单位 {'、'.join(self.units)}"
        if self.has_records:
            yield (
                f"  记录 {counts.found}：新增 {counts.created}，变更 {counts.changed}，未变 {counts.unchanged}，"
                f"重复填报 {counts.duplicates}，冲突 {counts.conflicts}；指标 {self.indicators} 条"
            )
        yield from self.texts.lines(self._place, layout_title)
        if self.nothing_changed and not self.texts.documents:
            yield "  没有任何变化：文件中的内容与库中一致，或与人工修改冲突而未覆盖。"
        if self.has_records:
            yield f"  项目金额合计 {format_amount(self.total)} 元"
        yield from self._totals_text()
        yield from self._sections_text()

    def _place(self, line: int) -> str:
        return place(line, self.sheets)

    def _totals_text(self) -> Iterator[str]:
        if self.declared_total is not None:
            agrees = "相符" if not self.difference else f"相差 {format_amount(self.difference)} 元"
            yield (
                f"  文件合计（{self._place(self.declared_line or 1)}）{format_amount(self.declared_total)} 元，"
                f"各行之和 {format_amount(self.rows_total)} 元：{agrees}"
            )
        checks = self.funding_checks
        if checks.checked:
            agree = checks.checked - len(checks.failed)
            yield f"  资金总额与各来源之和：核对 {checks.checked} 项，相符 {agree} 项，不符 {len(checks.failed)} 项"
        for failed in checks.failed:
            yield (
                f"    {self._place(failed['line'])}起 {failed['project']}：{SCOPE_NAMES[failed['scope']]}总额 "
                f"{failed['total'] or '空白'}，来源之和 {failed['sum']}（元）"
            )

    def _sections_text(self) -> Iterator[str]:
        yield from _section(
            "变更", self.changes, self._place, lambda f: f"{f['field']}：{_or_blank(f['old'])} → {_or_blank(f['new'])}"
        )
        yield from _section(
            "与人工修改冲突", self.conflicts, self._place,
            lambda f: f"{f['field']}：现值 {_or_blank(f['current'])}，来源 {_or_blank(f['source'])}，"
            + ("已采用来源" if f["taken"] == "source" else "保留现值（--take-source 可改用来源）"),
        )  # fmt: skip
        for duplicate in self.duplicates:
            first, last = self._place(duplicate["first_line"]), self._place(duplicate["line"])
            yield f"  重复填报：{duplicate['project']}，{first}与{last}，以后者为准"
            for f in duplicate["differences"]:
                yield f"    {f['field']}：{_or_blank(f['other'])}（{first}）/ {_or_blank(f['kept'])}"
        for notice in self.notices:
            yield f"  提示 {self._place(notice.line)}：{notice.message}"
        for hint in self.department_hints:
            yield f"  提示：{hint['message']}"
        if not self.unclaimed:
            yield "  未识别行：无，文件的每一行都有归属"
        else:
            yield f"  未识别行 {len(self.unclaimed)}："
            yield from (f"    {self._place(entry['line'])}：{entry['text']}" for entry in self.unclaimed)


def _note(values: list[_Noted], value: _Noted) -> None:
    if value not in values:
        values.append(value)


def _section(title: str, entries: Sequence[dict[str, Any]], place: Callable[[int], str], line: Any) -> Iterator[str]:
    for entry in entries:
        yield f"  {title} {place(entry['line'])} {entry['project']}"
        yield from (f"    {line(field)}" for field in entry["fields"])


def _visible(changes: Iterable[Change]) -> list[Change]:
    """Changes with something to see: a cell that begins to exist and is blank is none."""
    return [change for change in changes if wording(change)[0] != wording(change)[1]]


def _changes(changes: Iterable[Change]) -> list[FieldChange]:
    return [FieldChange(field=label(change.key), old=wording(change)[0], new=wording(change)[1]) for change in changes]


def _conflict(planned: Planned, change: Change) -> FieldConflict:
    kept = {one.key for one in planned.merge.kept}
    old, new = wording(change)
    conflict = FieldConflict(
        id=conflict_id(planned.filing, change.key), field=label(change.key), current=old, source=new,
        taken="current" if change.key in kept else "source",
    )  # fmt: skip
    if change.key == "amount":
        conflict["moves"] = f"{amount_change(change):.2f}"
    return conflict


def amount_change(change: Change) -> Decimal:
    """By how many yuan a change moves the project's yearly amount."""
    if change.key != "amount":
        return ZERO
    old, new = (side if isinstance(side, Decimal) else ZERO for side in (change.old, change.new))
    return new - old


def _money(yuan: Decimal | None) -> str | None:
    return None if yuan is None else f"{yuan:.2f}"


def _or_blank(text: str | None) -> str:
    if text is None:
        return "（无）"
    if not text:
        return "（空白）"
    return f"“{text}”" if len(text) <= 60 else f"“{text[:57]}…”"
