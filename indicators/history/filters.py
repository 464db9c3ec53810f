"""What is asked of the history: from the address to `Wanted`, and what the form of the page shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.http import QueryDict
from django.utils import timezone

from indicators.history.groups import ACTIONS, NO_PERSON, OF_NO_PROJECT, UNKNOWN_PERSON
from indicators.history.walk import COMMAND_LINE, DIRECT, Wanted
from indicators.history.words import RULES, TOPICS
from perfgoals.models import User
from projects.filters import ProjectFilter
from projects.models import Region
from projects.querysets import ProjectQuerySet, in_regions

PLACES: Final = ("region", "department")
_LAST_NUMBER: Final = 2**63 - 1
_IN_REASON: Final = [
    limit(day, "日期必须在 1900 年至 2999 年之间。")
    for limit, day in ((MinValueValidator, date(1900, 1, 1)), (MaxValueValidator, date(2999, 12, 31)))
]
"""Days around which there is room for reckoning: neither the calendar's first day nor its last one."""


def _day(label: str) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, validators=_IN_REASON)


def _choices(words: Mapping[str, str], but: Collection[str] = ()) -> list[tuple[str, str]]:
    return [("", "全部"), *((key, name) for key, name in words.items() if key not in but)]


class HistoryForm(forms.Form):
    """Person, field, kind of action and time; ``of_project`` leaves out what no project's own history has."""

    person = forms.CharField(label="操作人", required=False, max_length=60, strip=True)
    field = forms.ChoiceField(label="字段", required=False, choices=_choices(TOPICS))
    action = forms.ChoiceField(label="操作", required=False, choices=_choices(ACTIONS))
    since = _day("从")
    until = _day("到")

    def __init__(self, data: QueryDict, *, of_project: bool) -> None:
        super().__init__(data)
        topic, action = self.fields["field"], self.fields["action"]
        assert isinstance(topic, forms.ChoiceField) and isinstance(action, forms.ChoiceField)  # noqa: S101, PT018  # declared above
        if of_project:
            topic.choices = _choices(TOPICS, but={RULES})
            action.choices = _choices(ACTIONS, but=OF_NO_PROJECT)

    def clean_person(self) -> frozenset[int] | str | None:
        """The users whose name or username contains the words, or whoever writes without being one."""
        words = self.cleaned_data["person"]
        if not words:
            return None
        if words == NO_PERSON:
            return COMMAND_LINE
        if words == UNKNOWN_PERSON:
            return DIRECT
        named = User.objects.alias(full=Concat(F("last_name"), F("first_name"), Value("")))
        people = frozenset(
            named.filter(Q(username__icontains=words) | Q(full__icontains=words)).values_list("pk", flat=True)
        )
        if not people:
            raise forms.ValidationError("没有姓名或用户名包含“%(words)s”的人。", params={"words": words})
        return people

    def clean(self) -> dict[str, Any]:
        """Times in their order."""
        asked: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = asked.get("since"), asked.get("until")
        if since and until and since > until:
            self.add_error("until", "结束日期早于开始日期。")
        return asked


class HistoryFilter:
    """The filters of a history page. While a value is not understood nothing is found, and ``errors`` says why."""

    def __init__(
        self, query: QueryDict, projects: ProjectQuerySet, *, has_places: bool, has_rules: bool = False
    ) -> None:
        self.query = query
        self.form = HistoryForm(query, of_project=not has_places)
        self._has_rules = has_rules
        self.places: ProjectFilter | None = None
        if has_places:
            chosen = QueryDict(mutable=True)
            for name in PLACES:
                chosen.setlist(name, query.getlist(name))
            chosen["archived"] = "all"
            self.places = ProjectFilter(chosen, projects)
        self._projects = projects

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """What is not understood: the field's name, its label and the sentence."""
        forms_here = [self.form, *([self.places.form] if self.places else [])]
        return [
            (name, str(form.fields[name].label), message)
            for form in forms_here
            for name, messages in form.errors.items()
            for message in messages
        ]

    @property
    def topic(self) -> str:
        """The field whose changes are asked for; empty for all."""
        return str(self.form.cleaned_data.get("field", "")) if self.form.is_valid() else ""

    @property
    def is_on(self) -> bool:
        """Whether any filter is."""
        names = [*self.form.fields, *(PLACES if self.places else ())]
        return any(value.strip() for name in names for value in self.query.getlist(name))

    @property
    def in_words(self) -> list[tuple[str, str]]:
        """The filters that are on, each with its label, for paper."""
        labels = {self.places.filters[name].label for name in PLACES} if self.places else set()
        said = [
            (chip.label, chip.value) for chip in (self.places.chips() if self.places else ()) if chip.label in labels
        ]
        for name, field in self.form.fields.items():
            if value := self.query.get(name, "").strip():
                said.append((str(field.label), str(dict(getattr(field, "choices", ())).get(value, value))))
        return said

    @property
    def query_of_filters(self) -> str:
        """The filters as an address's query, for exports and links."""
        kept = self.query.copy()
        for name in ("before", "format", "unit"):
            kept.pop(name, None)
        return str(kept.urlencode())

    @property
    def before(self) -> int | None:
        """Where the page begins; nonsense is the beginning."""
        asked = self.query.get("before", "")
        return min(int(asked), _LAST_NUMBER) if asked.isascii() and asked.isdigit() and len(asked) < 20 else None

    @property
    def wanted(self) -> Wanted:
        """What is asked for; nothing while a value is not understood."""
        projects: ProjectQuerySet = self.places.qs if self.places else self._projects
        if self.errors:
            return Wanted(projects.none())
        asked = self.form.cleaned_data
        return Wanted(
            projects, asked["person"], asked["action"], asked["field"], _start(asked["since"]),
            _start(asked["until"] + timedelta(days=1)) if asked["until"] else None, self._rules(),
        )  # fmt: skip

    def _rules(self) -> Q | None:
        """The events of rule settings that are asked for: of a region, those that are in force there or below it."""
        chosen = self.places.form.cleaned_data if self.places else {}
        if not self._has_rules or chosen.get("department"):
            return None
        region = chosen.get("region")
        if not region:
            return Q()
        above = Region.objects.filter(pk=region).values_list("parent", "parent__parent")
        codes = {code for row in above for code in row if code}
        return Q(region=None) | Q(region__in=codes) | in_regions([region])


def _start(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None
