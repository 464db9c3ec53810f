"""Rules for parts: of a whole (甲县3000户, 面积的40%), of many (90%以上的村), and by how much something changes."""

from __future__ import annotations

import re
from typing import Final

from imports.layouts.gazette.targets import units
from imports.layouts.gazette.targets.naming import (
    clean,
    measured_name,
    thing,
    without_plain_verb,
    without_verb,
)
from imports.layouts.gazette.targets.places import OF_WHOLE, Named, Place
from imports.layouts.gazette.targets.quotas import done_at_place, places, quota
from imports.layouts.gazette.targets.verbs import is_no_thing

_PREDICATE = re.compile(
    r"达到|达|实现|完成|建成|通过|创成|创建|建立|开展|纳入|接入|用上|配备|设立|设有|成为|建有|拥有|具备|覆盖|基本|参加|参与|进入|投入使用|投产|开工|竣工|贯通|全面|达标"
)
ACHIEVED = re.compile(
    r"(?:全?覆盖|达标|合格|到位|办结|完成|落实|安全|通过|入园|入学|持证|上岗|接入|处置|收集|处理|回收|利用)[^、,;]{0,8}"
)
_URGING = re.compile(r"推动|引导|支持|促进|带动|使|实现|确保|组织|鼓励|督促|指导|完成|力争|有|首批|第一批|剩余|其余")
_WORK = re.compile(r"的(?P<work>[^,;、。]{2,20}?(?:任务|工作量|工程量|总量|改造|治理|整治|清淤|修复|建设))")
_WHO: Final = frozenset(["人", "户", "名", "人次", "村"])
_FOR = re.compile(r"(?:为|给|帮助)$")
_SERVICE = re.compile(r"进行|提供|配备|安装|加装|更换|实施|发放|办理|建设|改造|开展|解决|实现")
_PROBLEM = re.compile(r"的?(?P<what>[^,;、。]{2,20}?(?:问题|困难))")
_CHANGING = re.compile(r"(?:压减|压缩|降低|减少|削减|缩短|提高|提升|节约|节省|缩减|压降|增加)[^,;、]{2,}")


def quota_of_place(place: Place) -> Named | None:
    """甲县3000户, 乙县不低于90% and 甲镇种植药材200亩: the part of a place."""
    local = places(place.label)
    if local and place.ends:
        context = place.context
        same = context.name and context.unit == place.figure.unit
        whole = measured_name(context.name) if same else context.topic
        return (quota(whole, "、".join(local)), context.done, False) if whole else None
    at = done_at_place(place.label) if place.ends and not place.wording.kind else None
    if at and not units.is_ratio(place.figure.unit):
        return quota(without_verb(at[1]), at[0]), True, False
    return None


def share_of_whole(place: Place) -> Named | None:
    """绿色建筑面积达到新建面积的40%: the share of something that stands before it."""
    found = OF_WHOLE.search(place.text, place.begin, place.wording.name_end)
    if not found or not place.ends or not (units.is_ratio(place.figure.unit) or place.figure.unit == "倍"):
        return None
    name = clean(place.text, place.begin, found.start(), place.context.years)
    if len(name) < 2:
        return (found["whole"], False, False) if found[0].startswith("完成") else None
    return f"{without_plain_verb(name)}占{found['whole']}", False, False


def work_share(place: Place) -> Named | None:
    """完成80%的清淤任务."""
    done = "完成" in place.text[place.wording.name_end : place.figure.start]
    if not done or place.ends or not units.is_ratio(place.figure.unit):
        return None
    work = _WORK.match(place.rest)
    return (work["work"], False, False) if work else None


def changed(place: Place) -> Named | None:
    """压减一般性支出10%, 降低物流成本5%以上."""
    if not place.ends or place.wording.kind or not units.is_ratio(place.figure.unit):
        return None
    return (place.label, False, False) if _CHANGING.match(place.label) else None


def share_of_many(place: Place) -> Named | None:
    """90%以上乡镇、80%以上行政村达到…标准; 2个县达到…标准."""
    figure = place.figure
    local = places(place.label)
    if (
        place.ends
        or (place.label and not local and not _URGING.fullmatch(place.label))
        or not (units.is_ratio(figure.unit) or units.is_count(figure.unit))
    ):
        return None
    predicate = _PREDICATE.search(place.text, place.wording.after_end, place.limit)
    if predicate is None:
        return None
    what = thing(place.text, place.wording.after_end, min(place.thing_limit, predicate.start()))
    limit = place.thing_limit if predicate.end() < place.thing_limit else place.limit
    done = place.text[predicate.start() : limit].rstrip("。、")
    if not what or is_no_thing(what) or any(character.isdigit() for character in done):
        return None
    name = f"{done}的{what}" + ("占比" if units.is_ratio(figure.unit) else "")
    return quota(name, "、".join(local)) if local else name, False, False


def served(place: Place) -> Named | None:
    """为300户家庭更换门窗."""
    before = place.text[max(place.clause_start, place.figure.start - 2) : place.figure.start]
    if place.ends or not units.is_count(place.figure.unit) or not _FOR.search(before):
        return None
    name = place.thing
    return (name, True, False) if _SERVICE.search(name) else None


def solved(place: Place) -> Named | None:
    """解决3万人的饮水安全问题."""
    problem = _PROBLEM.match(place.rest)
    if (
        problem is None
        or place.figure.unit not in _WHO
        or "解决" not in place.text[max(place.begin, place.figure.start - 8) : place.figure.start]
    ):
        return None
    return f"解决{problem['what']}", True, False


def achieved_share(place: Place) -> Named | None:
    """出厂水100%达标."""
    if not units.is_ratio(place.figure.unit) or not place.label or place.wording.kind:
        return None
    share = ACHIEVED.match(place.rest)
    return (place.label + share[0], False, False) if share else None
