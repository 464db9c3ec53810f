"""The form of a code."""

from __future__ import annotations

from typing import Final

from django import forms

LONGEST: Final = 60


class CodeForm(forms.Form):
    """A code of the telephone, or one of the recovery codes."""

    code = forms.CharField(
        label="验证码", max_length=LONGEST,
        error_messages={"required": "请输入验证码。", "max_length": "验证码不正确。"},
        widget=forms.TextInput(attrs={
            "class": "input", "autocomplete": "one-time-code", "spellcheck": "false", "autocapitalize": "none",
        }),
    )  # fmt: skip
