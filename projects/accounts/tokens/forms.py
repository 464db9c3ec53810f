"""The form of a new token."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django import forms

from perfgoals.api.models import NAME_LENGTH
from projects.accounts.forms import INPUT

LIFETIMES: Final = [("30", "30 天"), ("90", "90 天"), ("365", "一年")]
"""Days: a token that nobody remembers ends by itself."""


class TokenForm(forms.Form):
    """What the token is for, and how long."""

    name = forms.CharField(
        label="用途", max_length=NAME_LENGTH,
        error_messages={"required": "请写明这个令牌给什么程序用。", "max_length": f"用途不能超过 {NAME_LENGTH} 个字。"},
        widget=forms.TextInput(attrs={**INPUT, "autocomplete": "off", "placeholder": "例如：月报表程序"}),
    )  # fmt: skip
    days = forms.ChoiceField(
        label="有效期", choices=LIFETIMES, initial="90", widget=forms.Select(attrs=INPUT),
        error_messages={"required": "请选择有效期。", "invalid_choice": "请选择列出的有效期。"},
    )  # fmt: skip

    @property
    def lifetime(self) -> timedelta:
        """How long the token is good, of a valid form."""
        return timedelta(days=int(self.cleaned_data["days"]))
