"""Rules on time: time targets that can be judged, dates within the year and the period, ends after beginnings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from indicators.checks.findings import Finding
from indicators.checks.forms import SCOPES, Form, Target
from indicators.checks.halves import at, called, judged, judged_alike, row_judge
from indicators.checks.periods import UNLIMITED, Span, span_of
from indicators.checks.rules import GUIDE, TARGETS, Given, Rule, rule
from indicators.checks.severity import Family, Severity
from indicators.checks.timing_dates import Moment, moments_of

_SAYS_WHEN = re.compile(
    r"[\d０-９%％]|[一二三四五六七八九十两半]+个?(?:年|月|季度|天|日|周|星期|小时|工作日|学期|分钟|次)|百分之|(?:当|每|次|本|全|逐|按|隔)(?:年|月|日|季度?|周|天|晚|早|学期|学年|旬|次|期)|[春夏秋冬]季|[春夏秋冬]{2}|两季|即.即|[年月季]度?[底末初中内]|年前"
    r"|[上下]半年|(?:汛期|春节|国庆|供暖|采暖|入冬|开学|雨季|封冻|种植季|节|学期|寒假|暑假|放假|假期|秋收|春耕|播种|会议|活动|比赛|考试|开园|开馆)(?:季|期)?(?:到来|来临)?(?:之?前|期间|结束|后|前后|内|开始)|常年|长期|即时|实时|全天|随时|立即|当场|当期|年内|季内|月内"
)
_TIME_IN_NAME = re.compile(r"\d+\s*(?:年|月|日|天|小时|分钟|个工作日)|年底|[上下]半年|当年|年内|月底|季度末")


@rule(
    id="timing.value-without-time",
    title="时效指标没有时间",
    family=Family.FEASIBLE,
    severity=Severity.SHOULD,
    source=GUIDE,
    explanation=(
        "时效指标应写明日期、期限或及时率；“及时”“按时”“如期完成”“按进度”到年终无法判断是否做到。名称里已有日期或期限的、名称是“…率”的（另行提示）、指标值空白的，不作判断。"
    ),
    bad="时效指标：资金拨付及时性 = 及时",
    good="时效指标：资金拨付时限 ≤15 个工作日",
)
def value_without_time(form: Form, _given: Given) -> Iterator[Finding]:
    """A time target has a date, a duration or a rate."""
    for halves, _ in judged_alike(form, _has_no_time):
        value = halves[0].value.strip()
        yield Finding(
            f"时效指标{called(halves)}的指标值“{value if len(value) <= 30 else value[:28] + '……'}”没有日期、期限或比例，请写明何时完成或及时率多少。",
            at(halves, "value"),
        )


@row_judge
def _has_no_time(target: Target) -> bool | None:
    if target.category != "output.timeliness":
        return None
    return _lacks_time(target.name.strip(), target.value.strip()) or None


@lru_cache(maxsize=8192)
def _lacks_time(name: str, value: str) -> bool:
    if not value or name.endswith("率") or _SAYS_WHEN.search(value):
        return False
    return not _TIME_IN_NAME.search(name)


def bounds(form: Form, scope: str) -> Span:
    """The months in which a scope's dates may lie; as wide as it can be where the form does not say when it begins."""
    january = form.year * 12
    span, years = span_of(form.text("duration")), form.years
    if span is not None and span.first <= span.last:
        first, last = min(span.first // 12 * 12, january), max(span.last // 12 * 12, january) + 11
    elif years is None or years >= UNLIMITED:
        first, last = 0, _FAR
    else:
        # A period of three years may have begun two years ago or begin now.
        first, last = january - 12 * (years - 1), january + 12 * years - 1
    if "一次性" in form.text("attribute") and years is None:
        first, last = january, january + 11
    return Span(first, last if scope == "period" else min(last, january + 11))


_FAR: Final = 9999 * 12
_WHEN = re.compile(r"时间|日期|期限|时限|工期|节点|何时|完工|竣工|开工|投用|启动|完成")
_OVER_NEW_YEAR = re.compile(r"学年|学期|供暖|采暖|取暖|供热|跨年|冬|次年|下年|翌年")
_COMPARED = re.compile(r"较|比|同期|以来|基数")


@rule(
    id="timing.date-outside",
    title="指标值的日期不在年度或项目期内",
    family=Family.FEASIBLE,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation=(
        "年度指标应在本年度内完成，实施期指标应在项目期内完成。项目期为多年的，年度开工日期早于本年的不作判断；采暖期、学年等跨年的不作判断。"
    ),
    bad="2025年度一次性项目，完工时间 = 2026年10月",
    good="完工时间 = 2025年10月",
)
def date_outside(form: Form, _given: Given) -> Iterator[Finding]:
    """Dates in values lie in the year or the period."""
    dated = [target for target in form.targets if dates_in(target)]
    if not dated:
        return
    limits = {scope: bounds(form, scope) for scope in SCOPES}

    def misplaced(target: Target) -> str | None:
        moments = dates_in(target)
        if not (target.category == "output.timeliness" or _WHEN.search(target.name)):
            return None
        said = target.name + target.value
        if _OVER_NEW_YEAR.search(said) or _COMPARED.search(said):
            return None
        return _misplaced(moments, limits[target.scope])

    for halves, how in judged(dated, misplaced):
        yield Finding(
            f"{called(halves)}的指标值“{halves[0].value.strip()}”{how}（{form.year}年度，项目期{form.text('duration') or '未填'}），"
            "请核对日期或项目期。",
            (*at(halves, "value"), "duration"),
        )  # fmt: skip


def dates_in(target: Target) -> tuple[Moment, ...]:
    """The dates of a value that is no number."""
    return moments_of(target.value) if target.amount is None and "20" in target.value else ()


def _misplaced(moments: tuple[Moment, ...], limit: Span) -> str | None:
    if any(moment.span.first < limit.first for moment in moments):
        return "早于项目开始的年份"
    return "晚于应完成的年份" if any(moment.span.last > limit.last for moment in moments) else None


_AFTERWARDS = re.compile(
    r"绩效|评价|决算|审计|质保|保修|总结|自评|归档|公示|尾款|质量保证|缺陷|养护|管护|运营|运维|学年|采暖|供暖|取暖|冬|次年|下年|剩余|规划|力争|目标|合同|协议|还款|到期|分期|分年"
)
_CLAUSE_END = re.compile(r"[；。;\n]|(?<!\d)[，,]")


@rule(
    id="timing.plan-outside",
    title="实施计划的日期不在项目期内",
    family=Family.FEASIBLE,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation=(
        "实施计划的安排应落在项目期内。全部日期都早于项目期的，多半是沿用旧文本；有晚于项目期的安排，说明项目期或计划有误。提到以前的立项、批复、招标或以后的审计、质保、评价的不作判断。"
    ),
    bad="2025年度、项目期1年的项目，计划写2021年8月完成立项、2022年1月完成招标",
    good="2025年3月完成招标，2025年10月完工",
)
def plan_outside(form: Form, _given: Given) -> Iterator[Finding]:
    """Dates of the plan lie in the period."""
    plan = form.text("plan")
    moments = moments_of(plan)
    if not moments:
        return
    limit = bounds(form, "period")
    about = f"（{form.year}年度，项目期{form.text('duration') or '未填'}）"
    late = [
        moment for moment in moments if moment.span.last > limit.last and not _AFTERWARDS.search(_clause(plan, moment))
    ]
    bygone = all(moment.span.last < limit.first for moment in moments)
    if bygone and _plans_ahead(plan, moments) and not _STILL_DUE.search(plan):
        named = "、".join(moment.printed for moment in moments[:3])
        yield Finding(f"实施计划的日期（{named}）全部早于项目期{about}，请改写为本项目的安排。", ("plan", "duration"))
    elif late and not _OVER_NEW_YEAR.search(plan):
        named = "、".join(moment.printed for moment in late[:3])
        yield Finding(f"实施计划安排到{named}，超出项目期{about}，请核对计划或项目期。", ("plan", "duration"))


def _clause(text: str, moment: Moment) -> str:
    """The words around a date, up to the next stops."""
    before = 0
    for stop in _CLAUSE_END.finditer(text, max(moment.at - 60, 0), moment.at):
        before = stop.end()
    after = _CLAUSE_END.search(text, moment.at + len(moment.printed))
    return text[before : after.start() if after else len(text)][:120]


_STILL_DUE = re.compile(r"本年|今年|当年|尾款|余款|剩余|结转|结余|欠款|质保金|进度款")
_DONE = re.compile(r"起|已|目前|截至|根据|依据|按照|文件|纪要|会议|《|协议|合同签订|签订|印发|批复|累计|以来|成立|自")


def _plans_ahead(plan: str, moments: tuple[Moment, ...]) -> bool:
    """Whether a date stands for something to do, not for what is done or a document that is cited."""
    return not all(_DONE.search(_clause(plan, moment)) for moment in moments)


_STARTS = re.compile(r"(?:开工|动工|启动|开始|进场)")
_ENDS = re.compile(r"(?:完工|竣工|完成|结束|交付|投用|交工|建成)")
_FRAME = re.compile(r"预计|计划|实际|项目|工程|建设|施工|时间|日期|时限|期限|节点|的")


@rule(
    id="timing.ends-before-start",
    title="完成早于开始",
    family=Family.FEASIBLE,
    severity=Severity.MUST,
    source=TARGETS,
    explanation=(
        "完工时间不能早于开工时间，起止日期不能倒置。只比较同一期间、名称除“开工”“完工”外相同的两个指标，以及同一处写出的起止日期。"
    ),
    bad="开工时间 = 2025年9月，完工时间 = 2025年6月",
    good="开工时间 = 2025年3月，完工时间 = 2025年10月",
)
def ends_before_start(form: Form, _given: Given) -> Iterator[Finding]:
    """What begins ends later."""
    dated = [(target, moments) for target in form.targets if (moments := dates_in(target))]
    for scope in SCOPES:
        yield from _turned_pairs([entry for entry in dated if entry[0].scope == scope])
    for target, moments in dated:
        if any(moment.span.last < moment.span.first for moment in moments):
            yield Finding(f"{target.title}的起止日期“{target.value.strip()}”倒置，请核对。", (target.at("value"),))
    for path in ("plan", "duration"):
        turned = [moment for moment in moments_of(form.text(path)) if moment.span.last < moment.span.first]
        if turned:
            yield Finding(f"起止日期“{turned[0].printed}”倒置，请核对。", (path,))


def _turned_pairs(dated: list[tuple[Target, tuple[Moment, ...]]]) -> Iterator[Finding]:
    starts = {
        _about(target.name, _STARTS): (target, moments) for target, moments in dated if _STARTS.search(target.name)
    }
    for target, moments in dated:
        began = (
            starts.get(_about(target.name, _ENDS))
            if _ENDS.search(target.name) and not _STARTS.search(target.name)
            else None
        )
        if began and moments[-1].span.last < began[1][0].span.first:
            yield Finding(
                f"{target.title}（{moments[-1].printed}）早于“{began[0].name.strip()}”"
                f"（{began[1][0].printed}），请核对两个日期。",
                (target.at("value"), began[0].at("value")),
            )


def _about(name: str, what: re.Pattern[str]) -> str:
    return _FRAME.sub("", what.sub("", name.strip()))


RULES: Final[tuple[Rule, ...]] = (value_without_time, date_outside, plan_outside, ends_before_start)
