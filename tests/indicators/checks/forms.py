"""Made-up forms for the tests of rules."""

from decimal import Decimal
from itertools import count
from typing import Any

from indicators.checks import Finding, Form, Given, Neighbour, Rule, Surroundings, Target
from indicators.values import parse_value

_NUMBERS = count(1)
LABELS = {
    "output.quantity": "数量指标", "output.quality": "质量指标", "output.timeliness": "时效指标",
    "output.cost": "成本指标", "benefit.economic": "经济效益", "benefit.social": "社会效益",
    "benefit.ecological": "生态效益", "benefit.sustained": "可持续影响", "satisfaction.served": "服务对象满意度",
}  # fmt: skip


def target(category: str, name: str, value: str, *, scope: str = "annual", position: int | None = None) -> Target:
    """An indicator with its value as printed."""
    number = next(_NUMBERS)
    read = parse_value(value)
    at = number if position is None else position
    label = LABELS.get(category, "其他")
    return Target(number, scope, at, category, label, name, value, read.operator, read.number, read.unit)


def form(
    *targets: Target, amount: int | str | None = 1_000_000, period_amount: int | str | None = "same",
    goals: dict[str, str] | None = None, **others: Any,
) -> Form:  # fmt: skip
    """A sound form of one year, but for what is given; further fields of `Form` and texts by their paths."""
    texts = {
        "name": "村级道路硬化工程", "department": "县交通运输局", "department_code": "348",
        "implementing_unit": "县公路段", "attribute": "一次性项目", "duration": "1年", "overview": "硬化三个村的道路。",
        "basis": "县政府第5次常务会议纪要", "content": None, "necessity": "道路多年失修。", "safeguards": "专款专用。",
        "plan": "2025年3月开工，10月完工。", "contact_lead": "张三", "contact_handler": "李四", "contact_phone": "0355-1234567",
    }  # fmt: skip
    fields = {name: others.pop(name) for name in list(others) if name in Form.__dataclass_fields__}
    year = _money(amount)
    period = year if period_amount == "same" else _money(period_amount)
    given = {"number": 1, "region": "140404", "year": 2025, "department": 7, **fields}
    return Form(
        texts={**texts, **others}, amount=year, period_amount=period, targets=targets,
        goals=goals if goals is not None else {"period": "硬化道路12公里，方便三个村出行。", "annual": "硬化道路12公里。"},
        **given,
    )  # fmt: skip


def _money(amount: int | str | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)


def found(rule: Rule, form: Form, *, last_year: Form | None = None, neighbours: tuple[Neighbour, ...] = (), **thresholds: Any) -> list[Finding]:  # fmt: skip
    """What one rule says."""
    surroundings = Surroundings(last_year=last_year, neighbours=neighbours)
    return list(rule.check(form, Given({**rule.defaults, **thresholds}, surroundings)))


def messages(rule: Rule, form: Form, **given: Any) -> list[str]:
    """What one rule says, in words."""
    return [finding.message for finding in found(rule, form, **given)]
