"""The names of indicators: what the brackets behind them say is unit, nature or remark."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_OPENING: Final = {")": "(（", "）": "(（", "]": "[〔【", "〕": "[〔【", "】": "[〔【"}
_MOST_BRACKETS: Final = 4
_LONGEST_UNIT: Final = 16

_NOUN: Final = (
    r"元|美元|人民币|人|个|家|户|件|次|项|所|座|处|张|台|套|辆|部|条|天|日|月|年|岁|小时|分钟|分|秒|公里|千米|米|厘米|毫米|里|海里"
    r"|平方公里|平方千米|平方米|平米|立方米|方|亩|公顷|吨|公斤|千克|斤|克|毫克|微克|升|毫升|瓦|千瓦|兆瓦|千瓦时|千瓦小时|度|标准煤|吨标准煤|标煤|吨标煤"
    r"|二氧化碳|分贝|百分点|床位?|册|本|篇|名|位|人次|人天|倍|级|位次|例|株|头|只|标台|标箱|车次|班|组|宗|批|笔|起|场|行政村|村|镇|乡|县|社区|口|线|站"
    r"|企业|从业人员|劳动力|人口|居民|学生|职工|老人|儿童|常住人口|户籍人口|百分比"
    r"|km2?|km²|m[23²³]?|㎡|㎥|[hk]?m²|hm2|kg|mg|[uμµ]g|g|t|L|ml|mL|[kKMG][wW]h?|[MG]bps|[TPE]B|[PE]FLOPS|dB|h|d|a|tce|ha|ppm|TEU|%|％|‰|℃"
)
_ATOM: Final = rf"(?:10{{0,4}}|每)?[十百千万亿]{{0,3}}(?:{_NOUN})?"
_UNIT = re.compile(rf"{_ATOM}(?:[/／·•．*]{_ATOM}){{0,3}}")
_COLD_UNIT = re.compile(r"dB[(（]A[)）]|[:：]1|1[:：]X?", re.IGNORECASE)
_BARE_PERCENT = re.compile(r"[,，/／]?\s*([%％‰])\Z")
_NATURE = re.compile(r"(?:约束|预期|引导|指导|引领)性?(?:指标)?")
_MARKS: Final = "*＊★▲△☆※●◆#"
_SEPARATOR = re.compile(r"[,，;；、]\s*")
_UNIT_LABEL = re.compile(r"(?:计量)?单位[:：]?")


class IndicatorName(NamedTuple):
    """A name taken apart."""

    name: str
    unit: str | None
    qualifier: str | None
    """Remarks of the brackets, several joined by ，."""
    nature: str | None
    """约束性 or 预期性, where a bracket prints it."""
    mark: str | None
    """A sign such as ``*``, whose meaning a note may give."""


def taken_apart(printed: str) -> IndicatorName:
    """The name of an indicator without the brackets that end it; the brackets by what they say.

    >>> taken_apart("每千人口执业(助理)医师数(人)").unit
    '人'
    """
    text, mark = _without_mark(" ".join(printed.split()))
    unit, nature, remarks = None, None, list[str]()
    for _ in range(_MOST_BRACKETS):
        inner, rest = _last_bracket(text)
        if inner is None or not rest.strip():
            break
        for part in _parts(inner):
            if nature is None and _NATURE.fullmatch(part):
                nature = part
            elif unit is None and is_unit(part):
                unit = part
            else:
                remarks.insert(0, part)
        text, further = _without_mark(rest)
        mark = mark or further
    if unit is None and (percent := _BARE_PERCENT.search(text)) and percent.start():
        text, unit = text[: percent.start()], percent[1]
    return IndicatorName(text.strip(), unit, "，".join(remarks) or None, nature, mark)


def is_unit(text: str) -> bool:
    """Whether a text is a unit: %, 万元, 件/万人, 平方米/人, 吨标准煤/万元."""
    text = "".join(text.split())
    if not 0 < len(text) <= _LONGEST_UNIT or text.isdigit():
        return False
    return (_UNIT.fullmatch(text) or _COLD_UNIT.fullmatch(text)) is not None


def _parts(inner: str) -> list[str]:
    """The remarks of one bracket: 5 of “%，当年价” is two, a remark with no unit in it is one."""
    inner = _UNIT_LABEL.sub("", inner.strip(), count=1).strip()
    parts = [part.strip() for part in _SEPARATOR.split(inner) if part.strip()]
    return parts if any(is_unit(part) or _NATURE.fullmatch(part) for part in parts) else [inner] if inner else []


def _last_bracket(text: str) -> tuple[str | None, str]:
    """What the bracket that ends a text holds, and the text before it; a bracket whose end was lost counts."""
    text = text.rstrip()
    if not text or text[-1] not in _OPENING:
        start = max(text.rfind("("), text.rfind("（"))
        lost = text[start + 1 :].strip() if start > 0 else ""
        return (lost, text[:start]) if is_unit(lost) else (None, text)
    depth, opening = 0, _OPENING[text[-1]]
    closing = [sign for sign, signs in _OPENING.items() if signs == opening]
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] in closing) - (text[at] in opening)
        if depth == 0:
            return text[at + 1 : -1], text[:at]
    return None, text


def _without_mark(text: str) -> tuple[str, str | None]:
    """A name without the mark before or behind it."""
    text = text.strip()
    if text and text[-1] in _MARKS:
        return text.rstrip(_MARKS + " "), text[-1]
    if text and text[0] in _MARKS:
        return text.lstrip(_MARKS + " "), text[0]
    return text, None
