"""What one clause states: which of its figures are targets, how they are called and meant.

A figure is a target by the words around it, tried in order: a comparison (不低于), something reached (达到), a change (增长),
something done (新建8座…), a part of many (90%以上乡镇达到…), or a measured quantity by its name (…率 95%).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

from imports.layouts.gazette.targets import tense, units
from imports.layouts.gazette.targets.figures import Figure, find_figures
from imports.layouts.gazette.targets.naming import both_measured, clean, listed, opening, thing, trimmed, without_verb
from imports.layouts.gazette.targets.operators import Wording, find_comparison, read_wording
from imports.layouts.gazette.targets.verbs import (
    BUILDING,
    DOING_ANYWHERE,
    DOING_END,
    DOING_START,
    MEASURED,
    NOT_A_GOAL,
    RAISING,
    is_incidental,
    is_no_thing,
)
from imports.layouts.gazette.targets.years import Year

_ENDS = re.compile(r"[、和及与并且而\x00.)(。;,]|(?:的)?(?:目标|水平|标准|任务)(?:$|[,;。、])|为止|$")
_BARE_ADJUSTED = re.compile(r"(?:按|按照|依照|以|每|占|约占|的)$")
_WEAK: Final = frozenset(["为", "是", "占", "拥有", "占比"])
_PREDICATE = re.compile(
    r"达到|达|实现|完成|建成|通过|创成|创建|建立|开展|纳入|接入|用上|配备|设立|设有|成为|建有|拥有|具备|覆盖|基本|参加|参与|进入|投入使用|投产|开工|竣工|贯通|全面|达标"
)
_ACHIEVED_SHARE = re.compile(
    r"(?:全?覆盖|达标|合格|到位|办结|完成|落实|安全|通过|入园|入学|持证|上岗|接入|处置|收集|处理|回收|利用)[^、,;]{0,8}"
)
_FROM = re.compile(r"[由从自][^,;:、]{0,4}[0-9.]{1,12}[^0-9,;:、]{0,6}$")
_LISTED_CONDITION = re.compile(r"[、和或][^,;、]{0,40}[0-9][^0-9,;、]{0,8}的[^,;、]")
_PLACES = re.compile(r"(?:其他|其余|[^,;、]{0,8})(?:县|区|市|乡|镇|乡镇|街道|村|园区|县城)(?:\([^()]{1,3}\))?")
_RISES_ONLY = re.compile(r"[较比][^,;、]{2,10}(?:增|提|上|下|降|减)|年均|同比|每年|累计")
_PER_HEAD = re.compile(r"每[十百千万]{1,2}[名个]?[人户名]")
_ASSIGNED = re.compile(r"其中")
_SEPARATORS: Final = "、和及与"
_PAIRED = re.compile(r"分别")
_JOINED = re.compile(r"(?:以上|以下|以内|左右|及以上)?(?:、|和|及|与|,)(?:约|达到)?$")
_MERELY_DONE: Final = frozenset(
    ["完成", "实现", "达到", "新增", "增加", "发展", "取得", "投入", "形成", "开展", "实施"]
)
"""Verbs that say nothing of the thing: 投资额完成50亿元."""
_MOST_FIGURES: Final = 40
"""A clause with more figures is a table that lost its cells, not prose."""
_REACH: Final = 160
"""How far back a name is looked for within one clause."""


class Statement(NamedTuple):
    """A figure that states a target."""

    figure: Figure
    name: str
    operator: str
    word: str | None
    end: int
    done: bool
    """It is a number of things to be done, so that the next figure may share its verb."""
    by_rule: bool
    """A comparison or a named share: what may stand in a regulation without a year."""
    year: Year | None = None
    """Where the wording pairs years with figures."""


@dataclass(slots=True)
class Context:
    """What the clauses before said, within one sentence."""

    years: Sequence[Year]
    has_goal: bool
    """A year, a heading or an aim makes a bare figure a goal."""
    name: str = ""
    """Of the last target, or of a clause that only names what is measured."""
    unit: str | None = None
    done: bool = False


@dataclass(slots=True)
class _Place:
    """A figure within its clause."""

    text: str
    clause_start: int
    begin: int
    """Where what belongs to this figure begins."""
    figure: Figure
    limit: int
    """Where the clause ends."""
    thing_limit: int
    """Where the next figure's part begins."""
    wording: Wording
    context: Context
    label: str = ""
    """The words before the figure, as a name."""

    @property
    def rest(self) -> str:
        return self.text[self.wording.after_end : self.limit]

    @property
    def ends(self) -> bool:
        return (
            _ENDS.match(self.text, self.wording.after_end, self.limit) is not None
            or self.wording.after_end >= self.limit
        )

    @property
    def thing(self) -> str:
        return "" if self.ends else thing(self.text, self.wording.after_end, self.thing_limit)


def read_clause(text: str, start: int, end: int, context: Context) -> list[Statement]:
    """The targets that the clause from ``start`` to ``end`` states; ``context`` is carried on to the next clause."""
    figures = list(islice(find_figures(text, start, end), _MOST_FIGURES))
    if not figures:
        _remember_topic(text, start, end, context)
        return []
    paired = _paired(text, start, end, figures, context)
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
        if found and found[-1].figure is figure:
            begin = _next_begin(text, found[-1].end, following)
        elif not found and text.startswith("、", figure.end):
            begin = figure.end
    if not found:
        context.done = False
    return found


def _remember(statement: Statement, context: Context) -> None:
    context.name = statement.name
    context.unit = statement.figure.unit
    context.done = statement.done


def _remember_topic(text: str, start: int, end: int, context: Context) -> None:
    """A clause without figures may name what the next one measures; what else it says ends an enumeration."""
    name = clean(text, max(start, end - _REACH), end, context.years)
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
    begin = max(begin, figure.start - _REACH)
    wording = read_wording(text, begin, figure.start, figure.end, limit)
    cut = _cut_before(text, wording.after_end, following) if following < limit else -1
    thing_limit = cut if cut >= 0 else limit
    place = _Place(text, clause_start, begin, figure, limit, thing_limit, wording, context)
    place.label = _label(text, begin, wording.name_end, context.years)
    if _is_excluded(place):
        return []
    for rule in _RULES:
        named = rule(place)
        if named is not None:
            return _statements(place, *named)
    return []


def _label(text: str, begin: int, end: int, years: Sequence[Year]) -> str:
    name = clean(text, begin, end, years)
    return trimmed(_FROM.sub("", name)) if _FROM.search(name) else name


def _cut_before(text: str, start: int, following: int) -> int:
    cut = max(text.rfind(mark, start, following) for mark in _SEPARATORS)
    return cut


def _statements(place: _Place, name: str, done: bool, by_rule: bool, operator: str | None = None) -> list[Statement]:
    wording, figure = place.wording, place.figure
    meant = operator or wording.operator or (">" if figure.over else "=")
    word = wording.word or (None if operator is None else _separated_word(place))
    names = [name]
    if _shared(place):
        names = both_measured(name) or names
    return [Statement(figure, each, meant, word, wording.after_end, done, by_rule) for each in names if each]


def _shared(place: _Place) -> bool:
    before = place.text[max(place.begin, place.figure.start - 8) : place.figure.start]
    return "均" in before or "都" in before


def _separated_word(place: _Place) -> str | None:
    found = find_comparison(place.text, place.begin, place.wording.name_end)
    return found[1] if found else None


def _is_excluded(place: _Place) -> bool:
    """Conditions (…的), shares of a rule (按5%), legal periods, parts of the text (3项措施), indefinite 一."""
    figure, rest = place.figure, place.rest
    if rest.endswith("的") or _BARE_ADJUSTED.search(
        place.text, max(place.begin, place.wording.name_end - 2), place.wording.name_end
    ):
        if place.wording.kind != "reaches" and not (rest and not rest.endswith("的") and _share_of(place)):
            return True
        if rest.endswith("的"):
            return True
    if place.text[max(figure.start - 1, 0) : figure.start] in {"由", "从", "自"} and not place.ends:
        return True
    if _LISTED_CONDITION.match(rest) and not BUILDING.search(place.label):
        return True
    if units.is_time(figure.unit) and not tense.is_duration_goal(place.label):
        return True
    if not place.ends and units.is_count(figure.unit) and is_no_thing(place.thing):
        return True
    if figure.chinese and figure.number == 1 and figure.unit != "%" and figure.unit != "倍":
        return place.wording.kind != "compares" and _separated(place) is None
    return figure.unit is None and not _may_lack_unit(place)


def _share_of(place: _Place) -> bool:
    return _separated(place) is not None


def _may_lack_unit(place: _Place) -> bool:
    """托位数达到4.5: a bare number at the end of a clause, after a word that says it is reached."""
    return (
        place.ends
        and bool(place.label)
        and (place.wording.kind in {"compares", "reaches"} and place.wording.word not in _WEAK)
    )


Named = tuple[str, bool, bool] | tuple[str, bool, bool, str]
"""Name, whether something is done, whether it may stand as a rule, and the operator where it stands apart."""


def _compared(place: _Place) -> Named | None:
    if place.wording.kind != "compares":
        return None
    if place.rest.startswith("的") and not place.ends:
        return (place.thing, True, False) if _raises(place) else None
    if units.is_money(place.figure.unit) and tense.grants(place.text[place.clause_start : place.limit]):
        return None
    if place.label and not DOING_START.fullmatch(place.label) and not is_incidental(place.label):
        return without_verb(place.label), bool(DOING_START.match(place.label)), True
    name = place.thing or place.context.name
    return (name, True, True) if name else None


def _raises(place: _Place) -> bool:
    """组建一支不少于50人的队伍 sets a goal, 使用寿命超过30年的管网 describes."""
    start = DOING_START.match(place.label)
    if start is None or units.is_time(place.figure.unit):
        return False
    return RAISING.search(start[0]) is not None and len(place.label) - start.end() <= 4


def _reached(place: _Place) -> Named | None:
    wording = place.wording
    if wording.kind != "reaches" or wording.word == "在" or _reaches_word(place) == "在":
        return None
    if _reaches_word(place) in _WEAK:
        measured = MEASURED.search(place.label) and place.ends
        return (
            (place.label, False, False)
            if measured and place.context.has_goal and not NOT_A_GOAL.search(place.label)
            else None
        )
    if place.rest.startswith("的") and not place.ends:
        return None
    if not place.ends and units.is_ratio(place.figure.unit) and (share := _ACHIEVED_SHARE.match(place.rest)):
        return trimmed(place.label + share[0]), False, False
    if wording.after and not place.ends and not units.is_count(place.figure.unit):
        return None
    if _PLACES.fullmatch(place.label) and MEASURED.search(place.context.name):
        return f"{place.context.name}（{place.label}）", False, False
    if place.label and not DOING_START.fullmatch(place.label):
        return without_verb(place.label) if _reaches_word(place) in {"达到", "达"} else place.label, False, False
    name = place.thing or place.context.name
    return (name, bool(place.thing), False) if name else None


def _reaches_word(place: _Place) -> str:
    """The verb itself: 约 or 以上 may be the word that decides."""
    tail = place.text[place.wording.name_end : place.figure.start]
    return next(
        (word for word in ("拥有", "占比", "为", "是", "占", "在") if tail.startswith(word)),
        "达到" if "达" in tail else tail,
    )


def _risen(place: _Place) -> Named | None:
    if place.wording.kind != "rises":
        return None
    if not place.ends:
        noun = place.thing
        return (noun, True, False) if units.is_count(place.figure.unit) and noun and not place.wording.after else None
    name = place.label
    if place.context.name and (len(name) <= 4 or _RISES_ONLY.match(name)):
        name = place.context.name + name
    return (name, False, False) if len(name) > 2 else None


def _done_directly(place: _Place) -> Named | None:
    """新建350公里…, 打造20家…; 设备更新2000台."""
    verb = DOING_END.search(place.text, max(place.begin, place.wording.name_end - 12), place.wording.name_end)
    if verb is None or units.is_ratio(place.figure.unit):
        return None
    if place.figure.chinese and not BUILDING.search(verb["verb"]):
        return None
    if place.rest.startswith("的") and not place.ends:
        return None
    if not place.ends:
        if place.wording.after and not units.is_count(place.figure.unit):
            return None
        return (place.thing, True, False) if place.thing else None
    before = clean(place.text, place.begin, verb.start(), place.context.years)
    whole = place.label if verb["verb"] not in _MERELY_DONE and len(before) > 1 else before
    name = without_verb(whole) if len(before) > 1 else place.context.name
    if NOT_A_GOAL.search(name) or len(name) < 2:
        return None
    return name, True, False


def _separated(place: _Place) -> tuple[str, str, int, int] | None:
    """A comparison with words between it and the figure: 至少建成1家, 不超过编制总数的5%."""
    found = find_comparison(place.text, place.begin, place.wording.name_end)
    return found if found and place.wording.name_end - found[3] <= 16 else None


def _compared_apart(place: _Place) -> Named | None:
    found = _separated(place)
    if found is None or place.wording.kind == "compares":
        return None
    operator, _, begins, ends = found
    between = place.text[ends : place.wording.name_end]
    if between.endswith("的") and (units.is_ratio(place.figure.unit) or place.figure.unit == "倍"):
        name = clean(place.text, place.begin, begins, place.context.years)
        return (f"{name}占{between[:-1]}", False, True, operator) if name else None
    if tense.permits(place.text[place.clause_start : place.wording.name_end]) or not DOING_ANYWHERE.search(between):
        return None
    name = place.thing or without_verb(trimmed(between))
    return (name, True, False, operator) if name else None


def _share_of_many(place: _Place) -> Named | None:
    """90%以上乡镇、80%以上行政村达到…标准; 2个县达到…标准."""
    figure = place.figure
    if place.ends or place.label or not (units.is_ratio(figure.unit) or units.is_count(figure.unit)):
        return None
    predicate = _PREDICATE.search(place.text, place.wording.after_end, place.limit)
    if predicate is None:
        return None
    what = thing(place.text, place.wording.after_end, min(place.thing_limit, predicate.start()))
    done = place.text[predicate.start() : place.limit].rstrip("。")
    if not what or is_no_thing(what) or any(character.isdigit() for character in done):
        return None
    return f"{done}的{what}" + ("占比" if units.is_ratio(figure.unit) else ""), False, False


def _counted_list(place: _Place) -> Named | None:
    """建设甲、乙、丙等3个飞行营地."""
    if place.ends or not units.is_count(place.figure.unit) or place.wording.after or place.figure.chinese:
        return None
    start = DOING_START.match(opening(place.text[place.clause_start : place.figure.start][:120]))
    listing = place.text[place.clause_start : place.figure.start]
    if (
        start is None
        or not BUILDING.search(start[0])
        or not ("、" in listing or listing.endswith(("等", "和", "及", "与")))
    ):
        return None
    return (place.thing, True, False) if len(place.thing) > 1 else None


def _carried_on(place: _Place) -> Named | None:
    """新建甲4座，乙20座: the verb goes on; 2026年50%，2028年65%: the name does."""
    if place.label:
        return None
    if place.thing and place.context.done and units.is_count(place.figure.unit):
        return place.thing, True, False
    own_year = any(place.begin <= year.start < place.figure.start and year.is_target for year in place.context.years)
    if place.ends and own_year and place.context.name:
        return place.context.name, place.context.done, False
    return None


def _done_at_end(place: _Place) -> Named | None:
    """更新公交车400辆."""
    if (
        is_incidental(place.label)
        or not place.ends
        or units.is_ratio(place.figure.unit)
        or len(place.label) < 2
        or NOT_A_GOAL.search(place.label)
    ):
        return None
    name = without_verb(place.label)
    if name != place.label:
        return name, True, False
    if place.context.done and not is_incidental(place.label):
        return _part(place), True, False
    dated = any(year.is_target for year in place.context.years)
    return (name, True, False) if dated and DOING_ANYWHERE.search(name) else None


def _part(place: _Place) -> str:
    """甲区300亩 behind 其中 is a part of what was named before."""
    head = place.text[max(place.clause_start - 3, 0) : place.figure.start]
    if (
        _ASSIGNED.search(head)
        and place.figure.unit == place.context.unit
        and len(place.label) <= 8
        and place.context.name
    ):
        return f"{place.context.name.partition('（')[0]}（{place.label}）"
    return place.label


def _measured(place: _Place) -> Named | None:
    """…托位数4个: only the name says that it is a measured quantity."""
    measured = MEASURED.search(place.label) or _PER_HEAD.match(place.label)
    if not place.ends or not measured or is_incidental(place.label) or NOT_A_GOAL.search(place.label):
        return None
    return (place.label, False, False) if place.context.has_goal or place.wording.operator else None


def _achieved_share(place: _Place) -> Named | None:
    """出厂水100%达标."""
    if not units.is_ratio(place.figure.unit) or not place.label or place.wording.kind:
        return None
    share = _ACHIEVED_SHARE.match(place.rest)
    return (place.label + share[0], False, False) if share else None


_RULES: Final[tuple[Callable[[_Place], Named | None], ...]] = (
    _compared,
    _compared_apart,
    _risen,
    _done_directly,
    _reached,
    _share_of_many,
    _counted_list,
    _carried_on,
    _done_at_end,
    _measured,
    _achieved_share,
)


def _paired(text: str, start: int, end: int, figures: list[Figure], context: Context) -> list[Statement]:
    """A、B分别超过70%、50%, and 到2026年和2030年，…分别达到95%、98%."""
    mark = _PAIRED.search(text, start, end)
    if mark is None:
        return []
    run = _run(text, [figure for figure in figures if figure.start > mark.start()])
    if len(run) < 2:
        return []
    first = read_wording(text, mark.end(), run[0].start, run[0].end, end)
    if _BARE_ADJUSTED.search(text, mark.end(), first.name_end) or tense.grants(text[start : run[0].start]):
        return []
    between = trimmed(text[mark.end() : first.name_end])
    label = clean(text, max(start, mark.start() - _REACH), mark.start(), context.years) or context.name
    last = read_wording(text, mark.end(), run[-1].start, run[-1].end, end)
    if not label or text[last.after_end : end].startswith("的"):
        return []
    years = [year for year in context.years if year.is_target and year.end <= mark.start()][-len(run) :]
    names = listed(label, len(run))
    by_year = names is None and len(years) == len(run)
    operator = first.operator or last.operator or "="
    word = first.word or last.word
    rise = between if first.kind == "rises" else ""
    return [
        Statement(
            figure._replace(unit=figure.unit or run[-1].unit),
            without_verb((names[place] if names else label) + rise),
            _own_operator(text, mark.end(), figure, end, operator),
            word,
            last.after_end,
            done=False,
            by_rule=first.kind == "compares",
            year=years[place] if by_year else None,
        )
        for place, figure in enumerate(run)
    ]


def _own_operator(text: str, begin: int, figure: Figure, end: int, shared: str) -> str:
    """A word after one figure of a list is its own; one after the last, with none after the others, is everybody's."""
    return read_wording(text, begin, figure.start, figure.end, end).operator or shared


def _run(text: str, figures: list[Figure]) -> list[Figure]:
    """The figures that follow one another with nothing but 、 or 和 between them."""
    run = figures[:1]
    for before, figure in zip(figures, figures[1:], strict=False):
        if not _JOINED.fullmatch(text, before.end, figure.start):
            break
        run.append(figure)
    return run
