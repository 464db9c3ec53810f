"""The form in which a row of a table is mended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from imports.gazettes.models import TableRow

LONGEST = 20_000


class RowForm(forms.Form):
    """A field for each column of the table, whether the row may be taken for a fact, and the version that was seen."""

    sound = forms.BooleanField(label="这一行可以采用", required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**63 - 1)

    def __init__(self, row: TableRow, version: int, data: Any = None) -> None:
        super().__init__(data, initial={"seen": version, "sound": not row.damage})
        self._width = len(row.table.header)
        for place, head in enumerate(row.table.header):
            value = row.cells[place] if place < len(row.cells) else ""
            widget = forms.Textarea(attrs={"rows": _rows(value), "class": "input", "data-cell": place})
            label = " ".join(head.split()) or f"第 {place + 1} 栏"
            self.fields[f"cell{place}"] = forms.CharField(
                label=label, required=False, max_length=LONGEST, initial=value, widget=widget
            )

    @property
    def cells(self) -> list[str]:
        """What was typed, one text a column; line breaks as readers know them."""
        return [self.cleaned_data[f"cell{place}"].replace("\r\n", "\n") for place in range(self._width)]

    @property
    def columns(self) -> Sequence[forms.BoundField]:
        """The fields of the columns."""
        return [self[f"cell{place}"] for place in range(self._width)]


def _rows(value: str) -> int:
    return min(max(1, len(value) // 36 + value.count("\n") + 1), 8)
