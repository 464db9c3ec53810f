"""Moving an indicator to the class that it belongs to."""

from __future__ import annotations

from typing import Final

from indicators.checks.findings import Correction
from indicators.checks.forms import Form
from indicators.checks.halves import Halves, corrected

CLASS_NAMES: Final = {
    "output.quantity": "数量指标", "output.quality": "质量指标", "output.timeliness": "时效指标",
    "satisfaction.served": "满意度指标",
}  # fmt: skip


def moved(form: Form, halves: Halves, code: str) -> tuple[Correction, ...]:
    """The move to another class, unless it leaves a class of level 1 without any indicator."""
    left, right = (category.partition(".")[0] for category in (halves[0].category, code))
    stays = {target.scope for target in form.of_class(left) if target not in halves}
    emptied = left != right and any(target.scope not in stays for target in halves)
    return () if emptied else corrected(halves, "category", code)
