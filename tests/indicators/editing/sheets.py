"""Sheets and posts for tests of the editing page."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from indicators.editing.sheet import Half, Row, Sheet
from indicators.editing.showing import sheet_of
from indicators.state import load_state, version_of
from projects.models import Project
from tests import factories

TOKEN = UUID("00000000-0000-4000-8000-000000000001")


def row(key: str, name: str = "", value: str = "", category: str = "output.quantity", label: str = "数量指标") -> Row:
    """A row whose period half alone is filled."""
    return Row(key, category, label, Half(name=name, value=value))


def sheet(*rows: Row) -> Sheet:
    return Sheet(rows=list(rows))


def project(**values: Any) -> Project:
    """A project with a funding table, goals and three rows of indicators."""
    made = factories.project(
        amount="300.00", period_amount="900.00", sources={"local": "100.00", "central": "200.00"}, **values
    )
    factories.funding(made, "local", "900.00", "period")
    factories.goal(made, "今年改造")
    factories.goal(made, "三年改造", "period")
    for position, name in enumerate(("改造教室", "改造宿舍"), start=1):
        for scope in ("period", "annual"):
            factories.indicator(made, name, "≥12间", scope=scope, position=position)
    factories.indicator(made, "师生满意度", "≥95%", category="satisfaction.served", position=3, label="满意度指标")
    return made


def opened(of: Project) -> tuple[Sheet, int]:
    """The form as a person finds it, and the version that it rests on."""
    return sheet_of(load_state(of.pk)), version_of(of.pk)


def post_of(form: Sheet, version: int = 0, **more: str) -> dict[str, Any]:
    """What a browser sends for a sheet."""
    post: dict[str, Any] = {"token": str(uuid4()), "version": str(version), "reason": form.reason, "rows": []}
    post.update({f"head.{name}": text for name, text in form.head.items()})
    post.update({f"funding.{path}": text for path, text in form.funding.items()})
    post.update({f"goals.{scope}": text for scope, text in form.goals.items()})
    for entry in form.rows:
        path = f"rows.{entry.key}"
        post["rows"].append(entry.key)
        post.update({f"{path}.category": entry.category, f"{path}.label": entry.label})
        if entry.removed:
            post[f"{path}.removed"] = "1"
        for scope in ("period", "annual"):
            half = entry.half(scope)
            for part in ("id", "name", "operator", "value", "unit"):
                value = getattr(half, part)
                post[f"{path}.{scope}.{part}"] = "" if value is None else str(value)
    return {**post, **more}
