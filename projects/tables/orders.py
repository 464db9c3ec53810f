"""What columns sort by, as expressions of the database."""

from __future__ import annotations

from typing import Final

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import (
    BinaryField,
    Case,
    Count,
    DecimalField,
    F,
    Func,
    Min,
    OuterRef,
    Q,
    Subquery,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import BaseExpression
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import IsNull

from projects.funding_sources import UNLISTED
from projects.models import Funding, Project, Scope

_MONEY: Final[DecimalField[object, object]] = DecimalField(max_digits=20, decimal_places=2)


def pinyin(field: str) -> Func:
    """Chinese text in dictionary order: GB18030 has the common characters in the order of their pinyin."""
    return Func(F(field), Value("GB18030"), function="convert_to", output_field=BinaryField())


def of_project(expression: BaseExpression, **conditions: object) -> Subquery:
    """A sum over what belongs to a project."""
    own = Project.objects.filter(pk=OuterRef("pk"), **conditions).order_by()
    return Subquery(own.values("pk").annotate(wanted=expression).values("wanted"))


def number_of_indicators(scope: Scope) -> Subquery:
    """How many indicators a project has in one scope."""
    return of_project(Count("indicators", filter=Q(indicators__scope=scope)))


def open_findings() -> Coalesce:
    """How many findings of the review nobody accepted."""
    return Coalesce(of_project(Count("findings", filter=Q(findings__acceptance=None))), 0)


def gravest_finding() -> Subquery:
    """How grave the gravest of them is, the gravest first."""
    return of_project(Min("findings__severity"), findings__acceptance=None, findings__isnull=False)


def goal(scope: Scope) -> Subquery:
    """A goal's text, by pinyin."""
    own = Project.objects.filter(pk=OuterRef("pk"), goals__scope=scope).order_by()
    return Subquery(own.annotate(wanted=pinyin("goals__text")).values("wanted"))


def money_of(scope: Scope, source: str) -> BaseExpression:
    """The money of a funding source; of `UNLISTED`, the total less what its sources explain."""
    cells = Funding.objects.filter(project=OuterRef("pk"), scope=scope).order_by()
    if source != UNLISTED:
        return Subquery(cells.filter(source=source).values("amount"))
    total = F("amount" if scope is Scope.ANNUAL else "period_amount")
    explained = Subquery(cells.values("project").annotate(total=Sum("amount")).values("total"))
    zero = Value(0, output_field=_MONEY)
    is_blank = Q(IsNull(total, True)) & Q(IsNull(explained, True))
    return Case(
        When(is_blank, then=None),
        default=Coalesce(total, zero, output_field=_MONEY) - Coalesce(explained, zero, output_field=_MONEY),
        output_field=_MONEY,
    )


SOURCES_WITH_MONEY: Final = of_project(
    StringAgg(Cast("funding__source__position", TextField()), "", order_by="funding__source__position"),
    funding__scope=Scope.ANNUAL,
    funding__amount__gt=0,
)
"""Projects with the same funding sources stand together, in the order of the official form."""

SOURCE_LINE: Final = tuple(
    Subquery(
        Project.objects.filter(pk=OuterRef("pk"), source_records__is_current=True)
        .order_by().values(f"source_records__{field}")
    )
    for field in ("document__name", "first_line")
)  # fmt: skip
