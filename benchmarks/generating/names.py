"""Names of projects and of whoever carries them out. Pure.

Within a region no two names agree: a name holds either a place that no other line of the region has, or the programme
of a body that pays it once.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from benchmarks.generating.draws import Draws, mixed
from benchmarks.generating.places import place_name
from benchmarks.generating.plan import LONG, Line
from benchmarks.generating.words import BODIES, FIELDS, Field


class Subject(NamedTuple):
    """What a project is about. It stays the same in all of its years."""

    field: Field
    place: str
    """With its ending: 石桥村."""
    thing: str
    unit: str
    deed: str
    program: str | None
    """Of what is paid for every year under one name; no place, thing or deed is named then."""
    pattern: str


_PATTERNS: Final = (
    *("{place}{thing}{deed}项目",) * 6,
    *("{place}{thing}{deed}工程",) * 4,
    *("{place}{thing}{deed}",) * 2,
    *("{place}{thing}{deed}补助资金", "{place}{thing}{deed}费用", "{year}年{place}{thing}{deed}项目"),
    *("{place}{thing}{deed}及配套{other}{deed}工程", "{place}{thing}{deed}项目（工程尾款）", "关于{place}{thing}{deed}的专项经费"),
    *("{place}{thing}{deed}质保金", "提前下达{year}年上级{program}（{place}{thing}{deed}）", "{place}{thing}{deed}前期工作经费"),
    *("{place}{thing}{deed}一期工程", "{place}{thing}{deed}政府购买服务", "{year}年度{place}{thing}{deed}以奖代补资金"),
)  # fmt: skip
_OF_PROGRAM: Final = "{program}"


def subject_of(seed: int, place: int, line: Line, body: int, bodies: int, draws: Draws) -> Subject:
    """What the project of a line is about; ``draws`` are those of the line."""
    field = FIELDS[BODIES[body][1]]
    named = place_name(line.number, mixed(seed, 7, place)) + draws.early(field.places)
    thing, unit = draws.early(field.objects)
    nth = line.ordinal // bodies
    paid_yearly = line.kind == LONG and nth < len(field.programs)
    program = field.programs[nth] if paid_yearly else None
    pattern = _OF_PROGRAM if paid_yearly else draws.early(_PATTERNS)
    return Subject(field, named, thing, unit, draws.early(field.deeds), program, pattern)


def name_of(subject: Subject, year: int) -> str:
    """The project's name in a year; few names change with the year."""
    things = subject.field.objects
    return subject.pattern.format(
        place=subject.place, thing=subject.thing, deed=subject.deed, year=year,
        program=subject.program or subject.field.programs[0], other=things[len(subject.place) % len(things)][0],
    )  # fmt: skip
