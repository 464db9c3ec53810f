"""The annexes of a document: the list of them (附件：1. … 2. …), their labels (附件 1) and captions.

GB/T 9704-2012, 7.3.4 and 7.4: the list stands below the text, label and caption at the top of each annex. Converters
print the caption above the label, lose the label, print the label with its caption on one line, and repeat it on every
page of the annex. What is listed may not be printed, and what is printed may not be listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Final, NamedTuple

from imports.layouts.gazette.dates import whole_date
from imports.layouts.gazette.drafts import AnnexDraft, ContentsEntry
from imports.layouts.gazette.lines import is_table_row, joined, line_after, line_before, mark_level, plain, unspaced
from imports.layouts.gazette.titles import folded, is_organ

_N = r"(?:\d{1,3}(?:\s?[-—–.]\s?\d{1,3})?|[一二三四五六七八九十]{1,3})"
_LIST = re.compile(
    rf"附\s{{0,6}}[件表录]\s{{0,3}}[:：]\s*(?:(?P<number>{_N})\s{{0,3}}[.．、:：）)]\s*(?!\d))?(?P<title>\S.*)"
)
_ITEM = re.compile(rf"[（(]?(?P<number>{_N})\s{{0,3}}[.．、:：）)]\s*(?!\d)(?P<title>\S.*)")
_ITEM_INSIDE = re.compile(r"(?<=[^\d\s])[;；]?\s{1,12}(?=\d{1,2}\s?[.．、]\s{0,3}[^\d\s])")
_LABEL = re.compile(
    rf"[（(\[【]?附\s{{0,6}}(?P<kind>[件表录])\s{{0,3}}(?P<number>{_N})?\s{{0,3}}(?:[（(]续[)）])?[)）\]】]?\s{{0,3}}[:：]?\s{{0,12}}(?P<title>.*)"
)
_ENDS_CAPTION = re.compile(r"[。；;，,：:、]\Z")
_NO_CAPTION = re.compile(
    r"[（(]?(?:金额|计量)?单位\s?[:：]|(?:填报|编制|填表|制表)(?:单位|日期|时间|人)|续表|第[一二三四五六七八九十]+[章节条]|[一二三四五六七八九十]+、|"
    r"[（(][一二三四五六七八九十]+[）)]|注\s?[:：]"
)
_LONGEST: Final = 200
_MOST_ITEMS: Final = 200
_MOST_CAPTION_LINES: Final = 4
_WRAPPED: Final = 18
_ALIKE: Final = 0.9


class Listed(NamedTuple):
    """A line of the list of annexes."""

    line: int
    number: str | None
    title: str
    last_line: int


class Label(NamedTuple):
    """A line 附件 1, with the caption that stands on it."""

    line: int
    number: str | None
    caption: str


@dataclass(frozen=True, slots=True)
class _Printed:
    """An annex where it stands."""

    number: str | None
    title: str
    label_line: int | None
    heading_line: int | None
    listed: Listed | None

    @property
    def first_line(self) -> int:
        return min(line for line in (self.label_line, self.heading_line) if line)


def find_annexes(
    lines: Sequence[str],
    first: int,
    last: int,
    skip: Sequence[tuple[int, int]] = (),
    contents: Sequence[ContentsEntry] = (),
) -> list[AnnexDraft]:
    """The annexes of the document between two lines, in the order of their list, those not listed where they stand.

    ``skip`` are the tables of contents inside the document and ``contents`` what those say of pages.
    """
    listed = list(_listed(lines, first, last, skip))
    shown = _labelled(lines, first, last, skip, listed)
    shown += _unlabelled(lines, last, skip, [one for one in listed if one not in [found.listed for found in shown]])
    shown.sort(key=lambda annex: annex.first_line)
    drafts = [_draft(lines, annex, after, contents) for annex, after in zip(shown, _ends(shown, last), strict=True)]
    found = {annex.listed for annex in shown}
    drafts += [_missing(one, contents) for one in listed if one not in found]
    return (
        sorted(drafts, key=lambda annex: annex.first_line or annex.listed_line or 0)
        if not listed
        else _in_order(drafts)
    )


def _in_order(drafts: Sequence[AnnexDraft]) -> list[AnnexDraft]:
    """As listed; an annex that no list names stands behind the printed one above it."""
    order: list[tuple[int, int]] = []
    behind = 0
    for draft in drafts:
        behind = draft.listed_line or behind
        order.append((behind, draft.first_line or 0))
    return [draft for _, draft in sorted(zip(order, drafts, strict=True), key=lambda pair: pair[0])]


def _listed(lines: Sequence[str], first: int, last: int, skip: Sequence[tuple[int, int]]) -> Iterator[Listed]:
    number = first
    while number <= last:
        items = _list_at(lines, number, last) if "附" in lines[number - 1][:20] and not _inside(number, skip) else []
        yield from items
        number = max(number, items[-1].last_line if items else number) + 1


def _list_at(lines: Sequence[str], number: int, last: int) -> list[Listed]:
    """The items of the list that begins on a line: 附件：1. …, or 附件： above 1. …"""
    line = lines[number - 1]
    if len(line) > _LONGEST * 3 or is_table_row(line):
        return []
    text = plain(line)
    opening = _LIST.fullmatch(text)
    items: list[Listed] = []
    if opening:
        for part in _ITEM_INSIDE.split(
            text[opening.start("number") if opening["number"] else opening.start("title") :]
        ):
            item = _ITEM.fullmatch(part)
            items.append(Listed(number, item["number"] if item else None, item["title"] if item else part, number))
    elif not re.fullmatch(r"附\s{0,6}[件表录]\s{0,3}[:：]", text):
        return []
    if items and (items[0].number is None or items[0].number not in ("1", "一")) and _ends_caption(items[0].title):
        return []
    return _more_items(lines, number, last, items)


def _more_items(lines: Sequence[str], number: int, last: int, items: list[Listed]) -> list[Listed]:
    if items and items[0].number is None:
        return _continued(lines, number, last, items)
    while len(items) < _MOST_ITEMS:
        number = line_after(lines, number, last)
        line = lines[number - 1] if number else ""
        if not number or len(line) > _LONGEST or is_table_row(line):
            break
        for part in _ITEM_INSIDE.split(plain(line)):
            item = _ITEM.fullmatch(part)
            if item and _follows(items, item["number"]):
                items.append(Listed(number, item["number"], item["title"], number))
            elif items and not item and _goes_on(items, part, line):
                items[-1] = items[-1]._replace(title=joined([items[-1].title, part]), last_line=number)
            else:
                return items if items and not any(_ends_caption(one.title) for one in items[:-1]) else []
    return items


def _continued(lines: Sequence[str], number: int, last: int, items: list[Listed]) -> list[Listed]:
    below = line_after(lines, number, last)
    if below and len(lines[below - 1]) <= _LONGEST:
        text = plain(lines[below - 1])
        if _goes_on(items, text, lines[below - 1]) and not is_table_row(lines[below - 1]):
            items[-1] = items[-1]._replace(title=joined([items[-1].title, text]), last_line=below)
    return items


def _follows(items: Sequence[Listed], number: str) -> bool:
    if not items:
        return number in ("1", "一")
    before, after = _value(items[-1].number), _value(number)
    return before is not None and after == before + 1


def _goes_on(items: Sequence[Listed], text: str, line: str) -> bool:
    """Whether a line is the rest of the last item: that is long, and this is no label, organ, date, heading or caption."""
    if mark_level(line) or is_organ(text) or whole_date(text) or _LABEL.fullmatch(text) or "。" in text:
        return False
    if _NO_CAPTION.match(text) or text.startswith(("（此", "(此")) or len(text) > 40:
        return False
    caption = any(folded(text) == folded(item.title) for item in items)
    return not caption and len(items[-1].title) >= (6 if text[0] in "（(" else _WRAPPED)


def _ends_caption(title: str) -> bool:
    return _ENDS_CAPTION.search(title) is not None and "。" in title


def _labels(lines: Sequence[str], first: int, last: int, skip: Sequence[tuple[int, int]]) -> Iterator[Label]:
    for number in range(first, last + 1):
        line = lines[number - 1]
        if "附" not in line[:20] or len(line) > _LONGEST or _inside(number, skip):
            continue
        if is_table_row(line) and any(cell.strip() for cell in line.split("\t")[1:]):
            continue
        text = plain(line)
        found = _LABEL.fullmatch(text)
        if found is None:
            continue
        caption = found["title"].strip()
        bare = text[: found.start("title")].rstrip()
        spaced = bare.endswith((":", "：", ")", "）", "】")) or text[len(bare) : found.start("title")] != ""
        numbered = found["number"] is not None
        if not caption or (numbered and (spaced or mark_level(line)) and _can_be_caption(caption)):
            yield Label(number, unspaced(found["number"]) if numbered else None, caption)


def _labelled(
    lines: Sequence[str], first: int, last: int, skip: Sequence[tuple[int, int]], listed: Sequence[Listed]
) -> list[_Printed]:
    lists = {number for item in listed for number in range(item.line, item.last_line + 1)}
    heads = {line_before(lines, item.line, first) for item in listed if item.number in ("1", "一")}
    found: list[_Printed] = []
    for label in _labels(lines, first, last, skip):
        if label.line in lists or (label.line in heads and not label.number):
            continue
        annex = _at_label(lines, label, first, last, [one for one in listed if one not in [a.listed for a in found]])
        if found and annex.number == found[-1].number and not _is_other(annex, found[-1]):
            continue
        found.append(annex)
    return found


def _is_other(annex: _Printed, before: _Printed) -> bool:
    """Whether a label that repeats the number above begins another annex, and not the next page of the same."""
    if annex.listed:
        return True
    return bool(annex.title) and folded(annex.title) != folded(before.title) and annex.heading_line is not None


def _at_label(lines: Sequence[str], label: Label, first: int, last: int, free: Sequence[Listed]) -> _Printed:
    """The annex of a label: with the caption on it, below it or above it, as the list names it."""
    mine = [one for one in free if _value(one.number) == _value(label.number)] or [
        one for one in free if one.number is None
    ]
    listed = mine[0] if mine else None
    printed = _Printed(label.number, label.caption, label.line, label.line if label.caption else None, listed)
    if label.caption:
        more = _caption_below(lines, label.line, last, listed.title if listed else None, label.caption)
        return replace(printed, title=more[1]) if more else printed
    below = _caption_below(lines, label.line, last, listed.title if listed else None)
    if listed and not (below and _same(below[1], listed.title)):
        above = _caption_above(lines, label.line, first, listed.title)
        if above:
            return replace(printed, title=above[1], heading_line=above[0])
    if below:
        return replace(printed, title=below[1], heading_line=below[0])
    return replace(printed, title=listed.title if listed else "")


def _caption_below(
    lines: Sequence[str], line: int, last: int, listed: str | None, begun: str = ""
) -> tuple[int, str] | None:
    """The caption below a line: as listed, over up to four lines; else the first heading, with those that go on."""
    pieces = [begun] if begun else []
    first = number = line_after(lines, line, last)
    best: tuple[int, str] | None = (line, begun) if begun else None
    while number and len(pieces) < _MOST_CAPTION_LINES:
        text = _caption_on(lines[number - 1])
        if text is None or _LABEL.fullmatch(text):
            break
        pieces.append(text)
        title = unspaced("".join(pieces))
        if listed and _same(title, listed):
            return (line if begun else first), title
        goes_on = mark_level(lines[number - 1]) and mark_level(lines[first - 1])
        if best is None or (goes_on and not begun and not _numbered_heading(text)):
            best = first, title
        number = line_after(lines, number, last)
    return best


def _caption_above(lines: Sequence[str], line: int, first: int, listed: str) -> tuple[int, str] | None:
    pieces: list[str] = []
    number = line_before(lines, line, first)
    while number and len(pieces) < _MOST_CAPTION_LINES:
        text = _caption_on(lines[number - 1])
        if text is None:
            return None
        pieces.insert(0, text)
        title = unspaced("".join(pieces))
        if _same(title, listed):
            return number, title
        number = line_before(lines, number, first)
    return None


def _caption_on(line: str) -> str | None:
    """The text of a line that may be a caption; a caption in a table's first cell has nothing beside it."""
    if len(line) > _LONGEST:
        return None
    cells = [cell for cell in line.split("\t") if cell.strip()]
    text = plain(cells[0]) if len(cells) == 1 else ""
    return text if _can_be_caption(text) else None


def _can_be_caption(text: str) -> bool:
    if not 2 <= len(text) <= 120 or _ENDS_CAPTION.search(text) or "。" in text or whole_date(text):
        return False
    return not _NO_CAPTION.match(text)


def _numbered_heading(text: str) -> bool:
    return _ITEM.fullmatch(text) is not None


def _unlabelled(
    lines: Sequence[str], last: int, skip: Sequence[tuple[int, int]], listed: Sequence[Listed]
) -> list[_Printed]:
    """Annexes that are listed and stand under their caption alone."""
    found: list[_Printed] = []
    for item in listed:
        wanted = folded(item.title)
        for number in range(item.last_line + 1, last + 1):
            line = lines[number - 1]
            if not line or len(line) > _LONGEST or _inside(number, skip):
                continue
            text = _caption_on(line)
            if text and len(folded(text)) >= 3 and wanted.startswith(folded(text)):
                title = _grown(lines, number, last, wanted)
                if title:
                    found.append(_Printed(item.number, title, None, number, item))
                    break
    return found


def _grown(lines: Sequence[str], number: int, last: int, wanted: str) -> str | None:
    title = ""
    while number and wanted.startswith(folded(title)):
        text = _caption_on(lines[number - 1])
        if text is None:
            return None
        title += text
        if folded(title) == wanted:
            return unspaced(title)
        number = line_after(lines, number, last)
    return None


def _same(title: str, listed: str) -> bool:
    one, other = folded(title), folded(listed)
    if one == other or (len(other) >= 6 and one.endswith(other)):
        return True
    return abs(len(one) - len(other)) <= 4 and SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _ends(shown: Sequence[_Printed], last: int) -> list[int]:
    return [*(annex.first_line - 1 for annex in shown[1:]), last][: len(shown)]


def _draft(lines: Sequence[str], annex: _Printed, end: int, contents: Sequence[ContentsEntry]) -> AnnexDraft:
    listed = annex.listed
    title = annex.title or (listed.title if listed else "")
    return AnnexDraft(
        number=annex.number or (listed.number if listed else None),
        title=unspaced(title),
        listed_title=unspaced(listed.title).rstrip("；;。") if listed else None,
        listed_line=listed.line if listed else None,
        label_line=annex.label_line,
        heading_line=annex.heading_line,
        first_line=annex.first_line,
        last_line=max(line_before(lines, end + 1, annex.first_line), annex.first_line),
        page=_page(title, contents),
    )


def _missing(listed: Listed, contents: Sequence[ContentsEntry]) -> AnnexDraft:
    title = unspaced(listed.title).rstrip("；;。")
    return AnnexDraft(listed.number, title, title, listed.line, None, None, None, None, page=_page(title, contents))


def _page(title: str, contents: Sequence[ContentsEntry]) -> int | None:
    name = folded(title)
    return next((entry.page for entry in contents if name and folded(entry.title).endswith(name)), None)


def _inside(number: int, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(first <= number <= last for first, last in ranges)


_HAN: Final = {figure: value for value, figure in enumerate("零一二三四五六七八九")}


def _value(number: str | None) -> int | None:
    """1 for ``1`` and 一; ``None`` for 1-1 and for none."""
    if number is None:
        return None
    if number.isdigit():
        return int(number)
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return _HAN.get(number)
    return _HAN.get(tens, 1) * 10 + _HAN.get(ones, 0)
