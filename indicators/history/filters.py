"""What is asked of the history: from the address to `Wanted`, and what the form of the page shows."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.http import QueryDict
from django.utils import timezone

from indicators.history.groups import ACTIONS, NO_PERSON, OF_REVIEW, UNKNOWN_PERSON
from indicators.history.walk import COMMAND_LINE, DIRECT, Wanted
from indicators.history.words import TOPICS
from perfgoals.models import User
from projects.filters import ProjectFilter
from projects.querysets import ProjectQuerySet

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


class HistoryForm(forms.Form):
    """Person, field, kind of action and time."""

    person = forms.CharField(label="操作人", required=False, max_length=60, strip=True)
    field = forms.ChoiceField(label="字段", required=False, choices=[("", "全部"), *TOPICS.items()])
    action = forms.ChoiceField(
        label="操作",
        required=False,
        choices=[("", "全部"), *((key, name) for key, name in ACTIONS.items() if key not in OF_REVIEW)],
    )
    since = _day("从")
    until = _day("到")

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

    def __init__(self, query: QueryDict, projects: ProjectQuerySet, *, has_places: bool) -> None:
        self.query = query
        self.form = HistoryForm(query)
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
            _start(asked["until"] + timedelta(days=1)) if asked["until"] else None,
        )  # fmt: skip


def _start(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None
