"""Merged cells: which blank cells belong to a label, above or below them.

A merged cell is printed once, mostly on the first row of its group, at times in its middle. Where a group begins is
shown by the counts that labels declare, or by a column of years that begins anew. Where neither shows it and labels of
the table stand in the midst of their groups, the cells stay blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from imports.layouts.gazette.tables.cells import BLANK, bare, kind
from imports.layouts.gazette.tables.counts import RowCounts, declared, row_counts
from imports.layouts.gazette.tables.damage import name_place
from imports.layouts.gazette.tables.profiles import Column
from imports.layouts.gazette.tables.rows import Row
from imports.layouts.gazette.tables.serials import serial

_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_LABEL: Final = 60
_NEVER_LABELS: Final = ("figure", "yes_no", "remark", "serial")


def fill_merged(columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """Fill the blank cells of rows that belong to a merged cell, and say which they are."""
    labels = _label_columns(columns, [row for row in rows if row.kind == "row" and row.is_aligned])
    has_serials = bool(columns) and columns[0].said == "serial"
    parts = list(_parts(rows))
    counts = _counts(columns, [row for part in parts for row in part], labels)
    begun = 0
    for part in parts:
        own = RowCounts(counts.numbers[begun : begun + len(part)], counts.column) if counts else None
        begun += len(part)
        if has_serials:
            _fill_entries(columns, part)
        if labels:
            _fill_labels(columns, part, labels, own)


def label_place(columns: Sequence[Column], rows: Sequence[Row]) -> int | None:
    """The first column of labels: the first text column of the rows."""
    places = [at for at, column in enumerate(columns) if column.holds not in _NEVER_LABELS]
    return places[0] if places and rows else None


def _counts(columns: Sequence[Column], rows: Sequence[Row], labels: Sequence[int]) -> RowCounts | None:
    if not labels:
        return None
    for row in rows:
        if row.is_aligned and (count := declared(row.cells[labels[0]])):
            return row_counts(columns, rows, count.unit, but=labels)
    return None


def _label_columns(columns: Sequence[Column], rows: Sequence[Row]) -> list[int]:
    """Short-worded columns with blanks, before the first column that is filled in every row."""
    labels: list[int] = []
    for at, column in enumerate(columns):
        if at == 0 and column.said == "serial":
            continue
        blank = sum(1 for row in rows if not row.cells[at])
        if not blank:
            return labels
        if column.holds in _NEVER_LABELS or any(len(row.cells[at]) > _LONGEST_LABEL for row in rows):
            return labels
        if labels and blank < 2:
            return labels
        labels.append(at)
    return []


def _parts(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows between section rows and totals, over which no merged cell goes."""
    part: list[Row] = []
    for row in rows:
        if row.kind == "row":
            part.append(row)
        elif part:
            yield part
            part = []
    if part:
        yield part


# -- rows of one entry -------------------------------------------------------------------------------------------------


def _fill_entries(columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """Rows without serial and name below an entry go on with it: its serial, its name and its texts are merged cells."""
    at = 0
    while at < len(rows):
        end = at + 1
        while end < len(rows) and _goes_on(rows[end]):
            end += 1
        entry = rows[at]
        if end > at + 1 and entry.is_aligned and serial(entry.cells[0]) is not None:
            missing = _lost_serials(entry, rows, end)
            if missing == 0:
                for row in rows[at + 1 : end]:
                    _fill_from(columns, entry.cells, row)
        at = end


def _goes_on(row: Row) -> bool:
    return row.is_aligned and len(row.cells) > 2 and not row.cells[0] and not row.cells[1]


def _lost_serials(entry: Row, rows: Sequence[Row], end: int) -> int:
    """How many serials the rows between two printed ones have lost: then they are entries of their own."""
    following = serial(rows[end].cells[0]) if end < len(rows) else None
    if following is None or following == 1:
        return 0
    return following - (serial(entry.cells[0]) or 0) - 1


def _fill_from(columns: Sequence[Column], source: Sequence[str], row: Row) -> None:
    places = [
        at
        for at, column in enumerate(columns)
        if not row.cells[at] and source[at] and column.holds not in ("figure", "remark", "yes_no")
    ]
    _fill(row, {at: source[at] for at in places})


def _fill(row: Row, texts: dict[int, str]) -> None:
    if texts:
        row.cells = tuple(texts.get(at, cell) for at, cell in enumerate(row.cells))
        row.filled = tuple(sorted({*row.filled, *texts}))


# -- labels of groups --------------------------------------------------------------------------------------------------


def _fill_labels(
    columns: Sequence[Column], rows: Sequence[Row], labels: Sequence[int], counts: RowCounts | None
) -> None:
    names = name_place(columns)
    own_serials = bool(columns) and columns[0].said == "serial"
    owners = _owners(rows, labels, counts)
    carried: dict[int, str] = {}
    before: int | None = None
    for row, owner in zip(rows, owners, strict=True):
        if not row.is_aligned or owner is None:
            carried, before = {}, None
            continue
        if owner != before:
            carried, before = {}, owner
        texts: dict[int, str] = {}
        for depth, at in enumerate(labels):
            cell = row.cells[at]
            if cell:
                carried[at] = cell
                if depth:
                    for deeper in labels[depth + 1 :]:
                        carried.pop(deeper, None)
            else:
                text = rows[owner].cells[at] if depth == 0 else carried.get(at, "")
                if text and not (
                    at == names and own_serials and row.cells[0] and 0 not in row.filled and _is_entry_name(columns[at])
                ):
                    texts[at] = text
        _fill(row, texts)


def _is_entry_name(column: Column) -> bool:
    return bare(column.header).startswith(("项目", "工程", "指标", "任务", "重点项目", "事项"))


def _owners(rows: Sequence[Row], labels: Sequence[int], counts: RowCounts | None) -> list[int | None]:
    """For each row the place of the row that prints its label; ``None`` where nothing shows it."""
    owners: list[int | None] = [None] * len(rows)
    begin = 0
    while begin < len(rows):
        end = begin
        while end < len(rows) and rows[end].is_aligned:
            end += 1
        _own(rows, labels, counts, begin, end, owners)
        begin = end + 1
    return owners


def _own(
    rows: Sequence[Row], labels: Sequence[int], counts: RowCounts | None, begin: int, end: int, owners: list[int | None]
) -> None:
    """Owners of the rows ``begin`` to ``end``, of which only the first may belong to a label further above."""
    first = labels[0]
    printed = [at for at in range(begin, end) if rows[at].cells[first]]
    if not printed:
        return
    windows = [range(before + 1, at + 1) for before, at in zip([begin - 1, *printed], printed, strict=False)]
    # Nothing can own the rows above the first label but this label, unless a damaged row hides another.
    starts = [{begin} if begin == 0 else {printed[0]}, *[set(window) for window in windows[1:]]]
    starts = _by_counts(rows, first, counts, printed, starts, end)
    starts = [_by_layout(rows, labels, at, options) for at, options in zip(printed, starts, strict=True)]
    centred = any(len(options) == 1 and min(options) < at for at, options in zip(printed, starts, strict=True))
    begins: list[tuple[int, int]] = []
    for at, options in zip(printed, starts, strict=True):
        proven = len(options) == 1
        default = at if at in options and not centred else None
        low = min(options) if proven else default if default is not None else min(options)
        high = low if proven or default is not None else max(options)
        begins.append((low, high))
    for place, at in enumerate(printed):
        stop = begins[place + 1][0] if place + 1 < len(printed) else end
        for row in range(begins[place][1], max(stop, at + 1)):
            owners[row] = at


def _by_counts(
    rows: Sequence[Row], first: int, counts: RowCounts | None, printed: Sequence[int], starts: list[set[int]], end: int
) -> list[set[int]]:
    """The starts of groups for which each group's rows sum up to what its label declares; all where none do."""
    if counts is None or any(counts.numbers[at] is None for at in range(min(starts[0]), end)):
        return starts
    sums = [Decimal(0)]
    for value in counts.numbers:
        sums.append(sums[-1] + (value or 0))
    kept = [starts[0]]
    for place, at in enumerate(printed[:-1]):
        kept.append(_reachable(sums, kept[-1], starts[place + 1], _count_of(rows[at].cells[first])))
    last = _count_of(rows[printed[-1]].cells[first])
    if last is not None:
        kept[-1] = {at for at in kept[-1] if sums[end] - sums[at] == last}
    for place in range(len(printed) - 2, -1, -1):
        count = _count_of(rows[printed[place]].cells[first])
        if count is not None:
            reached = {sums[at] for at in kept[place + 1]}
            kept[place] = {at for at in kept[place] if sums[at] + count in reached}
    return kept if all(kept) else starts


def _reachable(sums: Sequence[Decimal], starts: set[int], following: set[int], count: Decimal | None) -> set[int]:
    if count is None:
        return set(following)
    ends = {sums[at] + count for at in starts}
    return {at for at in following if sums[at] in ends}


def _count_of(label: str) -> Decimal | None:
    count = declared(label)
    return count.number if count else None


def _by_layout(rows: Sequence[Row], labels: Sequence[int], label: int, options: set[int]) -> set[int]:
    """A group begins on a row that prints the next column of labels, where its years begin anew."""
    if len(options) < 2 or len(labels) < 2:
        return options
    under = labels[1]
    begins = {at for at in options if rows[at].cells[under]} or options
    years = [
        (at, _year(rows[at].cells[under]))
        for at in range(min(options) - 1, label + 1)
        if at >= 0 and rows[at].cells[under]
    ]
    anew = [
        at
        for (_, before), (at, year) in pairwise(years)
        if before is not None and year is not None and year < before and at in begins
    ]
    if len(anew) == 1:
        return set(anew)
    return begins


def _year(text: str) -> int | None:
    found = _YEAR.search(text) if kind(text) != BLANK else None
    return int(found[0]) if found else None
