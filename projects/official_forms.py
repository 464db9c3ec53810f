"""A project arranged as the official form prints it: head, funding table, long texts and goals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from projects.funding_sources import NAMES, SOURCES
from projects.models import Project, Scope

Money = Decimal | None


class Text(NamedTuple):
    """A text of the form with its label. Empty text is a cell that is printed empty."""

    label: str
    text: str


class FundingRow(NamedTuple):
    """A row of the funding table, both scopes side by side."""

    label: str
    period: Money
    annual: Money


@dataclass(frozen=True, slots=True)
class OfficialForm:
    """What the project page shows above the indicators."""

    head: list[Text]
    total: FundingRow
    sources: list[FundingRow]
    """Empty where the source gives no funding table."""
    difference: FundingRow | None
    """Total less the sum of the sources, in the scopes in which they differ."""
    texts: list[Text]
    period_goal: str | None
    annual_goal: str | None

    @property
    def goals_differ(self) -> bool:
        """Whether both goals are stated and say different things."""
        both = self.period_goal is not None and self.annual_goal is not None
        return both and "".join(str(self.period_goal).split()) != "".join(str(self.annual_goal).split())


def form_of(project: Project) -> OfficialForm:
    """The project as its form; fields that the source does not have are left out."""
    cells = {(cell.source_id, cell.scope): cell.amount for cell in project.funding.all()}
    goals = {goal.scope: goal.text for goal in project.goals.all()}
    sources = [FundingRow(NAMES[code], *(cells.get((code, scope)) for scope in Scope.values)) for code in SOURCES]
    total = FundingRow("资金总额", project.period_amount, project.amount)
    return OfficialForm(
        head=_head(project),
        total=total,
        sources=sources if project.has_funding_table else [],
        difference=_difference(total, sources) if project.has_funding_table else None,
        texts=_texts(project),
        period_goal=goals.get(Scope.PERIOD),
        annual_goal=goals.get(Scope.ANNUAL),
    )


def _head(project: Project) -> list[Text]:
    department = "-".join(part for part in (project.department_code, project.department_printed) if part)
    head = [
        ("主管部门及代码", department or None),
        ("实施单位", project.implementing_unit),
        ("项目属性", project.attribute),
        ("项目期", project.duration),
        ("行政区划", f"{project.region.name}（{project.region_id}）"),
        ("年度", f"{project.year} 年"),
        ("序号", str(project.serial) if project.serial is not None else None),
    ]
    return [Text(label, text) for label, text in head if text is not None]


def _texts(project: Project) -> list[Text]:
    # Lists print 政策依据 beside 支出内容; forms print 立项依据 below 项目概况.
    basis = "政策依据" if project.overview is None and project.content is not None else "立项依据"
    texts = [
        ("项目概况", project.overview),
        (basis, project.basis),
        ("支出内容", project.content),
        ("项目设立必要性", project.necessity),
        ("保证项目实施的制度、措施", project.safeguards),
        ("项目实施计划", project.plan),
    ]
    return [Text(label, text) for label, text in texts if text is not None]


def _difference(total: FundingRow, sources: list[FundingRow]) -> FundingRow | None:
    period = _unexplained(total.period, [row.period for row in sources])
    annual = _unexplained(total.annual, [row.annual for row in sources])
    return FundingRow("总额与来源之差", period, annual) if period or annual else None


def _unexplained(total: Money, parts: list[Money]) -> Money:
    """Total less its parts, blanks counting as nothing; ``None`` where the whole column is blank."""
    stated = [part for part in parts if part is not None]
    if total is None and not stated:
        return None
    return (total or Decimal(0)) - sum(stated, Decimal(0))
