"""Headers: which row of cells is one, which printing repeats it, how two rows make one, what unit it prints."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from imports.layouts.gazette.tables.cells import (
    BLANK,
    FIGURE,
    LONGEST_SHORT,
    PERIOD,
    QUANTITY,
    bare,
    filled_places,
    kind,
)
from imports.layouts.gazette.tables.serials import serial

_SERIAL_WORD = re.compile(r"序号|编号|顺序号|项次|No\.?|№", re.IGNORECASE)
_WORDS = re.compile(
    r"(?:序号|编号|代码|编码|项次|名称|项目|单位|部门|机构|主体|内容|时间|时限|期限|年限|日期|年度|年份|周期|进度|节点|地点|地址|位置|区域|范围|场所"
    r"|数量|人数|金额|额|投资|资金|经费|预算|费用|造价|价格|规模|面积|长度|里程|人口|户数|性质|类别|类型|种类|分类|品种|属性|方式|备注|说明|注释"
    r"|指标|标准|要求|依据|目标|目标值|指标值|基期|现状|现值|基数|任务|措施|举措|事项|工作|环节|职责|分工|责任|责任人|负责人|联系人|牵头|配合|法人|业主|领导"
    r"|县区|区县|市县|县市区|行政区|行政区划|姓名|性别|职务|职称|电话|比例|比重|占比|增速|增长|率|分值|得分|权重|等级|级别|层级|来源|渠道"
    r"|单价|合价|总价|价值|参数|品名|概况|简介|起点|终点|学位|床位|票价|户型|站点|路线|线路|路段|渠系|断面|水质|树种|品牌|症状|细则|扣分|档次|频次|范畴|对象|条件|程序|流程|材料|窗口|机关|科目|编制|岗位|学历|籍贯|身份|出生|事由|原因|风险|问题|整改|文号|文件|条款|标题|页码|领域|行业|专业|阶段|型号|规格|车辆|设备|器材|装备|物资|产品|产量|产值|状态|情况|结果|成果|合计|小计|总计|完成|计划|用途|去向|规划|延续项目)"
)
_WORD_LAST = re.compile(_WORDS.pattern + r"\Z")
_WHOLE_WORDS: Final = frozenset(
    (
        "县",
        "区",
        "市",
        "村",
        "乡",
        "镇",
        "社区",
        "街道",
        "乡镇",
        "号",
        "名",
        "数",
        "年",
        "月",
        "省",
        "地区",
        "市州",
        "户",
        "人",
    )
)
_BRACKETS = re.compile(r"[(\[【][^()\[\]【】]{0,20}[)\]】]")
_YEARS = re.compile(
    r"(?:(?:19|20)\d\d(?:[-~—至](?:19|20)?\d\d)?年?|[“\"]?[一二三四五六七八九十]{1,3}五[”\"]?)(?:时期|期间|期末|末)?.{0,8}"
)
_SENTENCE = re.compile(r"[。；;！!？?]")
_LABELLED = re.compile(r":.")
_QUESTION = re.compile(r"是否")
_MONEY_WORD = re.compile(r"投资|资金|金额|预算|经费|费|造价|补助|奖补|补贴|额|收入|支出|价|款|拨")
_MONEY_UNIT = re.compile(r"亿元|百万元|万元|千元|元")
_STRONG: Final = 0.5
_CERTAIN: Final = 0.75
_ALIKE: Final = 0.85
_LONGEST_CELL: Final = 45
_SHORT_WORD: Final = 6
_SHORT_CELL: Final = 10
_MOST_CELLS: Final = 200
_FEWEST_CELLS: Final = 3
_NO_HEAD = re.compile(r"[，,。、√×○●]|^\d")


def is_serial_word(text: str) -> bool:
    """Whether a header cell stands over serial numbers."""
    return len(text) <= LONGEST_SHORT and _SERIAL_WORD.fullmatch(bare(text)) is not None


def looks_like_header(cells: Sequence[str], below: Sequence[Sequence[str]] = ()) -> bool:
    """Whether cleaned cells head a table: short words of headers, or words over columns of figures (``below``)."""
    share = word_share(cells)
    if share >= _STRONG or (share >= 0 and _over_figures(cells, below)):
        return True
    # One known word among short words over several rows of the same width.
    even = [row for row in below if len(row) == len(cells)]
    return share > 0 and len(cells) > 2 and len(even) > 1 and all(0 < len(cell) <= _SHORT_CELL for cell in cells)


def is_certain_header(cells: Sequence[str]) -> bool:
    """Whether cells can be nothing but a header, even in the midst of a table."""
    return word_share(cells) >= _CERTAIN and len(filled_places(cells)) > 2


def word_share(cells: Sequence[str]) -> float:
    """The share of the filled cells that are words of headers; -1 for cells that cannot be a header."""
    places = filled_places(cells)
    if len(places) < 2 or len(cells) > _MOST_CELLS or any(len(cells[place]) > _LONGEST_CELL for place in places):
        return -1
    plain = [bare(cells[place]) for place in places]
    if any(_SENTENCE.search(text) for text in plain) or (
        serial(plain[0]) is not None and not _YEARS.fullmatch(plain[0])
    ):
        return -1
    if any(_LABELLED.search(_BRACKETS.sub("", text)) for text in plain):
        return -1
    if any(kind(text) == FIGURE for text in plain) or len(set(plain)) == 1:
        return -1
    if _SERIAL_WORD.fullmatch(plain[0]):
        return 1
    return sum(1 for text in plain if _is_word(text)) / len(plain)


def same_header(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two printings of a header are the same, up to a slip of the converter."""
    left, right = [bare(cell) for cell in one], [bare(cell) for cell in other]
    if left == right:
        return True
    if max(len(left), len(right)) > _MOST_CELLS or any(len(cell) > _LONGEST_CELL for cell in (*left, *right)):
        return False
    same = sum(1 for cell in set(left) & set(right) if cell)
    if 2 * same < len({cell for cell in left if cell}):
        return False
    return SequenceMatcher(None, "\t".join(left), "\t".join(right), autojunk=False).ratio() >= _ALIKE


def could_head(cells: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether cells may head a table below its title though no word of theirs is known: short, all filled, no two alike.

    Some cell below must be longer than all of them, or hold figures: a list of names has no header.
    """
    plain = [bare(cell) for cell in cells]
    even = [row for row in below if len(row) == len(cells)]
    if len(cells) < _FEWEST_CELLS or not even or not all(0 < len(text) <= _SHORT_CELL for text in plain):
        return False
    if len(set(plain)) < len(plain) or any(_NO_HEAD.search(text) for text in plain):
        return False
    longest = max(len(text) for text in plain)
    return any(len(bare(cell)) > longest or kind(cell) & (FIGURE | QUANTITY) for row in even for cell in row)


def is_second_row(header: Sequence[str], cells: Sequence[str], *, least: int = 2) -> bool:
    """Whether a row goes on with a header: it names the columns below a merged head and nothing else.

    ``least``: so many heads the row above has at the least.
    """
    if len(cells) != len(header) or not any(cells) or len(filled_places(header)) < least:
        return False
    heads, under = [bare(cell) for cell in header], [bare(cell) for cell in cells]
    spans = _spans(heads)
    own = [place for place, text in enumerate(under) if text and text != heads[place]]
    beside = [place for place in own if place not in spans]
    # A head over one column may have a row below it too, where merged heads beside it have theirs.
    named = not under[0] and len(own) - len(beside) > 1 and all(len(under[place]) <= _SHORT_CELL for place in own)
    if not own or (beside and not named):
        return False
    return all(
        kind(cells[place]) not in (BLANK, FIGURE) and len(under[place]) <= _LONGEST_CELL // 2 for place in own
    ) and (not _SENTENCE.search("".join(under[place] for place in own)))


def joined_rows(header: Sequence[str], cells: Sequence[str]) -> tuple[str, ...]:
    """A header of two rows as one: below a merged head each column is called by the head and its own name."""
    whole: list[str] = []
    parent = ""
    for upper, lower in zip(header, cells, strict=True):
        parent = upper or parent
        own = "" if bare(lower) in (bare(upper), bare(upper.split(" ")[-1])) else lower
        whole.append(f"{parent} {own}" if own and parent else own or upper)
    return tuple(whole)


def money_unit(text: str) -> str | None:
    """The money unit that a text prints: 亿元, 万元, 元."""
    found = _MONEY_UNIT.search(bare(text[:200]))
    return found[0] if found else None


def header_unit(header: Sequence[str]) -> str | None:
    """The unit of the first money column: 总投资（万元）."""
    for cell in header:
        if _MONEY_WORD.search(cell) and (unit := money_unit(cell)):
            return unit
    return None


def without_brackets(text: str) -> str:
    """A header cell's words: without brackets, spaces and full-width forms."""
    return _BRACKETS.sub("", bare(text))


def _is_word(plain: str) -> bool:
    text = _BRACKETS.sub("", plain)
    if text in _WHOLE_WORDS or _WORD_LAST.search(text) or _YEARS.fullmatch(text) or _QUESTION.search(text):
        return True
    return len(text) <= _SHORT_WORD and _WORDS.search(text) is not None


def _over_figures(cells: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Words over a column in which every row below holds a figure."""
    if len(below) < 2 or any(len(cell) > LONGEST_SHORT // 2 for cell in cells):
        return False
    return any(
        cell
        and kind(cell) & (FIGURE | PERIOD) == 0
        and all(len(row) > place and kind(row[place]) & FIGURE for row in below)
        for place, cell in enumerate(cells[:_MOST_CELLS])
        if place
    )


def _spans(heads: Sequence[str]) -> set[int]:
    """Places below a merged head: blank ones, those that repeat their neighbour, and the one to their left."""
    places: set[int] = set()
    for place in range(1, len(heads)):
        if not heads[place] or heads[place] == heads[place - 1]:
            places |= {place - 1, place}
    return places
