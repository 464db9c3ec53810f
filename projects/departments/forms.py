"""Which departments are looked for, and which two are joined."""

from __future__ import annotations

from typing import Any

from django import forms

from projects.models import Department, Region


class DepartmentFilterForm(forms.Form):
    """Words of a name, and a region."""

    q = forms.CharField(label="名称", required=False, max_length=100)
    region = forms.ModelChoiceField(Region.objects.none(), label="行政区划", required=False, empty_label="全部")

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        field: Any = self.fields["region"]
        field.queryset = Region.objects.filter(departments__isnull=False).distinct()


class JoinForm(forms.Form):
    """The department that stays and the one that is joined to it."""

    keep = forms.ModelChoiceField(Department.objects.select_related("region"))
    join = forms.ModelChoiceField(Department.objects.select_related("region"))
    reason = forms.CharField(label="原因", required=False, max_length=500)
