"""What a table is about, by the words of its header: projects, indicators, tasks."""

from __future__ import annotations

import re
from collections.abc import Sequence

from imports.layouts.gazette.drafts import TableKind
from imports.layouts.gazette.tables.headers import without_brackets

_INDICATOR = re.compile(r"(?:指标|指标名称|主要指标|指标项|评价指标|考核指标)\Z|[一二三]级指标")
_VALUE = re.compile(
    r"(?:19|20)\d\d|属性|目标值|指标值|基期|现状|基数|规划目标|单位|增速|[“\"]?十.五|目标|性质|权重|分值"
)
_PROJECT = re.compile(r"(?:项目|工程)(?:名称|名)?\Z|(?:项目|工程)(?:名称|名)")
_ABOUT_PROJECT = re.compile(r"投资|建设|内容|规模|地点|资金|年限|工期|实施|责任|主管|法人|业主|进度|属性|性质|单位")
_TASK = re.compile(r"任务|举措|措施|事项|工作内容|重点工作|工作|完成时限|责任分工|目标要求|环节")
_TIME = re.compile(r"时间|时限|期限|年度|进度|节点")
_PLANNED = re.compile(r"计划|任务|分工|安排|清单|台账|推进")


def table_kind(caption: str, header: Sequence[str]) -> TableKind:
    """The kind of a table. A plan with a column of times and no project names is one of tasks."""
    words = [without_brackets(cell) for cell in header]
    if any(_INDICATOR.search(word) for word in words) and any(_VALUE.search(word) for word in words):
        return "indicator_table"
    if any(_PROJECT.search(word) for word in words) and any(_ABOUT_PROJECT.search(word) for word in words):
        return "project_table"
    if any(_TASK.search(word) for word in words):
        return "task_table"
    if any(_TIME.search(word) for word in words) and _PLANNED.search(caption):
        return "task_table"
    return "other"
