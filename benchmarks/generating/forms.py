"""Drafts as the text of official forms (项目支出绩效目标表), from which the site's own reader takes the same drafts. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from imports.drafts import SOURCES, FundingDraft, IndicatorDraft, ProjectDraft

_SOURCES: Final = ("其中：中央财政资金", "省级财政资金", "市县（区）财政资金", "单位自筹", "其他资金")


def text_of(drafts: Sequence[ProjectDraft]) -> str:
    """A file of forms. Writes into the drafts on which lines they stand."""
    lines: list[str] = []
    for draft in drafts:
        draft.first_line = len(lines) + 1
        lines += _form(draft)
        draft.last_line = len(lines)
        lines += ("", "")
    return "\n".join(lines)


def _form(draft: ProjectDraft) -> Iterator[str]:
    filed = f"{draft.filed_at:%Y%m%d%H%M%S}" if draft.filed_at else ""
    yield f"{draft.region_name}县(区)级预算部门（单位）项目支出绩效目标表"
    yield from ("", f"（{draft.year}年度）", "")
    yield f"项目名称\t\t{draft.name}\t\t\t\t\t"
    yield f"主管部门及代码\t\t{draft.department_code}-{draft.department_name}\t\t实施单位\t\t{draft.implementing_unit}\t"
    yield f"项目属性\t\t{draft.attribute}\t\t项目期\t\t{draft.duration}\t"
    yield from _funding(draft)
    yield f"项目概况\t\t{draft.overview}\t\t\t\t\t"
    yield f"立项依据\t\t{draft.basis}\t\t\t\t\t"
    yield f"项目设立必要性\t\t{draft.necessity}\t\t\t\t\t"
    yield f"保证项目实施的制度、措施\t\t{draft.safeguards}\t\t\t\t\t"
    yield f"项目实施计划\t\t{draft.plan}\t\t\t\t\t"
    yield "实施期目标\t\t\t\t年度目标\t\t\t"
    yield f"总体目标\t{draft.goal_period}\t\t\t{draft.goal_annual}\t\t\t"
    yield "绩效指标\t一级指标\t二级指标\t三级指标\t指标值\t二级指标\t三级指标\t指标值"
    yield from _rows(draft.indicators)
    yield (
        f"负责人：{draft.contact_lead}\t\t经办人：{draft.contact_handler}\t\t联系电话：{draft.contact_phone}"
        f"\t\t填报日期：\t{filed}"
    )


def _funding(draft: ProjectDraft) -> Iterator[str]:
    columns = draft.funding or {}
    period, annual = columns.get("period", FundingDraft()), columns.get("annual", FundingDraft())
    yield (
        f"项目资金（{draft.printed_unit}）\t\t实施期资金总额：\t{period.total.printed}\t年度资金总额："
        f"\t{annual.total.printed}\t\t"
    )
    for code, label in zip(SOURCES, _SOURCES, strict=True):
        yield f"\t\t{label}\t{period.sources[code].printed}\t{label}\t{annual.sources[code].printed}\t\t"


def _rows(indicators: Sequence[IndicatorDraft]) -> Iterator[str]:
    """The tree: labels of levels 1 and 2 on the first row that they span. A row without a period half has empty cells."""
    level1 = level2 = ""
    at = 0
    while at < len(indicators):
        period = indicators[at] if indicators[at].scope == "period" else None
        at += period is not None
        annual = indicators[at]
        at += 1
        label = "" if annual.level2 == level2 else annual.level2
        above = "" if annual.level1 == level1 else annual.level1
        level1, level2 = annual.level1, annual.level2
        left = f"{period.level3}\t{period.value}" if period else "\t"
        yield f"\t{above}\t{label}\t{left}\t{label}\t{annual.level3}\t{annual.value}"
