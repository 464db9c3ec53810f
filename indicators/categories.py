"""Indicator classes (levels 1 and 2): one code and one standard name each, any number of printed labels.

Two trees live side by side. The form of 2015 (财预〔2015〕88号) has 成本 below 产出; the one of 2021 (财预〔2021〕101号)
makes 成本 a class of level 1 with 经济成本, 社会成本 and 生态环境成本 below it. Labels vary by place
(数量指标 / 产出数量, 社会效益 / 社会效益指标, 服务对象满意度 / 满意度指标), so that they are recognised by pattern.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple


class CategoryDefinition(NamedTuple):
    """A class of the standard trees. ``parent`` is ``None`` at level 1."""

    code: str
    name: str
    parent: str | None


LEVEL1: Final = (
    CategoryDefinition("output", "产出指标", None),
    CategoryDefinition("benefit", "效益指标", None),
    CategoryDefinition("satisfaction", "满意度指标", None),
    CategoryDefinition("cost", "成本指标", None),
)
LEVEL2: Final = (
    CategoryDefinition("output.quantity", "数量指标", "output"),
    CategoryDefinition("output.quality", "质量指标", "output"),
    CategoryDefinition("output.timeliness", "时效指标", "output"),
    CategoryDefinition("output.cost", "成本指标", "output"),
    CategoryDefinition("output.other", "其他产出指标", "output"),
    CategoryDefinition("benefit.economic", "经济效益指标", "benefit"),
    CategoryDefinition("benefit.social", "社会效益指标", "benefit"),
    CategoryDefinition("benefit.ecological", "生态效益指标", "benefit"),
    CategoryDefinition("benefit.sustained", "可持续影响指标", "benefit"),
    CategoryDefinition("benefit.other", "其他效益指标", "benefit"),
    CategoryDefinition("satisfaction.served", "服务对象满意度指标", "satisfaction"),
    CategoryDefinition("satisfaction.other", "其他满意度指标", "satisfaction"),
    CategoryDefinition("cost.economic", "经济成本指标", "cost"),
    CategoryDefinition("cost.social", "社会成本指标", "cost"),
    CategoryDefinition("cost.environmental", "生态环境成本指标", "cost"),
    CategoryDefinition("cost.other", "其他成本指标", "cost"),
)
DEFINITIONS: Final = {definition.code: definition for definition in (*LEVEL1, *LEVEL2)}
LEVEL1_NAMES: Final = {definition.code: definition.name for definition in LEVEL1}

_WHITE_SPACE = re.compile(r"\s+")
_LEVEL1_LABELS: Final = tuple(
    (re.compile(pattern), code)
    for pattern, code in (
        (r"(项目)?产出(类)?(指标)?", "output"),
        (r"(项目)?(效益|效果)(类)?(指标)?", "benefit"),
        (r"满意度?(类)?(指标)?", "satisfaction"),
        (r"成本(类)?(指标)?", "cost"),  # 项目成本 is what many forms call an indicator
    )
)
_LEVEL2_LABELS: Final = tuple(
    (re.compile(pattern), code)
    for pattern, code in (
        (r"(产出)?数量(类)?(指标)?", "output.quantity"),
        (r"(产出)?质量(类)?(指标)?", "output.quality"),
        (r"(产出)?(时效|进度)(性)?(类)?(指标)?", "output.timeliness"),
        (r"(产出)?成本(类)?(指标)?", "output.cost"),
        (r"(项目)?经济效益(类)?(指标)?", "benefit.economic"),
        (r"(项目)?社会效益(类)?(指标)?", "benefit.social"),
        (r"(项目)?(生态环境|生态|环境)效益(类)?(指标)?", "benefit.ecological"),
        (r"可持续(性|发展)?(影响|效益)?(力)?(类)?(指标)?", "benefit.sustained"),
        (
            # Names like 群众满意度 are level-3 indicators; only the form's own wordings are labels.
            r"((社会)?公众(或|和|及|、))?((服务|受益)对象)?满意度(类)?(指标)?",
            "satisfaction.served",
        ),
        (r"经济成本(类)?(指标)?", "cost.economic"),
        (r"社会成本(类)?(指标)?", "cost.social"),
        (r"(生态环境|生态|环境)成本(类)?(指标)?", "cost.environmental"),
    )
)


@lru_cache(maxsize=4096)
def level1_code(label: str) -> str | None:
    """Code of the level-1 class that a printed label names, or ``None``. White space in the label is ignored."""
    return _first_match(label, _LEVEL1_LABELS)


@lru_cache(maxsize=4096)
def level2_code(label: str) -> str | None:
    """Code of the level-2 class that a printed label names, or ``None``.

    成本指标 alone is answered as ``output.cost``; `classify` knows the class above it and corrects that.
    """
    return _first_match(label, _LEVEL2_LABELS)


@lru_cache(maxsize=4096)
def classify(label: str, level1: str | None) -> str:
    """Code of the level-2 class of a printed label that stands below ``level1`` (a code, or ``None``).

    The label's own meaning wins over the printed level 1, which shifted rows get wrong; only 成本指标 belongs to
    whichever of 产出 and 成本 it is printed under. An unknown label is the level-1 class's ``other``; without any
    level 1 it counts as an output.
    """
    code = level2_code(label)
    if code is None:
        return f"{level1 or 'output'}.other"
    if code == "output.cost" and level1 == "cost":
        return "cost.economic" if "经济" in label else "cost.other"
    return code


def level1_name(category: str) -> str:
    """Standard level-1 name (产出指标 …) of a level-2 code."""
    return LEVEL1_NAMES[category.partition(".")[0]]


def _first_match(label: str, patterns: tuple[tuple[re.Pattern[str], str], ...]) -> str | None:
    text = _WHITE_SPACE.sub("", label)
    if not text or len(text) > 16:
        return None
    for pattern, code in patterns:
        if pattern.fullmatch(text):
            return code
    return None
