"""Rules of the database: checked when wanted, and put into words when one is broken."""

from __future__ import annotations

from django.apps import apps
from django.db import IntegrityError, connection


def rule_of(error: IntegrityError) -> str | None:
    """Name of the rule that was broken."""
    name: str | None = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    return name


def broken_rule(error: IntegrityError) -> str:
    """The broken rule in one Chinese sentence: its own words where it has some, else its name."""
    name = rule_of(error)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            message = constraint.violation_error_message
            if constraint.name == name and message != constraint.default_violation_error_message:
                return str(message)
    return f"违反了数据规则 {name}。请把这条提示交给管理员。"


def check_deferred_rules() -> None:
    """Check now what the commit would check, so that it can still be explained, and a dry run finds it as well."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
