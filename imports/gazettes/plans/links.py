"""Links between a plan project and budget projects: what a person sees of them, decides, and looks for by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from imports.gazettes.linking import likeness_of
from imports.gazettes.models import LinkState, PlanLink, PlanLinkEvent, PlanProject
from perfgoals.history import change
from perfgoals.models import User
from projects.actions import ActionError
from projects.filters.words import holds, words_of
from projects.models import Project
from projects.querysets import ProjectQuerySet

MOST_FOUND: Final = 20
LONGEST: Final = 100
STATES: Final = (LinkState.CONFIRMED, LinkState.PROPOSED, LinkState.REJECTED)
WORDS: Final = {
    LinkState.CONFIRMED: "确认对应", LinkState.PROPOSED: "退回待确认", LinkState.REJECTED: "判定不是同一项目",
}  # fmt: skip
NO_PERSON: Final = "命令行"


class Decision(NamedTuple):
    """A step in the history of a link."""

    when: datetime
    person: str
    words: str
    project: Project


def links_of(plan_project: PlanProject, projects: ProjectQuerySet) -> list[PlanLink]:
    """The links to budget projects that a person may see: confirmed, then proposed, then rejected, the likeliest first."""
    links = plan_project.links.filter(project__in=projects).select_related(
        "project__region", "project__department", "by"
    )
    return sorted(links, key=lambda link: (STATES.index(LinkState(link.state)), -link.likeness, link.pk))


def found_by_hand(plan_project: PlanProject, projects: ProjectQuerySet, typed: str) -> list[Project]:
    """Projects whose name has all the words and that are not linked yet, `MOST_FOUND` and one more at most."""
    found = projects.current().exclude(plan_links__plan_project=plan_project)
    for word in words_of(typed[:LONGEST]):
        found = found.filter(holds("name_key", word))
    return list(found.select_related("region", "department").order_by("-year", "name", "pk")[: MOST_FOUND + 1])


@transaction.atomic
def decide_link(*, link: int, state: str, seen: str, by: User) -> PlanLink:
    """Confirm or reject a link, or put it back among the proposals. ``seen`` is the state that the person saw.

    Raises `ActionError` where somebody else decided in between.
    """
    with change(by=by, action="plan_link"):
        held = PlanLink.objects.select_for_update().get(pk=link)
        if held.state == state:
            return held
        if held.state != seen:
            raise ActionError(f"刚才已有人把它改为“{held.get_state_display()}”，请看过现在的状态后再决定。")
        is_decided = state != LinkState.PROPOSED
        held.state, held.by, held.at = state, by if is_decided else None, timezone.now() if is_decided else None
        held.save()
    return held


@transaction.atomic
def add_link(*, plan_project: PlanProject, project: Project, by: User) -> PlanLink:
    """Link the two by hand: confirmed at once. Raises `ActionError` where they are linked already."""
    with change(by=by, action="plan_link"):
        try:
            with transaction.atomic():
                return PlanLink.objects.create(
                    plan_project=plan_project, project=project, likeness=likeness_of(plan_project, project),
                    state=LinkState.CONFIRMED, by=by, at=timezone.now(),
                )  # fmt: skip
        except IntegrityError as error:
            raise ActionError(f"“{project.name}”已经在对应关系里，请在上面确认。") from error


def decisions_of(plan_project: PlanProject, projects: ProjectQuerySet) -> list[Decision]:
    """What was proposed and decided, the latest first, of projects that the person may see."""
    events = list(
        PlanLinkEvent.objects.filter(plan_project=plan_project).select_related("pgh_context").order_by("pgh_id")
    )
    seen = {one.pk: one for one in projects.filter(pk__in={event.project_id for event in events})}
    people = _people(events)
    before: dict[int, str] = {}
    told = []
    for event in events:
        words = _words(event, before.get(event.project_id))
        before[event.project_id] = "" if event.pgh_label == "delete" else event.state
        if words and event.project_id in seen:
            person = people.get(_user(event), NO_PERSON)
            told.append(Decision(event.pgh_created_at, person, words, seen[event.project_id]))
    return told[::-1]


def _words(event: Any, before: str | None) -> str:
    if event.pgh_label == "delete":
        return "系统撤回提议"
    if not before:
        by_hand = event.state == LinkState.CONFIRMED
        return "手工对应" if by_hand else f"系统提议（相似度 {event.likeness}%）"
    return "" if before == event.state else WORDS[LinkState(event.state)]


def _user(event: Any) -> int:
    metadata: Mapping[str, Any] = event.pgh_context.metadata if event.pgh_context else {}
    return metadata.get("user") or 0


def _people(events: Iterable[Any]) -> dict[int, str]:
    users: QuerySet[User] = User.objects.filter(pk__in={_user(event) for event in events})
    return {user.pk: user.display_name for user in users}
