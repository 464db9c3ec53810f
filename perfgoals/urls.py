"""Every address of the site. All are closed to the anonymous but the login page."""

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LogoutView
from django.urls import include, path
from django.views.generic import RedirectView

from perfgoals.logins.views import CodeView, PasswordView

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="project-list"), name="home"),
    path("login/", PasswordView.as_view(), name="login"),
    path("login/code/", CodeView.as_view(), name="login-code"),
    # Who was logged out already goes to the login page alone: logging in must not lead to logging out again.
    path("logout/", login_required(LogoutView.as_view(), redirect_field_name=None), name="logout"),
    path("", include("indicators.editing.urls")),
    path("", include("indicators.bulk.urls")),
    path("", include("indicators.history.urls")),
    path("", include("indicators.reviewing.working.urls")),
    path("", include("indicators.reviewing.rules.urls")),
    path("", include("indicators.reviewing.sheets.urls")),
    path("", include("projects.filters.urls")),
    path("", include("projects.saved_filters.urls")),
    path("", include("projects.urls")),
    path("", include("projects.departments.urls")),
    path("", include("projects.accounts.urls")),
    path("", include("projects.accounts.tokens.urls")),
    path("", include("projects.accounts.factor.urls")),
    path("", include("projects.accounts.log_ins.urls")),
    path("", include("imports.urls")),
    path("", include("projects.api.urls")),
    path("", include("indicators.api.urls")),
    path("", include("imports.api.urls")),
    path("", include("perfgoals.api.urls")),
    path("", include("perfgoals.health.urls")),
    path("", include("perfgoals.observing.urls")),
]
