"""Who is played: accounts with roles and places in the database, already logged in, and what each has to do with."""

from __future__ import annotations

from random import Random
from typing import Any, Final

from django.db.models import Count

from benchmarks.sessions import account, session_of
from perfgoals.models import User
from projects.models import Project
from projects.permissions import ADMIN, AUDIT, DEPARTMENT, FINANCE

SHARES: Final = ((ADMIN, 0.02), (AUDIT, 0.1), (FINANCE, 0.3))
"""Role → its part of all people; the others are 部门."""
HOT_PROJECTS: Final = 3
HOT_PEOPLE: Final = 0.2
"""Part of 财政 and 部门 who belong to one region and one department, and often change the same few projects."""
OWN: Final = 40


def roles_for(people: int) -> list[str]:
    """A role for each person; of many people, at least one for each role."""
    roles = [role for role, share in SHARES for _ in range(max(1 if people >= 10 else 0, round(people * share)))]
    return [*roles, *[DEPARTMENT] * (people - len(roles))]


def make_people(people: int, seed: int) -> list[dict[str, Any]]:
    """Accounts for so many people, used again by the next run, each with a new session. As plain values."""
    random = Random(seed)
    departments = list(
        Project.objects.current().order_by().exclude(department=None)
        .values_list("department", "region").annotate(number=Count("pk")).order_by("-number", "department")
    )  # fmt: skip
    hot_department = departments[0][0]
    hot = list(Project.objects.current().filter(department=hot_department).order_by("pk")[:HOT_PROJECTS])
    made, numbers = [], dict.fromkeys((FINANCE, DEPARTMENT), 0)
    for number, role in enumerate(roles_for(people), start=1):
        is_hot = False
        if role in numbers:
            numbers[role] += 1
            is_hot = numbers[role] % round(1 / HOT_PEOPLE) == 1
        department, region, _ = departments[0] if is_hot else random.choice(departments)
        user = account(
            f"load-{number:04}", role,
            regions=[region] if role == FINANCE else [], departments=[department] if role == DEPARTMENT else [],
        )  # fmt: skip
        made.append(
            {
                "name": user.username,
                "role": role,
                "cookie": session_of(user),
                "region": region,
                "province": f"{region[:2]}0000",
                "years": _years(user),
                "own": _own(user, random),
                "edits": role in numbers,
                "hot": [project.pk for project in hot] if is_hot else [],
                "many": role in (ADMIN, AUDIT),
            }
        )
    random.shuffle(made)
    return made


def _years(user: User) -> list[int]:
    """Those that the filter offers."""
    seen = Project.objects.current().visible_to(user).order_by("year")
    return list(seen.values_list("year", flat=True).distinct())


def _own(user: User, random: Random) -> list[int]:
    seen = Project.objects.current().visible_to(user).order_by("pk").values_list("pk", flat=True)[:2_000]
    found = list(seen)
    return random.sample(found, min(OWN, len(found)))
