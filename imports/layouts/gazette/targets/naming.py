"""What a target is called: the words before the figure (or behind it) without time, modal words and 全市."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from imports.layouts.gazette.targets.clauses import ASIDE, legible
from imports.layouts.gazette.targets.verbs import DOING_START, MEASURED, PLAIN_START
from imports.layouts.gazette.targets.years import Year

LONGEST: Final = 60
REACH: Final = 160
"""How far back from a figure a name is looked for within one clause."""
_ASIDES = re.compile(f"{ASIDE}+")
_LEADING = re.compile(
    r"""(?: [,;:、。\s)—-]+ | 第[一二三四五六七八九十百零0-9]{1,6}条 | [(（][一二三四五六七八九十0-9]{1,3}[)）] | [0-9]{1,2}[.、](?=[^0-9])
    | [一二三四五六七八九十]{1,2}(?:、|是(?=.)) | [①-⑳●■◆▲•] | \([改扩新迁][^()]{0,4}\)(?=.{2}) | 其中 | 并且 | 并(?![网轨购]) | 而且 | 且 | 同时 | 另外 | 此外 | 以及 | 其余(?!.{0,2}[县区市]) | 首先 | 最终
    | 使(?![用命])得? | 让 | 确保 | 保证 | 力争 | 争取 | 努力 | 力求 | 要(?![素求害点闻]) | 应当 | 应(?![急用届收对征付])
    | 必须 | 须 | 将 | 计划(?=.{3}) | 预计 | 拟 | 原则上 | 一般(?=[不应要为须]) | (?:建成|投产|达产|投用)?后可?(?=实现|形成|新增|年) | 或(?=[较比者]) | 通过(?!率) | 严格(?=按照) | 按照(?!.{0,4}比例)
    | 全面(?=实现|完成|建|推|提) | 基本(?=实现|建成|完成) | 实现(?=.{3}) | 到(?![位岸]) | 至(?!少) | 于
    | 全[市县省区镇国州旗](?![域])(?:[上下]下|域|范围内)? | 我[市县省区] | 本[市县省区] | 各?县\([市区、]{1,3}\)区? | 各县区 | 各(?=新建|建设|建成|改造|完成|培育|打造|新增) | 各[县市区乡镇]{1,3} | 每个?(?:县\(区\)|县城|县区|县|区|市|乡镇|镇|乡|街道|社区|片区|园区|行政村|建制村|自然村|中心村|村|学校|品牌|家|户)(?![一-龥]?率)
    | [^,;、0-9]{0,8}?(?:投入|投资|安排)[^,;、0-9]{0,6}[0-9.]{1,10}[万亿]{0,2}元(?:资金)?,?(?=.{2})
    | [一二两三四五六七八九十]年(?:间|内|里|来)? | (?:上半年|下半年|[一二三四]季度|前三季度)[底末]?前? | [0-9]{1,2}月(?:[0-9]{1,2}日|[底末])?前?(?=.{2}) | 期间 | 三年行动期间 | 年均(?=新增|完成|培训|建) | 每年(?=.{2}) | [从自]?20[0-9]{2}年(?:[0-9]{1,2}月)?(?:起|开始) | 全年(?!无|龄)(?=.{2}) | 内(?=,) | 末
    | 在全[省国市区县][^,;、]{0,4}?(?:率先|范围内|领先)(?:实现)? | 累计(?=.{2}) | 总体(?=.{3}) | 进一步 | 不断 | 持续(?=提|推|扩) | 稳步(?=提|推) | 推动(?=.{4}) | 促进(?=.{4}) | 所有 | 率先
    )""",
    re.VERBOSE,
)
_TRAILING = re.compile(
    r"(?:[,;:、。(\s-]+|(?<![需主摘纪])要|(?<![供适响效反相])应|将|必?须|应当|也|(?<![首成])都|(?<![人户平亩年生])均|分别|力争|预计|争取|确保|努力|基本|全部|全面|稳步|逐步|进一步|总体|平均|原则上|一般|能够|可以|由|从|也要|总计|共计|"
    r"累计|(?<![节集制公])约|的|等|(?<!公)共|再|长期|持续|继续|始终|就)$"
)
_CHANGES = re.compile(
    r"(?:[较比][^,;、]{2,12})?(?:年均|每年|同比)?(?:增长|增加|提高|提升|上升|下降|降低|减少|翻|缩短|压缩)$"
)
_LISTED = re.compile(r"、|和|与|及|以及")
_TAIL = re.compile(r"(?:的)?(?:建设|创建|工作|任务|目标|培育)$")
_BEFORE_VERBS = re.compile(r"的?(?:建设|创建|打造|培育)$")


def clean(text: str, start: int, end: int, years: Sequence[Year]) -> str:
    """The name that a stretch of a sentence gives, or ``""``: without years that say when, modal words and 全市."""
    name = text[start:end]
    for year in reversed(years):
        if year.is_target and start <= year.start and year.end <= end:
            name = name[: year.start - start] + "\x03" + name[year.end - start :]
    head, _, tail = name.rpartition("\x03")
    name = tail if len(tail) > 1 else head.rpartition("\x03")[2]
    return trimmed(legible(name))


def trimmed(name: str) -> str:
    """A name without what only introduces it or leads on to the figure."""
    name = _ASIDES.sub("", name)
    while found := _LEADING.match(name):
        name = name[found.end() :]
    while found := _TRAILING.search(name):
        name = name[: found.start()]
    return name if len(name) <= LONGEST else name[-LONGEST:]


def opening(text: str) -> str:
    """The beginning of a clause, from where it says something: without what only introduces it."""
    while found := _LEADING.match(text):
        text = text[found.end() :]
    return text


def without_verb(name: str) -> str:
    """建成标准化养殖场 → 标准化养殖场. A name that is nothing but a verb stays."""
    return _without(DOING_START, name)


def without_plain_verb(name: str) -> str:
    """The same for the name of what is measured, which may itself begin like a verb: 监测点位数量."""
    return _without(PLAIN_START, name)


def measured_name(name: str) -> str:
    """What changes: of 开行量翻 and 森林覆盖率提高 the quantity, for a level that is said behind the change."""
    return _CHANGES.sub("", name) or name


def _without(start: re.Pattern[str], name: str) -> str:
    found = start.match(name)
    rest = trimmed(name[found.end() :]) if found else ""
    return rest if len(rest) > 1 else name


def thing(text: str, start: int, limit: int) -> str:
    """The thing counted behind a figure: 20家 → 精品民宿."""
    name = text[start:limit]
    for mark in (ASIDE, ",", ";", ":", "。"):
        name = name.partition(mark)[0]
    name = legible(name).removeprefix("的")
    name = _BEFORE_VERBS.sub("", name) if name.endswith(("的建设", "的创建", "的打造", "的培育")) else name
    return _TRAILING.sub("", _ASIDES.sub("", name)).lstrip("、,")


def listed(name: str, count: int) -> list[str] | None:
    """The names of a paired list (A、B分别…), ``None`` where there are not ``count`` of them.

    Where only the last part says what is measured (常住、户籍人口城镇化率), each name is the whole with its part in brackets.
    """
    for mark in (_LISTED, re.compile("、"), re.compile("和|与|及")):
        parts = [part for part in mark.split(name) if part]
        if len(parts) == count:
            break
    else:
        return None
    if MEASURED.search(parts[-1]) and not all(MEASURED.search(part) for part in parts):
        return [f"{name}（{part}）" for part in parts]
    return [trimmed(part) or part for part in parts]


def both_measured(name: str) -> list[str] | None:
    """The parts of A和B均…, where each is a measured quantity."""
    parts = [part for part in _LISTED.split(name) if part]
    return parts if len(parts) > 1 and all(len(part) > 2 and MEASURED.search(part) for part in parts) else None
