"""Figures in running text: a number, how it is printed, and its unit.

95%, 1.2万亩, 1,200个, 百分之七十, 三分之二, 八成, 两座, 3.5亿元, 8.5公里/平方公里, and 5—7% with both its ends. What is part
of a name or a code (5G, 4A级, G309, 第12条) or a ratio (1:8) is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from imports.layouts.gazette.targets.units import COUNTER, TIME, UNIT

_CHINESE = "〇零一二两三四五六七八九十百千万亿点"
_FIGURE = re.compile(
    rf"""(?<![0-9A-Za-z第.+×〇零一二两三四五六七八九十])(?:
      (?P<parts>[百千]分之)(?P<part>[0-9]{{1,12}}(?:\.[0-9]{{1,10}})?|[{_CHINESE}]{{1,12}})
    | (?P<whole>[二三四五六七八九])分之(?P<share>[一二两三四五六七八])
    | (?P<tenths>[一二两三四五六七八九])成(?=以|及以|之|左右|的|[,;:。、)\x00]|$)
    | (?<=翻)(?P<doublings>[一二两三四])番
    | (?:(?P<low>[0-9]{{1,12}}(?:\.[0-9]{{1,10}})?)(?P<low_times>[万亿](?!元))?(?P<low_unit>{UNIT})?(?:[-–~至到]|—{{1,2}})(?=[0-9]))?
      (?P<number>[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,6}}(?![0-9])(?:\.[0-9]{{1,10}})?|[0-9]{{1,18}}(?:\.[0-9]{{1,10}})?)
      (?![0-9])(?P<before>[余多])?(?P<times>[十百千]?(?:万亿|[万亿])(?!分之)|(?!千[米克瓦伏卡焦乏帕])[百千](?={UNIT}))?(?P<more>[余多])?(?P<unit>{UNIT})?
    | (?P<chinese>[一二两三四五六七八九十百][{_CHINESE}]{{0,12}})(?P<over>[余多])?(?P<counter>{COUNTER})
    )""",
    re.VERBOSE,
)
_CODE_AFTER = re.compile(r"[A-Za-z]|[号線线路版第期届]|月|[-—–~至到](?=[0-9])|[:/+×x](?=[0-9A-Za-z])|人间|年代|年级")
_RANGE_BEFORE = re.compile(r"[0-9%万亿个家座项条][-—–~至到]$|[0-9]:$|\x02$|(?:19|20)[0-9]{2}[.\-/]$")
_RANGE_AFTER = re.compile(r"[-—–~至到](?:[0-9]|百分之)")
_DIGITS: Final = dict(zip("〇零一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_POWERS: Final = {"十": 10, "百": 100, "千": 1000}
_MYRIADS: Final = {"万": 10**4, "亿": 10**8}
_YEAR = re.compile(r"(?:19|20)[0-9]{2}$")
_FROM = re.compile(r"[由从自]$")
_CURRENCIES: Final = ("元", "美元", "港元", "欧元")


class Figure(NamedTuple):
    """A number with its unit, and where it stands in the text."""

    start: int
    end: int
    """Behind the unit."""
    number: Decimal
    number_end: int
    """Behind the number: ``text[start:number_end]`` is the number as printed."""
    unit: str | None
    over: bool
    """余 or 多 is printed: more than that."""
    chinese: bool
    low: Decimal | None = None
    """Where the text prints a range (5—7%), its lower end; ``number`` is the upper one."""

    low_end: int = 0
    high_start: int = 0

    @property
    def ends(self) -> tuple[Figure, ...]:
        """The two ends of a range as figures of their own; of any other figure itself."""
        if self.low is None:
            return (self,)
        return (
            self._replace(number=self.low, number_end=self.low_end, low=None),
            self._replace(start=self.high_start, low=None),
        )


def find_figures(text: str, start: int, end: int) -> Iterator[Figure]:
    """The figures of a clause, from ``start`` to ``end`` of its text."""
    for found in _FIGURE.finditer(text, start, end):
        figure = _figure(found)
        if figure and not _is_code(text, figure, end):
            yield figure


def chinese_number(numerals: str) -> Decimal | None:
    """The value of a number in Chinese numerals: 七十, 一百二十, 两千, 三点五, 二〇; ``None`` where they make none."""
    whole, _, fraction = numerals.partition("点")
    value = _whole(whole)
    if value is None or ("点" in numerals and not all(digit in _DIGITS for digit in fraction)):
        return None
    digits = "".join(str(_DIGITS[digit]) for digit in fraction)
    return Decimal(f"{value}.{digits}") if digits else Decimal(value)


def _whole(numerals: str) -> int | None:
    if len(numerals) > 1 and all(numeral in _DIGITS for numeral in numerals):
        return int("".join(str(_DIGITS[numeral]) for numeral in numerals))
    total = section = digit = 0
    for numeral in numerals:
        if numeral in _DIGITS:
            digit = _DIGITS[numeral]
        elif numeral in _POWERS:
            section += (digit or 1) * _POWERS[numeral]
            digit = 0
        elif numeral in _MYRIADS:
            before = section + digit
            # 亿 counts all that stands before it (一万亿), 万 what stands behind the last 亿 (三亿五千万).
            total = (
                (total + before or 1) * _MYRIADS["亿"] if numeral == "亿" else total + (before or 1) * _MYRIADS["万"]
            )
            section = digit = 0
        else:
            return None
    return total + section + digit if numerals else None


def _figure(found: re.Match[str]) -> Figure | None:
    if found["parts"]:
        return _parts(found)
    if found["whole"]:
        return _fraction(found)
    if found["tenths"]:
        share = Decimal(_DIGITS[found["tenths"]] * 10)
        return Figure(found.start(), found.end(), share, found.end(), "%", over=False, chinese=True)
    if found["doublings"]:
        times = Decimal(_DIGITS[found["doublings"]])
        return Figure(found.start(), found.end(), times, found.end("doublings"), "番", over=False, chinese=True)
    return _numerals(found) if found["chinese"] else _digits(found)


def _fraction(found: re.Match[str]) -> Figure | None:
    """三分之二 as a percentage, to two places."""
    share, whole = _DIGITS[found["share"]], _DIGITS[found["whole"]]
    if share >= whole:
        return None
    percentage = _plain((Decimal(100 * share) / whole).quantize(Decimal("0.01")))
    return Figure(found.start(), found.end(), percentage, found.end(), "%", over=False, chinese=True)


def _numerals(found: re.Match[str]) -> Figure | None:
    printed, unit = found["chinese"], found["counter"]
    if unit == "元" and printed[-1] in _MYRIADS:
        printed, unit = printed[:-1], printed[-1] + unit
    number = chinese_number(printed)
    if not number:
        return None
    end = found.start("chinese") + len(printed)
    return Figure(found.start(), found.end(), number, end, unit, bool(found["over"]), chinese=True)


def _parts(found: re.Match[str]) -> Figure | None:
    part = found["part"]
    number = Decimal(part) if part[0].isdigit() and part.isascii() else chinese_number(part)
    if number is None:
        return None
    unit = "%" if found["parts"] == "百分之" else "‰"
    return Figure(found.start(), found.end(), number, found.end(), unit, over=False, chinese=True)


def _digits(found: re.Match[str]) -> Figure | None:
    number = Decimal(found["number"].replace(",", ""))
    times, unit, end = found["times"] or "", found["unit"], found.end("number")
    if times and unit and unit.startswith(_CURRENCIES) and times[-1] in _MYRIADS:
        # 万元 and 亿元 are units of their own: 3.5亿元 is read as it is printed.
        unit = times[-1] + unit
        for power in times[:-1]:
            number *= _POWERS.get(power) or _MYRIADS[power]
            end += 1
    elif times:
        end = found.end("times")
        for power in times:
            number *= _POWERS.get(power) or _MYRIADS[power]
    if unit == "成" and not _is_named_otherwise("成", found.string[found.end() : found.end() + 3]):
        unit, number = "%", number * 10
    over = bool(found["before"] or found["more"])
    figure = Figure(found.start(), found.end(), _plain(number), end, unit, over, chinese=False)
    return _with_low(found, figure) if found["low"] else figure


def _with_low(found: re.Match[str], figure: Figure) -> Figure | None:
    """5—7%, 3万至5万人, 80亿—100亿元: both ends in the same unit, the lower one first; a span of time is none."""
    if not figure.number:
        return None  # nothing is below it, and it says nothing of the scale
    low, scale = Decimal(found["low"]), figure.number / Decimal(found["number"].replace(",", ""))
    if found["low_unit"] is None and found["low_times"] is None:
        low *= scale
    elif found["low_times"] and not (figure.unit or "").startswith(found["low_times"]):
        low *= _MYRIADS[found["low_times"]]
    unit = found["low_unit"]
    same = unit in {None, figure.unit} or ((figure.unit or "").startswith("个") and unit == "个")
    if low >= figure.number or not same or figure.unit in TIME | _STEPS | {None}:
        return None
    low_end = found.end("low_times") if found["low_times"] else found.end("low")
    return figure._replace(low=_plain(low), low_end=low_end, high_start=found.start("number"))


_STEPS: Final = frozenset(["级", "度", "分", "折", "层", "期", "届", "号", "轮", "点", "段", "环"])


def _plain(number: Decimal) -> Decimal:
    """Without zeros after the point that working out 万 and 亿 leaves."""
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


def _is_code(text: str, figure: Figure, end: int) -> bool:
    """Whether a figure is part of a code, a date, a ratio or a range."""
    if _RANGE_BEFORE.search(text, max(figure.start - 6, 0), figure.start):
        return True
    after = text[figure.end : min(end, figure.end + 3)]
    if _RANGE_AFTER.match(after) or (
        figure.low is not None and _FROM.search(text, max(figure.start - 1, 0), figure.start)
    ):
        return True
    if figure.unit is None:
        return bool(_CODE_AFTER.match(after)) or after.startswith(("年", "日", "时", "大", "楼"))
    if figure.unit == "年" and _YEAR.match(text, figure.start, figure.number_end):
        return True
    return _is_named_otherwise(figure.unit, after)


_OTHERWISE: Final = {
    "人": ("间", "制", "座", "行"), "分": ("别", "类", "级", "之", "区", "布"), "级": ("标准", "医院", "公路", "联动"),
    "日": ("前", "起", "至"), "月": ("底", "份", "前", "初", "末"), "类": ("别", "型"), "成": ("立", "为", "员", "果", "功"),
    "面": ("向", "积"), "道": ("路",), "里": ("程",), "片": ("区",), "环": ("境", "保"), "段": (), "方": ("面", "式", "案", "位"),
    "节": ("能", "约", "点"), "点": ("击", "式", "到", "多"), "度": ("夏", "假"), "位": ("于",), "单": ("位", "元"), "场": ("景", "所"), "集": ("中",),
    "期": (), "层": ("次", "级"), "站": ("式",), "门": ("类",), "对": ("一", "口"), "名": ("单", "录"), "组": ("织", "建"),
}  # fmt: skip


def _is_named_otherwise(unit: str, after: str) -> bool:
    """Whether what looks like a counter begins another word: 5个分类 is a figure, 5分类 is none."""
    return bool(after) and after.startswith(_OTHERWISE.get(unit, ("\x03",)))
