"""The lines around a table that are not its rows: captions, labels of annexes, unit lines, 续表, page furniture."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from imports.layouts.gazette.drafts import AnnexDraft
from imports.layouts.gazette.lines import is_blank, is_page_number, is_table_row, mark_level, plain
from imports.layouts.gazette.tables.cells import bare
from imports.layouts.gazette.tables.headers import money_unit

_CONTINUED = re.compile(
    r"[(\[【]?(?:续上?表|续前表|接上表|续|表续)\d{0,3}[)\]】]?:?|.{0,40}[(\[](?:续表?|续上表|续前表)\d{0,2}[)\]]"
)
_CONTINUATION_MARK = re.compile(r"[(（\[【](?:续表?|续上表|续前表)\d{0,2}[)）\]】]\s{0,3}\Z")
_LABEL = re.compile(r"[(\[【]?附(?:件|表|录|图)[\d一二三四五六七八九十]{0,4}(?:-\d{1,3})?[)\]】]?:?")
_MADE_BY = re.compile(
    r"(?:填报|编制|填表|制表|报送)(?:单位|日期|时间|部门|人)|(?:19|20)\d\d年(?:\d{1,2}月)?\Z|截至.{0,12}\Z|时间:"
)
"""Who made a table and when: between the caption and the table, and part of neither."""
_LABELLED = re.compile(
    r"附[:：]\s{0,3}(?=\S)|[(（\[【]?附\s{0,3}(?:件|表|录)\s{0,3}[\d一二三四五六七八九十]{0,4}(?:-\d{1,3})?\s{0,3}[)）\]】]?(?:[:：]|\s)\s{0,3}(?=\S)"
)
_UNIT = re.compile(r"[(\[【]?(?:.{0,20}\s)?(?:金额|计量|货币|数量)?单位:(.{1,14}?)[)\]】]?")
_UNIT_TEXT = re.compile(r"单位[:：]([^\s)）\]】]{1,14})")
_TITLE_LIKE = re.compile(
    r"(?:表|清单|目录|一览|名单|名录|台账|汇总|明细|计划|指标|项目|任务|分工|安排|统计|情况|标准|方案|体系|规划|布局|要求|工程|目标)(?:[(\[].{1,30}[)\]])?"
)
_NO_CAPTION_END = re.compile(r"[。；;，,、！!？?：:…]\Z")
_NO_CAPTION = re.compile(
    r"注\d{0,2}[:：、.]|备注[:：]|说明[:：]|资料来源|来源[:：]|数据来源|[(（]?此件|[(（]?.{0,20}(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?:印发|[)）])?\Z"
    r"|.{2,20}[〔\[［]\d{4}[〕\]］]\s?\d{1,4}号\Z|.{0,6}[二○〇零]{1,3}.{1,4}年.{1,3}月.{1,3}日"
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_LONGEST_CAPTION: Final = 60
_LONGEST_LINE: Final = 120
_SHORTEST_TITLE: Final = 9
_LINES_ABOVE: Final = 14
_FURNITURE = re.compile(r"公报|简报|期刊|年第\d{1,3}期|第\d{1,3}期|总第")
_LONGEST_FURNITURE: Final = 40
_FURNITURE_TIMES: Final = 3
_DIGITS = re.compile(r"[\d\-—–·.]+")


class Caption(NamedTuple):
    """A caption and the line on which it begins."""

    text: str
    line: int


def is_continued(text: str) -> bool:
    """Whether a line says that a table goes on: 续表, （续）, 表1（续）."""
    return len(text) <= _LONGEST_CAPTION and _CONTINUED.fullmatch(bare(text)) is not None


def is_label(text: str) -> bool:
    """Whether a line is the bare label of an annex: 附件 1."""
    return len(text) <= _LONGEST_CAPTION and _LABEL.fullmatch(bare(text)) is not None


def unit_line(text: str) -> str | None:
    """What a unit line states: 万元 of （单位：万元）; ``None`` for other lines."""
    if len(text) > _LONGEST_CAPTION or "单位" not in (plain_text := bare(text)) or not _UNIT.fullmatch(plain_text):
        return None
    stated = list(_UNIT_TEXT.finditer(plain_text))
    return stated[-1][1] if stated else None


def is_note(text: str) -> bool:
    """Whether a text is a note below a table."""
    return re.match(r"[(（]?(?:备注|注|说明|资料来源|数据来源)\s{0,3}\d{0,2}\s{0,3}[:：]", text) is not None


def stated_unit(text: str) -> str | None:
    """The money unit that a caption or a unit line states."""
    found = _UNIT_TEXT.search(bare(text[:200]))
    return money_unit(found[1]) if found else None


def caption_text(text: str) -> str:
    """A caption's words: without the label of its annex before it, and without （续）."""
    return _CONTINUATION_MARK.sub("", _LABELLED.sub("", text, count=1)).strip()


def caption_above(
    lines: Sequence[str], header: int, floor: int, annexes: Sequence[AnnexDraft]
) -> tuple[Caption | None, str | None]:
    """The caption above line ``header`` (1-based), not above line ``floor``, and the unit that stands between them.

    The caption is the nearest line of words. Above the label of an annex stands what came before, unless it reads like
    the title of a table or an annex is known to be called so there.
    """
    unit: str | None = None
    labelled = False
    for at in range(header - 1, max(floor, header - _LINES_ABOVE) - 1, -1):
        line = lines[at - 1]
        if is_blank(line):
            continue
        if is_table_row(line) or len(line) > _LONGEST_LINE:
            break
        text = plain(line)
        if stated := unit_line(text):
            unit = unit or money_unit(stated)
        elif is_label(text):
            labelled = True
        elif not (is_page_number(line) or is_continued(text) or is_furniture(text) or _MADE_BY.match(bare(text))):
            allowed = not labelled or is_table_title(text) or any(annex.heading_line == at for annex in annexes)
            found = _caption_at(lines, at, floor) if allowed and could_be_caption(text) else None
            return found, unit or (stated_unit(found.text) if found else None)
    return None, unit


def could_be_caption(text: str) -> bool:
    """Whether a line may be a caption: words, short, no sentence, no date, no document number, no note."""
    if len(text) > _LONGEST_CAPTION or len(_HAN.findall(text)) < 2:
        return False
    return not (_NO_CAPTION_END.search(text) or _NO_CAPTION.match(bare(text)))


def is_furniture(text: str) -> bool:
    """Whether a line is the running head of a gazette's page: …公报 2024年第3期."""
    plain_text = bare(text[:_LONGEST_LINE])
    return len(plain_text) <= _LONGEST_FURNITURE and "公报" in plain_text and len(_FURNITURE.findall(plain_text)) > 1


def running_heads(lines: Sequence[str], first: int, last: int) -> frozenset[str]:
    """Short lines that come again and again, but for their page numbers: the running heads of the pages."""
    counts: Counter[str] = Counter()
    for at in range(first - 1, last):
        line = lines[at]
        if len(line) <= _LONGEST_FURNITURE and not is_table_row(line) and _HAN.search(line):
            counts[head_key(line)] += 1
    return frozenset(
        text
        for text, times in counts.items()
        if times >= _FURNITURE_TIMES and not is_label(text) and not is_continued(text)
    )


def head_key(line: str) -> str:
    """A running head without what changes from page to page."""
    return _DIGITS.sub("", bare(plain(line)))


def _caption_at(lines: Sequence[str], at: int, floor: int) -> Caption:
    """The caption on a line, with the line above it where a title goes over two."""
    text = caption_text(plain(lines[at - 1]))
    above = lines[at - 2] if at - 1 >= floor and at > 1 else ""
    if (
        is_blank(above)
        or is_table_row(above)
        or len(above) > _LONGEST_CAPTION
        or len(bare(text)) >= 2 * _SHORTEST_TITLE
    ):
        return Caption(text, at)
    upper = plain(above)
    free = at - 2 < floor or is_blank(lines[at - 3]) or is_label(plain(lines[at - 3][:_LONGEST_LINE]))
    same_mark = mark_level(above) == mark_level(lines[at - 1])
    if (
        free
        and same_mark
        and could_be_caption(upper)
        and not is_label(upper)
        and not unit_line(upper)
        and len(bare(upper)) >= _SHORTEST_TITLE
    ):
        return Caption(caption_text(upper) + text, at - 1)
    return Caption(text, at)


def is_table_title(text: str) -> bool:
    """Whether a text ends as titles of tables do: …计划表, …清单, …情况."""
    return _TITLE_LIKE.search(bare(text)) is not None and re.search(_TITLE_LIKE.pattern + r"\Z", bare(text)) is not None
