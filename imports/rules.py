"""Rules of the database in words: what to say when one is broken."""

from __future__ import annotations

from django.db import IntegrityError, connection

from imports.models import SourceDocument, SourceRecord
from indicators.models import Goal, Indicator
from projects.models import Department, Funding, Project, Region


def broken_rule(error: IntegrityError) -> str:
    """The broken rule in words where it has some, else by its name."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    for model in (Project, Funding, Goal, Indicator, SourceDocument, SourceRecord, Region, Department):
        for constraint in model._meta.constraints:
            message = constraint.violation_error_message
            if constraint.name == name and message != constraint.default_violation_error_message:
                return str(message)
    return f"规则 {name}。请把文件和这条提示一并交给管理员。"


def check_deferred_rules() -> None:
    """Check now what the commit would check, so that a dry run finds it as well."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
