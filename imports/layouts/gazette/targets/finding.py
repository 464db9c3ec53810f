"""Quantified targets in running text, with the year that each is to be reached in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from imports.layouts.gazette.drafts import TargetDraft, YearBasis
from imports.layouts.gazette.paragraphs import Paragraph
from imports.layouts.gazette.targets import tense
from imports.layouts.gazette.targets.clauses import Clause, Sentence, sentences
from imports.layouts.gazette.targets.naming import trimmed
from imports.layouts.gazette.targets.places import Context, Statement
from imports.layouts.gazette.targets.statements import read_clause
from imports.layouts.gazette.targets.years import Year, find_years, last_year

_COMPLETION = re.compile(r"建成|投入使用|投用|投产|投运|竣工|完成|完工|交付|通车|达标|见效|实现")
_WHOLE_YEAR = re.compile(r"(?:^|[,;:。]|力争|确保|实现|完成)全年")
_LONG_AGO: Final = 2000
"""No plan that is read here aims at a year before: 1998年 tells of a flood."""
_GOAL_HEADING = re.compile(r"目标|指标|任务")


def find_targets(
    paragraphs: Iterable[Paragraph], horizon: int | None, issued: int | None = None
) -> Iterator[TargetDraft]:
    """The quantified targets of a document, in order.

    ``horizon`` is the last year of the period that its title names, ``issued`` the year of its date: a year before it
    is past, and 今年 is that year. Text of tables may be given as paragraphs too.
    """
    reader = _Reader(horizon, issued)
    for paragraph in paragraphs:
        yield from reader.read(paragraph)


@dataclass(slots=True)
class _Found:
    year: int | None
    basis: YearBasis | None


class _Reader:
    """Walks a document's paragraphs; what one says may hold for the next (a list of conditions, a regulation)."""

    def __init__(self, horizon: int | None, issued: int | None) -> None:
        self._horizon = horizon
        self._issued = issued
        self._known_past = issued - 1 if issued else None
        self._regulation = False
        self._conditions = False

    def read(self, paragraph: Paragraph) -> Iterator[TargetDraft]:
        headings = [heading.text for heading in paragraph.headings]
        self._regulation = self._regulation or tense.is_article(paragraph.text) or any(map(tense.is_article, headings))
        if self._regulation and tense.is_chapter_of_plan(paragraph.text):
            self._regulation = False
        if self._conditions and not tense.is_list_item(paragraph.text):
            self._conditions = False
        if not self._conditions:
            yield from self._targets(paragraph, headings)
        self._conditions = self._conditions or tense.opens_conditions(paragraph.text)

    def _targets(self, paragraph: Paragraph, headings: Sequence[str]) -> Iterator[TargetDraft]:
        review = tense.is_review(headings)
        conditions = tense.is_condition_heading(headings)
        heading_year = last_year(headings)
        goal_heading = any(_GOAL_HEADING.search(text) for text in headings)
        state = _State(review, heading_year)
        for sentence in sentences(paragraph.text):
            years = [self._resolved(year, sentence.named) for year in find_years(sentence.named)]
            dated = any(year.is_target for year in years)
            dated = bool(dated or state.year or heading_year or self._horizon)
            if not _says_something_else(sentence.text, dated=dated):
                aimed = goal_heading or tense.aims(sentence.text)
                has_goal = dated or aimed or tense.sets_a_bound(sentence.text)
                context = Context(years, has_goal, dated, aimed)
                for clause, statement in self._statements(sentence, context, state):
                    if (conditions or self._regulation) and not _may_stand_in_rule(statement, sentence, conditions):
                        continue
                    yield self._draft(paragraph, sentence, clause, statement, years, state)
            state.remember(years, self._known_past)
            self._learn(years)

    def _statements(self, sentence: Sentence, context: Context, state: _State) -> Iterator[tuple[Clause, Statement]]:
        done = False
        for clause in sentence.clauses:
            words = sentence.text[clause.start : clause.end]
            view = sentence.view(clause)
            state.turn(view[clause.start : clause.end], context.years, clause, self._known_past, self._horizon)
            done = (done and not tense.aims(words)) or tense.is_done(words)
            found = read_clause(view, clause.start, clause.end, context)
            if state.past or (done and not _is_dated(clause, context.years, self._known_past)):
                continue
            for statement in found:
                yield clause, statement

    def _learn(self, years: Sequence[Year]) -> None:
        """Without a date of the document, what it compares with or looks back on tells what is past."""
        if self._issued is None:
            past = [year.year for year in years if year.kind == "past" and year.year]
            self._known_past = max([*past, *([self._known_past] if self._known_past else [])], default=None)

    def _draft(
        self,
        paragraph: Paragraph,
        sentence: Sentence,
        clause: Clause,
        statement: Statement,
        years: Sequence[Year],
        state: _State,
    ) -> TargetDraft:
        start = _text_start(sentence, clause)
        figure = statement.figure
        when = self._year(sentence, clause, start, statement, years, state)
        return TargetDraft(
            line=paragraph.line_at(sentence.places[start]),
            text=sentence.as_printed(paragraph.text, start, clause.end).strip(),
            sentence=sentence.printed,
            name=statement.name,
            operator=statement.operator,
            word=statement.word,
            number=figure.number,
            number_printed=sentence.as_printed(paragraph.text, figure.start, figure.number_end),
            unit=figure.unit,
            year=when.year,
            year_basis=when.basis,
        )

    def _year(
        self, sentence: Sentence, clause: Clause, start: int, statement: Statement, years: Sequence[Year], state: _State
    ) -> _Found:
        """The nearest year before the figure, else one behind it that says when it is done, else from further away."""
        if statement.year:
            return self._dated(statement.year, "clause")
        usable = [year for year in years if year.is_target and not self._is_past(year)]
        before = [year for year in usable if year.start < statement.figure.start]
        if before:
            year = before[-1]
            near = year.start >= clause.start or start <= year.start
            return self._dated(year, "clause" if near else "paragraph")
        behind = _completion(sentence, clause, usable)
        if behind:
            return self._dated(behind, "clause")
        if state.year:
            return _Found(state.year, "paragraph")
        if state.relative:
            return _Found(None, None)
        if state.heading_year:
            return _Found(state.heading_year, "heading")
        if self._horizon:
            return _Found(self._horizon, "document")
        whole_year = self._issued and _WHOLE_YEAR.search(sentence.text, 0, statement.figure.start)
        return _Found(self._issued, "clause") if whole_year else _Found(None, None)

    def _dated(self, year: Year, basis: YearBasis) -> _Found:
        return _Found(year.year, basis) if year.year else _Found(None, None)

    def _resolved(self, year: Year, text: str) -> Year:
        """今年, 年底 and 明年 by the document's date, where it is known."""
        words = text[year.start : year.end]
        if year.kind != "relative" or self._issued is None or "当年" in words:
            return year
        if "今明" in words:
            return year._replace(year=self._issued + 1, since=self._issued)
        return year._replace(year=self._issued + ("明年" in words))

    def _is_past(self, year: Year) -> bool:
        return bool(self._known_past and year.year and year.year <= self._known_past)


def _says_something_else(sentence: str, *, dated: bool) -> bool:
    """Whether a sentence is a sanction, a condition or a report."""
    return (
        tense.is_sanction(sentence) or tense.states_conditions(sentence) or tense.reports_result(sentence, dated=dated)
    )


class _State:
    """What a paragraph has said so far: the year it speaks of, and whether it looks back."""

    def __init__(self, review: bool, heading_year: int | None) -> None:
        self.review = review
        self.past = review
        self.heading_year = heading_year
        self.year: int | None = None
        self.relative = False

    def turn(
        self, words: str, years: Sequence[Year], clause: Clause, known_past: int | None, horizon: int | None
    ) -> None:
        """Whether the clause turns to the past or back to what shall be."""
        for year in years:
            if not clause.start <= year.start < clause.end:
                continue
            if _speaks_of_past(year, known_past, horizon):
                self.past = True
            elif year.is_target and (year.kind == "deadline" or not self.review):
                self.past = False
        if tense.looks_back(words):
            self.past = True
        elif tense.aims(words) and not self.review:
            self.past = False

    def remember(self, years: Sequence[Year], known_past: int | None) -> None:
        for year in years:
            if year.is_target and not (known_past and year.year and year.year <= known_past):
                self.year, self.relative = year.year, year.kind == "relative"


def _speaks_of_past(year: Year, known_past: int | None, horizon: int | None) -> bool:
    if year.kind == "past":
        return True
    if not year.is_target or year.year is None:
        return False
    if known_past or year.year < _LONG_AGO:
        return year.year <= max(known_past or 0, _LONG_AGO)
    # A plan for fifteen years has milestones every five; where no date is known, the year ten before its end is one.
    return year.kind == "bare" and horizon is not None and year.year <= horizon - 5 and year.year != horizon - 10


def _is_dated(clause: Clause, years: Sequence[Year], known_past: int | None) -> bool:
    """Whether a clause names a deadline of its own that is not past."""
    return any(
        clause.start <= year.start < clause.end
        and year.kind == "deadline"
        and not (known_past and year.year and year.year <= known_past)
        for year in years
    )


def _may_stand_in_rule(statement: Statement, sentence: Sentence, conditions: bool) -> bool:
    """In a regulation a figure is a goal where a year or an aim says so, or where it binds a share (比例不低于…)."""
    if re.search(r"力争|目标|到20|底前|确保", sentence.text):
        return True
    return not conditions and statement.by_rule and statement.figure.unit == "%"


def _text_start(sentence: Sentence, clause: Clause) -> int:
    """Where the text of a clause begins: with the clause before it, where that only says when."""
    place = sentence.clauses.index(clause)
    if place and not clause.aside:
        before = sentence.clauses[place - 1]
        words = sentence.text[before.start : before.end]
        if not before.aside and any(_is_only_time(words, year) for year in find_years(words)):
            return before.start
    return clause.start


def _is_only_time(words: str, year: Year) -> bool:
    rest = trimmed(words[: year.start]) + re.sub(r"^[三两二四五]?年?(?:间|内|里|期间)?", "", words[year.end :])
    return year.is_target and len(rest) <= 2


def _completion(sentence: Sentence, clause: Clause, years: Sequence[Year]) -> Year | None:
    """The last year behind a figure that says when it is done: …等10个营地,2024年启动,2026年建成."""
    found = None
    for year in years:
        if year.start < clause.start:
            continue
        home = next((each for each in sentence.clauses if each.start <= year.start < each.end), clause)
        if (year.start < clause.end and home is clause) or (
            _COMPLETION.search(sentence.text, year.end, home.end)
            and not re.search(r"[0-9]", sentence.text[year.end : home.end])
        ):
            found = year
    return found
