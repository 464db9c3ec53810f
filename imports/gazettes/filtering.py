"""What the filters of documents, plan projects, plan indicators and targets share: from the address to what is asked, and into words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final

import django_filters  # type: ignore[import-untyped]  # the package carries no types
from django import forms
from django.core.validators import EMPTY_VALUES
from django.db.models import QuerySet
from django.http import QueryDict

from perfgoals.display import UNIT_PARAMETER, unit_of
from projects.filters.bounds import BoundError, amounts_in_words, read_amount
from projects.filters.chips import Chip
from projects.filters.words import words_of

MAX_TEXT: Final = 100
MAX_NUMBER: Final = 40
RANGE: Final = ("min", "max")
"""The two ends of a range of amounts: filters that mean something only with the address's unit."""
NONE: Final = "none"


def one_of(
    label: str, choices: list[tuple[str, str]] | None = None, empty: str = "全部"
) -> django_filters.ChoiceFilter:
    """A filter with one of several values."""
    given = {"choices": choices} if choices else {}
    return django_filters.ChoiceFilter(label=label, empty_label=empty, error_messages=_unknown(label), **given)


def some_of(label: str) -> django_filters.MultipleChoiceFilter:
    """A filter with any of several values, as boxes."""
    widget = forms.CheckboxSelectMultiple
    return django_filters.MultipleChoiceFilter(label=label, widget=widget, error_messages=_unknown(label))


def text_of(label: str, longest: int = MAX_TEXT) -> django_filters.CharFilter:
    """A filter with typed text."""
    return django_filters.CharFilter(label=label, max_length=longest)


def _unknown(label: str) -> dict[str, str]:
    return {"invalid_choice": f"“%(value)s”不在{label}的可选范围内，请重新选择。"}


class AmountForm(forms.Form):
    """Fields come from the filter set; the ends of a range of amounts become yuan here, by the address's unit."""

    def clean(self) -> dict[str, Any]:
        """The cleaned values; a range that holds nothing is refused."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in RANGE:
            if typed := cleaned.get(name):
                try:
                    cleaned[name] = read_amount(typed, unit_of(self.data))
                except BoundError as error:
                    self.add_error(name, str(error))
        lowest, highest = (cleaned.get(name) for name in RANGE)
        if lowest not in (None, "") and highest not in (None, "") and lowest > highest:
            self.add_error("max", "最高金额小于最低金额，请对调或改正。")
        return cleaned


class AddressFilter(django_filters.FilterSet):  # type: ignore[misc]  # the package carries no types
    """Filters whose values stand in the address. Where one is not understood, nothing is found and ``form.errors`` says so."""

    USUAL: tuple[str, ...] = ()
    """The filters that stand open; the others are behind 更多筛选."""
    RANGE_LABEL = ""
    """What the range of amounts is called, where there is one."""

    def narrowed(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """What everything asked holds for."""
        raise NotImplementedError

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """What is found; nothing while a value is not understood, which must never show the whole list."""
        return self.narrowed(queryset) if self.form.is_valid() else queryset.none()

    @cached_property
    def asked(self) -> dict[str, Any]:
        """The cleaned values of the filters that are on; nothing while one is not understood."""
        values = self.form.cleaned_data if self.form.is_valid() else {}
        return {name: value for name, value in values.items() if value not in EMPTY_VALUES}

    @property
    def errors(self) -> Mapping[str, Any]:
        """What is not understood, by filter."""
        errors: Mapping[str, Any] = self.form.errors
        return errors

    @property
    def words(self) -> list[str]:
        """The words of the free text that is looked for."""
        return words_of(self.asked.get("q", ""))

    @property
    def unit(self) -> str:
        """The unit of amounts in the address."""
        return unit_of(self.data)

    @property
    def is_on(self) -> bool:
        """Whether any filter is."""
        return any(value.strip() for name in self.filters for value in self.data.getlist(name))

    @property
    def extras_on(self) -> int:
        """How many of the filters behind 更多筛选 are on."""
        return sum(1 for name in self.filters if name not in self.USUAL and any(self.data.getlist(name)))

    def query_with(self, **changes: str) -> str:
        """The query of this filter with some filters changed; without order, grouping and page."""
        query = QueryDict(mutable=True)
        for name in self.filters:
            values = [changes[name]] if name in changes else self.data.getlist(name)
            query.setlist(name, [value for value in values if value])
        if any(query.get(name) for name in RANGE):
            query[UNIT_PARAMETER] = self.unit
        return query.urlencode()

    def query_without_filters(self) -> str:
        """The address's query with all filters off; sorting, grouping and page size stay."""
        query = self.data.copy()
        for name in (*self.filters, "page"):
            query.pop(name, None)
        return str(query.urlencode())

    def query_without(self, taken: Mapping[str, str | None]) -> str:
        """The address's query without some values, by filter (``None``: all of the filter), and from page one on."""
        query = self.data.copy()
        for name, value in taken.items():
            gone = {value, ""} if value is not None else set(query.getlist(name))
            query.setlist(name, [other for other in query.getlist(name) if other not in gone])
        query.pop("page", None)
        return str(query.urlencode())

    def chips(self) -> list[Chip]:
        """The filters that are on, in words, also those whose value is not understood; a range is one."""
        chips: list[Chip] = []
        for name in self.filters:
            if name in RANGE:
                chips += self._range() if name == RANGE[0] else ()
            else:
                chips += self._single(name)
        return chips

    def _single(self, name: str) -> Iterator[Chip]:
        words = dict(getattr(self.form.fields[name], "choices", ()))
        for value in self.data.getlist(name):
            if value.strip():
                shown = str(words.get(value, value)).strip()
                is_wrong = name in self.form.errors
                yield Chip(str(self.filters[name].label), shown, self.query_without({name: value}), is_wrong=is_wrong)

    def _range(self) -> Iterator[Chip]:
        typed = [self.data.get(name, "").strip() for name in RANGE]
        if not any(typed):
            return
        first, last = (self.asked.get(name) for name in RANGE)
        is_read = first is not None or last is not None
        words = amounts_in_words(first, last, self.unit) if is_read else "–".join(typed)
        is_wrong = bool(set(RANGE) & self.form.errors.keys())
        yield Chip(self.RANGE_LABEL, words, self.query_without(dict.fromkeys(RANGE)), is_wrong=is_wrong)
