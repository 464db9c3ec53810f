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
    """The move to another class; none where it empties a class of level 1 or meets a namesake that does not move."""
    left, right = (category.partition(".")[0] for category in (halves[0].category, code))
    others = [target for target in form.targets if target not in halves]
    stays = {target.scope for target in others if target.category.partition(".")[0] == left}
    emptied = left != right and any(target.scope not in stays for target in halves)
    meets = any(target.name.strip() == halves[0].name.strip() for target in others)
    return () if emptied or meets else corrected(halves, "category", code)
