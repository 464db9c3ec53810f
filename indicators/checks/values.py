"""Rules on the form of target values: nothing lost, exchanged or repeated; units are in `values_units`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from indicators.checks import meanings, values_units
from indicators.checks.findings import Finding
from indicators.checks.forms import Form, Target
from indicators.checks.halves import at, called, corrected, judged_alike, printed, row_judge
from indicators.checks.rules import INTEGRATION, TARGETS, Given, Rule, rule
from indicators.checks.severity import Family, Severity
from indicators.checks.stems import plain_name
from indicators.values import parse_value

_DIGIT = re.compile(r"\d")
_ANSWERED = re.compile(r"是否|性$|情况$|程度$|与否|状况$|结果$|水平$|效果$|质量$|[?？]$")
_BEGINS_A_VALUE = re.compile(
    r"[≥≤<>=＝＞＜≧≦]\s*\d|\d+(?:\.\d+)?\s*(?:%|％|元|万元|亿元|人次?|户|个|项|次|件|家|台|套|天|个月|米|公里|亩|平方米)$"
)


@rule(
    id="values.lost",
    title="指标值缺失",
    family=Family.COMPLETE,
    severity=Severity.MUST,
    source=TARGETS,
    explanation="有三级指标名称而指标值空白、只有短横或只有比较符，无法考核；多为转换或粘贴时丢失。",
    bad="垃圾转运及时率（指标值空白）",
    good="垃圾转运及时率 ≥95%",
)
def lost(form: Form, _given: Given) -> Iterator[Finding]:
    """An indicator has a value."""
    for halves, value in judged_alike(form, _lost):
        said = f"只有“{value}”，没有数字" if re.search(r"[≥≤<>=＝＞＜≧≦]", value) else "空白"
        yield Finding(f"{called(halves)}的指标值{said}，请补填。", at(halves, "value"))


@row_judge
def _lost(target: Target) -> str | None:
    return target.value.strip() if target.name.strip() and meanings.is_lost(target.value) else None


@rule(
    id="values.class-name",
    title="指标值是指标类别的名称",
    family=Family.DATA,
    severity=Severity.MUST,
    source="表格错行、串格的常见结果",
    explanation="指标值处填的是“成本指标”“社会效益”等类别名称，说明单元格错位，真正的指标值在别处或已丢失。",
    bad="垃圾收运及时性 = 时效指标",
    good="垃圾收运及时率 ≥95%",
)
def class_name(form: Form, _given: Given) -> Iterator[Finding]:
    """A value is no class."""
    for halves, _ in judged_alike(form, _is_class):
        yield Finding(
            f"{called(halves)}的指标值{printed(halves)}是指标类别的名称，疑为错格，请核对并补填指标值。",
            at(halves, "value", "name"),
        )


@row_judge
def _is_class(target: Target) -> bool | None:
    return meanings.is_class_name(target.value) or None


@rule(
    id="values.exchanged",
    title="指标名称与指标值颠倒",
    family=Family.DATA,
    severity=Severity.MUST,
    source="表格错行、串格的常见结果",
    explanation="三级指标处是数值、指标值处是名称时，两格填反了。指标值处含数字的不作判断。",
    bad="≥95% = 群众满意度",
    good="群众满意度 ≥95%",
)
def exchanged(form: Form, _given: Given) -> Iterator[Finding]:
    """Name and value stand in their own cells."""
    for halves, _ in judged_alike(form, _exchanged):
        name, value = halves[0].name.strip(), halves[0].value.strip()
        both = (*corrected(halves, "name", value), *corrected(halves, "value", name))
        yield Finding(
            f"三级指标“{name}”是数值，指标值“{value}”却是名称，两格疑为填反，请对调。",
            at(halves, "name", "value"),
            both,
        )


@row_judge
def _exchanged(target: Target) -> bool | None:
    value = target.value.strip()
    if not _BEGINS_A_VALUE.match(target.name.strip()):
        return None
    if len(value) < 3 or _DIGIT.search(value) or meanings.is_class_name(value):
        return None
    return parse_value(target.name).number is not None or None


@rule(
    id="values.repeats-name",
    title="指标值只是重复名称",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="指标值与三级指标相同，或只是名称中的一个词，没有说明要达到什么程度；名称末尾的词（“社会稳定”之“稳定”）还可算一种状态，只作提示。"
    "名称是“是否…”“…性”“…情况”一类、值是对它的回答的，不作判断；比率没有数值的另行指出。",
    bad="促进科技创新发展 = 促进",
    good="新增科技型企业 ≥5家",
)
def repeats_name(form: Form, _given: Given) -> Iterator[Finding]:
    """A value says more than the name."""
    for halves, same in judged_alike(form, _repeats):
        said = "与三级指标相同" if same else "只是名称中的一个词"
        state = not same and plain_name(halves[0].name).endswith(plain_name(halves[0].value))
        yield Finding(
            f"{called(halves)}的指标值{printed(halves)}{said}，没有说明要达到什么程度，请填写可考核的数值或标准。",
            at(halves, "value", "name"),
            severity=Severity.HINT if state else None,
        )


@row_judge
def _repeats(target: Target) -> bool | None:
    return repeats(target.name, target.value)


@lru_cache(maxsize=16384)
def repeats(name: str, value: str) -> bool | None:
    """``True``: the value is the name; ``False``: it is a word of the name; ``None``: neither."""
    inside, whole = plain_name(value), plain_name(name)
    if len(inside) < 2 or inside not in whole or meanings.is_class_name(value) or parse_value(value).number is not None:
        return None
    if inside == whole:
        return True
    if _DIGIT.search(inside) or inside in {"规范", "合格", "及时"}:
        return None
    answered = _ANSWERED.search(whole) is not None and not whole.startswith(inside)
    return None if answered or meanings.is_share(name) else False


@rule(
    id="values.no-comparator",
    title="定量指标没有比较符",
    family=Family.FIT,
    severity=Severity.HINT,
    source=INTEGRATION,
    explanation="定量指标宜注明“≥”“≤”“=”，否则看不出多做少做是否算完成。100% 和零只有一种理解，不作判断。整张表合并为一条。",
    bad="道路硬化里程 12公里",
    good="道路硬化里程 ≥12公里",
)
def no_comparator(form: Form, _given: Given) -> Iterator[Finding]:
    """A figure says whether it is a floor, a cap or exact."""
    bare = [target for target in form.targets if _is_bare(target)]
    if not bare:
        return
    shown = list(dict.fromkeys(f"“{target.name.strip()} {target.value.strip()}”" for target in bare))
    more = f"等 {len(shown)} 项" if len(shown) > 3 else ""
    yield Finding(
        f"{'、'.join(shown[:3])}{more}没有比较符，宜注明“≥”“≤”或“=”。",
        tuple(target.at("value") for target in bare),
    )


def _is_bare(target: Target) -> bool:
    if not target.amount or target.operator is not None or not target.unit or not target.name.strip():
        return False
    return not (target.unit in meanings.PERCENT and target.amount == 100)


RULES: Final[tuple[Rule, ...]] = (lost, class_name, exchanged, *values_units.RULES, repeats_name, no_comparator)
