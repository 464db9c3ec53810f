"""The form that brings an earlier state back."""

from __future__ import annotations

from django import forms


class RestoreForm(forms.Form):
    """Why, and which version the person saw as the present one."""

    seen = forms.IntegerField(min_value=0, max_value=2**63 - 1, error_messages={"required": "请从历史页面重新打开。"})
    reason = forms.CharField(
        label="恢复原因", max_length=500, strip=True,
        error_messages={"required": "请写明恢复的原因。", "max_length": "原因不能超过 500 个字。"},
    )  # fmt: skip
