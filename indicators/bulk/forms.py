"""What each bulk change asks for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar, Final

from django import forms

from indicators.bulk.changes import Archive, BulkChange, Copy, SetAttribute, SetDepartment, Unarchive
from perfgoals.models import User
from projects.access import departments_to_give
from projects.models import YEARS, Department, Project

REASON_LENGTH: Final = 500
TEXT_LENGTH: Final = 100
ATTRIBUTES: Final = ("一次性项目", "延续性项目", "经常性项目")
OTHER: Final = "other"


class BulkForm(forms.Form):
    """The reason, which goes into the history; what is asked for besides stands in the subclasses."""

    kind: ClassVar[type[BulkChange]]
    asks: ClassVar[bool] = True
    """Whether the change has values of its own to be asked for."""

    reason = forms.CharField(
        label="原因", required=False, max_length=REASON_LENGTH,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "placeholder": "选填，记入历史"}),
        error_messages={"max_length": f"原因不能超过 {REASON_LENGTH} 个字。"},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, user: User, projects: Collection[Project]) -> None:
        super().__init__(data)
        self.user, self.projects = user, projects

    def change(self) -> BulkChange | None:
        """The change that is asked for; ``None`` while that is not clear."""
        return self.made(self.cleaned_data) if self.is_bound and self.is_valid_but_reason else self.first()

    @property
    def is_valid_but_reason(self) -> bool:
        """Whether what is asked for is clear, though the reason may still be missing."""
        return not set(self.errors) - {"reason"}

    def first(self) -> BulkChange | None:
        """The change that is shown before anything was asked for."""
        return None

    def made(self, values: dict[str, Any]) -> BulkChange:
        """The change of the form's valid values."""
        raise NotImplementedError


class DepartmentForm(BulkForm):
    """A department of the chosen projects' regions that the person may give projects to."""

    kind = SetDepartment

    department = forms.ModelChoiceField(
        Department.objects.none(), label="改为", empty_label="请选择部门",
        widget=forms.Select(attrs={"class": "input"}), error_messages={"required": "请选择部门。"},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, user: User, projects: Collection[Project]) -> None:
        super().__init__(data, user=user, projects=projects)
        regions = {project.region_id for project in projects}
        field: Any = self.fields["department"]
        field.queryset = departments_to_give(user, regions).select_related("region")
        if len(regions) > 1:
            field.label_from_instance = lambda department: f"{department.region.short_name}　{department.name}"

    def made(self, values: dict[str, Any]) -> BulkChange:
        return SetDepartment(values["department"])


class AttributeForm(BulkForm):
    """One of the official form's three attributes, or a text."""

    kind = SetAttribute

    attribute = forms.ChoiceField(
        label="改为", choices=[*((name, name) for name in ATTRIBUTES), (OTHER, "其他")], widget=forms.RadioSelect,
        error_messages={"required": "请选择项目属性。"},
    )  # fmt: skip
    other = forms.CharField(
        label="其他属性", required=False, max_length=TEXT_LENGTH,
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off", "aria-label": "其他属性"}),
        error_messages={"max_length": f"其他属性不能超过 {TEXT_LENGTH} 个字。"},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("attribute") == OTHER and "other" not in self.errors and not values.get("other"):
            self.add_error("other", "请写明其他属性。")
        return values

    def made(self, values: dict[str, Any]) -> BulkChange:
        return SetAttribute(values["other"] if values["attribute"] == OTHER else values["attribute"])


class CopyForm(BulkForm):
    """A year, and whether the amounts go along. At first: the year after the latest, with the amounts."""

    kind = Copy

    year = forms.IntegerField(
        label="复制到年度", min_value=YEARS[0], max_value=YEARS[1],
        widget=forms.NumberInput(attrs={"class": "input"}),
        error_messages={
            "required": "请填写年度。", "invalid": "请填写四位年份。",
            "min_value": f"年度必须在 {YEARS[0]} 至 {YEARS[1]} 之间。", "max_value": f"年度必须在 {YEARS[0]} 至 {YEARS[1]} 之间。",
        },
    )  # fmt: skip
    funding = forms.ChoiceField(
        label="金额", choices=[("keep", "保留金额"), ("zero", "清零")], widget=forms.RadioSelect,
        error_messages={"required": "请选择保留金额或清零。"},
    )  # fmt: skip

    def __init__(self, data: Any = None, *, user: User, projects: Collection[Project]) -> None:
        super().__init__(data, user=user, projects=projects)
        latest = max((project.year for project in projects), default=YEARS[0])
        self.initial = {"year": min(latest + 1, YEARS[1]), "funding": "keep"}

    def first(self) -> BulkChange | None:
        return None if self.is_bound else self.made(dict(self.initial))

    def made(self, values: dict[str, Any]) -> BulkChange:
        return Copy(values["year"], zeroed=values["funding"] == "zero")


class ArchiveForm(BulkForm):
    """Why; the database holds no archived project without it."""

    kind = Archive
    asks = False

    def __init__(self, data: Any = None, *, user: User, projects: Collection[Project]) -> None:
        super().__init__(data, user=user, projects=projects)
        reason = self.fields["reason"]
        reason.required = True
        reason.error_messages["required"] = "请写明归档的原因。"
        reason.widget.attrs["placeholder"] = "必填，例如：项目取消，资金收回"

    def first(self) -> BulkChange:
        return Archive()

    def made(self, values: dict[str, Any]) -> BulkChange:
        del values
        return Archive()


class UnarchiveForm(BulkForm):
    """Nothing but a reason."""

    kind = Unarchive
    asks = False

    def first(self) -> BulkChange:
        return Unarchive()

    def made(self, values: dict[str, Any]) -> BulkChange:
        del values
        return Unarchive()
