"""What the columns of a project table mean, from the wording of their headers.

Every city words its project tables in its own way, and a table may have several columns for one thing (牵头部门 and
主管部门, 总投资 and “十四五”投资). So each wording has a rank: the best column of a meaning is taken, all others are kept
under their own header. What stands in brackets says how (unit, remark), not what, and is set aside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple

Role = Literal["serial", "name", "content", "investment", "location", "period", "responsible", "category"]

_LONGEST_HEADER: Final = 60
"""A longer cell is text and heads nothing."""
_BRACKETED = re.compile(r"[(（\[【〔][^()（）\[\]【】〔〕]{0,40}+[)）\]】〕]")
_QUOTES = re.compile(r"[“”\"'‘’《》:：*]+")
_UNIT = re.compile(
    r"[(（\[【〔](?:[^()（）\[\]【】〔〕]{0,12}?[:：,，、])?\s*(?:人民币)?(亿元|万元|元)(?:[,，、][^()（）\[\]【】〔〕]{0,12})?[)）\]】〕]"
    r"|[/／,，:：、](亿元|万元|元)\Z|(?<=[资额算金价模计])(亿元|万元)\Z"
)

_PERIOD_SHARE = re.compile(
    r"十[一二三四五六七]?五|期间|时期|规划期|年度|当年|本年|今年|明年|去年|上年|(?<!\d)(?:19|20)\d{2}(?!\d)|\d{2}年|[二2][〇○零0Oo].{2}年|后续|剩余|近期|远期|[一二三四]期"
)
_NOT_A_BODY = re.compile(
    r"配合|协办|协同|协作|参与|参加|联系|联络|电话|领导|监管|监督|督导|设计|施工|监理|运营|验收|资金|投资额|支撑"
)
_NOT_THE_MONEY = re.compile(
    r"来源|渠道|主体|方式|类别|类型|性质|方向|单位|部门|比例|占比|比重|进度|完成|到位|累计|其中|已|强度|备注|文号|是否"
    r"|或|中央|上级|省级|市级|县级|区级|地方|专项|政府|社会|民间|企业|自筹|贷款|债券?|补助|奖补|财政|缺口"
)

# Of one role the patterns stand best first.
_WORDINGS: Final[tuple[tuple[Role, tuple[str, ...]], ...]] = (
    ("serial", (r"(?:项目|工程|总)?(?:序号?|编号|顺序号?|排序)|[Nn][Oo]\.?|№",)),
    (
        "name",
        (
            r".{0,8}(?:项目|工程)名称.{0,12}",
            r"(?:重点|重大|主要|建设|拟建|储备|具体|实施|支撑)*(?:项目|工程)(?:项目|清单|名)?",
            r"名称|(?:重点|主要|具体)?(?:任务|行动|举措|事项|工作)名称",
            r"(?!.*(?:单位|企业|公司|部门|街道|乡镇|县|区|村|河流|机构)).{1,8}名称",
            r"(?:重点|主要|具体|工作)*(?:任务|行动|举措|事项|工作)",
        ),
    ),
    (
        "responsible",
        (
            r".{0,8}(?:责任|主管|负责)(?:单位|部门|主体|机构|科室|处室|方).{0,6}|责任(?:县区|区县|地区)",
            r".{0,6}牵头.{0,8}",
            r".{0,4}(?:(?:实施|承担|承办|执行|落实|推进|组织)(?:单位|部门|主体|机构))",
            r".{0,4}(?:(?:建设|项目|申报|报送|填报|申请|用款)(?:单位|部门|主体))",
            r".{0,4}(?:法人|业主).{0,4}",
            r"(?:所属|归口)?(?:部门|单位名称)",
        ),
    ),
    (
        "content",
        (
            r".{0,12}内容.{0,10}",
            r".{0,8}(?:建设|生产|工程|项目)?规模.{0,6}",
            r".{0,6}(?:概况|简介|概述|基本情况|建设任务|工程量|建设方案|项目说明|工程措施)",
            r"(?!.*\d).{0,6}(?:目标任务|建设目标|工作目标|任务目标|工作任务|主要任务|主要措施|工作要求|具体措施)",
            r"(?:具体|主要|重点|工作|改造|建设|整治|推进|实施)*(?:举措|措施)",
        ),
    ),
    (
        "location",
        (
            r".{0,8}(?:地点|地址|位置|选址|所在地|落地).{0,4}",
            r"(?:.{0,4}(?:区域|范围|行政区划?|辖区|属地))|(?:.{0,4}(?:县市区|市县区|县区|区县|市县|县市|乡镇|镇街|乡镇街道|地区|县|区))",
        ),
    ),
    (
        "period",
        (
            r".{0,8}(?:年限|起止|工期|周期|建设期|期限|时限|年期|开竣工).{0,6}|.{0,4}(?:建设|实施|计划|推进|工作)(?:时间|年度|时序|年份|期间|阶段)",
            r".{0,6}(?:时间|时序|日期)(?:安排|节点|要求)?|年度|年份|进度安排|时间进度",
        ),
    ),
    ("category", (r"(?:项目|工程|所属|建设)*(?:类别|类型|分类|领域|行业|板块|大类|门类|专业|类)(?:名称)?",)),
)
_ORDER: Final[tuple[Role, ...]] = (
    "serial", "name", "investment", "responsible", "content", "location", "period", "category",
)  # fmt: skip
_COMPILED: Final = tuple((role, tuple(re.compile(wording) for wording in wordings)) for role, wordings in _WORDINGS)
_TOTAL = re.compile(r".{0,8}总(?:投资|造价|概算|预算|金额|额|资金|规模).{0,8}")
_PART_OF_TOTAL = re.compile(r"完成|累计|其中|中央|省|市级|县级|区级|地方|财政|自筹|社会|债|贷款")
_PLAIN_MONEY = re.compile(r".{0,8}(?:投资|造价|估算|概算).{0,6}")
_OTHER_MONEY = re.compile(r".{0,8}(?:资金|预算|金额).{0,4}")
_SHARE_RANK: Final = 3
_SHARE_OF_CONTENT: Final = 5
_START_OR_END = re.compile(r"(?!.*开.?竣工)(?!.*起止).*(?:开工|竣工|完工|建成|投产|开始|结束|动工|启动).*")


class ProjectColumns(NamedTuple):
    """Places of the columns in the header; ``None`` for what the table does not have."""

    serial: int | None
    name: int | None
    content: int | None
    investment: int | None
    location: int | None
    period: int | None
    responsible: int | None
    category: int | None
    other: tuple[int, ...]
    """Places of all other columns."""
    labels: tuple[str, ...]
    """The header of every column, repeated ones told apart."""
    money_unit: str | None
    """元, 万元 or 亿元, as the investment's header prints it."""


@lru_cache(maxsize=256)
def project_columns(header: tuple[str, ...]) -> ProjectColumns:
    """The columns that the header of a project table names."""
    best = _best_columns(header)
    if "name" not in best and (fallback := _unnamed_name(header, best)) is not None:
        best["name"] = fallback
    taken = set(best.values())
    money = best.get("investment")
    return ProjectColumns(
        serial=best.get("serial"),
        name=best.get("name"),
        content=best.get("content"),
        investment=money,
        location=best.get("location"),
        period=best.get("period"),
        responsible=best.get("responsible"),
        category=best.get("category"),
        other=tuple(place for place in range(len(header)) if place not in taken),
        labels=distinct_labels(header),
        money_unit=money_unit(header[money]) if money is not None else None,
    )


def below_the_name(columns: ProjectColumns) -> ProjectColumns:
    """The columns of a table whose name is a merged head over two: the second is the name, the first its category."""
    if columns.name is None:
        return columns
    other = tuple(place for place in columns.other if place != columns.name + 1)
    if columns.category is not None:
        return columns._replace(name=columns.name + 1, other=(*other, columns.name))
    return columns._replace(name=columns.name + 1, other=other, category=columns.name)


def money_unit(header: str) -> str | None:
    """The unit of money that a header prints: 总投资（万元）, 投资额/亿元; ``None`` for 单元 or 万元GDP能耗."""
    found = _UNIT.search("".join(header[:_LONGEST_HEADER].split()))
    return next(filter(None, found.groups()), None) if found else None


def wording(header: str) -> str:
    """A header without white space, quotes and bracketed remarks: 项目主管 (责任) 部门 → 项目主管部门."""
    squeezed = "".join(header.split())
    if len(squeezed) > _LONGEST_HEADER:
        return ""
    return _QUOTES.sub("", _BRACKETED.sub("", squeezed)) or _QUOTES.sub("", squeezed)


def distinct_labels(header: Sequence[str]) -> tuple[str, ...]:
    """The headers of all columns: a blank one is named after its neighbour to the left, a repeated one is counted."""
    seen: Counter[str] = Counter()
    labels: list[str] = []
    label = ""
    for place, printed in enumerate(header, 1):
        label = printed.strip() or label or f"第{place}列"
        seen[label] += 1
        labels.append(label if seen[label] == 1 else f"{label}（{seen[label]}）")
    return tuple(labels)


def _best_columns(header: Sequence[str]) -> dict[Role, int]:
    """For each role the place of its best column, the leftmost of equals; a column left over may have another role."""
    meanings = [_meanings(wording(printed), is_share=_is_share(printed)) for printed in header]
    best: dict[Role, int] = {}
    for role in _ORDER:
        places = [(ranks[role], place) for place, ranks in enumerate(meanings) if role in ranks]
        free = [(rank, place) for rank, place in places if place not in best.values()]
        if free and not (role == "period" and _is_half_a_period(header, min(free)[1])):
            best[role] = min(free)[1]
    return best


@lru_cache(maxsize=1024)
def _meanings(text: str, *, is_share: bool) -> dict[Role, int]:
    """What a header's wording may mean, and how well it says so (0 is best); ``is_share``: it is of some years only."""
    if not text or text.startswith(("是否", "其中")):
        return {}
    found: dict[Role, int] = {}
    for role, patterns in _COMPILED:
        rank = next((rank for rank, pattern in enumerate(patterns) if pattern.fullmatch(text)), None)
        if rank is not None and _is_allowed(role, text):
            found[role] = rank + (_SHARE_OF_CONTENT if is_share and role == "content" else 0)
    rank = _money_rank(text, is_share=is_share)
    return found if rank is None else {"investment": rank}


def _is_share(header: str) -> bool:
    """Whether a header, brackets and all, speaks of some years only: 投资（2027年计划）."""
    return _PERIOD_SHARE.search("".join(header[:_LONGEST_HEADER].split())) is not None


def _money_rank(text: str, *, is_share: bool) -> int | None:
    """How well a header names the project's total; ``None`` where it names no amount, or a part by its source."""
    share = _SHARE_RANK if is_share else 0
    if _TOTAL.fullmatch(text) and not _PART_OF_TOTAL.search(text):
        return share
    if _NOT_THE_MONEY.search(text):
        return None
    if _PLAIN_MONEY.fullmatch(text):
        return share + 1
    return share + 2 if _OTHER_MONEY.fullmatch(text) else None


def _is_allowed(role: Role, text: str) -> bool:
    if role == "responsible":
        return _NOT_A_BODY.search(text) is None
    if role == "period":
        return "投资" not in text and "资金" not in text and "内容" not in text
    if role == "content":
        return "是否" not in text and "投资" not in text
    return True


def _is_half_a_period(header: Sequence[str], place: int) -> bool:
    """Whether a period is printed in two columns (开工时间, 竣工时间): neither alone is the period."""
    halves = [at for at, printed in enumerate(header) if _START_OR_END.fullmatch(wording(printed))]
    return place in halves and len(halves) > 1


def _unnamed_name(header: Sequence[str], best: dict[Role, int]) -> int | None:
    """The name's column where no header says so: the one right of the serials that means nothing else (桥梁, 学校)."""
    place = best["serial"] + 1 if "serial" in best else None
    if place is None or place >= len(header) or place in best.values():
        return None
    text = wording(header[place])
    return None if not text or re.search(r"单位|企业|公司|部门|指标|备注", text) else place
