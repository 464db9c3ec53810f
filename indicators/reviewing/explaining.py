"""A rule in words: what it rests on, what it looks at, examples, and how it is set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from indicators.checks import Rule, Severity
from indicators.models import RuleSetting


def explained(rule: Rule, settings: Iterable[RuleSetting]) -> str:
    """The rule as a text of several lines, with the settings that administrators made for it."""
    return "\n".join([*_told(rule), *_set(rule, settings)]) + "\n"


def scope_words(setting: RuleSetting) -> str:
    """For which projects a setting is: 上党区 2025 年, 全部行政区划和年度."""
    if setting.region is None and setting.year is None:
        return "全部行政区划和年度"
    region = setting.region.short_name if setting.region else "全部行政区划"
    return f"{region} {setting.year} 年" if setting.year else f"{region} 各年度"


def setting_words(rule: Rule, setting: RuleSetting) -> str:
    """What is set: 停用, or what differs from the rule as it comes."""
    if not setting.is_on:
        return "停用"
    said = [] if setting.severity is None else [Severity(setting.severity).label]
    titles = {threshold.name: threshold.title for threshold in rule.thresholds}
    said += [f"{titles.get(name, name)} {figure}" for name, figure in setting.thresholds.items()]
    return "、".join(said) or "启用，与规则原有的一样"


def figure(number: Decimal) -> str:
    """A threshold as people write it: 80, 0.5."""
    return f"{number.normalize():f}"


def _told(rule: Rule) -> Iterator[str]:
    yield f"{rule.title}（{rule.id}）"
    yield f"  性质：{rule.family.label}　严重程度：{rule.severity.label}"
    yield f"  依据：{rule.source}"
    yield f"  说明：{rule.explanation}"
    yield f"  有问题的例子：{rule.bad}"
    yield f"  改好的例子：{rule.good}"
    for threshold in rule.thresholds:
        span = f"可设 {figure(threshold.lowest)} 至 {figure(threshold.highest)}"
        yield f"  限值：{threshold.title} {figure(threshold.default)}（{span}）"


def _set(rule: Rule, settings: Iterable[RuleSetting]) -> Iterator[str]:
    stated = [f"  设置：{scope_words(one)}：{setting_words(rule, one)}" for one in settings]
    yield from stated or ["  设置：没有设置，各地各年度都按原有的执行。"]
