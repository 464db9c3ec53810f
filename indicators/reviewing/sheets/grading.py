"""The grade that findings propose: pure, and stated on every sheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from indicators.checks import Severity

GRADES: Final = ("优", "良", "中", "差")
"""The best first (财预〔2015〕88号)."""
FEW: Final = 2
RULE: Final = (
    "建议等级按未认可的审核意见给出：没有“必须修改”和“建议修改”为优；“建议修改”不超过 2 条为良；"
    "“建议修改”3 条以上，或“必须修改”1 条为中；“必须修改”2 条以上为差。“提示”和已认可的意见不影响等级。"
    "总评取完整性、相关性、适当性、可行性四项中最低的一项。"
)


def proposed_grade(severities: Iterable[Severity]) -> str:
    """The grade of one criterion by its open findings, as `RULE` says it."""
    found = list(severities)
    must, should = found.count(Severity.MUST), found.count(Severity.SHOULD)
    if must >= FEW:
        return "差"
    if must or should > FEW:
        return "中"
    return "良" if should else "优"


def overall_grade(grades: Iterable[str]) -> str:
    """The lowest of the grades; without any, nothing speaks against the best."""
    return max(grades, key=GRADES.index, default=GRADES[0])
