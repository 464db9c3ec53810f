"""What demo mode puts into an empty database: the sample documents and one account for each role."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Count

from imports.actions import Options, import_file
from imports.models import ImportRun
from imports.reporting import Report
from perfgoals.models import User
from projects.models import Department, Membership, Region
from projects.permissions import ADMIN, AUDIT, DEPARTMENT, FINANCE

ACCOUNTS: Final = (
    (FINANCE, "demo_finance", "财务"),
    (DEPARTMENT, "demo_department", "部门"),
    (AUDIT, "demo_audit", "审计"),
    (ADMIN, "demo_admin", "管理"),
)


class Account(NamedTuple):
    """A demo account as it is printed."""

    role: str
    username: str
    password: str
    sees: str


def load_samples(folder: Path) -> Iterator[Report]:
    """Import the sample documents through the import that users run; none when something was imported before."""
    if ImportRun.objects.exists():
        return
    for path in sorted(folder.glob("*.txt")):
        yield import_file(path.read_bytes(), name=path.name, options=Options(), by=None)


@transaction.atomic
def make_accounts() -> list[Account]:
    """One account a role, made or brought back to its printed password."""
    return [_account(role, username, name) for role, username, name in ACCOUNTS]


def _account(role: str, username: str, name: str) -> Account:
    password = _password(username)
    user, _ = User.objects.get_or_create(username=username, defaults={"is_demo": True, "last_name": f"演示{name}"})
    if not user.check_password(password) or not user.is_demo or not user.is_active or user.must_change_password:
        user.is_demo = user.is_active = True
        user.must_change_password = False
        user.set_password(password)
        user.save()
    user.groups.set([Group.objects.get(name=role)])
    return Account(role, username, password, _membership(user, role))


def _membership(user: User, role: str) -> str:
    """Let the account see the sample data of its role; what it sees is returned in words."""
    if role == FINANCE:
        regions = Region.objects.filter(projects__isnull=False, parent__parent=None).distinct()
        for region in regions:
            Membership.objects.get_or_create(user=user, region=region, department=None)
        return "、".join(region.name for region in regions) + "及所辖区县"
    if role == DEPARTMENT:
        busiest = Department.objects.alias(number=Count("projects")).exclude(region__parent__parent=None)
        department = busiest.order_by("-number", "name").first()
        if department is None:
            return "（暂无部门）"
        Membership.objects.filter(user=user).exclude(department=department).delete()
        Membership.objects.get_or_create(user=user, region=None, department=department)
        return department.name
    return "全部"


def _password(username: str) -> str:
    """Follows from this installation's secret: the same at every start, and known nowhere else."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"demo:{username}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode().lower()[:12]
