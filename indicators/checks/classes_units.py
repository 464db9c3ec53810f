"""What the unit of a target value measures: money, a share, people and things, space, or time."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from indicators.checks.forms import Target

MONEY, SHARE, COUNT, SPACE, TIME = "money", "share", "count", "space", "time"
_KINDS: Final = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (MONEY, r"(?:人民币)?(?:[十百千]?[万亿]?元(?:人民币)?|[百千]?[万亿])"),
        (SHARE, r"[%％‰﹪]|百分(?:比|点|之)?|个?百分点|[%％]?以?[上内]?[%％]"),
        (COUNT, r"万?(?:人|人次|人数|名|位|户|户次|家|个|所|座|处|项|台|台套|套|台[（(]套[）)]|辆|部|件|份|册|场|场次|期|棵|株|头|只|羽|村|篇|批次?|万?人次|盏|间|栋|幢|支|根|块|副|张|对|眼|口|条|趟)"),
        (SPACE, r"万?(?:平方米|平米|㎡|m²|m2|亩|公顷|公里|千米|km|KM|米|延米|延长米|m|M|立方米|方|m³|吨|公斤|千克)"),
        (TIME, r"(?:个?日历|个?工作)?[天日]|个?月|年|小时|分钟|秒|周|个?季度|个?星期|个?学期|时"),
    )
)  # fmt: skip


@lru_cache(maxsize=4096)
def kind_of(unit: str | None) -> str | None:
    """`MONEY`, `SHARE`, `COUNT`, `SPACE` or `TIME`; ``None`` for no unit and for those that are none of them."""
    text = (unit or "").strip()
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(text)), None) if text else None


_IN_THE_NAME = re.compile(r"[（(]\s*(?:单位[:：])?\s*(?P<unit>[^（()）\s]{1,6})\s*[）)]\s*$")


@lru_cache(maxsize=8192)
def _of_name(name: str) -> str | None:
    found = _IN_THE_NAME.search(name)
    return kind_of(found["unit"]) if found else None


def measures(target: Target) -> str | None:
    """What a quantitative value measures, by its unit or else by the one printed behind the name: 投资额（万元）."""
    if target.amount is None:
        return None
    return kind_of(target.unit) if target.unit else _of_name(target.name)
