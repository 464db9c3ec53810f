"""Rules on time: attribute, duration, money, texts and filing date against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Final

from indicators.checks.findings import Finding
from indicators.checks.forms import TEXTS, Form, Target
from indicators.checks.halves import at, called, judged
from indicators.checks.periods import UNLIMITED, months_of, years_of
from indicators.checks.rules import INTEGRATION, TARGETS, Given, Rule, rule
from indicators.checks.severity import Family, Severity
from indicators.checks.timing_dates import moments_of
from perfgoals.money import format_amount


@rule(
    id="timing.attribute-and-duration",
    title="项目属性与项目期不符",
    family=Family.FEASIBLE,
    severity=Severity.SHOULD,
    source=INTEGRATION,
    explanation=(
        "一次性项目当年结束，项目期应为一年；延续性项目分年实施，项目期应在一年以上。属性中印有年数而与项目期不同的必须修改；只写“延续性”或“长期开展”而项目期为一年的仅作提示。"
    ),
    bad="项目属性：一次性项目；项目期：3年",
    good="项目属性：延续性项目；项目期：3年",
)
def attribute_and_duration(form: Form, _given: Given) -> Iterator[Finding]:
    """A one-off project has one year, a continued one several."""
    attribute, years = form.text("attribute"), form.years
    if years is None or not attribute:
        return
    said = f"项目属性“{attribute}”与项目期“{form.text('duration')}”"
    fields = ("duration", "attribute")
    if "一次性" in attribute and years > 1:
        printed = years_of(attribute)
        contradicts = printed is not None and printed != years
        yield Finding(f"{said}不符，请改正其中一项。", fields, severity=Severity.MUST if contradicts else None)
    elif years == 1 and "阶段" in attribute:
        yield Finding(f"{said}不符，分阶段开展的项目应填写全部实施年限。", fields)
    elif years == 1 and ("延续性" in attribute or "长期" in attribute):
        # 延续项目 may only mean that there was one last year, so that it says nothing.
        yield Finding(f"{said}不一致，请核对项目期是否为全部实施年限。", fields, severity=Severity.HINT)


@rule(
    id="timing.several-years-one-year-money",
    title="多年项目的实施期资金只有一年",
    family=Family.FIT,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation=(
        "项目期在一年以上而实施期资金总额与年度资金总额相同，说明实施期只填了一年的资金，或项目期填错。分阶段开展的项目可能其余年度已安排或不再安排资金，仅作提示。"
    ),
    bad="经常性项目，项目期3年，实施期资金总额、年度资金总额都是 200 万元",
    good="项目期3年，实施期资金总额 600 万元，年度资金总额 200 万元",
)
def one_year_money(form: Form, _given: Given) -> Iterator[Finding]:
    """The money of several years is not that of one."""
    years = form.years
    if years is None or years < 2 or not form.amount or form.amount != form.period_amount:
        return
    attribute = form.text("attribute")
    if "一次性" not in attribute:
        yield Finding(
            f"项目期{form.text('duration')}，实施期资金总额却与年度资金总额相同（{format_amount(form.amount)} 元），"
            "只是一年的资金，请核对项目期或补足实施期资金。",
            ("funding.period.total", "duration"),
            severity=None if "经常" in attribute or "长期" in attribute else Severity.HINT,
        )


_TERM = re.compile(
    r"(?:(?:项目|特许)?(?:合作|建设|实施|服务|租赁|合同|租|履约|经营|运营|施工|项目|签约|委托|协议)(?:期限|周期|工期|期|年限)|总?工期"
    r"|(?:建设|实施)年限|(?:项目|工程|服务|合作|租赁|合同)[^，。；]{0,4}(?=为期))"
    r"\s*(?:共计?|合计|总计|为期|为|是|约|暂定|自|从|[:：])*\s*[（(]?"
)
_LENGTH = re.compile(r"\d{1,4}(?:\.\d)?\s*个?(?:年|月|日历天|天)(?!度)|[一二两三四五六七八九十]{1,3}(?:个?月|年)半?")
_FROM_YEAR = re.compile(r"20[0-4]\d")
_YEARLY = re.compile(r"一年一签|按年签|逐年签|一年一定|每年签")

_BUILT = re.compile(r"已(?:经|于|全部)?[^。；]{0,16}(?:完工|竣工|建成|投用|投入使用|投入运营|交付|完成建设)")
_BUILDING = re.compile(r"建设|施工|工期")
_LASTING = re.compile(r"经常|长期|延续")


@lru_cache(maxsize=256)
def _terms(text: str) -> tuple[tuple[str, int], ...]:
    """Printed term → months: 合作期23年 → 276, 服务期2024年1月至2026年12月 → 36."""
    found = []
    for term in _TERM.finditer(text):
        rest = text[term.end() : term.end() + 24]
        if _FROM_YEAR.match(rest):
            stretch = moments_of(rest)[:1]
            found += [(term[0] + one.printed, one.span.last - one.span.first + 1) for one in stretch if one.at == 0]
        elif length := _LENGTH.match(rest):
            months = months_of(length[0] if "个" in length[0] else length[0].replace("月", "个月"))
            found += [(term[0] + length[0], months)] if months else []
    return tuple(found)


@rule(
    id="timing.text-says-longer",
    title="文字说的期限长于项目期",
    family=Family.FEASIBLE,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation=(
        "项目概况、支出内容、实施计划中写明的合作期、建设期、服务期、工期等长于项目期的，项目期或资金多半填错。写明一年一签的、质保期和养护期、已建成工程的建设期不作判断；经常性、延续性项目按年安排资金的仅作提示。"
    ),
    bad="项目期1年，项目概况写“合作期20年，其中建设期2年”",
    good="项目期20年，项目概况写“合作期20年，其中建设期2年”",
)
def text_says_longer(form: Form, _given: Given) -> Iterator[Finding]:
    """Terms in the texts are no longer than the period."""
    years = form.years
    if years is None or years >= UNLIMITED:
        return
    for path in ("overview", "content", "plan"):
        text = form.text(path)
        if "期" not in text and "年限" not in text:
            continue
        longer = [(months, said) for said, months in _terms(text) if months > years * 12]
        if _BUILT.search(text):
            longer = [(months, said) for months, said in longer if not _BUILDING.search(said)]
        if longer and not _YEARLY.search(text):
            said = max(longer, key=lambda term: term[0])[1]
            yield Finding(
                f"{TEXTS[path]}写明“{said}”，项目期却填“{form.text('duration')}”，请核对项目期和实施期资金。",
                ("duration", path),
                severity=Severity.HINT if _LASTING.search(form.text("attribute")) else None,
            )


_WORKS = re.compile(r"工期|周期|建设时间|施工时间|完成时限|建设期")


@rule(
    id="timing.works-longer-than-period",
    title="工期长于项目期",
    family=Family.FEASIBLE,
    severity=Severity.SHOULD,
    source=TARGETS,
    explanation="时效指标的工期、建设周期长于项目期，到期完不成。",
    bad="项目期1年，建设工期 ≤18个月",
    good="项目期1年，建设工期 ≤10个月",
)
def works_longer(form: Form, _given: Given) -> Iterator[Finding]:
    """Works take no longer than the period."""
    years = form.years
    if years is None or years >= UNLIMITED:
        return

    def longer(target: Target) -> bool | None:
        if target.amount is None or not target.unit or not _WORKS.search(target.name):
            return None
        months = months_of(f"{target.amount:f}{'个月' if target.unit == '月' else target.unit}")
        return (months is not None and months > years * 12) or None

    for halves, _ in judged(form.of_class("output.timeliness"), longer):
        yield Finding(
            f"{called(halves)}为“{halves[0].value.strip()}”，长于项目期“{form.text('duration')}”，请核对工期或项目期。",
            (*at(halves, "value"), "duration"),
        )


@rule(
    id="timing.filed-far-from-year",
    title="填报日期远离预算年度",
    family=Family.DATA,
    severity=Severity.HINT,
    source=INTEGRATION,
    explanation="目标随预算编制填报，填报日期应在预算年度的上一年或当年；更早或更晚的，日期或年度多半有误。",
    bad="2025年度目标表，填报日期 2021年3月5日",
    good="2025年度目标表，填报日期 2024年12月5日",
)
def filed_far(form: Form, _given: Given) -> Iterator[Finding]:
    """A form is filed in its year or the year before."""
    if form.filed is not None and not form.year - 1 <= form.filed.year <= form.year:
        yield Finding(f"填报日期 {_day(form.filed)} 不在 {form.year} 年度或其上一年，请核对日期和年度。", ("filed_at",))


def _day(moment: datetime) -> str:
    return f"{moment.year}年{moment.month}月{moment.day}日"


RULES: Final[tuple[Rule, ...]] = (
    attribute_and_duration, one_year_money, text_says_longer, works_longer, filed_far,
)  # fmt: skip
