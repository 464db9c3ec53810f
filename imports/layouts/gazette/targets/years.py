"""Years in running text, and which of them a target is to be reached in.

到2030年, 2026年底前, 2027-2029年 (the last), “十五五”末 (2030), 二〇三〇年; 今年 and 年底前 name a year that only the document's date
tells. 较2023年, 以2020年为基数 and 建成于2000年 are no target years, 截至2023年底 speaks of the past.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from imports.layouts.gazette.targets.figures import chinese_number

YearKind = Literal["deadline", "bare", "base", "past", "relative"]

_FOUR = r"(?:19|20)[0-9]{2}"
_CHINESE_YEAR = "二[〇○零O0][〇○零O0一二三四五六七八九]{2}"
_YEAR = re.compile(
    rf"""(?P<pre>截至|截止到?|自从|相比|相较|相对|对比|力争到|争取到|力争|争取|确保|预计|计划|努力到|到|至|较|(?<![占之配])比|自|从|以|同|与|于|在)?
    (?:
      (?P<span>(?P<since>{_FOUR}|{_CHINESE_YEAR})年?(?:[-—–~至到]|——){{1,2}})?(?P<year>{_FOUR}|{_CHINESE_YEAR})(?:年(?P<late>度|年?底|年?末)?)
      (?:(?P<month>[0-9]{{1,2}}月)(?:[0-9]{{1,2}}日|底|末|份|上旬|中旬|下旬)?|上半年|下半年|[一二三四]季度|年?初)?
      | [“"]?(?P<plan>十[一二三四五六七八九]|二十)五[”"]?(?:规划)?(?P<plan_late>末期|期末|末|时期|期间|期内|规划期)?
      | (?P<relative>今明两年|(?:今年|明年|本年)(?:[0-9]{{1,2}}月)?[内底末度]?|当年|年内|(?<![0-9年〇一二三四五六七八九今明本])年底)
    )
    (?P<post>以前|之前|前|以来|以后|之后|后|起|开始)?""",
    re.VERBOSE,
)
_HAS_YEAR = re.compile(r"年|[一二三四五六七八九十]五")
_BASES: Final = frozenset("较 比 自 从 以 同 与 自从 相比 相较 相对 对比".split())
_DEADLINES: Final = frozenset("到 至 力争到 争取到 努力到".split())
_AIMS: Final = frozenset("力争 争取 确保 预计 计划".split())
_BASE_AFTER = re.compile(
    r"年?(?:版|为基[数期准年]|的?基础|相比|以来|同期|标准|数据|水平为|[^,;:]{0,25}(?:为基[数期准础]|基数))"
)
_LEVEL_OF = re.compile(r"(?:恢复|回升|相当)[到至于]?$")
"""恢复到2019年的120%."""
_OPEN_BEFORE = re.compile(
    r"(?:^|[,;:、。()\x00\x01和及与]|全[市县省区国镇乡]|[我各][市县省区镇乡地]+|其中|——|下达|安排|完成)$"
)
_VERB_AFTER = re.compile(
    r"(?:年|度|三年间|[两二三四五]年间|期间|,|:|内|要|全[市县省区]|力争|计划|确保|预计|实现|完成|新[建增]|建成|达到?|提[高升]|再|开工|累计|超过|不[低少高超]|[0-9])"
)
_NAMES_DATE = re.compile(rf"{_FOUR}年[0-9]{{1,2}}月[0-9]{{1,2}}日")


class Year(NamedTuple):
    """A year in a text."""

    start: int
    end: int
    year: int | None
    """``None`` for 今年 and the like."""
    kind: YearKind
    """``deadline``: 到, 底前. ``bare``: 2026年. ``base``: what is compared with. ``past``: 截至. ``relative``: 今年."""

    since: int | None = None
    """The first year of a span: 2029—2031年."""

    @property
    def is_target(self) -> bool:
        return self.kind in {"deadline", "bare", "relative"}


def find_years(text: str) -> Iterator[Year]:
    """The years that a squeezed sentence or a heading names, in order."""
    if not _HAS_YEAR.search(text):
        return
    for found in _YEAR.finditer(text):
        year = _value(found)
        kind = _kind(found, text)
        if kind != "relative" and year is None:
            continue
        yield Year(found.start(), found.end(), year, kind, _number(found["since"]))


def last_year(texts: Sequence[str]) -> int | None:
    """The year that the nearest of the headings names as its goal; of several in one, the last."""
    for text in reversed(texts):
        years = [found.year for found in find_years(text) if found.is_target and found.year]
        if years:
            return max(years)
    return None


def _value(found: re.Match[str]) -> int | None:
    if found["plan"]:
        number = chinese_number(found["plan"])
        return None if number is None else 1955 + 5 * int(number)
    return _number(found["year"])


def _number(printed: str | None) -> int | None:
    if printed is None:
        return None
    if printed.isascii() and printed.isdigit():
        return int(printed)
    value = chinese_number(printed.replace("○", "〇").replace("O", "〇").replace("0", "〇"))
    return int(value) if value is not None else None


def _kind(found: re.Match[str], text: str) -> YearKind:
    pre, post = found["pre"] or "", found["post"] or ""
    if pre in {"截至", "截止", "截止到"} or post == "以来":
        return "past"
    if found["relative"] and pre not in _BASES:
        return "relative"
    if pre in {"从", "自"} and found["span"]:
        return "deadline"
    if _LEVEL_OF.search(text, max(found.start() - 3, 0), found.start() + len(pre)):
        return "base"
    if pre in _DEADLINES:
        return "deadline"
    if pre in _BASES or post in {"以后", "之后", "后", "起", "开始"} or _BASE_AFTER.match(text, found.end()):
        return "base"
    late = found["late"] in {"底", "年底", "末", "年末"} or found["span"]
    if post in {"前", "以前", "之前"} or (late and _opens(found, text)):
        return "deadline"
    return "bare" if _opens(found, text) or pre in _AIMS or _VERB_AFTER.match(text, found.end()) else "base"


def _opens(found: re.Match[str], text: str) -> bool:
    return bool(_OPEN_BEFORE.search(text, max(found.start() - 6, 0), found.start())) or found.start() == 0
