"""Addresses for programs that watch the site, without a slash at their end as such programs expect them."""

from django.urls import path

from perfgoals.health.views import healthz, readyz

urlpatterns = [path("healthz", healthz, name="healthz"), path("readyz", readyz, name="readyz")]
