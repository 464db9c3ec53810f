"""The form of the filters: what was typed, checked, each fault in one sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms

from perfgoals.display import unit_of
from projects.filters.bounds import BoundError, read_amount, read_bound, refuse_empty_range


class Fresh(dict[str, forms.Field]):
    """Fields that were made for one form: a form copies those of its class, which takes longer than to make them."""

    def __deepcopy__(self, _known: object) -> dict[str, forms.Field]:
        return dict(self)


class FilterForm(forms.Form):
    """The fields come from `ProjectFilter`; bounds are read here, since each may need another field of the address."""

    def clean(self) -> dict[str, Any]:
        """Amounts become yuan, bounds of target values `Bound`; ranges that hold nothing are refused."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        amount = partial(read_amount, unit=unit_of(self.data))
        self._read("min", amount)
        self._read("max", amount)
        self._read("number_min", partial(read_bound, is_upper=False))
        self._read("number_max", partial(read_bound, is_upper=True))
        self._refuse_empty_ranges()
        return cleaned

    def _read(self, name: str, read: Callable[[str], Any]) -> None:
        if typed := self.cleaned_data.get(name):
            try:
                self.cleaned_data[name] = read(typed)
            except BoundError as error:
                self.add_error(name, str(error))

    def _refuse_empty_ranges(self) -> None:
        lowest, highest = self.cleaned_data.get("min"), self.cleaned_data.get("max")
        if lowest not in (None, "") and highest not in (None, "") and lowest > highest:
            self.add_error("max", "最高金额小于最低金额，请对调或改正。")
        lower, upper = self.cleaned_data.get("number_min"), self.cleaned_data.get("number_max")
        if lower and upper:
            try:
                refuse_empty_range(lower, upper)
            except BoundError as error:
                self.add_error("number_max", str(error))
