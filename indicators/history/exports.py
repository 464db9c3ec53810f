"""The history as a table, one row a changed field, for csv and xlsx."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from indicators.history.groups import Entry, read_entries
from indicators.history.walk import Wanted, find
from projects.models import Project

if TYPE_CHECKING:
    import pandas as pd

COLUMNS: Final = (
    "时间", "操作人", "操作", "原因", "行政区划", "年度", "部门", "项目", "变化", "字段", "旧值", "新值", "导入记录号", "请求地址",
)  # fmt: skip
MOST: Final = 20_000
"""Rows of one file."""
MOST_PAGES: Final = 200
BATCH: Final = 200


def history_table(wanted: Wanted) -> pd.DataFrame:
    """The newest changes that are asked for, no more than `MOST`; a last row says so where there were more."""
    import pandas as pd  # late: half a second of every start

    rows: list[list[Any]] = []
    is_cut = False
    for row in _rows(wanted):
        if row is None or len(rows) >= MOST:
            is_cut = True
            break
        rows.append(row)
    if is_cut:
        note = f"更早的历史没有导出：一个文件最多 {MOST} 行。请缩小时间、区划或字段的范围，再分次导出。"
        rows.append([note, *[None] * (len(COLUMNS) - 1)])
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _rows(wanted: Wanted) -> Iterator[list[Any] | None]:
    """Row after row; ``None`` where looking further would take too long."""
    before: int | None = None
    for _ in range(MOST_PAGES):
        found = find(wanted, before=before, size=BATCH)
        for entry in read_entries(found.places, wanted.topic):
            yield from _rows_of(entry)
        if found.next is None:
            return
        before = found.next
    yield None


def _rows_of(entry: Entry) -> Iterator[list[Any]]:
    group, project = entry.group, entry.project
    head = [
        timezone.localtime(group.time).replace(tzinfo=None, microsecond=0), group.person, group.action,
        group.reason or None, *_named(project),
    ]  # fmt: skip
    tail = [group.run, group.url or None]
    if entry.is_new:
        yield [*head, "新增", "项目", None, entry.made, *tail]
    for change in entry.changes:
        yield [*head, str(change.kind), change.label, change.old, change.new, *tail]


def _named(project: Project | None) -> list[Any]:
    """Region, year, department and name; nothing where no project is concerned."""
    if project is None:
        return [None] * 4
    body = project.department.name if project.department else project.department_printed
    return [project.region.name, project.year, body, project.name]
