"""Forms as drafts: what a form must have, its division, year, money and filing time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property

from imports.drafts import ProjectDraft
from imports.layouts.target_form.cells import is_page_number
from imports.layouts.target_form.fields import filing_time, sign_off
from imports.layouts.target_form.forms import FormReader, ReadForm
from imports.layouts.target_form.funding import note_differences
from imports.layouts.target_form.places import Places, split_department
from imports.layouts.target_form.table import IndicatorTable
from imports.layouts.target_form.titles import form_starts, is_usual, place_in_title, year_in_title
from imports.reading import HEADER, Defaults, Reading, SourceError


class Drafting:
    """Makes the drafts of one text, form after form, keeping nothing but what later forms need.

    A text may have been cut off, which the end of its last form tells; ``is_whole`` says that it cannot have been.
    """

    def __init__(self, reading: Reading, defaults: Defaults, *, is_whole: bool = False) -> None:
        self._reading = reading
        self._defaults = defaults
        self._is_whole = is_whole
        self._places = Places(reading.lines, defaults)
        self._year: int | None = None
        self._signed_before = False
        self._titles: set[str] = set()

    def drafts(self) -> Iterator[ProjectDraft]:
        """The drafts of all forms; each form's lines end where the next one begins."""
        starts = form_starts(self._reading.lines, self._reading.begin)
        start = next(starts, None)
        if start is not None:
            self._claim_page_numbers(start.first)
        while start is not None:
            following = next(starts, None)
            stop = following.first if following else len(self._reading.lines)
            form = FormReader(self._reading, start, stop).read()
            table = _whole_table(form, is_whole=self._is_whole)
            if not form.signed_at:
                self._judge_unsigned(form, table, last=following is None)
            self._signed_before = self._signed_before or bool(form.signed_at)
            yield self._draft(form, table)
            start = following

    def _claim_page_numbers(self, stop: int) -> None:
        """Account for page numbers before the first form; everything else there is none of the forms' business."""
        for index in range(self._reading.begin, stop):
            if is_page_number(self._reading.lines[index]):
                self._reading.claim(index + 1, HEADER)

    def _judge_unsigned(self, form: ReadForm, table: IndicatorTable, *, last: bool) -> None:
        """A form without sign-off row is cut off at the end of a text, and worth a notice elsewhere."""
        if self._is_whole:
            missing = "落款（负责人、填报日期）" if table.has_satisfaction else "满意度指标和落款（负责人、填报日期）"
            self._reading.notice(form.first_line, "incomplete", f"第{form.first_line}行起的表没有{missing}")
            return
        if last and not table.has_satisfaction:
            raise _incomplete(form, "到文末没有满意度指标和落款（负责人、填报日期）")
        if last and self._signed_before:
            raise _incomplete(form, "到文末没有落款（负责人、填报日期）")
        if self._signed_before or self._last_sign_off > form.last:
            first = form.first_line
            self._reading.notice(first, "incomplete", f"第{first}行起的表没有落款（负责人、填报日期）")

    def _judge_title(self, form: ReadForm, bodies: tuple[str | None, str | None]) -> None:
        """Nothing of a title is stored but its division and year: one that says something else is told, once a text."""
        title = form.start.title
        if title and title not in self._titles:
            self._titles.add(title)
            if not is_usual(title, bodies):
                message = f"标题“{title}”里有标题中不常见的字样，只取用了其中的地区和年度，请核对"
                self._reading.notice(form.first_line, "unknown_label", message)

    @cached_property
    def _last_sign_off(self) -> int:
        """The place of the last sign-off row of the text, -1 without one: looked for once, not below every form."""
        lines = self._reading.lines
        rows = (at for at in range(len(lines) - 1, self._reading.begin - 1, -1) if sign_off(lines[at]))
        return next(rows, -1)

    def _region_of(self, form: ReadForm, department: str | None) -> tuple[str, str]:
        bodies = (department, form.head.texts.get("unit"))
        return self._places.region(place_in_title(form.start.title), bodies, form.first_line)

    def _year_of(self, form: ReadForm) -> int:
        """The printed year; forms below one another under one title share its year line."""
        printed = form.year or year_in_title(form.start.title)
        if printed is None and not form.start.title_lines:
            printed = self._year
        self._year = printed
        year = printed or self._defaults.year
        if year is None:
            raise SourceError(f"第{form.first_line}行起的表没有写明年度，请用 --year 指明", form.first_line)
        return year

    def _draft(self, form: ReadForm, table: IndicatorTable) -> ProjectDraft:
        head, texts, first = form.head, form.head.texts, form.first_line
        code, department = _department(texts)
        self._judge_title(form, (department, texts.get("unit")))
        region_code, region_name = self._region_of(form, department)
        year = self._year_of(form)
        funding, unit = head.funding.drafts(self._defaults.unit, first)
        note_differences(self._reading, funding, head.funding)
        return ProjectDraft(
            region_code=region_code,
            region_name=region_name,
            year=year,
            name=texts["name"],
            first_line=first,
            last_line=form.last + 1,
            department_code=code,
            department_name=department,
            implementing_unit=texts.get("unit"),
            attribute=texts.get("attribute"),
            duration=texts.get("duration"),
            amount=funding["annual"].total,
            printed_unit=unit,
            funding=funding,
            basis=texts.get("basis"),
            overview=texts.get("overview"),
            necessity=texts.get("necessity"),
            safeguards=texts.get("safeguards"),
            plan=texts.get("plan"),
            goal_period=head.goals.text("period"),
            goal_annual=head.goals.text("annual"),
            indicators=table.drafts,
            filed_at=self._filed_at(form),
            contact_lead=_contact(form, "lead"),
            contact_handler=_contact(form, "handler"),
            contact_phone=_contact(form, "phone"),
        )

    def _filed_at(self, form: ReadForm) -> datetime | None:
        printed = _contact(form, "filed") or ""
        try:
            return filing_time(printed)
        except ValueError:
            line = form.signed_at or form.first_line
            self._reading.notice(line, "lost_value", f"填报日期“{printed}”不是可能的时间，未采用")
            return None


def _whole_table(form: ReadForm, *, is_whole: bool) -> IndicatorTable:
    """The indicator table of a form that has all it must have; raises `SourceError` for one that is cut off."""
    if not form.head.texts.get("name"):
        if is_whole and form.table and not form.table.drafts and not any(form.head.texts.values()):
            first = form.first_line
            raise SourceError(f"第{first}行起的表是没有填写的空表，请填写“项目名称”等内容，或删去这张表后再导入", first)
        raise _incomplete(form, "没有“项目名称”的内容")
    if form.table is None:
        raise _incomplete(form, "没有绩效指标部分（缺一级、二级、三级指标的表头）")
    if ("annual", "total") not in form.head.funding.cells:
        raise _incomplete(form, "没有“年度资金总额”")
    return form.table


def _incomplete(form: ReadForm, missing: str) -> SourceError:
    first = form.first_line
    return SourceError(f"第{first}行起的表不完整：{missing}，请补全后再导入", first)


def _department(texts: dict[str, str]) -> tuple[str | None, str | None]:
    printed = texts.get("department")
    if printed is None:
        return texts.get("department_code"), None
    code, name = split_department(printed)
    return code or texts.get("department_code") or None, name


def _contact(form: ReadForm, role: str) -> str | None:
    """A contact as the sign-off row prints it, or a labelled row above where that one is blank or missing."""
    return form.contacts.get(role) or form.head.texts.get(role, form.contacts.get(role))
