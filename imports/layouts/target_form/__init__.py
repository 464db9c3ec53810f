"""Filled-in target forms (项目支出绩效目标表), one after another, as tab-separated cells of a spreadsheet.

The form of 财预〔2015〕88号 as counties fill it in, and the one of 财预〔2021〕101号 with 成本 at level 1. A form runs
from its title …绩效目标表 (or, without one, from its 项目名称 row) to its sign-off row:

- labelled rows: project, department, attribute and duration, the funding table, five texts, the two goals;
- the indicator table, period and annual halves side by side;
- 负责人, 经办人, 联系电话, 填报日期.

`titles` finds the forms, `forms` reads the lines of one and `drafting` makes a draft of it. `head` takes the labelled
rows, with `funding` and `fields`; `table` takes the indicators, with `columns` for the header and `alignment` for
irregular rows. `labels` knows the printed labels, `places` the divisions, `cells` and `wrapping` lines and wrapped rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from imports.drafts import ProjectDraft
from imports.layouts.target_form.cells import filled_cells
from imports.layouts.target_form.columns import is_header
from imports.layouts.target_form.drafting import Drafting
from imports.layouts.target_form.labels import role_of
from imports.layouts.target_form.titles import title_at
from imports.reading import Defaults, Reading, SourceError

NAME: Final = "target_form"
TITLE: Final = "项目支出绩效目标表"
LOOKED_FOR: Final = (
    "标题“……绩效目标表”、单独成格的“项目名称”、表头“一级指标　二级指标　三级指标　指标值”（各格以制表符分隔）"
)


def recognise(lines: Sequence[str]) -> bool:
    """Whether a text holds target forms: a 项目名称 cell at the start of a row, and a form's title or table header."""
    named = titled = False
    for index, line in enumerate(lines):
        text = line.strip()
        if not text:
            continue
        first = text.split("\t", 1)[0].strip()
        if "\t" in text or "名称" in first:
            named = named or role_of(first) == "name"
            if named and "指标" in text and is_header(filled_cells(line)):
                return True
        elif not titled:
            titled = title_at(lines, index) is not None
        if named and titled:
            return True
    return False


def read(reading: Reading, defaults: Defaults) -> Iterator[ProjectDraft]:
    """The forms of a text as drafts, form by form; see `imports.reading` for the contract.

    Amounts become yuan by the unit printed in the form, or ``defaults.unit``. Raises `SourceError` for a form that is
    cut off, has no project name or annual total, or an amount that is none, and where year, division or unit are
    neither printed nor given.
    """
    found = False
    for draft in Drafting(reading, defaults).drafts():
        found = True
        yield draft
    if not found:
        raise SourceError(f"没有找到绩效目标表：查找的是{LOOKED_FOR}")
