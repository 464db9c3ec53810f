"""The forms that end log-ins."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from perfgoals.models import User
from projects.accounts.forms import INPUT

OTHERS = "others"


class PasswordForm(forms.Form):
    """The password once more: it is the person, and not whoever found the desk open."""

    password = forms.CharField(
        label="密码", strip=False, max_length=128, error_messages={"required": "请先输入密码。"},
        widget=forms.PasswordInput(attrs={**INPUT, "autocomplete": "current-password"}),
    )  # fmt: skip

    def __init__(self, data: QueryDict | None, *, request: HttpRequest, user: User) -> None:
        super().__init__(data)
        self._request, self._user = request, user

    def clean_password(self) -> str:
        """The person's password. Wrong ones are counted like those of log-ins."""
        password: str = self.cleaned_data["password"]
        if authenticate(self._request, username=self._user.username, password=password) != self._user:
            raise ValidationError("密码不正确，请重新输入。")
        return password


class EndForm(PasswordForm):
    """Which log-in is to end, or all others."""

    end = forms.CharField(widget=forms.HiddenInput, error_messages={"required": "请选择要结束的登录。"})

    def clean_end(self) -> UUID | None:
        """The number of the log-in; ``None``: all others."""
        said: Any = self.cleaned_data["end"]
        if said == OTHERS:
            return None
        try:
            return UUID(said)
        except ValueError as error:
            raise ValidationError("请选择要结束的登录。") from error
