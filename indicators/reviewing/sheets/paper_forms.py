"""The form that says how a working paper's projects are drawn."""

from __future__ import annotations

import random
from typing import Any, Final

from django import forms

from indicators.reviewing.sheets.paper import MOST, Drawing
from indicators.reviewing.sheets.sampling import METHODS

SIZE: Final = 30
MOST_SEED: Final = 10**9


class DrawForm(forms.Form):
    """Method, number and seed; all may be left out of the address."""

    method = forms.ChoiceField(
        label="抽取方式", choices=list(METHODS.items()), required=False,
        error_messages={"invalid_choice": "抽取方式请在列出的几种里选。"},
    )  # fmt: skip
    n = forms.IntegerField(
        label="抽取个数", required=False, min_value=1, max_value=MOST, widget=forms.NumberInput(attrs={"class": "input"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), f"抽取个数请填 1 至 {MOST} 的整数。"),
    )  # fmt: skip
    seed = forms.IntegerField(
        label="种子", required=False, min_value=0, max_value=MOST_SEED, widget=forms.NumberInput(attrs={"class": "input"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), f"种子请填 0 至 {MOST_SEED} 的整数。"),
    )  # fmt: skip

    def drawing(self) -> Drawing:
        """What is asked for."""
        values = self.cleaned_data
        seed = values["seed"]
        return Drawing(values["method"] or "all", values["n"] or SIZE, 1 if seed is None else seed)


def shown_form(given: Any) -> DrawForm:
    """The form as typed, with what would be taken where nothing was."""
    typed = {"method": given.get("method") or "all", "n": given.get("n") or SIZE, "seed": given.get("seed") or 1}
    return DrawForm(typed)


def another_seed() -> int:
    """A seed to draw another sample with."""
    return random.SystemRandom().randrange(1, 1_000_000)
