"""The login form."""

from __future__ import annotations

from django import forms
from django.contrib.auth.forms import AuthenticationForm

from perfgoals.models import User


class LoginForm(AuthenticationForm):
    """Django's login form, which says in plain words what went wrong and what to do."""

    error_messages = {
        "invalid_login": "用户名或密码不正确。请检查大小写和输入法后再试；忘记密码请联系管理员重置。",
        "inactive": "这个账号已停用，请联系管理员。",
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        for name, label in (("username", "用户名"), ("password", "密码")):
            field = self.fields[name]
            field.label = label
            field.error_messages["required"] = f"请输入{label}。"
            if isinstance(field.widget, forms.widgets.Input):
                field.widget.attrs["class"] = "input"

    def clean_username(self) -> str:
        """What was typed. A name that no account can have is a wrong one, and too long to be counted as a failure."""
        username: str = self.cleaned_data["username"]
        if len(username) > (User._meta.get_field("username").max_length or 0):
            raise self.get_invalid_login_error()
        return username
