"""Plan projects, plan indicators and links made up one by one, for tests that need no import."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Any

from imports.gazettes.models import (
    DocumentTable,
    LinkState,
    OfficialDocument,
    PlanBody,
    PlanIndicator,
    PlanLink,
    PlanProject,
    PlanValue,
    RowKind,
    TableKind,
    TableRow,
)
from imports.models import SourceDocument
from projects.models import Department, Project
from tests import factories

_numbers = itertools.count(1)


def document(title: str = "校舍修缮规划", **values: Any) -> OfficialDocument:
    """An official document of the city in a text of its own."""
    number = next(_numbers)
    source = SourceDocument.objects.create(sha256=f"{number:064d}", name=f"规划{number}.txt")
    values.setdefault("region", factories.city())
    return OfficialDocument.objects.create(
        source=source, position=0, title=title, first_line=1, last_line=900, **values
    )


def table(of: OfficialDocument, caption: str = "重点项目表", kind: str = TableKind.PROJECTS) -> DocumentTable:
    """A table of a document."""
    return DocumentTable.objects.create(
        document=of, position=of.tables.count(), caption=caption, kind=kind, header=["项目名称"], header_lines=[1],
        first_line=next(_numbers), last_line=900,
    )  # fmt: skip


def row(of: DocumentTable) -> TableRow:
    """A row of a table."""
    return TableRow.objects.create(
        table=of, line=10 + of.rows.count(), kind=RowKind.ROW, printed=[""], cells=[""], draft={}
    )


def plan_project(
    name: str = "东街小学改造", yuan: str | None = "100.00", *, of: DocumentTable | None = None,
    bodies: tuple[Department | str, ...] = (), **values: Any,
) -> PlanProject:  # fmt: skip
    """A plan project in a table, for ``yuan``; ``bodies`` are departments, or printed names that are none."""
    place = of or table(document())
    made = PlanProject.objects.create(
        row=row(place), table=place, document=place.document, name=name,
        investment=None if yuan is None else Decimal(yuan), investment_printed=yuan or "", **values,
    )  # fmt: skip
    for position, body in enumerate(bodies):
        known = isinstance(body, Department)
        PlanBody.objects.create(
            plan_project=made, position=position, printed=str(body), department=body if known else None
        )
    return made


def link(of: PlanProject, project: Project | None = None, state: str = LinkState.PROPOSED, **values: Any) -> PlanLink:
    """A link to a budget project of the city."""
    to = project or factories.project(of.name, region=factories.city())
    return PlanLink.objects.create(plan_project=of, project=to, state=state, **{"likeness": 91, **values})


def indicator(
    name: str = "校舍抗震达标率",
    *,
    of: DocumentTable | None = None,
    numbers: dict[str, str] | None = None,
    **values: Any,
) -> PlanIndicator:
    """A plan indicator; ``numbers`` are its values by column, a year or a town."""
    place = of or table(document(), "主要指标", TableKind.INDICATORS)
    made = PlanIndicator.objects.create(
        row=row(place), table=place, document=place.document, name=name, name_printed=f"{name}(%)", **values
    )
    for position, (label, number) in enumerate((numbers or {"2030年": "81.5", "2035年": "98"}).items()):
        PlanValue.objects.create(
            indicator=made, position=position, label=label, year=int(label[:4]) if label[:4].isdigit() else None,
            printed=number, number=Decimal(number),
        )  # fmt: skip
    return made
