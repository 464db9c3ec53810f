"""Rules on breakdowns and products in the texts: 620万元，包括…, …，合计…, 12人×3000元=36000元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from indicators.checks.figures import Sum, sentence_of, sums_of, without_brackets
from indicators.checks.findings import Finding
from indicators.checks.forms import SCOPE_NAMES, TEXTS, Form, once_a_form
from indicators.checks.meanings import MONEY
from indicators.checks.rules import TARGETS, Given, Rule, rule
from indicators.checks.severity import Family, Severity
from perfgoals.money import format_amount

_READ: Final = ("overview", "content", "necessity", "plan", "goals.period", "goals.annual")
_OPENS = re.compile(
    r"^(?:[^，,。；;：:]{0,6}[，,：:；;]?\s*(?:主要|具体)?(?P<word>包括|包含|其中|分别(?:为|是|用于)?|具体为|含|明细(?:为|如下)?)"
    r"|[^。；;]{0,20}[，,]\s*其中)"
)
_NEXT_LEVEL = re.compile(r"其中|包括|包含|含|分别|明细")
_LEAVES = re.compile(r"合计|共计|总计|剩余|其余|另外|另有|已|还|余下|不足|缺口|用于偿|[×xX*＊=＝]")
_BARE_NUMBER = re.compile(r"\d(?:\.\d+)?\s*[、，,；;]")
_YEARS = re.compile(r"(?:19|20)\d\d\s*年|第[一二三]年|一季度|上半年|下半年")
_CLOSES = re.compile(r"(?:合计|共计|总计|总共)(?:人民币|金额|资金|需要?|约|为|[：:])*\s*$")
_COUNTED = re.compile(r"\d\s*(?:人|个月|月|户|名|天|次|亩|个|台|套|辆|平方米|公里|米|吨|年)(?!\d)|[×xX*＊]")
_AND_SO_ON = re.compile(r"^\s*[^，,。；;]{0,6}等")
_NUMBERED = re.compile(r"\s*[（(]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}|[①-⑳])(?:[)）.．、]|是|(?=[^0-9]))")
_MOST = 60
"""Parts of one total: more are a table, not a text."""
_FIRST = re.compile(r"^\s*[，,、；;及和与以]|^\s*$|^\s")
_TERM: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_PRODUCT = re.compile(
    rf"(?<![\d.=＝×xX*＊+＋\-－/（(])(?P<terms>(?:{_TERM})\s*[^\d=＝×xX*＊+＋\-－,，。；;、（()）]{{0,8}}(?:\s*[×xX*＊✕]\s*(?:{_TERM})\s*[^\d=＝×xX*＊+＋\-－,，。；;、（()）]{{0,8}})+)"
    rf"\s*[=＝]\s*(?P<result>{_TERM})\s*(?P<unit>万元|元|亿元)"
)
_FACTOR = re.compile(rf"(?P<number>{_TERM})\s*(?:(?P<unit>万元|亿元|元|%|％)|(?P<times>万|亿))?")


class Breakdown(NamedTuple):
    """A total and its parts as a text prints them, where they do not agree."""

    total: Sum
    parts: tuple[Sum, ...]
    is_complete: bool
    """Whether the parts claim to be all (包括, 合计), not some (其中)."""

    @property
    def sum(self) -> Decimal:
        """Yuan of the parts."""
        return sum((part.yuan for part in self.parts), Decimal(0))


@rule(
    id="amounts.breakdown",
    title="文字所列明细之和不等于总数",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="“…万元，包括/其中A元、B元”“A元、B元，合计…元”的明细应加得拢。括号内的说明、单价、分年安排、以“等”结尾的列举、“约”数不作判断；"
    "“其中”之和少于总数的可能没有列全，只作提示。",
    bad="申请620万元，包括工资270万元、燃料150万元、修理80万元",
    good="申请500万元，包括工资270万元、燃料150万元、修理80万元",
)
def breakdown(form: Form, _given: Given) -> Iterator[Finding]:
    """The parts add to the total."""
    for path, title, text in _texts(form):
        for one in breakdowns_of(text):
            difference = one.sum - one.total.yuan
            said = "多" if difference > 0 else "少"
            hint = Severity.HINT if difference < 0 and not one.is_complete else None
            yield Finding(
                f"{title}中“{one.total.printed}”所列 {len(one.parts)} 项明细合计 {format_amount(one.sum)} 元，比总数{said} "
                f"{format_amount(abs(difference))} 元，请核对。",
                (path,),
                severity=hint,
            )


@once_a_form
def _texts(form: Form) -> list[tuple[str, str, str]]:
    """Path, title and text of what is read, a text that stands in two places once."""
    found: dict[str, tuple[str, str, str]] = {}
    for path in _READ:
        goal = path.startswith("goals.")
        text = form.goals.get(path[6:], "") if goal else form.texts.get(path) or ""
        if text:
            found.setdefault(text, (path, f"{SCOPE_NAMES[path[6:]]}目标" if goal else TEXTS[path], text))
    return list(found.values())


@lru_cache(maxsize=512)
def breakdowns_of(text: str) -> tuple[Breakdown, ...]:
    """The breakdowns of a text that do not add up."""
    if len(sums_of(text)) < 3:
        return ()
    bare = without_brackets(text)
    sums = sums_of(bare)
    found = [
        one for place in range(len(sums)) for one in (_opened(bare, sums, place), _closed(bare, sums, place)) if one
    ]
    return tuple(found)


def _opened(text: str, sums: tuple[Sum, ...], place: int) -> Breakdown | None:
    """What follows 包括 or 其中 after a total."""
    total = sums[place]
    _, end = sentence_of(text, total.start)
    rest = [one for one in sums[place + 1 : place + 1 + _MOST] if one.start < end]
    if len(rest) < 2 or not total.is_exact:
        return None
    opening = _OPENS.match(text[total.end : rest[0].start])
    parts, listed_all = _listed(text, rest, end)
    if opening is None or len(parts) < 2 or not all(part.is_exact for part in parts):
        return None
    one = Breakdown(total, tuple(parts), opening["word"] not in {"其中", None})
    slack = _slack(total, *parts)
    missing = one.total.yuan - one.sum
    if abs(missing) <= slack or (missing > 0 and not (listed_all and not _goes_on(text, end))):
        return None
    if missing > 0 and not one.is_complete and one.sum * 10 < total.yuan * 7:  # a few of many parts
        return None
    return one


def _slack(*sums: Sum) -> Decimal:
    """What rounding can make of them together: whole numbers are exact, unless others have decimals."""
    decimals = ["." in one.printed for one in sums]
    return sum((one.slack for one in sums), Decimal(0)) if any(decimals) else Decimal(0)


def _listed(text: str, rest: list[Sum], end: int) -> tuple[list[Sum], bool]:
    """The parts up to where the list ends, and whether it lists all."""
    parts = [rest[0]]
    for one in rest[1:]:
        gap = text[parts[-1].end : one.start]
        if _YEARS.search(gap) or _BARE_NUMBER.search(gap) or len(gap.strip()) > 40:
            return parts, False
        if _NEXT_LEVEL.search(gap) or _LEAVES.search(gap) or not _FIRST.search(gap):
            return parts, False
        parts.append(one)
    after = text[parts[-1].end : end]
    complete = not _AND_SO_ON.search(after) and not re.search(r"剩余|其余|其他|余下|另外|等", after)
    return parts, complete and not _YEARS.search(text[rest[0].start - 12 : rest[0].start])


def _goes_on(text: str, end: int) -> bool:
    """Whether the next sentence is numbered: the list goes on there."""
    return _NUMBERED.match(text, end + 1) is not None


def _closed(text: str, sums: tuple[Sum, ...], place: int) -> Breakdown | None:
    """What stands before 合计."""
    total = sums[place]
    start, _ = sentence_of(text, total.start)
    before = [one for one in sums[max(place - _MOST, 0) : place] if one.start >= start]
    if len(before) < 2 or not _CLOSES.search(text[max(total.start - 12, 0) : total.start]):
        return None
    said = text[start : total.start]
    if _COUNTED.search(said) or "等" in said or re.search(r"其中|包括|合计.*合计|每|按|已", said) or not total.is_exact:
        return None
    slack = _slack(total, *before)
    tails = [sum((part.yuan for part in before[begin:]), Decimal(0)) for begin in range(len(before) - 1)]
    if not all(part.is_exact for part in before) or any(abs(tail - total.yuan) <= slack for tail in tails):
        return None
    return Breakdown(total, tuple(before), is_complete=True)


@rule(
    id="amounts.product",
    title="文字中的算式算错",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="“人数×标准×月数=金额”的算式按所写的数相乘，与等号后的金额不同。含加减、括号的算式和不含金额单位的不作判断。",
    bad="12人×3000元×12月=532000元",
    good="12人×3000元×12月=432000元",
)
def product(form: Form, _given: Given) -> Iterator[Finding]:
    """A product is what its factors make."""
    for path, title, text in _texts(form):
        for words, right, printed in wrong_products_of(text):
            yield Finding(
                f"{title}中“{words}”应得 {format_amount(right)} 元，写作 {format_amount(printed)} 元，请核对。", (path,)
            )


@lru_cache(maxsize=512)
def wrong_products_of(text: str) -> tuple[tuple[str, Decimal, Decimal], ...]:
    """Formulas with the product in yuan that they make and the one that they print, where these differ."""
    if "=" not in text and "＝" not in text:
        return ()
    wrong = []
    for found in _PRODUCT.finditer(text):
        made, printed = _product(found["terms"]), _number(found["result"]) * MONEY[found["unit"]]
        places = len(found["result"].partition(".")[2])
        slack = Decimal(MONEY[found["unit"]]) * Decimal(10) ** -places
        if made is not None and abs(made - printed) > slack:
            wrong.append((found[0].strip(), made, printed))
    return tuple(wrong)


def _product(terms: str) -> Decimal | None:
    """Yuan of factors, one of which is money."""
    made, money = Decimal(1), 0
    for found in _FACTOR.finditer(terms):
        unit = found["unit"]
        made *= _number(found["number"]) * MONEY.get(unit or found["times"] or "", 1)
        made = made / 100 if unit in {"%", "％"} else made
        money += unit in MONEY
        if made > Decimal(10) ** 20:
            return None
    return made if money == 1 else None


def _number(printed: str) -> Decimal:
    return Decimal(printed.replace(",", "")[:24])


RULES: Final[tuple[Rule, ...]] = (breakdown, product)
