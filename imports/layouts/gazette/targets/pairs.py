"""Lists that pair names or years with figures: A、B分别超过70%、50%."""

from __future__ import annotations

import re
from itertools import pairwise

from imports.layouts.gazette.targets import tense
from imports.layouts.gazette.targets.figures import Figure
from imports.layouts.gazette.targets.naming import REACH, clean, listed, trimmed, without_verb
from imports.layouts.gazette.targets.operators import read_wording
from imports.layouts.gazette.targets.places import BARE_ADJUSTED, Context, Statement
from imports.layouts.gazette.targets.years import Year

_KINDS = re.compile(
    r"(?P<parts>[^,;]+?)(?:等?[两二三四五六][大类种项][^,;、]{0,6}?)(?P<measured>[^,;、]{2,8}(?:率|面积|产量|水平|比例))"
)
_JOINT = re.compile(r"城乡(?:融合|一体|规划|社区|环境|收入比|建设|统筹|供水|公交)|[^,;]*[、和与及]")
_PAIRED = re.compile(r"分别")
_JOINED_VERB = re.compile("(?:以上|以下|以内|左右)?[、和及与,](?:达到|实现)")
_JOINED = re.compile(r"(?:以上|以下|以内|左右|及以上)?(?:、|和|及|与|,)(?:约|达到)?$")


def read_pairs(text: str, start: int, end: int, figures: list[Figure], context: Context) -> list[Statement]:
    """A、B分别超过70%、50%, and 到2026年和2030年，…分别达到95%、98%."""
    mark = _PAIRED.search(text, start, end)
    if mark is None:
        return []
    run = _run(text, [figure for figure in figures if figure.start > mark.start()])
    if len(run) < 2 or any(figure.low is not None for figure in run):
        return []
    first = read_wording(text, mark.end(), run[0].start, run[0].end, end)
    if BARE_ADJUSTED.search(text, mark.end(), first.name_end) or tense.grants(text[start : run[0].start]):
        return []
    between = trimmed(text[mark.end() : first.name_end])
    own = clean(text, max(start, mark.start() - REACH), mark.start(), context.years)
    label = own or context.name or between
    last = read_wording(text, mark.end(), run[-1].start, run[-1].end, end)
    if not label or text[last.after_end : end].startswith("的"):
        return []
    years = _years_before(context, mark.start(), len(run))
    names = (
        (_town_and_country(label, run) or _of_a_kind(label, run) or listed(label, len(run)))
        if own
        else _names_before(context, len(run))
    )
    by_year = names is None and len(years) == len(run)
    shared = first.operator if first.after is None else None
    operator = shared or last.operator or "="
    word = first.word or last.word
    rise = between if first.kind in {"rises", ""} and label is not between else ""
    return [
        Statement(
            figure._replace(unit=_unit(figure, run[-1])),
            without_verb((names[place] if names else label) + rise),
            _own_operator(text, run[place - 1].end if place else mark.end(), figure, end, operator),
            word,
            last.after_end,
            done=False,
            by_rule=first.kind == "compares",
            year=years[place] if by_year else None,
        )
        for place, figure in enumerate(run)
    ]


def _years_before(context: Context, place: int, count: int) -> list[Year]:
    """The last years before 分别; those of a span, where it has as many as there are figures."""
    years = [year for year in context.years if year.is_target and year.end <= place][-count:]
    last = years[-1] if years else None
    if last and last.year and last.since and last.year - last.since + 1 == count:
        return [last._replace(year=last.since + step) for step in range(count)]
    return years


def _town_and_country(label: str, run: list[Figure]) -> list[str] | None:
    """城乡居民收入分别增长5%、7%: towns first."""
    if len(run) != 2 or not label.startswith("城乡") or _JOINT.match(label):
        return None
    rest = label.removeprefix("城乡")
    return [f"城镇{rest}", f"农村{rest}"]


def _of_a_kind(label: str, run: list[Figure]) -> list[str] | None:
    """水稻、小麦、玉米三大作物机械化率分别…: each with what is measured."""
    found = _KINDS.fullmatch(label)
    parts = found["parts"].split("、") if found else []
    return [f"{part}{found['measured']}" for part in parts] if found and len(parts) == len(run) else None


def _names_before(context: Context, count: int) -> list[str] | None:
    return context.names[-count:] if len(context.names) >= count else None


def _unit(figure: Figure, last: Figure) -> str | None:
    """1个和2个百分点, 6和8%: what only the last figure prints in full is the unit of all."""
    shortened = figure.unit is None or (figure.unit == "个" and (last.unit or "").startswith("个"))
    return last.unit if shortened else figure.unit


def _own_operator(text: str, begin: int, figure: Figure, end: int, shared: str) -> str:
    """A word after one figure of a list is its own; one after the last, with none after the others, is everybody's."""
    wording = read_wording(text, begin, figure.start, figure.end, end)
    has_verb = wording.kind == "reaches" and _JOINED_VERB.match(text, begin, figure.start)
    return wording.operator or ("=" if has_verb else shared)


def _run(text: str, figures: list[Figure]) -> list[Figure]:
    """The figures that follow one another with nothing but 、 or 和 between them."""
    run = figures[:1]
    for before, figure in pairwise(figures):
        if not _JOINED.fullmatch(text, before.end, figure.start):
            break
        run.append(figure)
    return run
