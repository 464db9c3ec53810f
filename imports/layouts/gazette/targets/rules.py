"""The wordings that make a figure a target, each a rule that gives the name, in the order in which they are tried."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from imports.layouts.gazette.targets import tense, units
from imports.layouts.gazette.targets.naming import clean, opening, thing, trimmed, without_plain_verb, without_verb
from imports.layouts.gazette.targets.places import WEAK, Place, separated
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

_PREDICATE = re.compile(
    r"达到|达|实现|完成|建成|通过|创成|创建|建立|开展|纳入|接入|用上|配备|设立|设有|成为|建有|拥有|具备|覆盖|基本|参加|参与|进入|投入使用|投产|开工|竣工|贯通|全面|达标"
)
_ACHIEVED_SHARE = re.compile(
    r"(?:全?覆盖|达标|合格|到位|办结|完成|落实|安全|通过|入园|入学|持证|上岗|接入|处置|收集|处理|回收|利用)[^、,;]{0,8}"
)
_PLACES = re.compile(r"(?:其他|其余|[^,;、]{0,8})(?:县|区|市|乡|镇|乡镇|街道|村|园区|县城)(?:\([^()]{1,3}\))?")
_RISES_ONLY = re.compile(r"[较比][^,;、]{2,10}(?:增|提|上|下|降|减)|年均|同比|每年|累计")
_HAVING = re.compile("有|配|设|拥有|保留")
_PER_HEAD = re.compile(r"每[十百千万]{1,2}[名个]?[人户名]")
_ASSIGNED = re.compile(r"其中")
_MERELY_DONE: Final = frozenset(
    ["完成", "实现", "达到", "新增", "增加", "发展", "取得", "投入", "形成", "开展", "实施"]
)
"""Verbs that say nothing of the thing: 投资额完成50亿元."""

Named = tuple[str, bool, bool] | tuple[str, bool, bool, str]
"""Name, whether something is done, whether it may stand as a rule, and the operator where it stands apart."""


def _compared(place: Place) -> Named | None:
    if place.wording.kind != "compares":
        return None
    if place.rest.startswith("的") and not place.ends:
        return (place.thing, True, False) if _raises(place) else None
    if units.is_money(place.figure.unit) and tense.grants(place.text[place.clause_start : place.limit]):
        return None
    if place.label and not DOING_START.fullmatch(place.label) and not is_incidental(place.label):
        return without_plain_verb(place.label), bool(DOING_START.match(place.label)), True
    name = place.thing or place.context.name
    return (name, True, True) if name else None


def _raises(place: Place) -> bool:
    """组建一支不少于50人的队伍 sets a goal, 使用寿命超过30年的管网 describes."""
    start = DOING_START.match(place.label)
    if start is None or units.is_time(place.figure.unit):
        return False
    return RAISING.search(start[0]) is not None and len(place.label) - start.end() <= 4


def _reached(place: Place) -> Named | None:
    wording = place.wording
    if wording.kind != "reaches" or wording.word == "在" or _reaches_word(place) == "在":
        return None
    if _reaches_word(place) in WEAK:
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
        return without_plain_verb(place.label) if _reaches_word(place) in {"达到", "达"} else place.label, False, False
    name = place.thing or place.context.name
    return (name, bool(place.thing), False) if name else None


def _reaches_word(place: Place) -> str:
    """The verb itself: 约 or 以上 may be the word that decides."""
    tail = place.text[place.wording.name_end : place.figure.start]
    return next(
        (word for word in ("拥有", "占比", "为", "是", "占", "在") if tail.startswith(word)),
        "达到" if "达" in tail else tail,
    )


def _risen(place: Place) -> Named | None:
    if place.wording.kind != "rises":
        return None
    if not place.ends:
        noun = place.thing
        return (noun, True, False) if units.is_count(place.figure.unit) and noun and not place.wording.after else None
    name = place.label
    if place.context.name and (len(name) <= 4 or _RISES_ONLY.match(name)):
        name = place.context.name + name
    return (name, False, False) if len(name) > 2 else None


def _done_directly(place: Place) -> Named | None:
    """新建350公里…, 打造20家…; 设备更新2000台."""
    verb = DOING_END.search(place.text, max(place.begin, place.wording.name_end - 12), place.wording.name_end)
    if verb is None or units.is_ratio(place.figure.unit):
        return None
    if place.figure.chinese and not BUILDING.search(verb["verb"]):
        return None
    if place.rest.startswith("的") and not place.ends and place.wording.after not in {"左右", "以上"}:
        return None
    if not place.ends:
        if place.wording.after and not units.is_count(place.figure.unit):
            return None
        return (place.thing, True, False) if place.thing else None
    before = clean(place.text, place.begin, verb.start(), place.context.years)
    whole = place.label if verb["verb"] not in _MERELY_DONE and len(before) > 1 else before
    name = without_verb(whole) if len(before) > 1 else _known_thing(place, verb["verb"])
    if NOT_A_GOAL.search(name) or len(name) < 2:
        return None
    return name, True, False


def _known_thing(place: Place, verb: str) -> str:
    """What was named before is what 完成20公里 or 新建20公里 counts; 植树300万株 names itself."""
    goes_back = verb in _MERELY_DONE or BUILDING.search(verb)
    return place.context.name if goes_back else place.label


def _compared_apart(place: Place) -> Named | None:
    found = separated(place)
    if found is None or place.wording.kind == "compares":
        return None
    operator, _, begins, ends = found
    between = place.text[ends : place.wording.name_end]
    if between.endswith("的") and (units.is_ratio(place.figure.unit) or place.figure.unit == "倍"):
        name = clean(place.text, place.begin, begins, place.context.years)
        if name.endswith("按") or place.text.endswith("按照", place.begin, begins):
            return None
        return (f"{name}占{between[:-1]}", False, True, operator) if name else None
    if tense.permits(place.text[place.clause_start : place.wording.name_end]) or not (
        _HAVING.fullmatch(between) or DOING_ANYWHERE.search(between)
    ):
        return None
    name = place.thing or without_verb(trimmed(between)) or place.label
    return (name, True, False, operator) if name else None


def _share_of_many(place: Place) -> Named | None:
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


def _counted_list(place: Place) -> Named | None:
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


def _carried_on(place: Place) -> Named | None:
    """新建甲4座，乙20座: the verb goes on; 2026年50%，2028年65%: the name does."""
    if place.label:
        return None
    if place.thing and place.context.done and units.is_count(place.figure.unit):
        return place.thing, True, False
    own_year = any(place.begin <= year.start < place.figure.start and year.is_target for year in place.context.years)
    if place.ends and own_year and place.context.name:
        return place.context.name, place.context.done, False
    return None


def _done_at_end(place: Place) -> Named | None:
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
    if (place.context.done or _is_part(place)) and not is_incidental(place.label):
        return _part(place), place.context.done, False
    dated = any(year.is_target for year in place.context.years)
    return (name, True, False) if dated and DOING_ANYWHERE.search(name) else None


def _part(place: Place) -> str:
    """甲区300亩 behind 其中 is a part of what was named before."""
    if _is_part(place):
        return f"{place.context.name.partition('（')[0]}（{place.label}）"
    return place.label


def _is_part(place: Place) -> bool:
    head = place.text[max(place.clause_start - 3, 0) : place.figure.start]
    same = place.figure.unit == place.context.unit and place.context.name
    return bool(same and _ASSIGNED.search(head) and len(place.label) <= 8)


def _measured(place: Place) -> Named | None:
    """…托位数4个: only the name says that it is a measured quantity."""
    measured = MEASURED.search(place.label) or _PER_HEAD.match(place.label)
    if not place.ends or not measured or is_incidental(place.label) or NOT_A_GOAL.search(place.label):
        return None
    return (place.label, False, False) if place.context.has_goal or place.wording.operator else None


def _achieved_share(place: Place) -> Named | None:
    """出厂水100%达标."""
    if not units.is_ratio(place.figure.unit) or not place.label or place.wording.kind:
        return None
    share = _ACHIEVED_SHARE.match(place.rest)
    return (place.label + share[0], False, False) if share else None


RULES: Final[tuple[Callable[[Place], Named | None], ...]] = (
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
