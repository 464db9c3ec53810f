"""Forms of one's own second factor."""

from __future__ import annotations

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from perfgoals.logins.forms import CodeForm
from perfgoals.models import User
from projects.accounts.forms import INPUT


class SetUpForm(CodeForm):
    """The first code, and the password once more: a desk left open must not lead to somebody else's telephone."""

    password = forms.CharField(
        label="密码", strip=False, max_length=128, error_messages={"required": "请输入密码。"},
        widget=forms.PasswordInput(attrs={**INPUT, "autocomplete": "current-password"}),
    )  # fmt: skip
    field_order = ["password", "code"]

    def __init__(self, data: QueryDict | None, *, request: HttpRequest, user: User) -> None:
        super().__init__(data)
        self._request, self._user = request, user

    def clean_password(self) -> str:
        """The person's password. Wrong ones are counted like those of log-ins."""
        password: str = self.cleaned_data["password"]
        if authenticate(self._request, username=self._user.username, password=password) != self._user:
            raise ValidationError("密码不正确，请重新输入。")
        return password
