"""Every address of the site. All are closed to the anonymous but the login page."""

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path
from django.views.generic import RedirectView

from perfgoals.forms import LoginForm

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="project-list"), name="home"),
    path(
        "login/",
        LoginView.as_view(template_name="login.html", form_class=LoginForm, redirect_authenticated_user=True),
        name="login",
    ),
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
    path("", include("imports.urls")),
    path("", include("projects.api.urls")),
    path("", include("indicators.api.urls")),
    path("", include("imports.api.urls")),
    path("", include("perfgoals.api.urls")),
    path("", include("perfgoals.health.urls")),
    path("", include("perfgoals.observing.urls")),
]
