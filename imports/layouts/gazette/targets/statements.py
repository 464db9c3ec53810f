"""What one clause states: which of its figures are targets, how they are called and meant.

A figure is a target by the words around it (`rules`), unless they say that it is none (`places`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from imports.layouts.gazette.targets.exclusions import is_excluded
from imports.layouts.gazette.targets.figures import Figure, find_figures
from imports.layouts.gazette.targets.naming import REACH, both_measured, clean, measured_name, trimmed, without_verb
from imports.layouts.gazette.targets.operators import find_comparison, read_wording
from imports.layouts.gazette.targets.pairs import read_pairs
from imports.layouts.gazette.targets.places import Context, Place, Statement
from imports.layouts.gazette.targets.quotas import announced, each_place
from imports.layouts.gazette.targets.rules import RULES
from imports.layouts.gazette.targets.verbs import MEASURED
from imports.layouts.gazette.targets.years import Year

_FROM = re.compile(r"[由从自][^,;:、]{0,4}(?:20[0-9]{2}年底?的?)?[0-9.]{1,12}[^0-9,;:、]{0,6}$")
_AGAIN = re.compile(r"再?(?P<change>提高|提升|增加|增长|扩大|下降|降低|减少|压减|缩短)$")
_CHANGE = re.compile(
    r"(?:翻[一两二]番|(?:进一步|大幅|持续|稳步|明显|显著|逐步)(?:提高|提升|增长|增加|扩大|下降|降低|改善|优化))$"
)
_BARE_MEASURES: Final = frozenset(["占比", "比例", "比重", "增速", "增幅", "总量", "总数"])
"""They measure what the target before them names."""
_CHANGE_OF_BOTH = re.compile(r"[均都](?P<change>[一-龥]{2,4})$")
_EACH = re.compile(r"各(?!类|项|级|种|地|界|方|[县市区乡镇村])")
_SEPARATORS: Final = "、和及与"
_MOST_FIGURES: Final = 40
"""A clause with more figures is a table that lost its cells, not prose."""


def read_clause(text: str, start: int, end: int, context: Context) -> list[Statement]:
    """The targets that the clause from ``start`` to ``end`` states; ``context`` is carried on to the next clause."""
    figures = list(islice(find_figures(text, start, end), _MOST_FIGURES))
    if not figures:
        _remember_topic(text, start, end, context)
        return []
    paired = read_pairs(text, start, end, figures, context)
    if paired:
        _remember(paired[-1], context)
        return paired
    found: list[Statement] = []
    begin = start
    for place, figure in enumerate(figures):
        following = figures[place + 1].start if place + 1 < len(figures) else end
        for statement in _read_figure(text, start, begin, figure, end, following, context):
            found.append(statement)
            _remember(statement, context)
        if found and found[-1].figure.end == figure.end:
            begin = _next_begin(text, found[-1].end, following)
        elif not found and text.startswith("、", figure.end):
            begin = figure.end
    if not found:
        context.done = False
    return found


def _remember(statement: Statement, context: Context) -> None:
    context.name = statement.name
    context.names.append(statement.name)
    context.unit = statement.figure.unit
    context.done = statement.done
    context.has_goal = True


def _remember_topic(text: str, start: int, end: int, context: Context) -> None:
    """A clause without figures may name what the next one measures; what else it says ends an enumeration."""
    name = _CHANGE.sub("", clean(text, max(start, end - REACH), end, context.years))
    if end < len(text) and text[end] == ":":
        context.topic = without_verb(announced(name, context.said))
    context.said = name
    if name and MEASURED.search(name):
        context.name = name
    elif name:
        context.done = False


def _next_begin(text: str, end: int, following: int) -> int:
    """Where the words of the next figure begin behind a target: after the 、 that parts them."""
    if end < following and text[end] in _SEPARATORS:
        return end + 1
    cut = text.rfind("、", end, following)
    if cut < 0:
        cut = max(text.rfind(mark, end, following) for mark in "和及与")
    return cut + 1 if cut >= 0 else end


def _read_figure(
    text: str, clause_start: int, begin: int, figure: Figure, limit: int, following: int, context: Context
) -> list[Statement]:
    begin = max(begin, figure.start - REACH)
    wording = read_wording(text, begin, figure.start, figure.end, limit)
    cut = _cut_before(text, wording.after_end, following) if following < limit else -1
    thing_limit = cut if cut >= 0 else limit
    place = Place(text, clause_start, begin, figure, limit, thing_limit, wording, context)
    label = _label(text, begin, wording.name_end, context.years)
    place.label = measured_name(context.name) + label if label in _BARE_MEASURES else label
    if is_excluded(place):
        return []
    for rule in RULES:
        named = rule(place)
        if named is not None:
            return _statements(place, *named)
    return []


def _label(text: str, begin: int, end: int, years: Sequence[Year]) -> str:
    name = clean(text, begin, end, years)
    if not _FROM.search(name):
        return name
    change = _AGAIN.search(name)
    return trimmed(_FROM.sub("", name)) + (change["change"] if change else "")


def _cut_before(text: str, start: int, following: int) -> int:
    cut = max(text.rfind(mark, start, following) for mark in _SEPARATORS)
    return cut


def _statements(place: Place, name: str, done: bool, by_rule: bool, operator: str | None = None) -> list[Statement]:
    wording, figure = place.wording, place.figure
    meant = operator or wording.operator or (">" if figure.over else "=")
    word = wording.word or (None if operator is None else _separated_word(place))
    names = [name]
    if _shared(place):
        names = _both(name) or names
    elif _EACH.search(place.text, place.begin, figure.start):
        names = each_place(name) or names
    signs = [meant] if figure.low is None else [">=", "<="]
    meanings = list(zip(figure.ends, signs, strict=True))
    return [
        Statement(end, each, sign, word, wording.after_end, done, by_rule)
        for each in names
        if each
        for end, sign in meanings
    ]


def _both(name: str) -> list[str] | None:
    """A和B均达到, and A和B均下降 of which both say how they change."""
    measured, change = name, ""
    if rises := _CHANGE_OF_BOTH.search(name):
        measured, change = name[: rises.start()], rises["change"]
    found = both_measured(measured)
    return [each + change for each in found] if found else None


def _shared(place: Place) -> bool:
    before = place.text[max(place.begin, place.figure.start - 8) : place.figure.start]
    return "均" in before or "都" in before


def _separated_word(place: Place) -> str | None:
    found = find_comparison(place.text, place.begin, place.wording.name_end)
    return found[1] if found else None
