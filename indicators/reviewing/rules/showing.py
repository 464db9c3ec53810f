"""Rules as their pages show them: by family, with how they are set and who set them so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from indicators.checks import RULES, Family, Rule, Severity
from indicators.models import RuleSetting, RuleSettingEvent
from indicators.reviewing.explaining import figure, scope_words, setting_words
from indicators.reviewing.rules.places import Place, counts
from perfgoals.models import User
from projects.models import Region

MOST_EVENTS: Final = 50
TONES: Final = {Severity.MUST: "must", Severity.SHOULD: "should", Severity.HINT: "hint"}
_DONE: Final = {"insert": "设置", "update": "改为", "delete": "取消设置"}


class SettingShown(NamedTuple):
    """A setting in words."""

    setting: RuleSetting
    scope: str
    words: str


class RuleShown(NamedTuple):
    """A rule with its settings and how many findings it has now; severity and figures are those in force."""

    rule: Rule
    severity: Severity
    figures: tuple[str, ...]
    settings: tuple[SettingShown, ...]
    findings: int = 0
    in_force: SettingShown | None = None
    """The setting that counts; ``None`` where the rule is as it comes."""

    @property
    def tone(self) -> str:
        """The class of its mark."""
        return TONES[self.severity]

    @property
    def is_on(self) -> bool:
        """Whether the rule is checked."""
        return self.in_force is None or self.in_force.setting.is_on


class FamilyShown(NamedTuple):
    """The rules of a family."""

    family: Family
    rules: list[RuleShown]


class EventShown(NamedTuple):
    """One change of a setting."""

    at: datetime
    by: str
    rule: str
    title: str
    done: str
    scope: str
    words: str
    reason: str


def families(place: Place, by: User) -> list[FamilyShown]:
    """All rules as they are in force at a place, with the findings there that the person sees: in three statements."""
    settings: dict[str, list[RuleSetting]] = defaultdict(list)
    for setting in RuleSetting.objects.select_related("region").order_by("region", "year"):
        settings[setting.rule].append(setting)
    found = counts(place, by)
    shown = [
        rule_shown(rule, settings[rule.id], place.in_force(settings[rule.id]), found.get(rule.id, 0)) for rule in RULES
    ]
    grouped = [FamilyShown(family, [one for one in shown if one.rule.family is family]) for family in Family]
    return [group for group in grouped if group.rules]


def rule_shown(
    rule: Rule, settings: Sequence[RuleSetting], in_force: RuleSetting | None = None, findings: int = 0
) -> RuleShown:
    """A rule with its settings, as one of them makes it."""
    told = {one.pk: SettingShown(one, scope_words(one), setting_words(rule, one)) for one in settings}
    stated = in_force.thresholds if in_force else {}
    figures = tuple(f"{one.title} {stated.get(one.name, figure(one.default))}" for one in rule.thresholds)
    severity = Severity(in_force.severity) if in_force and in_force.severity else rule.severity
    return RuleShown(rule, severity, figures, tuple(told.values()), findings, told[in_force.pk] if in_force else None)


def events(rule: str | None = None) -> list[EventShown]:
    """Who set what, the latest first; of one rule, or of all."""
    found = RuleSettingEvent.objects.select_related("pgh_context").order_by("-pgh_id")
    rows: list[Any] = list((found.filter(rule=rule) if rule else found)[:MOST_EVENTS])
    people = User.objects.in_bulk({number for row in rows if (number := _facts(row).get("user"))})
    regions = Region.objects.in_bulk({row.region_id for row in rows if row.region_id})
    rules = {one.id: one for one in RULES}
    return [_told(row, people, regions, rules.get(row.rule)) for row in rows]


def setting_of_event(row: Any, regions: Mapping[str, Region]) -> RuleSetting:
    """A setting as an event of its history has it, not to be stored."""
    return RuleSetting(
        rule=row.rule, region=regions.get(row.region_id), year=row.year, is_on=row.is_on, severity=row.severity,
        thresholds=row.thresholds,
    )  # fmt: skip


def _told(row: Any, people: dict[int, User], regions: dict[str, Region], rule: Rule | None) -> EventShown:
    setting = setting_of_event(row, regions)
    person = people.get(_facts(row).get("user", 0))
    words = setting_words(rule, setting) if rule and row.pgh_label != "delete" else ""
    return EventShown(
        row.pgh_created_at, person.display_name if person else "数据库", row.rule, rule.title if rule else row.rule,
        _DONE.get(row.pgh_label, row.pgh_label), scope_words(setting), words, _facts(row).get("reason", ""),
    )  # fmt: skip


def _facts(row: Any) -> dict[str, Any]:
    return row.pgh_context.metadata if row.pgh_context else {}
