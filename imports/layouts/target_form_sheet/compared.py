"""A form that comes back with rows added or taken out: what a reader makes of it now, against what it made of it then."""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher

from imports.drafts import SOURCES, Amount, FundingDraft, IndicatorDraft, ProjectDraft, Scope
from imports.layouts.target_form.drafting import Drafting
from imports.layouts.target_form_sheet.untouched import shown
from imports.official.facts import FormFacts
from imports.official.form import lay_out
from imports.reading import Defaults, Reading, SourceError
from imports.workbooks.lines import row_text
from imports.workbooks.parts import SheetPart
from imports.workbooks.texts import Value

_COMPARED = (
    "region_code", "year", "name", "department_code", "department_name", "implementing_unit", "attribute", "duration",
    "basis", "content", "overview", "necessity", "safeguards", "plan", "goal_period", "goal_annual", "filed_at",
    "contact_lead", "contact_handler", "contact_phone",
)  # fmt: skip


def with_changes(part: SheetPart, facts: FormFacts, defaults: Defaults) -> ProjectDraft:
    """The project of a form whose rows moved: what reads as it was written stays as it stood, all else is as it reads.

    Raises `SourceError` for a sheet that holds no form any more, or several.
    """
    known = replace(
        defaults, region_code=facts.draft.region_code, region_name=facts.draft.region_name,
        year=facts.draft.year, unit=facts.draft.printed_unit,
    )  # fmt: skip
    drafts = list(Drafting(part.reading, known, is_whole=True).drafts())
    if len(drafts) != 1:
        raise SourceError(f"工作表“{part.sheet.name}”里应有一份绩效目标表，现在读到 {len(drafts)} 份，请核对后再导入。")
    now, then = drafts[0], _as_written(facts, known)
    return now if then is None else _merged(facts, then, now)


def _as_written(facts: FormFacts, defaults: Defaults) -> ProjectDraft | None:
    """What the reader makes of the form as it was written; ``None`` where its texts are such that it makes nothing."""
    form = lay_out(facts.draft, facts.rows)
    rows: list[list[Value]] = [[None] * 8 for _ in range(form.rows)]
    for cell in form.cells:
        rows[cell.row][cell.column] = shown(cell)
    try:
        drafts = list(Drafting(Reading([row_text(row) for row in rows]), defaults, is_whole=True).drafts())
    except SourceError:
        return None
    return drafts[0] if len(drafts) == 1 else None


def _merged(facts: FormFacts, then: ProjectDraft, now: ProjectDraft) -> ProjectDraft:
    stated = facts.draft
    merged = replace(stated, first_line=now.first_line, last_line=now.last_line, rows=[])
    for name in _COMPARED:
        if getattr(now, name) != getattr(then, name):
            setattr(merged, name, getattr(now, name))
    if (now.department_code, now.department_name) != (then.department_code, then.department_name):
        merged.department_body = None
    if now.printed_unit != then.printed_unit:
        merged.printed_unit, merged.amount, merged.funding = now.printed_unit, now.amount, now.funding
    elif now.funding != then.funding:
        _merge_funding(merged, then, now)
    merged.indicators, same = _merged_indicators(stated.indicators, then.indicators, now.indicators)
    merged.rows = list(facts.rows) if same else []
    return merged


def _merge_funding(merged: ProjectDraft, then: ProjectDraft, now: ProjectDraft) -> None:
    if then.amount.yuan != now.amount.yuan:
        merged.amount = now.amount
    if merged.funding is None and then.funding is not None and now.funding is not None:
        only_amount = replace(now.funding["annual"], total=Amount(None, None)) == replace(
            then.funding["annual"], total=Amount(None, None)
        )
        if only_amount and now.funding["period"] == then.funding["period"]:
            return
        merged.funding = now.funding
        return
    scopes: tuple[Scope, ...] = ("period", "annual")
    for scope in scopes:
        if merged.funding and now.funding and then.funding:
            merged.funding = {
                **merged.funding,
                scope: _column(merged.funding[scope], then.funding[scope], now.funding[scope]),
            }


def _column(stated: FundingDraft, then: FundingDraft, now: FundingDraft) -> FundingDraft:
    blank = Amount(None, None)
    sources = {
        code: stated.sources.get(code, blank)
        if now.sources.get(code, blank).yuan == then.sources.get(code, blank).yuan
        else now.sources.get(code, blank)
        for code in SOURCES
    }
    return FundingDraft(stated.total if now.total.yuan == then.total.yuan else now.total, sources)


def _merged_indicators(
    stated: list[IndicatorDraft], then: list[IndicatorDraft], now: list[IndicatorDraft]
) -> tuple[list[IndicatorDraft], bool]:
    """The indicators as they read now, those that read as they were written as they stood; and whether all did."""
    if now == then:
        return stated, True
    if len(then) != len(stated):
        return now, False
    merged = list(now)
    for block in SequenceMatcher(None, then, now, autojunk=False).get_matching_blocks():
        merged[block.b : block.b + block.size] = stated[block.a : block.a + block.size]
    return merged, False
