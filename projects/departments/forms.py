"""Which departments are looked for, and which two are joined."""

from __future__ import annotations

from typing import Any

from django import forms

from projects.models import Department, Region
from projects.regions import RegionRef, region_by_code, regions_named


class DepartmentFilterForm(forms.Form):
    """Words of a name, and a region."""

    q = forms.CharField(label="名称", required=False, max_length=100)
    region = forms.ModelChoiceField(Region.objects.none(), label="行政区划", required=False, empty_label="全部")

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        field: Any = self.fields["region"]
        field.queryset = Region.objects.filter(departments__isnull=False).distinct()


class DepartmentForm(forms.Form):
    """A department's name and code; for a new one also its region, by name or six-digit code."""

    region = forms.CharField(
        label="行政区划", max_length=60, error_messages={"required": "请填写行政区划的名称或六位代码。"},
        widget=forms.TextInput(attrs={"class": "input", "list": "regions"}),
    )  # fmt: skip
    name = forms.CharField(
        label="部门名称", max_length=120, error_messages={"required": "请填写部门名称。"},
        widget=forms.TextInput(attrs={"class": "input"}),
    )  # fmt: skip
    code = forms.CharField(
        label="部门代码（选填）", required=False, max_length=12, widget=forms.TextInput(attrs={"class": "input"})
    )

    def __init__(self, data: Any = None, *, department: Department | None = None) -> None:
        super().__init__(data, initial={"name": department.name, "code": department.code} if department else None)
        if department:
            del self.fields["region"]

    def clean_region(self) -> RegionRef:
        """The one division that is meant."""
        text = self.cleaned_data["region"]
        by_code = region_by_code(text)
        found = [by_code] if by_code else regions_named(text)
        if not found:
            raise forms.ValidationError(f"没有行政区划“{text}”，请填写全称（例如 长治市上党区）或六位代码。")
        if len(found) > 1:
            names = "、".join(f"{region.name}（{region.code}）" for region in found[:4])
            raise forms.ValidationError(f"“{text}”有几个：{names}，请填写六位代码。")
        return found[0]


class JoinForm(forms.Form):
    """The department that stays and the one that is joined to it."""

    keep = forms.ModelChoiceField(Department.objects.select_related("region"))
    join = forms.ModelChoiceField(Department.objects.select_related("region"))
    reason = forms.CharField(label="原因", required=False, max_length=500)
