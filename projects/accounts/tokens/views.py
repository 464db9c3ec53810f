"""The pages of tokens: one's own, and what an administrator does with another person's."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from perfgoals.requests import SiteRequest
from projects.accounts.people import user_to_manage
from projects.accounts.tokens.actions import issue_token, revoke_all_tokens, revoke_token
from projects.accounts.tokens.forms import TokenForm
from projects.accounts.views import for_administrators
from projects.actions import ActionError


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def token_list(request: SiteRequest) -> HttpResponse:
    """One's own tokens, and a new one: its text is shown on the answer, once, and kept nowhere."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            token, text = issue_token(name=form.cleaned_data["name"], lifetime=form.lifetime, by=request.user)
        except ActionError as error:
            form.add_error(None, str(error))
        else:
            return render(request, "tokens/given.html", {"token": token, "text": text})
    return render(request, "tokens/list.html", {"form": form, "tokens": request.user.api_tokens.all()})


@require_POST
def token_revoke(request: SiteRequest, token: UUID) -> HttpResponse:
    """Take back a token of one's own."""
    name = revoke_token(user=request.user, number=token, by=request.user)
    if name is None:
        raise Http404("没有这个令牌。")
    messages.success(request, f"已撤销接口令牌“{name}”，用它的程序不能再读取。")
    return redirect("token-list")


@require_POST
@for_administrators
def user_tokens_revoke(request: SiteRequest, pk: int) -> HttpResponse:
    """Take back all tokens of a person."""
    user = user_to_manage(request.user, pk)
    number = revoke_all_tokens(user=user, by=request.user)
    messages.success(request, f"已撤销“{user.display_name}”的 {number} 个接口令牌。")
    return redirect("user-edit", pk)
