"""The pages of log-ins: one's own, and what an administrator does with another person's."""

from __future__ import annotations

import logging
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from perfgoals.logins.keeping import end, end_everybodys, own, standing
from perfgoals.requests import SiteRequest
from projects.accounts.log_ins.forms import EndForm, PasswordForm
from projects.accounts.people import user_to_manage
from projects.accounts.views import for_administrators

LOGGER: Final = logging.getLogger("perfgoals.logins")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@never_cache
def log_in_list(request: SiteRequest) -> HttpResponse:
    """One's own log-ins; one or all others are ended by the password."""
    form = EndForm(request.POST if request.method == "POST" else None, request=request, user=request.user)
    mine = own(request)
    if form.is_valid():
        only = form.cleaned_data["end"]
        if only is not None and only == mine:
            form.add_error(None, "这是您现在的登录，请用“退出登录”。")
        else:
            ended = end(request.user, only=only, but=mine)
            messages.success(request, f"已结束 {ended} 处登录。" if ended else "这处登录已经结束了。")
            return redirect("log-in-list")
    return render(request, "log_ins/list.html", {"form": form, "log_ins": standing(request.user), "mine": mine})


@require_POST
@for_administrators
def user_log_ins_end(request: SiteRequest, pk: int) -> HttpResponse:
    """End all log-ins of a person; of one's own, all others."""
    user = user_to_manage(request.user, pk)
    ended = end(user, but=own(request) if user == request.user else None)
    LOGGER.warning("%d log-ins of user %d were ended by user %d", ended, user.pk, request.user.pk)
    messages.success(request, f"已结束“{user.display_name}”的 {ended} 处登录。")
    return redirect("user-edit", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@never_cache
@for_administrators
def log_ins_end_all(request: SiteRequest) -> HttpResponse:
    """End everybody's log-ins at once, by the password; one's own stays, so that one sees what came of it."""
    form = PasswordForm(request.POST if request.method == "POST" else None, request=request, user=request.user)
    if form.is_valid():
        ended = end_everybodys(but=own(request))
        LOGGER.warning("%d log-ins of everybody were ended by user %d", ended, request.user.pk)
        messages.success(request, f"已结束所有人的登录，共 {ended} 处。您现在的登录保留。")
        return redirect("user-list")
    others = standing().exclude(session_key=request.session.session_key)
    context = {"form": form, "log_ins": others.count(), "people": others.order_by().values("user").distinct().count()}
    return render(request, "log_ins/end_all.html", context)
