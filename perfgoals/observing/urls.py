"""The address for Prometheus, without a slash at its end as such programs expect it."""

from django.urls import path

from perfgoals.observing.views import metrics

urlpatterns = [path("metrics", metrics, name="metrics")]
