"""Links that are proposed between plan projects and budget projects after imports (`imports.gazettes.likeness`).

What a person decided is never touched.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from imports.gazettes.bodies import join_bodies
from imports.gazettes.likeness import BudgetSide, Matcher, PlanSide, likeness
from imports.gazettes.models import LinkState, PlanBody, PlanLink, PlanProject
from imports.models import ImportRun, Outcome
from projects.models import Project
from projects.querysets import ProjectQuerySet

_BATCH: Final = 1000


def likeness_of(plan_project: PlanProject, project: Project) -> int:
    """How likely a stored plan project and a budget project are one, from 0 to 100."""
    one = _plan_sides(PlanProject.objects.filter(pk=plan_project.pk), also_unsound=True)[plan_project.pk]
    return likeness(one, BudgetSide(project.name, project.region_id, project.department_id, project.year))


@transaction.atomic
def propose_links(
    *, plan_projects: QuerySet[PlanProject] | None = None, projects: ProjectQuerySet | None = None
) -> int:
    """Propose links of some plan projects to all budget projects, or of some budget projects to all plan projects.

    Damaged plan projects, those of documents that stand in another text already, and archived projects are left out.
    What a person decided stays; proposals of the same two sides that are not likely any more go. Returns how many are new.
    """
    of = PlanProject.objects.all() if plan_projects is None else plan_projects
    among = Project.objects.all() if projects is None else projects
    plans = _plan_sides(of) if among.exists() else {}
    budgets = _budget_sides(among) if plans else {}
    pairs = {(pair.plan, pair.project): pair.likeness for pair in Matcher(budgets).pairs(plans)}
    known = PlanLink.objects.filter(plan_project__in=of.order_by().values("pk"))
    return _store(pairs, known if projects is None else known.filter(project__in=among.order_by().values("pk")))


def propose_links_of(run: ImportRun) -> None:
    """Propose links of the plan projects that an import read, and of the budget projects that it wrote.

    Departments that it brought are joined to the bodies that plans name before.
    """
    plans = PlanProject.objects.filter(Q(document__source=run.document_id) | Q(pk__in=join_bodies()))
    if plans.exists():
        propose_links(plan_projects=plans)
    if PlanProject.objects.exists():
        written = run.records.filter(outcome__in=[Outcome.CREATED, Outcome.CHANGED]).order_by()
        if written.exists():
            propose_links(projects=Project.objects.filter(pk__in=written.values("project")))


def _store(pairs: dict[tuple[int, int], int], known: QuerySet[PlanLink]) -> int:
    gone, changed = [], []
    for link in known.select_for_update():
        score = pairs.pop((link.plan_project_id, link.project_id), None)
        if link.state != LinkState.PROPOSED or score == link.likeness:
            continue
        if score is None:
            gone.append(link.pk)
        else:
            link.likeness = score
            changed.append(link)
    PlanLink.objects.filter(pk__in=gone).delete()
    PlanLink.objects.bulk_update(changed, ["likeness"], batch_size=_BATCH)
    new = [
        PlanLink(plan_project_id=plan, project_id=project, likeness=score) for (plan, project), score in pairs.items()
    ]
    PlanLink.objects.bulk_create(new, batch_size=_BATCH)
    return len(new)


def _plan_sides(plans: QuerySet[PlanProject], *, also_unsound: bool = False) -> dict[int, PlanSide]:
    sound = (plans if also_unsound else plans.filter(damage="", document__duplicate_of=None)).order_by()
    departments: dict[int, set[int]] = defaultdict(set)
    bodies = PlanBody.objects.filter(plan_project__in=sound.values("pk"), department__isnull=False)
    for plan, department in bodies.order_by().values_list("plan_project", "department"):
        departments[plan].add(department or 0)
    rows = sound.values_list("pk", "name", "document__region", "first_year", "last_year", "location")
    return {
        pk: PlanSide(name, region, frozenset(departments[pk]), first, last, location)
        for pk, name, region, first, last, location in rows
    }


def _budget_sides(projects: ProjectQuerySet) -> dict[int, BudgetSide]:
    rows = projects.current().order_by().values_list("pk", "name", "region", "department", "year")
    return {pk: BudgetSide(name, region, department, year) for pk, name, region, department, year in rows}
