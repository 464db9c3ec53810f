"""Quotas: what each district or town has to do of the whole, 甲县3000户、乙县2000户."""

from __future__ import annotations

import re
from typing import Final

from imports.layouts.gazette.targets.verbs import DOING_END, DOING_START, MEASURED

_PLACE: Final = (
    r"[一-龥]{1,9}?(?:自治县|自治旗|县|区|市|乡|镇|街道办?|街道办事处|办事处|旗|州|盟|村|林场|农场|团场|林区)(?:\([^()]{1,8}\))?"
    r"|[省市县区州]直(?:属|单位|机关)?|[省市县区州]本级"
)
_NO_PLACE: Final = (
    r"(?:[^,;、]*(?:示范|特色|重点|美丽|文明|试点|先进|卫生|生态|强|产业|工业|小|社|景|库|灌|牧|老|片|保护|功能|商业|商圈|服务|合作|聚集|集聚|核心|宜居|古|传统|"
    r"行政|自然|建制|和美|新型|级|贫困|脱贫|精品|标杆|样板|专业|中心|所有|类|以上|改造|居民|住宅|园林|平安|健康|旅游|缺水|项目)(?:县|区|市|乡|镇|村|街道)|其中.*|.*城乡|[城乡村集小]镇|.*超市|都市|城市|农村|乡村|[全各每该本我]?[省市县区乡镇村旗州盟]{1,2})"
)
_IS_PLACE = re.compile(rf"(?!{_NO_PLACE}$|.*[的新])(?:{_PLACE})$")
_PLACES = re.compile(r"[、和及与]")
_QUOTA_OF_MANY = re.compile(r"(?P<whole>[^（]+)（(?P<places>[^（）]+)）")
_MANY_FIRST = re.compile(r"(?P<place>[^,;]{2,60}?)各(?:自|再)?(?P<deed>[^,;、]{2,40})$")
_PLACE_FIRST = re.compile(rf"(?P<place>{_PLACE})(?P<deed>[^,;、]{{2,40}})$")
_DEED_END = re.compile(r"(?:各|分别|任务|目标|不少于|不低于|达到|均|为|约)$")
_ANNOUNCES = re.compile(
    r"(?:的|任务|目标|指标|数量|计划|分配|分解|安排|下达|分工|情况|名额|如下|为|到|至|各地|各县区|各乡镇|具体|是|按){1,8}$"
)


def places(label: str) -> list[str]:
    """The districts and towns that a label consists of, perhaps with what they do: 甲县、乙县各完成."""
    label = _without_deed(label)
    parts = [part for part in _PLACES.split(label) if part]
    return parts if parts and all(map(_is_place, parts)) else []


def _is_place(name: str) -> bool:
    return _IS_PLACE.match(name) is not None and DOING_START.match(name) is None


def _without_deed(label: str) -> str:
    while True:
        shorter = _DEED_END.sub("", label)
        if verb := DOING_END.search(shorter):
            shorter = shorter[: verb.start()]
        if shorter == label or not shorter:
            return label
        label = shorter


def quota(whole: str, place: str) -> str:
    """The name of a place's part of the whole."""
    return f"{whole.partition('（')[0]}（{place}）"


def each_place(name: str) -> list[str] | None:
    """The names of what each of several places does: 甲县、乙县各改造危房320户 are two quotas of 320."""
    found = _QUOTA_OF_MANY.fullmatch(name)
    local = _PLACES.split(found["places"]) if found else []
    return [quota(found["whole"], place) for place in local] if found and len(local) > 1 else None


def done_at_place(label: str) -> tuple[str, str] | None:
    """Place and deed of 甲镇种植中药材, places and deed of 甲镇、乙镇各种植中药材; ``None`` where no place does anything."""
    found = _PLACE_FIRST.match(label) or _MANY_FIRST.match(label)
    if not found or not all(map(_is_place, _PLACES.split(found["place"]))):
        return None
    deed = DOING_START.match(found["deed"])
    return (found["place"], found["deed"]) if deed and deed.end() < len(found["deed"]) else None


def announced(clause: str, before: str) -> str:
    """What a clause before a colon shares out: 农村改厕任务分配如下 → 农村改厕; else what the clause before it named."""
    whole = _ANNOUNCES.sub("", clause)
    if whole == clause:
        return whole if MEASURED.search(whole) else ""
    return whole if len(whole) > 1 else _ANNOUNCES.sub("", before)
