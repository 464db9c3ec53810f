"""The form of a review sheet."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from indicators.reviewing.sheets.grading import GRADES
from indicators.reviewing.sheets.sheet import CRITERIA, ReviewSheet

LONGEST: Final = 2_000
_CHOICES: Final = [(grade, grade) for grade in GRADES]


class SheetForm(forms.Form):
    """A grade and an opinion for each criterion and overall. A sheet may be kept half filled in."""

    def __init__(self, sheet: ReviewSheet, data: Any = None) -> None:
        super().__init__(data)
        self.fields["base"] = forms.IntegerField(initial=sheet.base, widget=forms.HiddenInput)
        self.fields["version"] = forms.IntegerField(initial=sheet.version, widget=forms.HiddenInput)
        for one in sheet.criteria:
            self._add(one.family.value, one.family.label, one.grade, one.opinion)
        self._add("all", "总评", sheet.grade, sheet.opinion)
        self.rows = [
            (one, self[f"grade-{one.family.value}"], self[f"opinion-{one.family.value}"]) for one in sheet.criteria
        ]

    def _add(self, name: str, label: str, grade: str, opinion: str) -> None:
        self.fields[f"grade-{name}"] = forms.ChoiceField(
            label=f"{label}等级", choices=_CHOICES, required=False, initial=grade, widget=forms.RadioSelect,
            error_messages={"invalid_choice": f"{label}等级只能是优、良、中、差。"},
        )  # fmt: skip
        self.fields[f"opinion-{name}"] = forms.CharField(
            label=f"{label}意见", required=False, max_length=LONGEST, initial=opinion,
            error_messages={"max_length": f"{label}意见最多 {LONGEST:,} 个字。"},
            widget=forms.Textarea(attrs={"rows": 2, "class": "sheet-opinion"}),
        )  # fmt: skip

    @property
    def overall_grade(self) -> forms.BoundField:
        """The field of the overall grade."""
        return self["grade-all"]

    @property
    def overall_opinion(self) -> forms.BoundField:
        """The field of the overall opinion."""
        return self["opinion-all"]

    @property
    def opinions(self) -> dict[str, dict[str, str]]:
        """What was typed for each criterion."""
        values = self.cleaned_data
        return {
            family.value: {"grade": values[f"grade-{family.value}"], "opinion": values[f"opinion-{family.value}"]}
            for family in CRITERIA
        }
