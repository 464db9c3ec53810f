"""Any project of a plan, made by its number alone: a draft as a reader would have taken it from a form. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from benchmarks.generating.draws import Draws, mixed
from benchmarks.generating.money import Style, amount_in, blank_funding, first_amount, funding_of, printed, style_of
from benchmarks.generating.names import Subject, name_of, subject_of
from benchmarks.generating.plan import LONG, ONCE, Line, Lot, Plan
from benchmarks.generating.texts import Prose
from benchmarks.generating.trees import indicators_of
from benchmarks.generating.words import BODIES, GIVEN, SURNAMES
from imports.drafts import BLANK, ProjectDraft
from projects.regions import RegionRef

_WAN: Final = Style("万元", False, True)
_FIRST_FILING: Final = 20
"""Day of November before the budget year from which on forms are filed."""
_ATTRIBUTES: Final = ("经常性项目（长期开展）", "延续性项目（阶段开展）", "一次性项目（1年结束）")


def drafts_of(plan: Plan, lot: Lot, indicators: int) -> Iterator[ProjectDraft]:
    """The projects of a lot in the order of their numbers."""
    region = plan.regions[lot.place]
    style = style_of(Draws(plan.seed, 8, lot.place))
    for line in lot.lines():
        yield _draft(plan, lot, line, region, style, indicators)


def body_name(region: RegionRef, body: int) -> str:
    """A body's full name: 长治市上党区水利局."""
    return f"{region.name}{BODIES[body][0]}"


def body_code(body: int) -> str:
    """The code that forms print before a body's name."""
    return str(101 + body)


def _draft(plan: Plan, lot: Lot, line: Line, region: RegionRef, style: Style, indicators: int) -> ProjectDraft:
    body = plan.body_of(lot.place, line)
    draws = Draws(plan.seed, 6, lot.place, line.number)
    subject = subject_of(plan.seed, lot.place, line, body, plan.bodies[lot.place], draws)
    base = first_amount(draws)
    draws = Draws(plan.seed, 7, lot.place, line.number, lot.year)
    annual = amount_in(base, draws)
    period = _period(annual, line, draws)
    is_blank = draws.happens(0.015)
    unit = _unit(subject, region, body, line)
    prose = Prose(subject, lot.year, unit, draws)
    goal = prose.goal()
    named = draws.happens(0.3)
    return ProjectDraft(
        region_code=region.code, region_name=region.name, year=lot.year, name=name_of(subject, lot.year),
        first_line=1, last_line=1, department_code=body_code(body), department_name=body_name(region, body),
        implementing_unit=unit, attribute=_ATTRIBUTES[line.kind], duration=_duration(line),
        amount=BLANK if is_blank else printed(annual, style), printed_unit=style.unit,
        funding=blank_funding() if is_blank else funding_of(period, annual, style, draws),
        basis=prose.basis(), overview=prose.overview(), necessity=prose.necessity(), safeguards=prose.safeguards(),
        plan=prose.plan(), goal_period=goal, goal_annual=prose.goal() if draws.happens(0.35) else goal,
        indicators=list(indicators_of(subject, lot.year, printed(annual, _WAN).printed or "", indicators, draws)),
        filed_at=_filed(lot.year, draws), contact_lead=_person(draws) if named else "",
        contact_handler=_person(draws) if named else "",
        contact_phone=f"0{draws.between(310, 999)}-{draws.between(2_000_000, 8_999_999)}" if named else "",
    )  # fmt: skip


def _period(annual: int, line: Line, draws: Draws) -> int:
    """The whole period's money: as much as the year's, or what several years take."""
    if line.kind == ONCE or draws.happens(0.3):
        return annual
    return annual * (3 if line.kind != LONG else draws.between(1, 5))


def _duration(line: Line) -> str:
    return ("长期", f"{2 + line.ordinal % 3}年", "1年")[line.kind]


def _unit(subject: Subject, region: RegionRef, body: int, line: Line) -> str:
    """Whoever carries it out: the body itself, or an office of the place."""
    if mixed(line.number) % 5 < 3:
        return body_name(region, body)
    return f"{region.short_name}{subject.place}{'' if subject.place.endswith(('学', '院', '园', '站', '所')) else '服务站'}"


def _filed(year: int, draws: Draws) -> datetime:
    """When the form was filed: late in the year before."""
    return datetime(year - 1, 11, _FIRST_FILING, 8) + timedelta(seconds=draws.between(0, 38 * 86_400))


def _person(draws: Draws) -> str:
    return draws.early(SURNAMES) + "".join(draws.of(GIVEN) for _ in range(draws.between(1, 2)))
