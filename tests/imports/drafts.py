"""Random drafts: whatever a reader may give."""

from datetime import datetime
from decimal import Decimal

from hypothesis import strategies as st

from imports.drafts import SCOPES, SOURCES, Amount, FundingDraft, IndicatorDraft, ProjectDraft
from indicators.categories import LEVEL2, level1_name
from indicators.values import parse_value

words = st.text(st.sampled_from('道路桥梁建设资金补助费用工程（）2025年、-="“”\t ，。<&>'), max_size=20)
names = words.map(str.strip).filter(bool)
maybe_words = st.none() | words
money = st.none() | st.decimals(min_value=0, max_value=10**14, places=2)
printed_values = st.sampled_from(["≥95%", "1处", "2025年7月", "改善", "", "100百分比", "≤1988.042428万元", "=cmd"])


@st.composite
def funding(draw: st.DrawFn, annual: Decimal | None) -> FundingDraft:
    return FundingDraft(Amount(annual, None), {code: Amount(draw(money), None) for code in SOURCES})


@st.composite
def indicators(draw: st.DrawFn) -> IndicatorDraft:
    category = draw(st.sampled_from(LEVEL2[:4] + LEVEL2[5:9] + LEVEL2[10:11]))
    printed = draw(printed_values)
    value = parse_value(printed)
    return IndicatorDraft(
        draw(st.sampled_from(SCOPES)), level1_name(category.code), category.name, category.code,
        draw(names), printed, value.operator, value.number, value.unit,
    )  # fmt: skip


@st.composite
def projects(draw: st.DrawFn) -> ProjectDraft:
    """A project of one of two counties; department and source may be missing."""
    code, region = draw(st.sampled_from([("140404", "长治市上党区"), ("140423", "长治市襄垣县")]))
    department = draw(st.none() | st.sampled_from(["市财政局（预算科）", "教育局", "某某中心"]))
    amount = draw(money)
    has_table = draw(st.booleans())
    first = draw(st.integers(1, 5000))
    return ProjectDraft(
        region_code=code, region_name=region, year=draw(st.integers(2020, 2026)), name=draw(names),
        first_line=first, last_line=first + draw(st.integers(0, 60)),
        serial=draw(st.none() | st.integers(0, 999)),
        department_code=draw(st.none() | st.sampled_from(["409", "219001"])) if department else None,
        department_name=department, department_body=department and department.removesuffix("（预算科）"),
        implementing_unit=draw(maybe_words), attribute=draw(maybe_words), duration=draw(maybe_words),
        amount=Amount(amount, None), printed_unit=draw(st.sampled_from(["元", "万元", "亿元"])),
        funding={"period": draw(funding(draw(money))), "annual": draw(funding(amount))} if has_table else None,
        basis=draw(maybe_words), content=draw(maybe_words), overview=draw(maybe_words), necessity=draw(maybe_words),
        safeguards=draw(maybe_words), plan=draw(maybe_words), goal_period=draw(maybe_words),
        goal_annual=draw(maybe_words), indicators=draw(st.lists(indicators(), max_size=6)),
        filed_at=draw(st.none() | st.datetimes(datetime(2020, 1, 1), datetime(2026, 1, 1)).map(lambda t: t.replace(microsecond=0))),
        source_document="forms.txt", source_sha256="ab" * 32,
    )  # fmt: skip
