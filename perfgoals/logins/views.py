"""Logging in: the password, and for those who have a second factor a code."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.signals import user_login_failed
from django.contrib.auth.views import LoginView, RedirectURLMixin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from perfgoals.forms import LoginForm
from perfgoals.logins import pending
from perfgoals.logins.forms import CodeForm
from perfgoals.logins.models import SecondFactor
from perfgoals.logins.proving import MOST_FAILURES, Proof, prove, seconds_paused
from perfgoals.models import User


class PasswordView(LoginView):
    """The first step. Without a second factor it is the only one."""

    template_name = "login.html"
    form_class = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponseRedirect:
        """Log in, or ask for the code."""
        user = form.get_user()
        if not isinstance(user, User) or user.factor is None:
            return super().form_valid(form)  # type: ignore[return-value]  # a redirect, says Django's source
        pending.put(self.request, user)
        aim = self.get_redirect_url()
        return HttpResponseRedirect(reverse("login-code") + (f"?{urlencode({'next': aim})}" if aim else ""))


@method_decorator([login_not_required, sensitive_post_parameters("code"), never_cache], name="dispatch")
class CodeView(RedirectURLMixin, View):
    """The second step. Only afterwards does the session count as logged in, under a new key."""

    next_page = "home"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Whoever has no step behind them starts at the first."""
        if request.user.is_authenticated:
            return redirect("home")
        user = pending.waiting(request)
        if user is None:
            return redirect("login")
        self.person = user
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._shown(request, CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Try what was typed."""
        form = CodeForm(request.POST)
        if not form.is_valid():
            return self._shown(request, form)
        proof = prove(self.person, form.cleaned_data["code"])
        if proof.holds:
            return self._let_in(request, proof)
        # Counted and kept beside wrong passwords as well.
        credentials = {"username": self.person.username}
        user_login_failed.send(sender=__name__, credentials=credentials, request=request)
        form.add_error("code", "验证码不正确或已用过，请等手机上出现下一个再试。")
        return self._shown(request, form)

    def _let_in(self, request: HttpRequest, proof: Proof) -> HttpResponse:
        del request.session[pending.PENDING]
        login(request, self.person, backend=self.person.backend)
        if proof is Proof.RECOVERY:
            left = SecondFactor.objects.get(user=self.person).codes_left
            messages.warning(
                request, f"您用一个恢复码登录，它已作废，还剩 {left} 个。手机丢失请在“两步验证”页重新设置。"
            )
        return redirect(self.get_success_url())

    def _shown(self, request: HttpRequest, form: CodeForm) -> HttpResponse:
        """The form, with how long to wait where too many codes were wrong (429)."""
        seconds = seconds_paused(SecondFactor.objects.get(user=self.person))
        paused = {"failures": MOST_FAILURES, "minutes": -(-seconds // 60)} if seconds else None
        context = {"form": form, "next": self.get_redirect_url(), "paused": paused, "home": resolve_url("login")}
        response = render(request, "login_code.html", context, status=429 if seconds else 200)
        if seconds:
            response["Retry-After"] = str(seconds)
        return response
