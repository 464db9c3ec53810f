"""What the sums in texts are called: 总投资630万元 is the whole, 预算金额… the budget, 区级资金… money of a source."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from indicators.checks.figures import Sum, sentence_of, sums_of
from indicators.checks.forms import Form, once_a_form

_READ: Final = ("overview", "content", "necessity", "plan", "goals.period", "goals.annual")
_FILLER: Final = r"(?:估算|概算|预算|预计|测算|匡算|核定|约|为|是|共计|共|合计|总计|达到?|需要?|金额|资金|总额|人民币|[：:]|[（(][^（()）]{0,10}[)）]|\s)*$"
_WHOLE = re.compile(
    r"(?:总投资|投资总额|总预算|概算总?投资|估算总?投资|投资概算|投资估算|总造价|计划投资|工程总价|总概算|总估算|项目投资)"
    + _FILLER
)
_BUDGET = re.compile(
    r"(?:项目预算|年度预算|预算(?:金额|总额|资金|数|经费|安排|投入)|申请[^，。；,;、]{0,14}(?:费用|资金|经费|预算)|(?:费用|资金|经费)(?:共计|合计|总计|总额)"
    r"|总费用|总经费|(?:共|总计|合计|预计|全年|年度)需(?:要|资金|经费|支付|投入)?|所需(?:资金|经费|费用))" + _FILLER
)
_NAMES: Final = (
    ("whole", _WHOLE),
    ("central", re.compile(r"中央(?:财政)?(?:补助|专项|预算内|转移支付|配套)?(?:资金|经费|投资)" + _FILLER)),
    ("provincial", re.compile(r"(?:省级|省财政|省)(?:财政)?(?:补助|专项|配套)?(?:资金|经费)" + _FILLER)),
    (
        "local",
        re.compile(
            r"(?:[市县区]级|市县|县区|[市县区]本级|[市县区]财政|本级)(?:财政)?(?:补助|专项|配套)?(?:资金|经费)"
            + _FILLER
        ),
    ),
    ("self_raised", re.compile(r"(?:单位|自行|企业)?自筹(?:资金|经费)?" + _FILLER)),
    ("budget", _BUDGET),
)
_PAID_OVER_TIME = re.compile(
    r"进度款|已支付|已拨|已完成投资|已投入|已到位|已申请|已下达|累计|截至|截止|合同|分年|分期|每年|年均|逐年|PPP|子项目|尾款|余款|剩余|结转|拖欠|欠款|质保金|以前年度|上年|去年|往年|前期已"
    r"|专项债|贷款|社会资本|续建|其他项目|整体项目|合作期|特许经营|首期|首付|预付|分批|[一二三四五]期工程|各项目|跨年|建设期|争取"
)
_OF_OTHERS = re.compile(
    r"(?:本年度?|今年|本次|当年|年度)(?:安排|申请|计划|支付)|奖补|财政补助|财政补贴|企业自筹|业主|社会投资"
)
_OTHER_YEAR = re.compile(r"((?:19|20)\d\d)\s*年")


class Called(NamedTuple):
    """A sum with what the text calls it: ``whole``, ``budget`` or a source."""

    path: str
    kind: str
    sum: Sum
    words: str
    """As quoted: 总投资630万元."""


def text_of(form: Form, path: str) -> str:
    """A text or goal by its path, empty where there is none."""
    return form.goals.get(path[6:], "") if path.startswith("goals.") else form.texts.get(path) or ""


@once_a_form
def called_in(form: Form) -> list[Called]:
    """The sums of the texts that have a name, but for those that speak of other years or earlier payments."""
    found: dict[tuple[str, Decimal], Called] = {}
    for path in _READ:
        for one in _called(path, text_of(form, path), form.year):
            found.setdefault((path[:5] + one.kind, one.sum.yuan), one)
    return list(found.values())


@lru_cache(maxsize=512)
def _called(path: str, text: str, year: int) -> tuple[Called, ...]:
    said = []
    for one in sums_of(text):
        start, end = sentence_of(text, one.start)
        before = text[max(start, one.start - 40) : one.start]
        clause = re.split(r"[，,；;、]", before)[-1]
        name = _name(clause)
        if name is None or any(int(found[1]) != year for found in _OTHER_YEAR.finditer(before)):
            continue
        kind, words = name
        if _PAID_OVER_TIME.search(text if kind == "whole" else text[start:end]):
            continue
        if kind == "whole" and _OF_OTHERS.search(text):
            continue
        said.append(Called(path, kind, one, f"{words.strip()}{one.printed}"))
    return tuple(said)


def _name(clause: str) -> tuple[str, str] | None:
    """The kind and the words of what stands right before a sum."""
    for kind, pattern in _NAMES:
        if found := pattern.search(clause):
            return kind, found[0]
    return None
