"""Rules on counts: what the texts and the names say against the targets, and quantity by price against the money."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from indicators.checks.figures import stands_alone
from indicators.checks.findings import Finding
from indicators.checks.forms import SCOPE_NAMES, TEXTS, Form, Target
from indicators.checks.halves import at, called, judged, judged_alike, printed, row_judge
from indicators.checks.meanings import MONEY
from indicators.checks.rules import TARGETS, Given, Rule, rule
from indicators.checks.severity import Family, Severity
from indicators.values import number_text
from perfgoals.money import format_amount

_READ: Final = ("name", "overview", "content", "goals.period", "goals.annual")
_UNITS: Final = "人次|平方米|平方公里|公里|千米|km|家|户|人|名|辆|条|台|套|所|座|栋|幢|处|亩|吨|株|棵|盏|眼|场|期|册|份|个|米|m|㎡|孔|艘|头|只|次|项"
_KNOWN_UNITS: Final = frozenset(_UNITS.split("|"))
_COUNT = re.compile(rf"(?P<number>\d{{1,9}}(?:\.\d{{1,4}})?)\s*(?P<unit>{_UNITS})(?![A-Za-z²³/／]|均|月)")
_SAME_UNIT: Final = {"km": "公里", "千米": "公里", "m": "米", "㎡": "平方米", "名": "人", "幢": "栋", "棵": "株"}
_SPECIFIC: Final = frozenset({"家", "辆", "所", "盏", "眼", "艘", "孔"})
"""Units that count one kind of thing; 个 and 人 count anything."""
_PLANNED = re.compile(
    r"需|拟|计划|将|新建|改建|扩建|改造|建设|购置|采购|补助|兑现|实施|完成|安装|修建|种植|培训|发放|资助|奖补|硬化|修缮|补贴|开展|举办|治理|支持|扶持"
)
_STANDING = re.compile(
    r"现有|共有|原有|已有|已建|已完成|目前|截至|截止|下辖|辖|全县|全区|全市|全省|全国|全镇|全乡|累计|上年|去年|往年|总人口|总户|现状|威胁|涉及|覆盖|每|余|多[个家户人]|约|近|其中|左右|以上|不少于|至少|分别|一期|二期|标段|远期|规划|达到?$"
)
_GENERIC: Final = frozenset(
    "数量 建设 面积 工程 项目 改造 完成 实施 长度 个数 人数 户数 规模 总数 新建 购置 资金 人次 公里 平方 方米 安装 维修 治理 服务 对象 任务 情况 指标 采购 开展 支持".split()
)
_SENTENCE = re.compile(r"[，,。；;、：:\n]")
_OTHER_YEAR = re.compile(r"((?:19|20)\d\d)\s*年")
_PRICE = re.compile(
    r"(?P<sign>[≥≤=＝><]?)\s*(?P<price>\d+(?:\.\d+)?)\s*(?P<money>万元|元)\s*[/／每]\s*(?P<unit>人次|人|户|亩|台|套|辆|次|公里|米|平方米|吨|件|头|只|座|所|盏)(?:[·.•/／]?(?P<time>年|月|天|日|季度|学期|学年))?"
)
_AT_THE_END = re.compile(rf"(?<![\d.A-Za-z第])(?P<number>\d{{1,9}}(?:\.\d+)?)\s*(?P<unit>{_UNITS})$")


class _Count(NamedTuple):
    number: Decimal
    unit: str
    clause: str
    before: str
    year: int

    @property
    def is_planned(self) -> bool:
        """Whether it says what the project is to do, not what there is or was in other years."""
        if any(int(one[1]) != self.year for one in _OTHER_YEAR.finditer(self.before)):
            return False
        return bool(_PLANNED.search(self.clause)) and not _STANDING.search(self.clause)


@rule(
    id="amounts.count-differs-from-text",
    title="数量指标与文字所述数量不一致",
    family=Family.RELEVANT,
    severity=Severity.HINT,
    source=TARGETS,
    explanation="名称、概况或目标说本项目要做若干，同一单位的唯一一个数量指标却是另一个数。只比单位专一或名目相同的；"
    "文字说的是现状、全县总数、约数、其他年度，或说了几个数的，不作判断。",
    bad="项目概况“需兑现的企业有7家”，奖补对象数 ≥4家",
    good="项目概况“需兑现的企业有7家”，奖补对象数 ≥7家",
)
def count_differs(form: Form, _given: Given) -> Iterator[Finding]:
    """A count in the texts is that of the target."""
    counted = [(target, unit) for target in form.of_class("output.quantity") if (unit := _unit_of(target))]
    if not counted:
        return
    single = {
        (scope, unit) for scope, unit in {(target.scope, unit) for target, unit in counted}
        if sum(other.scope == scope and same == unit for other, same in counted) == 1
    }  # fmt: skip
    targets = [target for target, unit in counted if (target.scope, unit) in single]
    said = [(path, one) for path in _READ for one in _counts_of(_text(form, path), form.year)] if targets else []
    for halves, (path, one) in judged(targets, lambda target: _contradicting(target, said)):
        where = TEXTS.get(path) or f"{SCOPE_NAMES[path.removeprefix('goals.')]}目标"
        yield Finding(
            f"{where}中“{one.clause[-30:]}”与{called(halves)}的指标值{printed(halves)}不一致，请核对。",
            (*at(halves, "value"), path),
        )


def _unit_of(target: Target) -> str | None:
    unit = target.unit or ""
    return _SAME_UNIT.get(unit, unit) if target.amount and unit in _KNOWN_UNITS else None


def _contradicting(target: Target, said: list[tuple[str, _Count]]) -> tuple[str, _Count] | None:
    unit = _unit_of(target)
    same = [(path, one) for path, one in said if one.unit == unit]
    numbers = {one.number for _, one in same}
    planned = [(path, one) for path, one in same if one.is_planned]
    if target.amount in numbers or len(numbers) != 1 or not planned:
        return None
    path, one = planned[0]
    return (path, one) if unit in _SPECIFIC or _share_a_noun(target.name, one.clause) else None


@lru_cache(maxsize=8192)
def _share_a_noun(name: str, clause: str) -> bool:
    pairs = {name[place : place + 2] for place in range(len(name) - 1)} - _GENERIC
    return any(pair in clause for pair in pairs if "一" <= pair[0] <= "鿿" and "一" <= pair[1] <= "鿿")


@lru_cache(maxsize=1024)
def _counts_of(text: str, year: int) -> tuple[_Count, ...]:
    """The counts of a text: number, unit, the clause around, and whether it says what the project is to do."""
    if not _COUNT.search(text):
        return ()
    counts, begin = [], 0
    for clause in _SENTENCE.split(text):
        for found in _COUNT.finditer(clause):
            if stands_alone(clause, found.start()) and clause[found.start() - 1 : found.start()] not in {"-", "－"}:
                before = text[max(begin - 20, 0) : begin + found.start()]
                unit = _SAME_UNIT.get(found["unit"], found["unit"])
                counts.append(_Count(Decimal(found["number"]), unit, clause.strip(), before, year))
        begin += len(clause) + 1
    return tuple(counts)


@rule(
    id="amounts.name-differs-from-value",
    title="指标名称中的数量与指标值不同",
    family=Family.DATA,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="三级指标名称末尾写着数量和单位，指标值单位相同而数量不同。",
    bad="新建公厕12座 = 10座",
    good="新建公厕 ≥12座",
)
def name_differs(form: Form, _given: Given) -> Iterator[Finding]:
    """A count in the name is that of the value."""
    for halves, number in judged_alike(form, _in_the_name):
        yield Finding(
            f"{called(halves)}名称中写 {number}{halves[0].unit}，指标值却是{printed(halves)}，请核对。",
            at(halves, "value", "name"),
        )


@row_judge
def _in_the_name(target: Target) -> str | None:
    if target.amount is None or not target.unit or target.operator in {">", "<"}:
        return None
    found = _AT_THE_END.search(target.name.strip())
    if found is None or found.start() < 2 or found["unit"] != target.unit:
        return None
    return found["number"] if Decimal(found["number"]) != target.amount else None


@rule(
    id="amounts.quantity-by-price",
    title="数量乘单价超过资金总额",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="同一期间只有一个以“元/人”等为单位的单价指标和一个同单位的数量指标时，两者相乘不应超过资金总额。单价是上限（≤）的只作提示。",
    bad="资金总额 500,000 元，补助人数 800人，补助标准 1000元/人",
    good="资金总额 800,000 元，补助人数 800人，补助标准 1000元/人",
)
def quantity_by_price(form: Form, _given: Given) -> Iterator[Finding]:
    """What is bought at its price is within the money."""
    for scope in ("period", "annual"):
        total, targets = form.total(scope), form.of_scope(scope)
        if not total:
            continue
        prices = [(target, found) for target in targets if "元" in target.value and (found := _price(target.value))]
        if len(prices) != 1:
            continue
        target, (sign, price, unit) = prices[0]
        counts = [
            one
            for one in targets
            if one.amount and one.unit == unit and one.category == "output.quantity" and one.operator not in {"<=", "<"}
        ]
        if len(counts) == 1 and counts[0].amount and counts[0].amount * price > total:
            count = counts[0]
            yield Finding(
                f"{count.title}{number_text(count.amount)}{unit}乘以“{target.name.strip()}”{target.value.strip()}为 "
                f"{format_amount((count.amount or 0) * price)} 元，超过{SCOPE_NAMES[scope]}资金总额 {format_amount(total)} 元，请核对。",
                (count.at("value"), target.at("value"), f"funding.{scope}.total"),
                severity=Severity.HINT if sign in {"≤", "<"} else None,
            )


@lru_cache(maxsize=8192)
def _price(value: str) -> tuple[str, Decimal, str] | None:
    """Sign, yuan and unit of a price: ≥1000元/人; the unit is empty where the price is of less than a year."""
    found = _PRICE.fullmatch(value.strip())
    if found is None:
        return None
    unit = found["unit"] if found["time"] in {None, "年"} else ""
    return found["sign"], Decimal(found["price"][:20]) * MONEY[found["money"]], unit


def _text(form: Form, path: str) -> str:
    return form.goals.get(path[6:], "") if path.startswith("goals.") else form.texts.get(path) or ""


RULES: Final[tuple[Rule, ...]] = (count_differs, name_differs, quantity_by_price)
