"""The wording around a figure: what stands before it (不低于, 达到, 新建) and after it (以上, 左右), and what that says.

A comparison before the figure decides, then the word after it, then 约; what only says that something is reached or
done is ``=``.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_NOT = "不(?:得|应|宜|能|可|要|准|再)?"
_COMPARISONS: Final = (
    (rf"{_NOT}(?:低于|少于|小于|下降至低于)|至少|最少|最低|起码|大于等于|大于或等于|≥|≧|>=|保底", ">="),
    (
        rf"{_NOT}(?:高于|超过|大于|多于|突破|超|逾)|最多|至多|最高|小于等于|小于或等于|≤|≦|<=|未超过|限制在|控制到|严控在",
        "<=",
    ),
    (r"超过|高于|大于|多于|突破|超出|超(?![前级大标声市高低长薄导细])|逾|>", ">"),
    (r"低于|小于|少于|<", "<"),
)
_COMPARISON = re.compile("|".join(f"(?P<c{place}>{words})" for place, (words, _) in enumerate(_COMPARISONS)))
_COMPARISON_END = re.compile(f"(?:{_COMPARISON.pattern})[到至为了]?$")
_ABOUT_END = re.compile(r"(?:大约|大概|约为|约|将近|接近|近)$")
_FILLER_END = re.compile(
    r"(?:累计|总计|合计|共计|分别|各自|一共|总共|全部|(?<!公)共|各|(?<![人户平亩年生])均|(?<![首成])都|(?<![需主摘])要|也|再|还|又|20[0-9]{2}年的|每[十百千万]{1,2}人口)$"
)
_RISES = "增长|增加|提高|提升|上升|下降|降低|减少|缩减|压减|递增|递减|增幅|降幅|上涨|回升|增速|增|降|缩短|压缩|节约|节省|精简|收窄|压降|翻"
_REACHES = (
    "达到|达成|力争达|达|实现|完成|突破|保持在|稳定在|维持在|控制在|稳控在|巩固在|保持|稳定|维持|恢复到|恢复至|扩大到|扩大至|拓展到|拓展至|"
    "发展到|发展至|压缩到|压缩至|压缩为|压减到|压减至|缩短到|缩短至|缩小到|缩小至|缩减到|缩减至|减到|减至|增至|增到|降至|降到|升至|升到|"
    "提升为|提高为|调整到|调整至|调整为|延长到|延长至|延伸到|延伸至|集中到|稳步提升到|翻到|上升到|上升至|增加为|扩展到|扩展至|扩容至|扩容到|优化至|优化到|"
    "(?:增长|增加|提高|提升|上升|下降|降低|减少)(?:到|至)|为|占到|占|拥有|是|在|=|＝"
)
_REACHES_END = re.compile(f"(?P<reaches>{_REACHES})(?:了)?$")
_RISES_END = re.compile(f"(?P<rises>(?:年均|平均|每年|逐年|同比|环比|累计|净)?(?:{_RISES}))(?:了|约|率)?$")
_AFTER = re.compile(
    r"(?:\((?:含|包括)[^()]{0,8}\))?(?P<word>(?:\(?及\)?|含)?以上|及?以下|及?以内|之内|内(?![部外涵容生蒙陆])|左右|上下|之间|之上|之下)"
)
_AFTERS: Final = {
    "以上": ">=",
    "之上": ">=",
    "以内": "<=",
    "之内": "<=",
    "内": "<=",
    "左右": "~",
    "上下": "~",
    "之间": "~",
}

Kind = str
"""``compares``, ``reaches``, ``rises`` or ``""``: what the words before a figure are."""


class Wording(NamedTuple):
    """What is said around a figure."""

    operator: str | None
    """``None`` where only 达到, a verb or nothing says how the figure is meant: that is ``=``."""
    word: str | None
    kind: Kind
    name_end: int
    """Where the words before the figure begin: what stands before is the name."""
    after_end: int
    """Behind the word after the figure."""
    after: str | None


def read_wording(text: str, begin: int, start: int, end: int, limit: int) -> Wording:
    """The wording around the figure from ``start`` to ``end``, looking back to ``begin`` and ahead to ``limit``."""
    after = _AFTER.match(text, end, limit)
    place, about = _strip(text, begin, start)
    comparison = _COMPARISON_END.search(text, max(begin, place - 10), place)
    operator, word, kind = None, None, ""
    if comparison:
        operator, word, kind = _compared(comparison)
        place = _without_fillers(text, begin, comparison.start())
    place, kind, reached = _verb_before(text, begin, place, kind)
    if comparison is None and reached and (earlier := _COMPARISON_END.search(text, max(begin, place - 10), place)):
        operator, word, kind = _compared(earlier)
        place = _without_fillers(text, begin, earlier.start())
    word = word or (after["word"] if after else None) or about or reached
    operator = operator or (_after_operator(after["word"]) if after else None) or ("~" if about else None)
    if operator is None and reached == "控制在":
        operator = "<="
    return Wording(operator, word, kind, place, after.end() if after else end, after["word"] if after else None)


def find_comparison(text: str, begin: int, end: int) -> tuple[str, str, int, int] | None:
    """The first comparison within a clause, as (operator, word, start, end): 至少 in 至少建成1家, 不超过 in 不超过编制总数的5%."""
    found = _COMPARISON.search(text, begin, end)
    if not found:
        return None
    operator, word, _ = _compared(found)
    return operator, word, found.start(), found.end()


def _compared(found: re.Match[str]) -> tuple[str, str, Kind]:
    for place, (_, operator) in enumerate(_COMPARISONS):
        if found[f"c{place}"]:
            return operator, found[f"c{place}"], "compares"
    raise AssertionError("one of the comparisons matches")


def _after_operator(word: str) -> str:
    if word.endswith("以下"):
        return "<=" if word.startswith("及") else "<"
    if word == "之下":
        return "<"
    return _AFTERS.get(word.lstrip("(及)含"), ">=")


def _strip(text: str, begin: int, place: int) -> tuple[int, str | None]:
    """Back over 约 and fillers before a figure."""
    about = None
    place = _without_fillers(text, begin, place)
    if found := _ABOUT_END.search(text, max(begin, place - 3), place):
        about = found[0]
        place = _without_fillers(text, begin, found.start())
    return place, about


def _without_fillers(text: str, begin: int, place: int) -> int:
    while found := _FILLER_END.search(text, max(begin, place - 6), place):
        place = found.start()
    return place


def _verb_before(text: str, begin: int, place: int, kind: Kind) -> tuple[int, Kind, str | None]:
    """Back over 达到, 提高到 (they are not part of the name) or up to 增长 (it is: 较2030年增长)."""
    window = max(begin, place - 8)
    reaches = _REACHES_END.search(text, window, place)
    if reaches:
        return _without_fillers(text, begin, reaches.start()), kind or "reaches", reaches["reaches"]
    rises = _RISES_END.search(text, window, place)
    if rises:
        return place, kind or "rises", rises["rises"]
    return place, kind, None
