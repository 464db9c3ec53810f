"""What can be stored, checked on drafts so that a refusal names the line, whatever layout the draft came from."""

from __future__ import annotations

from typing import Final

from imports.drafts import ProjectDraft
from imports.reading import SourceError
from projects.models import NAME_LENGTH

LENGTHS: Final = {
    "name": ("项目名称", NAME_LENGTH),
    "department_name": ("主管部门名称", 120),
    "department_body": ("归口部门名称", 120),
    "department_code": ("部门代码", 12),
    "region_name": ("行政区划名称", 60),
    "source_document": ("来源文件名", 255),
}
UNIT_LENGTH: Final = 20
FILING_YEARS: Final = range(1992, 2101)
"""Before 1992 clocks in China changed in summer, and no form is that old."""


def refuse_unstorable(draft: ProjectDraft, line: int) -> None:
    """Raise `SourceError` for a draft with a text longer than its column, or a filing date that cannot be.

    ``line`` is where the draft stands in the file that is being read.
    """
    for field, (title, longest) in LENGTHS.items():
        text = getattr(draft, field)
        if text is not None and len(text) > longest:
            raise SourceError(
                f"{title}“{text[:20]}…”有 {len(text)} 个字，超过 {longest} 个字的上限，请核对原文。", line
            )
    if draft.filed_at is not None and draft.filed_at.year not in FILING_YEARS:
        raise SourceError(f"填报日期 {draft.filed_at:%Y-%m-%d} 不是合理的日期，请核对原文。", line)
    for indicator in draft.indicators:
        if indicator.unit is not None and len(indicator.unit) > UNIT_LENGTH:
            raise SourceError(f"指标“{indicator.level3[:40]}”的计量单位超过 {UNIT_LENGTH} 个字，请核对原文。", line)
