"""The pages of second factors: one's own, and what an administrator does for who lost theirs."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from perfgoals.logins.codes import grouped, new_key, picture
from perfgoals.logins.demanding import must_set_up
from perfgoals.logins.forms import CodeForm
from perfgoals.logins.keeping import own
from perfgoals.requests import SiteRequest
from projects.accounts.factor.actions import remove_factor, renew_recovery_codes, set_up_factor, take_off_factor
from projects.accounts.factor.forms import SetUpForm
from projects.accounts.people import user_to_manage
from projects.accounts.views import for_administrators
from projects.actions import ActionError

KEY: Final = "factor_key"
"""In the session: the key that is shown and not yet in force, the same in two windows."""


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@never_cache
def second_factor(request: SiteRequest) -> HttpResponse:
    """One's own second factor: setting it up, or what can be done with it."""
    if request.user.factor is not None:
        return _state(request, CodeForm())
    form = SetUpForm(request.POST if request.method == "POST" else None, request=request, user=request.user)
    key = request.session.setdefault(KEY, new_key())
    if form.is_valid():
        try:
            codes = set_up_factor(key=key, code=form.cleaned_data["code"], by=request.user, log_in=own(request))
        except ActionError as error:
            form.add_error("code", str(error))
        else:
            del request.session[KEY]
            # This log-in goes on, under a new key; all others of the person end.
            update_session_auth_hash(request, request.user)
            return render(request, "factor/codes.html", {"codes": codes, "is_new": True})
    # The markup is segno's own, of a text of ours.
    drawn = mark_safe(picture(key, username=request.user.username))  # noqa: S308
    context = {"form": form, "picture": drawn, "key": grouped(key), "must": must_set_up(request.user)}
    return render(request, "factor/set_up.html", context)


@require_POST
@sensitive_post_parameters("code")
@never_cache
def second_factor_off(request: SiteRequest) -> HttpResponse:
    """End it, by a code."""
    form = CodeForm(request.POST)
    if request.user.factor is not None and form.is_valid():
        try:
            take_off_factor(code=form.cleaned_data["code"], by=request.user, log_in=own(request))
        except ActionError as error:
            form.add_error("code", str(error))
        else:
            update_session_auth_hash(request, request.user)
            messages.success(request, "已停用两步验证，其他电脑上的登录已退出。")
            return redirect("second-factor")
    return _state(request, form) if request.user.factor is not None else redirect("second-factor")


@require_POST
@sensitive_post_parameters("code")
@never_cache
def second_factor_codes(request: SiteRequest) -> HttpResponse:
    """New recovery codes, by a code."""
    form = CodeForm(request.POST)
    if request.user.factor is not None and form.is_valid():
        try:
            codes = renew_recovery_codes(code=form.cleaned_data["code"], by=request.user)
        except ActionError as error:
            form.add_error("code", str(error))
        else:
            return render(request, "factor/codes.html", {"codes": codes, "is_new": False})
    return _state(request, form) if request.user.factor is not None else redirect("second-factor")


def _state(request: SiteRequest, form: CodeForm) -> HttpResponse:
    context = {"form": form, "factor": request.user.second_factor}
    return render(request, "factor/state.html", context)


@require_POST
@for_administrators
def user_factor_remove(request: SiteRequest, pk: int) -> HttpResponse:
    """End the second factor of somebody who lost it."""
    user = user_to_manage(request.user, pk)
    try:
        remove_factor(user=user, by=request.user)
    except ActionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"已停用“{user.display_name}”的两步验证，此人在各处的登录已退出。")
    return redirect("user-edit", pk)
