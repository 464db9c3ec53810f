"""Rules on numbers and units of target values: shares with their percentage, numbers with their units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from indicators.checks import meanings
from indicators.checks.findings import Finding
from indicators.checks.forms import Form, Target
from indicators.checks.halves import at, called, corrected, judged_alike, printed, row_judge
from indicators.checks.rules import INTEGRATION, TARGETS, Given, Rule, rule
from indicators.checks.severity import Family, Severity
from indicators.checks.stems import plain_name
from indicators.values import number_text, parse_value

_DIGIT = re.compile(r"\d")
_SPELLED = re.compile(r"百分比|百分号|％％|%%")
_HUNDREDTHS = re.compile(r"百分之\s*(\d+(?:\.\d+)?)\s*[%％]?")
_HUNDREDTHS_IN_CHINESE = re.compile(
    r"百分之(百|[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])(?![一二三四五六七八九十点])"
)
_DIGITS: Final = "零一二三四五六七八九"
_HUNDREDTHS_IN_WORDS = re.compile(r"百分之|百分百|全覆盖|全部|下达|[一二三四五六七八九]成")
_DATE_LIKE = re.compile(r"(?:19|20)\d\d(?:(?:0[1-9]|1[0-2])(?:[0-3]\d)?|\.\d{1,2})?")
_WITHOUT_UNIT = re.compile(
    r"ph值?|系数|指数|级|比$|比值|排名|名次|位次|aqi|倍|容积率|版本|得分|评分|分值|积分|代码|编号|信噪|浊度|赔率",
    re.IGNORECASE,
)
_UNIT_IN_NAME = re.compile(r"[(（][^（()）]{1,8}[)）]\s*$")
_OTHER_THAN_PERCENT: Final = frozenset(
    "个 项 次 人 人次 户 件 家 台 套 天 月 年 小时 米 公里 亩 平方米 元 万元 亿元 万 所 处 座 条 吨 名 辆 日 工作日 个月".split()
)


@rule(
    id="values.rate-without-number",
    title="比率指标没有数值",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="名称是“…率”“…（%）”的指标应填百分数。效率、频率、功率等不是百分比的“率”不作判断；值中有数字或“百分之…”的不作判断。",
    bad="工程款按时支付率 = 及时",
    good="工程款按时支付率 ≥95%",
)
def rate_without_number(form: Form, _given: Given) -> Iterator[Finding]:
    """A share is a number."""
    for halves, _ in judged_alike(form, _without_number):
        yield Finding(
            f"{called(halves)}是比率，指标值{printed(halves)}没有数值，请填写百分数，或改用相符的名称。",
            at(halves, "value"),
        )


@row_judge
def _without_number(target: Target) -> bool | None:
    value = target.value.strip()
    if not meanings.is_share(target.name) or meanings.is_lost(value) or meanings.is_class_name(value):
        return None
    return None if _DIGIT.search(value) or _HUNDREDTHS_IN_WORDS.search(value) or value == "零" else True


@rule(
    id="values.rate-with-other-unit",
    title="比率指标的单位不是百分比",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="合格率、覆盖率、满意率等的单位应为“%”，写成个、人、元等的，不是单位错就是名称错。",
    bad="培训合格率 ≥95人",
    good="培训合格率 ≥95%",
)
def rate_with_other_unit(form: Form, _given: Given) -> Iterator[Finding]:
    """A share is in percent."""
    for halves, _ in judged_alike(form, _other_unit):
        yield Finding(
            f"{called(halves)}是比率，指标值{printed(halves)}的单位却是“{halves[0].unit}”，请改为百分数或核对名称。",
            at(halves, "value"),
        )


@row_judge
def _other_unit(target: Target) -> bool | None:
    wrong = target.unit in _OTHER_THAN_PERCENT and plain_name(target.name).endswith("率")
    return True if wrong and meanings.is_share(target.name) and meanings.is_good_share(target.name, "") else None


@rule(
    id="values.number-without-unit",
    title="数值没有计量单位",
    family=Family.COMPLETE,
    severity=Severity.MUST,
    source=INTEGRATION,
    explanation="定量指标由比较符、数值和计量单位组成，缺单位则数值没有意义（零除外）。名称末尾括注了单位、指数系数名次等没有单位的、日期，不作判断。",
    bad="项目成本 16453725",
    good="项目成本 16453725元",
)
def number_without_unit(form: Form, _given: Given) -> Iterator[Finding]:
    """A number has a unit."""
    for halves, meant in judged_alike(form, _no_unit):
        mend = f"应为“{meant}”。" if meant else "请补填单位。"
        yield Finding(
            f"{called(halves)}的指标值{printed(halves)}没有计量单位，{mend}",
            at(halves, "value"),
            corrected(halves, "value", meant) if meant else (),
        )


@row_judge
def _no_unit(target: Target) -> str | None:
    """The value with its unit where that is certain, empty where it is not."""
    if not target.amount or target.unit is not None or not target.name.strip():
        return None
    if _DATE_LIKE.fullmatch(number_text(target.amount) or "") or _UNIT_IN_NAME.search(target.name):
        return None
    if _WITHOUT_UNIT.search(plain_name(target.name)):
        return None
    percent = target.operator is None or target.operator in {">=", ">", "="}
    in_range = Decimal(50) <= target.amount <= Decimal(100) and not (target.operator == ">" and target.amount == 100)
    certain = (
        percent and in_range and plain_name(target.name).endswith("率") and meanings.is_good_share(target.name, "")
    )
    meant = f"{target.value.strip()}%"
    return meant if certain and parse_value(meant).unit == "%" else ""


@rule(
    id="values.percent-spelled",
    title="百分号写成文字",
    family=Family.DATA,
    severity=Severity.SHOULD,
    source=INTEGRATION,
    explanation="计量单位“%”写成“百分比”“百分之”，统计和比较时会被当作另一个单位。",
    bad="工程合格率 100百分比",
    good="工程合格率 100%",
)
def percent_spelled(form: Form, _given: Given) -> Iterator[Finding]:
    """Percent is printed as %."""
    for halves, meant in judged_alike(form, _percent):
        yield Finding(
            f"{called(halves)}的指标值{printed(halves)}应写作“{meant}”。",
            at(halves, "value"),
            corrected(halves, "value", meant),
        )


@row_judge
def _percent(target: Target) -> str | None:
    """The value with %, or ``None`` where percent is not spelled or the result is no percentage."""
    value = target.value
    if "百分" not in value and "%%" not in value and "％％" not in value:
        return None
    meant = _HUNDREDTHS.sub(r"\1%", _SPELLED.sub("%", value.strip()))
    meant = _HUNDREDTHS_IN_CHINESE.sub(lambda found: f"{_in_digits(found[1])}%", meant)
    read = parse_value(meant)
    certain = read.unit == "%" and read.number is not None and read.number <= 100
    return meant if certain and meant != value.strip() and "百分" not in meant else None


def _in_digits(words: str) -> int:
    """九十五 → 95, 百 → 100."""
    if words == "百":
        return 100
    tens, found, ones = words.partition("十")
    if not found:
        return _DIGITS.index(words)
    return (_DIGITS.index(tens) if tens else 1) * 10 + (_DIGITS.index(ones) if ones else 0)


RULES: Final[tuple[Rule, ...]] = (rate_without_number, rate_with_other_unit, number_without_unit, percent_spelled)
