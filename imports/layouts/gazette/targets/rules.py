"""The wordings that make a figure a target, each a rule that gives the name, in the order in which they are tried."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from imports.layouts.gazette.targets import tense, units
from imports.layouts.gazette.targets.naming import (
    clean,
    measured_name,
    opening,
    trimmed,
    without_plain_verb,
    without_verb,
)
from imports.layouts.gazette.targets.places import WEAK, Named, Place, separated
from imports.layouts.gazette.targets.quotas import places, quota
from imports.layouts.gazette.targets.shares import (
    ACHIEVED,
    achieved_share,
    changed,
    quota_of_place,
    served,
    share_of_many,
    share_of_whole,
    solved,
    work_share,
)
from imports.layouts.gazette.targets.verbs import (
    BUILDING,
    DOING_ANYWHERE,
    DOING_END,
    DOING_START,
    MEASURED,
    NOT_A_GOAL,
    RAISING,
    is_incidental,
)

_RISES_ONLY = re.compile(r"[较比][^,;、]{2,10}(?:增|提|上|下|降|减)|年均|同比|每年|累计")
_ENDS_IN_PLACE = re.compile(r"[等和及与]$|(?:城区|全[省市县区]|[^建改]县|[^社园小景]区)$")
_HAVING = re.compile("(?:建|配|设|拥|留)?有|配|设|办|建|拥有|保留")
_HAS = re.compile("[建配设]有$")
_ALL_HAVE = re.compile("[都均][建配设]有$")
_PER_HEAD = re.compile(r"每[十百千万亿]{1,2}[名个]?[人户名元]|[百千万]人(?:口)?拥?有")
_AIMED_HIGHER = re.compile(r"(?:力争|争取|冲刺|冲击|奋斗目标)$")
_RAISING_MONEY = re.compile(
    r"(?:争取|吸引|撬动|引进|筹[集措]|发行|盘活|带动|招商引资|到位)[^,;、]{0,14}(?:资金|投资|贷款|债券|资产)[^,;、]{0,3}$"
)
_ADDED = re.compile("新增|净增")
_ASSIGNED = re.compile(r"其中")
_MERELY_DONE: Final = frozenset(
    ["完成", "实现", "达到", "新增", "增加", "发展", "取得", "投入", "形成", "开展", "实施"]
)
"""Verbs that say nothing of the thing: 投资额完成50亿元."""


def _compared(place: Place) -> Named | None:
    if place.wording.kind != "compares":
        return None
    if place.rest.startswith("的") and not place.ends:
        return (place.thing, True, False) if _raises(place) else None
    if place.label and not DOING_START.fullmatch(place.label) and not is_incidental(place.label):
        return without_plain_verb(place.label), bool(DOING_START.match(place.label)), True
    name = place.thing or measured_name(place.context.name)
    return (name, True, True) if name else None


def _raises(place: Place) -> bool:
    """组建一支不少于50人的队伍 sets a goal, 使用寿命超过30年的管网 and 培育产值超10亿元的企业 describe."""
    start = DOING_START.match(place.label)
    if start is None or units.is_time(place.figure.unit):
        return False
    what = place.label[start.end() :]
    return RAISING.search(start[0]) is not None and len(what) <= 4 and not MEASURED.search(what)


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
    if not place.ends and units.is_ratio(place.figure.unit) and (share := ACHIEVED.match(place.rest)):
        return trimmed(place.label + share[0]), False, False
    if wording.after and not place.ends and not units.is_count(place.figure.unit):
        return None
    if place.label and not DOING_START.fullmatch(place.label):
        return without_plain_verb(place.label) if _reaches_word(place) in {"达到", "达"} else place.label, False, False
    name = place.thing or measured_name(place.context.name)
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
    window = max(place.begin, place.wording.name_end - 12)
    has = _HAS if place.wording.after == "以上" else _ALL_HAVE
    if place.thing and has.search(place.text, window, place.wording.name_end):
        return place.thing, True, False
    verb = DOING_END.search(place.text, window, place.wording.name_end)
    if verb is None or units.is_ratio(place.figure.unit):
        return None
    if place.figure.chinese and not BUILDING.search(verb["verb"]):
        return None
    if place.rest.startswith("的") and not place.ends and place.wording.after not in {"左右", "以上"}:
        return None
    if not place.ends:
        if place.wording.after and not units.is_count(place.figure.unit):
            return None
        return (_at_place(place, verb.start()), True, False) if place.thing else None
    before = clean(place.text, place.begin, verb.start(), place.context.years)
    whole = place.label if verb["verb"] not in _MERELY_DONE and len(before) > 1 else before
    name = without_verb(whole) if len(before) > 1 else _known_thing(place, verb["verb"])
    if (NOT_A_GOAL.search(name) and not _raises_money(place)) or len(name) < 2:
        return None
    return name, True, False


def _at_place(place: Place, end: int) -> str:
    """甲县新建5所学校: the thing with its place."""
    local = places(clean(place.text, place.begin, end, place.context.years))
    return quota(place.thing, "、".join(local)) if local else place.thing


def _raises_money(place: Place) -> bool:
    return _RAISING_MONEY.search(place.text, place.begin, place.figure.start) is not None


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


def _counted_list(place: Place) -> Named | None:
    """建设甲、乙、丙等3个飞行营地."""
    listed = units.is_count(place.figure.unit) or place.text.endswith("等", 0, place.figure.start)
    if place.ends or not listed or place.wording.after or place.figure.chinese:
        return None
    said = [
        year.end for year in place.context.years if place.clause_start <= year.start and year.end <= place.figure.start
    ]
    listing = place.text[max([place.clause_start, *said]) : place.figure.start]
    start = DOING_START.match(opening(listing[:120]))
    if start is None or not BUILDING.search(start[0]) or not ("、" in listing or _ENDS_IN_PLACE.search(listing)):
        return None
    return (place.thing, True, False) if len(place.thing) > 1 else None


def _carried_on(place: Place) -> Named | None:
    """新建甲4座，乙20座: the verb goes on; 2026年50%，2028年65%: the name does."""
    if place.label:
        return None
    if place.thing and place.context.done and units.is_count(place.figure.unit):
        return place.thing, True, False
    aimed = _AIMED_HIGHER.search(place.text, max(place.figure.start - 4, 0), place.figure.start)
    if place.ends and aimed and place.context.unit == place.figure.unit:
        return place.context.name, place.context.done, False
    if place.begin == place.figure.start and place.ends and place.context.done:
        return place.context.name, True, False
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
        or (NOT_A_GOAL.search(place.label) and not _raises_money(place))
    ):
        return None
    name = without_verb(place.label)
    if _raises_money(place):
        return name, True, False
    if name != place.label:
        return name, True, False
    if (place.context.done or _is_part(place)) and not is_incidental(place.label):
        return _part(place), place.context.done, False
    dated = any(year.is_target for year in place.context.years)
    return (name, True, False) if dated and DOING_ANYWHERE.search(name) else None


def _listed_on(place: Place) -> Named | None:
    """美丽乡村达到20个、特色小镇3个: what is listed behind a target of its kind."""
    behind = place.begin > place.clause_start and place.text[place.begin - 1] == "、"
    unit, before = place.figure.unit, place.context.unit
    alike = unit == before or (units.is_count(unit) and units.is_count(before))
    if (
        not (behind and alike and place.ends and len(place.label) > 1)
        or place.wording.kind
        or is_incidental(place.label)
    ):
        return None
    return place.label, place.context.done, False


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
    measured = (MEASURED.search(place.label) and place.label != "投资") or _PER_HEAD.match(place.label)
    if not place.ends or not measured or is_incidental(place.label) or NOT_A_GOAL.search(place.label):
        return None
    goal = place.context.has_goal or place.wording.operator or _ADDED.search(place.label)
    return (place.label, False, False) if goal else None


RULES: Final[tuple[Callable[[Place], Named | None], ...]] = (
    quota_of_place,
    _compared,
    share_of_whole,
    _compared_apart,
    _risen,
    _done_directly,
    _reached,
    served,
    share_of_many,
    _counted_list,
    _carried_on,
    _done_at_end,
    _measured,
    _listed_on,
    changed,
    solved,
    work_share,
    achieved_share,
)
