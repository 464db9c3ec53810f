"""Which totals nobody should wait for, and why. Files of them are made in the background."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from projects.filters import ProjectFilter
from projects.filters.filterset import MOST_WITH_WORDS
from projects.models import Region
from projects.rollups.reading import are_kept, is_everything
from projects.totals.counting import matching_indicators
from projects.totals.layout import MOST_COUNTED, PRESETS, Layout
from projects.totals.summary import Summary, are_anywhere, summary_of

MOST_MATCHED: Final = 10_000
"""Of more projects it takes long to tell which of their indicators meet conditions."""
BY_REGION: Final = PRESETS["region"][1]
BY_TOP: Final = replace(BY_REGION, rows=("top",))
"""The same divisions of the highest level, without those below them."""


def summary_at_once(found: ProjectFilter) -> Summary | None:
    """Number and sums of what is found; ``None`` where counting them takes long itself."""
    return None if found.takes_long_anyhow else summary_of(found)


def refusal(found: ProjectFilter, layout: Layout, whole: Summary | None) -> str:
    """Why a table would keep somebody waiting, in one sentence; empty where kept totals say it, or few projects are counted."""
    if whole is None:  # the words are frequent anywhere; how many have them of what else is found, nobody knows
        return (
            f"这些文字很常见，要在超过 {MOST_WITH_WORDS:,} 个项目中查找，不能当场汇总，"
            "请先用行政区划、年度等筛选条件缩小范围。"
        )
    if found.form.is_valid() and are_kept(found.queryset, found.asked, layout.dimensions):
        return ""
    matched = layout.tells_indicators and found.form.is_valid() and matching_indicators(found) is not None
    if matched and whole.count > MOST_MATCHED:
        return f"找到的项目超过 {MOST_MATCHED:,} 个，不能当场统计符合条件的指标，请先用行政区划等筛选条件缩小范围。"
    return layout.refused_for(whole.count, anywhere=are_anywhere(found, whole.count))


def by_place(found: ProjectFilter) -> Layout:
    """What is shown in place of a table by departments: regions, or the divisions of the highest level where there are several."""
    is_country = is_everything(found.queryset) and "region" not in found.asked
    return BY_TOP if is_country and Region.objects.filter(parent=None)[:2].count() > 1 else BY_REGION


def fits_file(layout: Layout, whole: Summary | None) -> bool:
    """Whether the table can be made in the background: bodies of very many projects, or of unknown many, take a gigabyte."""
    return not layout.bodies or (whole is not None and whole.count <= MOST_COUNTED)
