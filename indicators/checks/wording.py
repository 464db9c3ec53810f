"""Rules on wording: doubled and empty words, values that nobody can judge, names that are sentences; see also `wording_templates`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final

from indicators.categories import level2_code
from indicators.checks import meanings, wording_templates
from indicators.checks.findings import Finding
from indicators.checks.forms import Form, Target
from indicators.checks.halves import at, called, corrected, judged_alike, printed, row_judge
from indicators.checks.rules import TARGETS, Given, Rule, Threshold, rule
from indicators.checks.severity import Family, Severity
from indicators.checks.stems import plain_name
from indicators.checks.values import repeats

_TWICE = re.compile(r"([一-鿿]{2,12})\1")
_TWICE_INSIDE = re.compile(r"([一-鿿]{2,6})\1")
# Words that end as the next one begins: 常委常委会 is a slip, 人人, 家家户户 and 研究研究 are not looked for here.
_TWICE_WITH_SENSE = re.compile(r"学习学习|研究研究|考虑考虑|讨论讨论|了解了解|(一.)\1")
_EMPTY_WORDS: Final = frozenset(
    "有限 一定 一定程度 有所 有所提高 有所提升 有所改善 有所增强 有所加强 有所下降 有所减少 有所增加 有所缓解 有所完善 有所促进 略有提高 略有提升 略有改善 略有下降 "
    "一定提高 一定提升 一定改善 一定作用 一定影响 一定促进 一般 适当 适度 适中 尽量 尽可能 尽力 尽快 大概 左右 若干 相关 相应 适时 视情况 视情况而定 较好 还可以 "
    "基本 基本满足 力争 争取 可能 较为 影响有限 有限影响 作用有限 比较好 一定程度提高 一定程度提升 一定程度改善".split()
)
_TO_A_DEGREE = re.compile(
    r"(?:在)?一定程度上?的?(?:得到)?(?:提高|提升|改善|促进|增强|缓解|减少|降低|完善|推动|影响|保障)?"
)
_WISH: Final = "提高|提升|改善|完善|促进|增强|加强|推动|推进|加快|优化|增加|减少|降低|缓解|带动|拉动|扩大|发展|改进|强化|巩固|深化|增长|下降|助推|保障|支持|推广|健全完善|提质|影响|维护|保护"
_WEAK: Final = r"(?:有效|逐步|不断|持续|进一步|积极|稳步|切实|有力|逐渐|得到|得以|不断地|较好|更好|大力|全面|充分|继续|能够|可以|起到)"
_UNJUDGEABLE = re.compile(
    rf"{_WEAK}*(?:{_WISH}){{1,3}}(?:作用)?|(?:基本)?(?:达到预期|符合要求|满足要求|满足需[求要]|按要求|按规定)(?:完成|执行|效果|目标|标准)?"
)
_DIGIT = re.compile(r"\d")
_LONG = re.compile(r"[，,；;]")
_STOP = re.compile(r"[。！!？?]")
_HOLDS = re.compile(
    r"(?:[≥≤＞＜≧≦><]=?|>=|<=|不低于|不少于|不小于|不超过|不高于|不大于|达到|达)\s*\d+(?:\.\d+)?\s*"
    r"(?:%|％|万?元|亿元|人次?|户|个|项|次|件|家|台|套|天|个月|公里|米|亩|平方米|处|座|所|吨|小时|分钟)?(?:以上|以下|以内)?$"
)


@rule(
    id="wording.doubled",
    title="词语重复",
    family=Family.DATA,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="指标值或指标名称中同一个词连写两遍，多为录入时重复；整个指标值就是一个词写了两遍的，可以直接改正。",
    bad="环境改善 = 提高提高",
    good="环境改善 = 提高",
)
def doubled(form: Form, _given: Given) -> Iterator[Finding]:
    """Words stand once."""
    for halves, once in judged_alike(form, _said_twice):
        certain = not meanings.is_class_name(once) and level2_code(once) is None
        yield Finding(
            f"{called(halves)}的指标值{printed(halves)}重复，应为“{once}”。",
            at(halves, "value"),
            corrected(halves, "value", once) if certain else (),
        )
    for halves, (part, word) in judged_alike(form, _doubled_inside):
        text = halves[0].name if part == "name" else halves[0].value
        yield Finding(
            f"{called(halves)}的“{text.strip()}”中“{word}”连写两遍，请核对。", at(halves, part), severity=Severity.HINT
        )


@row_judge
def _said_twice(target: Target) -> str | None:
    return _once(target.value)


@lru_cache(maxsize=8192)
def _once(value: str) -> str | None:
    """The word that a value says twice (or four times), once."""
    word = value.strip()
    while found := _TWICE.fullmatch(word):
        word = found[1]
    return word if word != value.strip() else None


@row_judge
def _doubled_inside(target: Target) -> tuple[str, str] | None:
    for part, text in (("value", target.value), ("name", target.name)):
        if (word := _word_twice(text)) and _once(text) is None:
            return part, word
    return None


@lru_cache(maxsize=16384)
def _word_twice(text: str) -> str | None:
    if len(text) - len(set(text)) < 2:
        return None  # each sign of a word that comes twice does
    found = _TWICE_INSIDE.search(text)
    return found[1] if found and len(set(found[1])) > 1 and not _TWICE_WITH_SENSE.search(text) else None


@rule(
    id="wording.empty-words",
    title="指标值是空泛词语",
    family=Family.FEASIBLE,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="“有限”“一定程度”“有所提高”“适当”等没有标准，做与不做都说得过去，不能作为目标。比率没有数值的另行指出。",
    bad="促进可持续发展 = 有限",
    good="设施设计使用年限 ≥10年",
)
def empty_words(form: Form, _given: Given) -> Iterator[Finding]:
    """A value says something."""
    for halves, _ in judged_alike(form, _is_empty):
        yield Finding(
            f"{called(halves)}的指标值{printed(halves)}没有标准，不能考核，请改为数值或分档的具体标准。",
            at(halves, "value"),
        )


@row_judge
def _is_empty(target: Target) -> bool | None:
    return (is_empty_word(target.value) and not meanings.is_share(target.name)) or None


@lru_cache(maxsize=8192)
def is_empty_word(value: str) -> bool:
    """Whether a value is one of the words that ask for nothing: 有限, 一定程度."""
    text = plain_name(value)
    return text in _EMPTY_WORDS or bool(_TO_A_DEGREE.fullmatch(text))


@rule(
    id="wording.cannot-be-judged",
    title="定性指标无法判断是否完成",
    family=Family.FEASIBLE,
    severity=Severity.HINT,
    source=TARGETS,
    explanation="指标值只有“提高”“改善”“有效提升”等愿望，没有程度、标准或数量，年终无法判断。“明显改善”“显著提高”“健全”“规范”“合格”等有程度或状态的不作判断；"
    "比率、时效指标和已按重复名称、重复词语、空泛词语指出的不再重复。",
    bad="居民环保意识 = 提高",
    good="居民环保知识知晓率 ≥85%",
)
def cannot_be_judged(form: Form, _given: Given) -> Iterator[Finding]:
    """A quality has a grade or a measure."""
    for halves, _ in judged_alike(form, _unjudgeable):
        yield Finding(
            f"{called(halves)}的指标值{printed(halves)}没有程度或标准，年终难以判断，宜量化或写明分档标准。",
            at(halves, "value"),
        )


@row_judge
def _unjudgeable(target: Target) -> bool | None:
    if target.amount is not None or not is_bare_wish(target.value) or meanings.is_share(target.name):
        return None
    if target.category == "output.timeliness":
        return None
    return None if repeats(target.name, target.value) is not None else True


@lru_cache(maxsize=8192)
def is_bare_wish(value: str) -> bool:
    """Whether a value only wishes: 提高, 不断完善; not 提高提高, which is said elsewhere."""
    text = plain_name(value)
    return bool(_UNJUDGEABLE.fullmatch(text)) and _once(value) is None and not is_empty_word(value)


@rule(
    id="wording.name-is-sentence",
    title="三级指标名称是句子",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="三级指标应是简短的名词性短语。名称超过规定字数，或是带句号、逗号的整句，说明填的是目标或理由而不是指标。括号内的说明不计；逗号断开的长句只作提示。",
    bad="通过修缮校舍，使全体师生在安全的环境中学习和生活，促进教育均衡发展",
    good="校舍安全达标率",
    thresholds=(Threshold("name_length", "三级指标名称字数上限", Decimal(30), Decimal(10), Decimal(200)),),
)
def name_is_sentence(form: Form, given: Given) -> Iterator[Finding]:
    """A name is a noun phrase."""
    most = int(given["name_length"])
    for halves, length in judged_alike(form, _length):
        if length > most:
            yield Finding(f"{called(halves)}长 {length} 字，超过 {most} 字，请改为简短的指标名称。", at(halves, "name"))
        elif _reads_as_sentence(halves[0].name):
            yield Finding(f"{called(halves)}是句子，宜改为简短的指标名称。", at(halves, "name"), severity=Severity.HINT)


@row_judge
def _length(target: Target) -> int | None:
    """Characters of a name without what stands in brackets; ``None`` where it is short."""
    name = target.name
    if len(name) < 12:
        return None
    length = len(re.sub(r"\([^()]*\)", "", plain_name(name)))
    return length if length >= 12 else None


@lru_cache(maxsize=8192)
def _reads_as_sentence(name: str) -> bool:
    text = name.strip()
    if _STOP.search(text[:-1]) or text.endswith("。"):
        return True
    parts = [part for part in _LONG.split(re.sub(r"[（(][^（()）]*[)）]", "", text)) if part]
    return len(text) >= 18 and len(parts) > 1 and max(map(len, parts)) >= 8


@rule(
    id="wording.name-holds-value",
    title="三级指标名称中含指标值",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="名称末尾写着“≥95%”“达到500人”，或与指标值相同的数量和单位：名称应只写考核什么，数值写在指标值处。"
    "“65岁以上老人体检率”“10kV线路”等数字属于名称的不作判断。",
    bad="群众满意度达到95%以上 = 达到",
    good="群众满意度 ≥95%",
)
def name_holds_value(form: Form, _given: Given) -> Iterator[Finding]:
    """A value stands in its own cell."""
    for halves, held in judged_alike(form, _held_value):
        yield Finding(f"{called(halves)}的名称中写有指标值“{held}”，请只在指标值处填写。", at(halves, "name", "value"))


@row_judge
def _held_value(target: Target) -> str | None:
    name = target.name.strip()
    if not _DIGIT.search(name):
        return None
    if (found := _HOLDS.search(name)) and found.start() > 1:
        return found[0]
    value = target.value.strip().lstrip("≥≤=＝><")
    repeated = target.amount is not None and target.unit and len(value) > 1 and name.endswith(value)
    return value if repeated and len(name) > len(value) and not name[-len(value) - 1].isdigit() else None


RULES: Final[tuple[Rule, ...]] = (
    doubled, empty_words, cannot_be_judged, name_is_sentence, name_holds_value, *wording_templates.RULES,
)  # fmt: skip
