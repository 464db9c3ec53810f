"""Forms of accounts and passwords."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django import forms
from django.contrib.auth.forms import PasswordChangeForm, UsernameField
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField, BoundWidget
from django.http import QueryDict

from perfgoals.models import User
from projects.accounts.actions import Details
from projects.accounts.people import ACTIVE, LOCKED, NO_ROLE, department_label
from projects.accounts.places import are_many, offered
from projects.models import Department, Region
from projects.permissions import ROLES

LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike on paper."""
INPUT: Final = {"class": "input"}
SEARCHED: Final = {"regions": ("name",), "departments": ("name", "region__name")}
"""Fields of places → where words are looked for."""
FIND: Final = "find"
"""Says that a form is sent to search; with the name of a field, what was typed."""
MOST_TYPED: Final = 100


def generate_password() -> str:
    """A password that can be read out: three groups of four, 59 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))


class UserFilterForm(forms.Form):
    """What the list of accounts is narrowed by."""

    q = forms.CharField(label="姓名或用户名", required=False, max_length=100)
    role = forms.ChoiceField(
        label="角色", required=False, choices=[("", "全部"), *((role, role) for role in ROLES), (NO_ROLE, "没有角色")]
    )
    status = forms.ChoiceField(
        label="状态", required=False, choices=[("", "全部"), (ACTIVE, "正常"), (LOCKED, "已停用")]
    )


class Search(NamedTuple):
    """The field of what is typed, what was typed, and whether it finds more than is listed."""

    name: str
    typed: str
    has_more: bool


@dataclass(frozen=True, slots=True)
class Picker:
    """A field of many boxes to tick: those that are ticked come first, and their labels stand by themselves."""

    field: BoundField
    boxes: list[BoundWidget]
    chosen: list[str]
    search: Search | None = None
    """Where there are too many to be listed: what was searched for among them."""

    @classmethod
    def of(cls, field: BoundField, search: Search | None) -> Picker:
        """The field, as a page shows it."""
        boxes = sorted(field, key=lambda box: not box.data["selected"])
        return cls(field, boxes, [str(box.choice_label) for box in boxes if box.data["selected"]], search)


class DepartmentsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """Departments of any region."""

    def label_from_instance(self, obj: Any) -> str:
        """Name and region."""
        return department_label(obj)


class UserForm(forms.Form):
    """A person's names, roles and places. Checked here, written by the actions."""

    username = UsernameField(
        label="用户名", max_length=150, validators=[UnicodeUsernameValidator(message="用户名只能包含汉字、字母、数字和 @ . + - _，不能有空格。")],
        error_messages={"required": "请输入用户名。"}, widget=forms.TextInput(attrs={**INPUT, "autocomplete": "off"}),
    )  # fmt: skip
    last_name = forms.CharField(
        label="姓", required=False, max_length=150, widget=forms.TextInput(attrs={**INPUT, "autocomplete": "off"})
    )
    first_name = forms.CharField(
        label="名", required=False, max_length=150, widget=forms.TextInput(attrs={**INPUT, "autocomplete": "off"})
    )
    roles = forms.MultipleChoiceField(
        label="角色", required=False, choices=list(ROLES.items()), widget=forms.CheckboxSelectMultiple
    )
    regions = forms.ModelMultipleChoiceField(
        Region.objects.all(), label="行政区划", required=False, widget=forms.CheckboxSelectMultiple
    )
    departments = DepartmentsField(
        Department.objects.select_related("region"), label="部门", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: QueryDict | None = None, *, user: User | None = None) -> None:
        super().__init__(data, initial=_held(user) if user else {})
        self.user = user
        self._searches = {name: self._offer(name) for name in SEARCHED}

    def _offer(self, name: str) -> Search | None:
        """List a part of the places where they are many. Which were chosen is checked among all of them."""
        field: Any = self.fields[name]
        data: Any = self.data
        if not are_many(field.queryset):
            return None
        typed = str(data.get(f"{FIND}_{name}", ""))[:MOST_TYPED]
        chosen = data.getlist(name) if self.is_bound else map(str, self.initial.get(name, ()))
        field.widget.choices, has_more = offered(
            field.queryset, list(chosen), typed, SEARCHED[name], field.label_from_instance
        )
        return Search(f"{FIND}_{name}", typed, has_more)

    @property
    def is_searching(self) -> bool:
        """Whether it was sent to search for a place only, and not to be saved."""
        return FIND in self.data

    def clean_username(self) -> str:
        """A name that nobody else has."""
        username: str = self.cleaned_data["username"]
        namesakes = User.objects.filter(username=username)
        if (namesakes.exclude(pk=self.user.pk) if self.user else namesakes).exists():
            raise ValidationError("这个用户名已被使用，请换一个。")
        return username

    def unsaved_user(self) -> User:
        """Somebody with the names that were typed, whom a password must not resemble."""
        return User(**{name: self.data.get(name, "") for name in ("username", "last_name", "first_name")})

    @property
    def details(self) -> Details:
        """What was said, once it is valid."""
        said = self.cleaned_data
        return Details(
            said["username"], said["last_name"], said["first_name"], said["roles"], said["regions"], said["departments"]
        )

    @property
    def region_picker(self) -> Picker:
        """The regions to choose from."""
        return Picker.of(self["regions"], self._searches["regions"])

    @property
    def department_picker(self) -> Picker:
        """The departments to choose from."""
        return Picker.of(self["departments"], self._searches["departments"])


def _held(user: User) -> dict[str, Any]:
    return {
        "username": user.username,
        "last_name": user.last_name,
        "first_name": user.first_name,
        "roles": list(user.groups.values_list("name", flat=True)),
        "regions": list(user.memberships.exclude(region=None).values_list("region", flat=True)),
        "departments": list(user.memberships.exclude(department=None).values_list("department", flat=True)),
    }


class GivenPasswordForm(forms.Form):
    """A password that an administrator gives: typed in the open, for it is to be told, or left to be generated."""

    password = forms.CharField(
        label="密码", required=False, strip=False, max_length=128,
        widget=forms.TextInput(attrs={**INPUT, "autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}),
    )  # fmt: skip

    def __init__(self, data: QueryDict | None = None, *, user: User | None = None) -> None:
        super().__init__(data)
        self.user = user

    def clean_password(self) -> str:
        """What was typed, if the validators let it pass."""
        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password, self.user)
        return password

    @property
    def is_generated(self) -> bool:
        """Whether the administrator typed none."""
        return not self.cleaned_data["password"]

    def chosen_or_generated(self) -> str:
        """The password to give."""
        return self.cleaned_data["password"] or generate_password()


class OwnPasswordForm(PasswordChangeForm):
    """A person's own new password, by who knows the old one."""

    error_messages = {
        "password_incorrect": "原密码不正确，请重新输入。",
        "password_mismatch": "两次输入的新密码不一样。",
    }
    SAME: Final = "新密码不能与原密码相同。"

    revoke_tokens = forms.BooleanField(required=False)

    def __init__(self, user: User, data: QueryDict | None = None) -> None:
        super().__init__(user, data)
        for name, label in (
            ("old_password", "原密码"), ("new_password1", "新密码"), ("new_password2", "再输入一次新密码"),
        ):  # fmt: skip
            field = self.fields[name]
            field.label = label
            field.widget.attrs.update(INPUT)
            field.error_messages["required"] = f"请输入{label}。" if name != "new_password2" else "请再输入一次新密码。"
        if tokens := user.api_tokens.count():
            self.fields["revoke_tokens"].label = f"同时撤销我的 {tokens} 个接口令牌"
        else:
            del self.fields["revoke_tokens"]

    def clean_new_password1(self) -> str:
        """The new password, if the validators let it pass and it is new."""
        password: str = self.cleaned_data["new_password1"]
        validate_password(password, self.user)
        if self.user.check_password(password):
            raise ValidationError(self.SAME)
        return password

    def clean(self) -> dict[str, Any]:
        """Both times the same; the validators have spoken at the first field already."""
        self.validate_passwords("new_password1", "new_password2")
        return self.cleaned_data
