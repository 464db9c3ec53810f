"""Addresses of gazettes and plans."""

from django.urls import include, path

urlpatterns = [
    path("texts/", include("imports.gazettes.reading.urls")),
    path("plans/", include("imports.gazettes.plans.urls")),
    path("targets/", include("imports.gazettes.review.urls")),
    path("citations/", include("imports.gazettes.citing.urls")),
]
