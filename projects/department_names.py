"""Printed department names: their sections, and which of them mean the same body.

City lists print short names (市住建局), names with a section (市财政局（预算科）, 市财政局预算科) and loose ones
(政府信息中心等相关部门单位); county forms print full names (长治市上党区教育局).
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_BRACKETED = re.compile(r"(?P<body>.+?)[（(](?P<section>[^（）()]{1,20}(?:科|股|处|室|中心|办))[）)]")
_BARE = re.compile(r"(?P<body>.+?(?:局|厅|委员会|办公室))(?P<section>[^局厅委]{1,10}(?:科|股|处))")

_SHORT_FORMS: Final = {
    "住建": "住房和城乡建设", "住房城乡建设": "住房和城乡建设", "人社": "人力资源和社会保障",
    "人力资源社会保障": "人力资源和社会保障", "发改": "发展和改革", "发展改革": "发展和改革", "卫健": "卫生健康",
    "医保": "医疗保障", "城管": "城市管理", "交通": "交通运输", "工信": "工业和信息化", "文旅": "文化和旅游",
    "市场监管": "市场监督管理", "自规": "规划和自然资源", "农业": "农业农村", "科技": "科学技术",
    "退役军人": "退役军人事务", "应急": "应急管理", "生态环境": "生态环境", "社保": "社会保险",
}  # fmt: skip
_BODY = re.compile(r"(?P<stem>.+?)(?P<kind>委员会|委|局|中心|办公室|办)")
_KINDS: Final = {"委": "委员会", "办": "办公室"}


class PrintedName(NamedTuple):
    """A printed name taken apart: the body, and its section (empty where none is printed)."""

    body: str
    section: str


def split_section(printed: str) -> PrintedName:
    """Take the section off a printed name: 市财政局（预算科） → 市财政局, 预算科.

    >>> split_section("市财政局预算科")
    PrintedName(body='市财政局', section='预算科')
    """
    name = "".join(printed.split())
    match = _BRACKETED.fullmatch(name) or _BARE.fullmatch(name)
    return PrintedName(match["body"], match["section"]) if match else PrintedName(name, "")


def full_form(name: str, region_names: tuple[str, ...]) -> str:
    """A name without its region and with the usual short forms written out, for comparing names of one region.

    市住建局 and 长治市住房和城乡建设局 both give 住房和城乡建设局. Two bodies whose full forms agree are very likely the
    same; joining them stays a person's decision.
    """
    stem = "".join(name.split())
    for region_name in sorted(region_names, key=len, reverse=True):
        stem = stem.removeprefix(region_name)
    stem = stem[1:] if stem[:1] in {"市", "区", "县"} else stem
    match = _BODY.fullmatch(stem)
    if match is None:
        return stem
    kind = _KINDS.get(match["kind"], match["kind"])
    return _SHORT_FORMS.get(match["stem"], match["stem"]) + kind
