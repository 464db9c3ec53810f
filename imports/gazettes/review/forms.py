"""The form that corrects a target; each fault is one sentence."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django import forms

from imports.gazettes.deriving import storable
from imports.gazettes.models import ProseTarget
from imports.gazettes.review.actions import Understood
from imports.gazettes.review.words import OPERATOR_NAMES, number_in_words

FIRST_YEAR: Final = 1949
LAST_YEAR: Final = 2100
LONGEST_NUMBER: Final = 40
_NUMBER = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
_HALF_WIDTH: Final = {0xFF01 + at: 0x21 + at for at in range(0x5E)}


def _box(**more: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "input", "autocomplete": "off", **more})


class TargetForm(forms.Form):
    """What a target says."""

    name = forms.CharField(
        label="指标", max_length=200, widget=_box(),
        error_messages={"required": "请填写指标名称。", "max_length": "指标名称不能超过 200 个字。"},
    )  # fmt: skip
    operator = forms.ChoiceField(
        label="比较", choices=list(OPERATOR_NAMES.items()), widget=forms.Select(attrs={"class": "input"}),
        error_messages={"required": "请选择比较符。", "invalid_choice": "比较符只能是 ≥ ≤ > < = ≈ 之一。"},
    )  # fmt: skip
    number = forms.CharField(
        label="数值", max_length=LONGEST_NUMBER, widget=_box(inputmode="decimal"),
        error_messages={"required": "请填写数值。", "max_length": "数值太长，请核对。"},
    )  # fmt: skip
    unit = forms.CharField(
        label="单位", required=False, max_length=20, widget=_box(),
        error_messages={"max_length": "单位不能超过 20 个字。"},
    )  # fmt: skip
    year = forms.CharField(label="目标年", required=False, max_length=8, widget=_box(inputmode="numeric"))

    @classmethod
    def of(cls, target: ProseTarget) -> TargetForm:
        """The form with what is in force."""
        return cls(
            initial={
                "name": target.name, "operator": target.operator, "number": number_in_words(target.number),
                "unit": target.unit, "year": target.year or "",
            },
            auto_id=f"id_{target.pk}_%s",
        )  # fmt: skip

    @classmethod
    def posted(cls, data: Any, target: ProseTarget) -> TargetForm:
        """The form as it was sent."""
        return cls(data, auto_id=f"id_{target.pk}_%s")

    def clean_number(self) -> Decimal:
        """The number: thousands in groups and full-width digits are understood, units and words are not."""
        typed = "".join(self.cleaned_data["number"].split()).translate(_HALF_WIDTH)
        if not _NUMBER.fullmatch(typed):
            raise forms.ValidationError("数值只能写数字，例如 95、1,200 或 3.5，单位写在后面的格里。")
        try:
            number = storable(Decimal(typed.replace(",", "")))
        except InvalidOperation:
            number = None
        if number is None:
            raise forms.ValidationError("数值太大，或小数超过六位，请核对。")
        return number

    def clean_year(self) -> int | None:
        """The year, with or without 年; blank where the text names none."""
        typed = self.cleaned_data["year"].translate(_HALF_WIDTH).strip().removesuffix("年").strip()
        if not typed:
            return None
        if not (typed.isascii() and typed.isdigit()) or not FIRST_YEAR <= int(typed) <= LAST_YEAR:
            raise forms.ValidationError(f"目标年请写 {FIRST_YEAR} 到 {LAST_YEAR} 之间的四位年份，没有写明就留空。")
        return int(typed)

    @property
    def understood(self) -> Understood:
        """The values of a form that is valid."""
        return Understood(**{name: self.cleaned_data[name] for name in Understood._fields})
