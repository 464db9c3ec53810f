"""How likely a plan project and a budget project are one, by name, department and year (pure).

`likeness` judges two of them. `Matcher` finds the pairs worth judging: those of one region tree whose names share at
least one pair of neighbouring characters, looked at in C.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from rapidfuzz import fuzz, process

from projects.regions import regions_at_start

THRESHOLD: Final = 80
"""Pairs below are not proposed: measured on generated names, of those above nine of ten are right."""
ROUGH_FLOOR: Final = 45
"""Names that are less alike than this as wholes are not looked at any closer."""
MOST_COMMON: Final = 200
"""A pair of characters of more names than this (改造) leads to no candidate where a name has a rarer one."""
MOST_OF_ONE: Final = 5
"""Proposals of one plan project at a time; more would mean that its name says too little."""
SHORT: Final = 4
"""Names of fewer characters say too little by themselves."""
AGREES: Final = 8
DIFFERS: Final = -8
OUT_OF_TIME: Final = -10
OTHER_MARKS: Final = -25
OTHER_THING: Final = -25
OTHER_SITE: Final = -30
NO_SITE: Final = -12
SITE: Final = 80
"""Proper names that are less alike than this name two sites."""
OTHER_PLACE: Final = -30
INSIDE: Final = 0.93
"""What a name is worth that stands whole inside the other, against one that is the other."""
NO_PLACES: Final = ("城区", "郊区", "矿区", "新区")
"""Names of districts somewhere, and in a project's name a part of town."""

_BRACKETED = re.compile(r"[(\[〔【<《][^()\[\]〔〕【】<>《》]*[)\]〕】>》]")
_SIGNS = re.compile(r"[^\w]|_")
_YEARS = re.compile(r"(?:19|20)\d{2}年?度?")
_FILLER = re.compile(r"项目|工程|建设")
_MARKS = re.compile(r"([一二三四五六七八九十\d]+)(?:期|号|标段|阶段|批)|第([一二三四五六七八九十\d]+)")
_THINGS = re.compile(
    "幼儿园|小学|中学|高中|学校|学院|大学|医院|卫生院|卫生室|卫生服务中心|敬老院|养老院|养老中心|福利院|儿童之家|污水处理厂|水厂|"
    "垃圾处理厂|电厂|工厂|供水|供热|供气|排水|雨污|污水|垃圾|管网|热源|水库|码头|航道|河道|桥梁|大桥|隧道|机场|铁路|高速公路|高速|公路|道路|大街|街道|巷|"
    "公园|广场|绿地|湿地|景区|小镇|园区|产业园|开发区|体育馆|体育场|图书馆|文化馆|博物馆|剧院|书屋|停车场|充电桩|农贸|批发|市场|物流园|货场|"
    "公租房|廉租房|安置房|保障房|小区|住房|宿舍|教学楼|办公楼|综合楼|大楼|中心|基地|平台|系统"
)
_WORKS = re.compile(
    "改扩建|新建|改建|扩建|迁建|重建|续建|改造|维修|修缮|维护|提升|升级|加固|配套|设施|设备|购置|采购|综合|治理|整治|整理|保护|开发|"
    "基础|专项|补助|奖补|资金|经费|前期|实施|推进|优化|更新|完善|运营|管理|服务|示范|试点|行动|计划"
)
_DIGITS: Final = {sign: str(at) for at, sign in enumerate("〇一二三四五六七八九十")}


class PlanSide(NamedTuple):
    """What is compared of a plan project."""

    name: str
    region: str | None
    departments: frozenset[int] = frozenset()
    first_year: int | None = None
    last_year: int | None = None
    location: str = ""


class BudgetSide(NamedTuple):
    """What is compared of a budget project."""

    name: str
    region: str
    department: int | None
    year: int


class Core(NamedTuple):
    """A name without what says nothing: the division that it begins with, remarks, signs, 项目, 工程 and 建设."""

    text: str
    place: str | None
    """Code of the division that the name begins with."""
    marks: frozenset[str]
    """Numbers of phases and parts: 一期 and 二期 are two projects."""
    things: frozenset[str]
    """What is built or bought: 小学, 污水处理厂."""
    site: str
    """What is left beside these and 改造, 扩建: mostly the proper name of the place."""


@lru_cache(maxsize=200_000)
def core(name: str) -> Core:
    """The part of a name that tells a project from others.

    >>> core("长治市东街小学改造项目（一期）").text
    '东街小学改造'
    """
    whole = _YEARS.sub("", unicodedata.normalize("NFKC", "".join(name.split())))
    marks = frozenset(_digits(first or second) for first, second in _MARKS.findall(whole))
    text = _BRACKETED.sub("", whole)
    regions = [] if text.startswith(NO_PLACES) else regions_at_start(text)
    if regions:
        text = text.removeprefix(max(_names_at(text, regions), key=len, default=""))
    solid = _FILLER.sub("", _SIGNS.sub("", text))
    site = _WORKS.sub("", _THINGS.sub("", solid))
    place = regions[0].code if len(regions) == 1 else None
    return Core(solid, place, marks, frozenset(_THINGS.findall(solid)), site)


def _names_at(text: str, regions: Iterable[object]) -> Iterator[str]:
    for region in regions:
        for name in (region.name, region.short_name):  # type: ignore[attr-defined]  # a `RegionRef`
            if text.startswith(name):
                yield name


def _digits(number: str) -> str:
    return "".join(_DIGITS.get(sign, sign) for sign in number)


def likeness(plan: PlanSide, budget: BudgetSide) -> int:
    """How likely the two are one project, from 0 to 100."""
    one, other = core(plan.name), core(budget.name)
    if not one.text or not other.text:
        return 0
    shorter = min(len(one.text), len(other.text))
    agrees = budget.department in plan.departments if budget.department and plan.departments else None
    if shorter < SHORT and (one.text != other.text or not agrees):
        return 0
    score = fuzz.ratio(one.text, other.text)
    if shorter > SHORT:
        score = max(score, INSIDE * fuzz.partial_ratio(one.text, other.text))
    score = min(score + (0 if agrees is None else AGREES if agrees else DIFFERS), 100)
    score += _of_parts(one, other)
    score += OTHER_MARKS if one.marks != other.marks and (one.marks and other.marks) else 0
    score += OTHER_PLACE if _lie_apart(_place(one, plan.location, plan.region), other.place or budget.region) else 0
    score += OUT_OF_TIME if _is_out_of_time(plan, budget.year) else 0
    return round(min(max(score, 0), 100))


def _of_parts(one: Core, other: Core) -> int:
    """What two names lose where they say that they build something else, or build it somewhere else."""
    lost = OTHER_THING if one.things and other.things and not one.things & other.things else 0
    if not one.site or not other.site:
        return lost + (NO_SITE if one.site != other.site else 0)
    if one.site not in other.site and other.site not in one.site:
        lost += OTHER_SITE if fuzz.ratio(one.site, other.site) < SITE else 0
    return lost


def _place(name: Core, location: str, region: str | None) -> str | None:
    """Where a plan project is: what its name begins with, else its location, else its document's region."""
    if name.place:
        return name.place
    return _division(location[:20]) or region


@lru_cache(maxsize=10_000)
def _division(text: str) -> str | None:
    found = regions_at_start(text)
    return found[0].code if len(found) == 1 else None


def _lie_apart(one: str | None, other: str | None) -> bool:
    """Whether neither of two divisions lies within the other."""
    if not one or not other:
        return False
    short, long = sorted((_stem(one), _stem(other)), key=len)
    return not long.startswith(short)


def _stem(code: str) -> str:
    """A code without the zeros that stand for all divisions below: 140400 → 1404."""
    while code.endswith("00"):
        code = code[:-2]
    return code


def _is_out_of_time(plan: PlanSide, year: int) -> bool:
    """Whether a budget year lies outside the printed years; money is often paid a year later."""
    if plan.first_year is None:
        return False
    return not plan.first_year <= year <= (plan.last_year or plan.first_year) + 1


class Pair(NamedTuple):
    """A plan project and a budget project, by their keys, and how likely they are one."""

    plan: int
    project: int
    likeness: int


class Matcher:
    """Budget projects, ready to be asked which of them a plan project very likely is."""

    def __init__(self, budgets: Mapping[int, BudgetSide]) -> None:
        self._budgets = budgets
        self._cores = {pk: core(side.name).text for pk, side in budgets.items()}
        self._common = max(MOST_COMMON, len(budgets) // 50)
        self._with: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for pk, text in self._cores.items():
            for shingle in _shingles(text):
                self._with[budgets[pk].region][shingle].append(pk)

    def pairs(self, plans: Mapping[int, PlanSide]) -> Iterator[Pair]:
        """The likely pairs of each plan project, the likeliest first, `MOST_OF_ONE` at most."""
        for pk, plan in plans.items():
            judged = (Pair(pk, other, likeness(plan, self._budgets[other])) for other in self._alike(plan))
            likely = sorted((pair for pair in judged if pair.likeness >= THRESHOLD), key=lambda pair: -pair.likeness)
            yield from likely[:MOST_OF_ONE]

    def _alike(self, plan: PlanSide) -> list[int]:
        text = core(plan.name).text
        near = {pk: self._cores[pk] for pk in self._near(text, plan.region)}
        rough = process.extract(text, near, scorer=fuzz.ratio, score_cutoff=ROUGH_FLOOR, limit=None)
        enough = THRESHOLD - AGREES
        return [
            pk for other, whole, pk in rough if whole >= enough or INSIDE * fuzz.partial_ratio(text, other) >= enough
        ]

    def _near(self, text: str, region: str | None) -> set[int]:
        """Projects of the region's tree whose names share a pair of characters, a rare one where this name has any."""
        shingles = _shingles(text)
        found: set[int] = set()
        for other, index in self._with.items():
            if not _lie_apart(region, other):
                held = [index[shingle] for shingle in shingles if shingle in index]
                rare = [numbers for numbers in held if len(numbers) <= self._common]
                found.update(*(rare or held))
        return found


def _shingles(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}
