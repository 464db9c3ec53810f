"""Why a finding is accepted or opened again."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from projects.actions import ActionError

LONGEST: Final = 500


class ReasonForm(forms.Form):
    """The reason; whether there must be one is the action's to say."""

    reason = forms.CharField(
        required=False, max_length=LONGEST,
        error_messages={"max_length": f"没有保存：理由最多 {LONGEST} 个字。"},
    )  # fmt: skip


def reason_of(typed: Any) -> str:
    """The reason that was typed. Raises `ActionError`."""
    form = ReasonForm(typed)
    if not form.is_valid():
        raise ActionError(" ".join(str(error) for error in form.errors["reason"]))
    return str(form.cleaned_data["reason"])
