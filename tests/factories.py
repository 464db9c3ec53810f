"""Builders of objects for tests: only what a test names differs from the ordinary."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import Group

from indicators.models import Goal, Indicator
from perfgoals.models import User
from projects.models import Department, Funding, Membership, Project, Region, Scope

_numbers = itertools.count(1)

CITY = ("140400", "长治市", "长治市", None)
COUNTY = ("140404", "长治市上党区", "上党区", "140400")


def region(code: str, name: str, short_name: str, parent: str | None) -> Region:
    """A region, made once."""
    return Region.objects.get_or_create(
        code=code, defaults={"name": name, "short_name": short_name, "parent_id": parent}
    )[0]


def city() -> Region:
    return region(*CITY)


def county() -> Region:
    city()
    return region(*COUNTY)


def department(name: str = "区教育局", of: Region | None = None) -> Department:
    return Department.objects.get_or_create(region=of or county(), name=name)[0]


def project(name: str | None = None, *, sources: dict[str, str | None] | None = None, **values: Any) -> Project:
    """A project of the county's education bureau in 2025; ``sources`` are annual amounts in yuan by source code."""
    values.setdefault("region", county())
    if "department" not in values:
        values["department"] = department(of=values["region"])
    body = values["department"]
    values.setdefault("department_printed", body.name if body else None)
    values.setdefault("year", 2025)
    values.setdefault("has_funding_table", sources is not None)
    made = Project.objects.create(name=name or f"项目{next(_numbers)}", **values)
    for code, amount in (sources or {}).items():
        funding(made, code, amount)
    return made


def funding(of: Project, source: str, amount: str | None, scope: str = Scope.ANNUAL) -> Funding:
    yuan = None if amount is None else Decimal(amount)
    return Funding.objects.create(project=of, scope=scope, source_id=source, amount=yuan)


def goal(of: Project, text: str, scope: str = Scope.ANNUAL) -> Goal:
    return Goal.objects.create(project=of, scope=scope, text=text)


def indicator(
    of: Project, name: str = "改造教室", value: str = "≥12间", *, scope: str = Scope.ANNUAL,
    category: str = "output.quantity", position: int | None = None, label: str = "数量指标",
) -> Indicator:  # fmt: skip
    return Indicator.objects.create(
        project=of, name=name, value=value, scope=scope, category_id=category, level2_label=label,
        position=next(_numbers) if position is None else position,
    )  # fmt: skip


def user(role: str | None, *places: Region | Department, name: str | None = None) -> User:
    """A person with a role, who belongs to the places."""
    made = User.objects.create_user(name or f"user{next(_numbers)}", password="right-horse")
    if role:
        made.groups.add(Group.objects.get(name=role))
    for place in places:
        Membership.objects.create(user=made, **{"region" if isinstance(place, Region) else "department": place})
    return made
