"""The form in which an administrator sets a rule."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import Any, Final

from django import forms

from indicators.checks import Rule, Severity, Threshold
from indicators.models import RuleSetting
from indicators.reviewing.explaining import figure
from indicators.reviewing.rules.actions import as_stored
from projects.models import YEARS, Region

PREFIX: Final = "figure-"


def _reason(placeholder: str) -> forms.CharField:
    return forms.CharField(
        required=False, label="说明", max_length=200, error_messages={"max_length": "说明最多 200 个字。"},
        widget=forms.TextInput(attrs={"class": "input", "placeholder": placeholder}),
    )  # fmt: skip


class TakeBackForm(forms.Form):
    """Why a setting is taken back."""

    reason = _reason("为什么取消，留在记录里")


class RuleForm(forms.Form):
    """For which projects, whether it is on, how grave it is, and its figures; a figure left blank stays as it comes."""

    region = forms.ModelChoiceField(
        Region.objects.order_by("code"), required=False, label="行政区划", empty_label="全部",
        error_messages={"invalid_choice": "没有这个行政区划，请重新选择。"},
    )  # fmt: skip
    year = forms.IntegerField(
        required=False, label="年度", min_value=YEARS[0], max_value=YEARS[1],
        error_messages={
            "invalid": "年度请写四位数字，各年度都适用时留空。",
            "min_value": f"年度必须在 {YEARS[0]} 至 {YEARS[1]} 之间。",
            "max_value": f"年度必须在 {YEARS[0]} 至 {YEARS[1]} 之间。",
        },
        widget=forms.NumberInput(attrs={"class": "input", "placeholder": "全部"}),
    )  # fmt: skip
    is_on = forms.ChoiceField(label="是否启用", choices=[("1", "启用"), ("0", "停用")])
    severity = forms.TypedChoiceField(
        label="严重程度", coerce=lambda value: Severity(int(value)), empty_value=None, required=False
    )
    reason = _reason("为什么这样设置，留在记录里")

    def __init__(self, rule: Rule, data: Any = None, *, setting: RuleSetting | None = None) -> None:
        super().__init__(data, initial=_initial(setting) if setting else None)
        self.rule = rule
        severity = self.fields["severity"]
        for name in ("region", "is_on", "severity"):
            self.fields[name].widget.attrs["class"] = "input"
        assert isinstance(severity, forms.TypedChoiceField)  # noqa: S101  # declared above
        severity.choices = [
            ("", f"按规则原有（{rule.severity.label}）"),
            *((str(one.value), one.label) for one in Severity),
        ]
        for threshold in rule.thresholds:
            self.fields[PREFIX + threshold.name] = _field(threshold)

    @property
    def figures(self) -> list[forms.BoundField]:
        """The fields of the figures."""
        return [self[name] for name in self.fields if name.startswith(PREFIX)]

    @property
    def thresholds(self) -> dict[str, Decimal]:
        """The figures that were typed."""
        typed = {name.removeprefix(PREFIX): self.cleaned_data[name] for name in self.fields if name.startswith(PREFIX)}
        return {name: number for name, number in typed.items() if number is not None}

    def setting(self) -> RuleSetting:
        """What would be stored."""
        values = self.cleaned_data
        return RuleSetting(
            rule=self.rule.id, region=values["region"], year=values["year"], is_on=values["is_on"] == "1",
            severity=values["severity"], thresholds=as_stored(self.thresholds),
        )  # fmt: skip

    @property
    def digest(self) -> str:
        """Stands for what is set, and on what: what is saved must be what was tried, over what stood there then."""
        return standing(self.rule, _said(self.setting()))


def standing(rule: Rule, *wanted: object) -> str:
    """A digest of what is wanted and of how the rule is set now: another one once somebody else sets it."""
    now = RuleSetting.objects.filter(rule=rule.id).order_by("pk")
    return hashlib.sha256(repr((wanted, [_said(one) for one in now])).encode()).hexdigest()


def _said(setting: RuleSetting) -> tuple[object, ...]:
    return (setting.region_id, setting.year, setting.is_on, setting.severity, sorted(setting.thresholds.items()))


def _field(threshold: Threshold) -> forms.DecimalField:
    span = f"{figure(threshold.lowest)} 至 {figure(threshold.highest)}"
    wrong = f"请填 {span} 之间的数字。"  # no title: Django formats messages, and titles hold %
    return forms.DecimalField(
        required=False, label=threshold.title, min_value=threshold.lowest, max_value=threshold.highest, max_digits=20,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"), wrong
        ),
        widget=forms.TextInput(
            attrs={"class": "input", "inputmode": "decimal", "placeholder": figure(threshold.default), "title": span}
        ),
    )  # fmt: skip


def _initial(setting: RuleSetting) -> dict[str, Any]:
    return {
        "region": setting.region_id, "year": setting.year, "is_on": "1" if setting.is_on else "0",
        "severity": setting.severity or "", **{PREFIX + name: text for name, text in setting.thresholds.items()},
    }  # fmt: skip
