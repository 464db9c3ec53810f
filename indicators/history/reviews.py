"""What the review of targets did, in words: findings accepted and opened again, review sheets, and rules set.

These events are told beside those of the form. No state of a project is made of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from indicators.checks import rule_named
from indicators.history.tables import NO_PROJECT
from indicators.history.walk import Place
from indicators.history.words import FINDINGS, RULES, SHEETS, Change, Kind
from indicators.models import FindingAcceptanceEvent, ProjectFinding, ProjectReviewEvent, RuleSettingEvent
from indicators.reviewing.explaining import scope_words, setting_words
from indicators.reviewing.rules.showing import setting_of_event
from indicators.reviewing.sheets.sheet import CRITERIA
from projects.models import Region

_DELETED: Final = "delete"


@dataclass(slots=True)
class Told:
    """What the review did at one place."""

    newest: Any = None
    """The last of its events."""
    changes: list[Change] = field(default_factory=list)

    def add(self, event: Any, changes: Sequence[Change]) -> None:
        """A further event, with what it changed."""
        if self.newest is None or event.pgh_id > self.newest.pgh_id:
            self.newest = event
        self.changes += changes


def told_at(places: Sequence[Place], same_group: Q) -> dict[Place, Told]:
    """What the review did at places; ``same_group`` says of an event that it may be of one of their groups.

    The number of statements does not grow with the number of places.
    """
    of = {(place.project, place.context, place.moment): place for place in places}
    numbers = [place.project for place in places if place.project != NO_PROJECT]
    found: dict[Place, Told] = defaultdict(Told)
    for project, event, changes in _everything(numbers, same_group, any_rules=len(numbers) < len(places)):
        moment = None if event.pgh_context_id else event.pgh_created_at
        if place := of.get((project, event.pgh_context_id, moment)):
            found[place].add(event, changes)
    return dict(found)


_Events = Iterator[tuple[int, Any, list[Change]]]
"""Project, event and what it changed."""


def _everything(numbers: Sequence[int], same_group: Q, *, any_rules: bool) -> _Events:
    if numbers:
        yield from _acceptances(FindingAcceptanceEvent.objects.filter(same_group, project__in=numbers))
        yield from _sheets(ProjectReviewEvent.objects.filter(same_group, project__in=numbers))
    if any_rules:
        yield from _rules(RuleSettingEvent.objects.filter(same_group))


# --- Findings ----------------------------------------------------------------------------------------------------


def _acceptances(found: QuerySet[Any]) -> _Events:
    events = list(found.order_by("pgh_id"))
    named = {"project__in": {event.project_id for event in events}, "digest__in": {event.digest for event in events}}
    rows = ProjectFinding.objects.filter(**named).order_by() if events else ProjectFinding.objects.none()
    standing = {(project, digest): pk for pk, project, digest in rows.values_list("pk", "project", "digest")}
    for event in events:
        yield event.project_id, event, [_acceptance(event, standing.get((event.project_id, event.digest)))]


def _acceptance(event: Any, finding: int | None) -> Change:
    rule = rule_named(event.rule)
    label = f"审核意见：{rule.title if rule else event.rule}"
    address = f"{reverse('project-detail', args=[event.project_id])}#{f'opinion-{finding}' if finding else 'findings'}"
    if event.pgh_label == _DELETED:
        return Change(FINDINGS, label, event.message, None, Kind.WITHDRAWN, address)
    return Change(FINDINGS, label, None, event.message, Kind.ACCEPTED, address)


# --- Review sheets -----------------------------------------------------------------------------------------------


def _sheets(found: QuerySet[Any]) -> _Events:
    events = list(_with_the_one_before(found, "project").select_related("signed_by"))
    earlier = ProjectReviewEvent.objects.select_related("signed_by").in_bulk(_before(events))
    for event in events:
        yield event.project_id, event, list(_sheet(event, _said(earlier.get(event.before)), _said(event)))


def _sheet(event: Any, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    address = reverse("sheet-detail", args=[event.project_id])
    for name in dict.fromkeys([*new, *old]):
        before, after = old.get(name), new.get(name)
        if before != after:
            yield Change(SHEETS, f"审核表：{name}", before, after, _kind(before, after), address)


def _said(event: Any) -> dict[str, str]:
    """What stands on a sheet, by the names of its fields; what is blank is left out."""
    if event is None or event.pgh_label == _DELETED:
        return {}
    said: dict[str, str] = {}
    for family in CRITERIA:
        written: Mapping[str, str] = event.opinions.get(family.value, {})
        said |= {f"{family.label}等级": written.get("grade", ""), f"{family.label}意见": written.get("opinion", "")}
    said |= {"总评等级": event.grade, "总评意见": event.opinion, "签字": _signature(event)}
    return {name: text for name, text in said.items() if text}


def _signature(event: Any) -> str:
    if event.signed_by is None:
        return ""
    at = f"{timezone.localtime(event.signed_at):%Y-%m-%d %H:%M}"
    return f"{event.signed_by.display_name} {at}（版本 {event.version}）"


# --- Rules -------------------------------------------------------------------------------------------------------


def _rules(found: QuerySet[Any]) -> _Events:
    events = list(_with_the_one_before(found, "rule"))
    earlier = RuleSettingEvent.objects.in_bulk(_before(events))
    regions = Region.objects.in_bulk({event.region_id for event in events if event.region_id})
    for event in events:
        yield NO_PROJECT, event, list(_rule(event, earlier.get(event.before), regions))


def _rule(event: Any, before: Any, regions: Mapping[str, Region]) -> Iterator[Change]:
    rule, setting = rule_named(event.rule), setting_of_event(event, regions)
    label = f"{rule.title if rule else event.rule}（{scope_words(setting)}）"
    old, new = (
        setting_words(rule, setting_of_event(one, regions)) if rule and one and one.pgh_label != _DELETED else None
        for one in (before, event)
    )
    yield Change(RULES, label, old, new, _kind(old, new), reverse("rule-detail", args=[event.rule]) if rule else "")


# --- Both --------------------------------------------------------------------------------------------------------


def _with_the_one_before(found: QuerySet[Any], key: str) -> Any:
    """Events in their order, each with the number of the one before of the same row (``before``)."""
    same_row = {key: OuterRef(key), "pgh_obj": OuterRef("pgh_obj"), "pgh_id__lt": OuterRef("pgh_id")}
    earlier = found.model._default_manager.filter(**same_row).order_by("-pgh_id")
    return found.annotate(before=Subquery(earlier.values("pgh_id")[:1])).order_by("pgh_id")


def _before(events: Sequence[Any]) -> set[int]:
    return {event.before for event in events if event.before}


def _kind(old: str | None, new: str | None) -> Kind:
    if old is None:
        return Kind.ADDED
    return Kind.REMOVED if new is None else Kind.CHANGED
