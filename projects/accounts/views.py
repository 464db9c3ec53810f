"""The pages of accounts, for administrators, and everybody's page for their own password."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from perfgoals.logins.keeping import own, standing
from perfgoals.models import User
from perfgoals.pagination import Page
from perfgoals.requests import SiteRequest
from projects.accounts.actions import (
    change_own_password,
    create_user,
    edit_user,
    lock_user,
    reset_password,
    unlock_user,
)
from projects.accounts.forms import GivenPasswordForm, OwnPasswordForm, UserFilterForm, UserForm
from projects.accounts.people import find, people, person, user_to_manage
from projects.actions import ActionError
from projects.permissions import manages_people, require

P = ParamSpec("P")
View = Callable[Concatenate[SiteRequest, P], HttpResponse]

shown_and_sent = require_http_methods(["GET", "HEAD", "POST"])


def for_administrators(view: View[P]) -> View[P]:
    """Closes a view to everybody who does not manage people."""

    @wraps(view)
    def guarded(request: SiteRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if kwargs and not manages_people(request.user):
            raise Http404  # an account that the person may not see
        require(manages_people(request.user), "用户由管理员管理。")
        return view(request, *args, **kwargs)

    return guarded


def _sent(request: SiteRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


@require_safe
@for_administrators
def user_list(request: SiteRequest) -> HttpResponse:
    """The accounts, filtered and paged by the address."""
    form = UserFilterForm(request.GET)
    # An invalid filter must never show the whole list.
    users = find(form.cleaned_data) if form.is_valid() else User.objects.none()
    page = Page.asked(request.GET, users.count())
    context = {"form": form, "people": people(users[page.span]), "page": page}
    return render(request, "accounts/list.html", context)


@shown_and_sent
@sensitive_post_parameters("password")
@never_cache
@for_administrators
def user_new(request: SiteRequest) -> HttpResponse:
    """Make an account; a generated password is shown on the answer and kept nowhere."""
    form = UserForm(_sent(request))
    given = GivenPasswordForm(_sent(request), user=form.unsaved_user())
    # Both are checked, so that all errors are said at once.
    if all([form.is_valid(), given.is_valid()]) and not form.is_searching:
        secret = given.chosen_or_generated()
        try:
            user = create_user(details=form.details, password=secret, by=request.user)
        except ActionError as error:
            form.add_error("username", str(error))
        else:
            return _password_given(request, user, given, secret, done="已创建用户", when="首次")
    return render(request, "accounts/new.html", {"form": form, "given": given})


@shown_and_sent
@for_administrators
def user_edit(request: SiteRequest, pk: int) -> HttpResponse:
    """Change an account's names, roles and memberships."""
    user = user_to_manage(request.user, pk)
    form = UserForm(_sent(request), user=user)
    if form.is_valid() and not form.is_searching:
        try:
            saved = edit_user(user=user, details=form.details, by=request.user)
        except ActionError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"已保存用户“{saved.display_name}”。")
            # Who gave up being an administrator has no way back to this page.
            return (
                redirect("user-edit", pk) if manages_people(User.objects.get(pk=request.user.pk)) else redirect("home")
            )
    context = {"form": form, "person": person(user), "tokens": user.api_tokens.all(), "log_ins": standing(user)}
    return render(request, "accounts/edit.html", context)


@require_POST
@for_administrators
def user_lock(request: SiteRequest, pk: int) -> HttpResponse:
    """Keep somebody out."""
    user = user_to_manage(request.user, pk)
    try:
        lock_user(user=user, by=request.user)
    except ActionError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"已停用“{user.display_name}”，此人已不能登录和操作。")
    return redirect("user-edit", pk)


@require_POST
@for_administrators
def user_unlock(request: SiteRequest, pk: int) -> HttpResponse:
    """Let somebody in again."""
    user = user_to_manage(request.user, pk)
    unlock_user(user=user, by=request.user)
    messages.success(request, f"“{user.display_name}”现在可以登录了。")
    return redirect("user-edit", pk)


@shown_and_sent
@sensitive_post_parameters("password")
@never_cache
@for_administrators
def user_reset_password(request: SiteRequest, pk: int) -> HttpResponse:
    """Give somebody a new password; a generated one is shown on the answer and kept nowhere."""
    user = user_to_manage(request.user, pk)
    if user == request.user:
        return redirect("password")
    given = GivenPasswordForm(_sent(request), user=user)
    if given.is_valid():
        secret = given.chosen_or_generated()
        reset_password(user=user, password=secret, by=request.user)
        return _password_given(request, user, given, secret, done="已重置密码", when="下次")
    return render(request, "accounts/reset_password.html", {"given": given, "subject": user})


def _password_given(
    request: SiteRequest, user: User, given: GivenPasswordForm, secret: str, *, done: str, when: str
) -> HttpResponse:
    """What follows a given password: one that was generated is shown this once, in this answer."""
    if given.is_generated:
        context = {"subject": user, "password": secret, "done": done, "when": when}
        return render(request, "accounts/password_given.html", context)
    messages.success(request, f"{done}：{user.display_name}。{when}登录时必须修改密码。")
    return redirect("user-edit", user.pk)


@shown_and_sent
@sensitive_post_parameters()
@never_cache
def password(request: SiteRequest) -> HttpResponse:
    """Everybody's own password. Their other sessions end, this one stays."""
    form = OwnPasswordForm(request.user, _sent(request))
    if form.is_valid():
        said = form.cleaned_data
        change_own_password(
            user=request.user,
            password=said["new_password1"],
            revoke_tokens=said.get("revoke_tokens", False),
            log_in=own(request),
        )
        update_session_auth_hash(request, request.user)
        also = "，接口令牌已全部撤销" if said.get("revoke_tokens") else ""
        messages.success(request, f"密码已修改，其他电脑上的登录已退出{also}。")
        return redirect("home")
    return render(request, "accounts/password.html", {"form": form, "rules": password_validators_help_texts()})
