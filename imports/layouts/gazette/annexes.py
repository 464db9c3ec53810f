"""The annexes of a document: the list of them (附件：1. … 2. …), their labels (附件 1) and captions.

GB/T 9704-2012, 7.3.4 and 7.4: the list stands below the text, label and caption at the top of each annex. Converters
print the caption above the label, lose the label, print the label with its caption on one line, and repeat it on every
page of the annex. What is listed may not be printed, and what is printed may not be listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from imports.layouts.gazette.annex_captions import (
    can_be_caption,
    caption_above,
    caption_below,
    caption_on,
    grown_caption,
    is_same,
)
from imports.layouts.gazette.annex_lists import LABEL, LONGEST, Listed, is_inside, listed_annexes, number_value
from imports.layouts.gazette.drafts import AnnexDraft, ContentsEntry
from imports.layouts.gazette.lines import is_table_row, line_before, mark_level, plain, unspaced
from imports.layouts.gazette.titles import folded


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
    listed = list(listed_annexes(lines, first, last, skip))
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


def _labels(lines: Sequence[str], first: int, last: int, skip: Sequence[tuple[int, int]]) -> Iterator[Label]:
    for number in range(first, last + 1):
        line = lines[number - 1]
        if "附" not in line[:20] or len(line) > LONGEST or is_inside(number, skip):
            continue
        if is_table_row(line) and any(cell.strip() for cell in line.split("\t")[1:]):
            continue
        text = plain(line)
        found = LABEL.fullmatch(text)
        if found is None:
            continue
        caption = found["title"].strip()
        bare = text[: found.start("title")].rstrip()
        spaced = bare.endswith((":", "：", ")", "）", "】")) or text[len(bare) : found.start("title")] != ""
        numbered = found["number"] is not None
        if not caption or (numbered and (spaced or mark_level(line)) and can_be_caption(caption)):
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
    mine = [one for one in free if number_value(one.number) == number_value(label.number)] or [
        one for one in free if one.number is None
    ]
    listed = mine[0] if mine else None
    printed = _Printed(label.number, label.caption, label.line, label.line if label.caption else None, listed)
    if label.caption:
        more = caption_below(lines, label.line, last, listed.title if listed else None, label.caption)
        return replace(printed, title=more[1]) if more else printed
    below = caption_below(lines, label.line, last, listed.title if listed else None)
    if listed and not (below and is_same(below[1], listed.title)):
        above = caption_above(lines, label.line, first, listed.title)
        if above:
            return replace(printed, title=above[1], heading_line=above[0])
    if below:
        return replace(printed, title=below[1], heading_line=below[0])
    return replace(printed, title=listed.title if listed else "")


def _unlabelled(
    lines: Sequence[str], last: int, skip: Sequence[tuple[int, int]], listed: Sequence[Listed]
) -> list[_Printed]:
    """Annexes that are listed and stand under their caption alone."""
    found: list[_Printed] = []
    for item in listed:
        wanted = folded(item.title)
        for number in range(item.last_line + 1, last + 1):
            line = lines[number - 1]
            if not line or len(line) > LONGEST or is_inside(number, skip):
                continue
            text = caption_on(line)
            if text and len(folded(text)) >= 3 and wanted.startswith(folded(text)):
                title = grown_caption(lines, number, last, wanted)
                if title:
                    found.append(_Printed(item.number, title, None, number, item))
                    break
    return found


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
