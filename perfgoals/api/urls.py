"""Addresses of the API's description. What is below ``/api/`` and nowhere else is refused in the API's own form."""

from django.urls import path, re_path

from perfgoals.api.pages import Description, description_page
from perfgoals.api.views import NothingHere

urlpatterns = [
    path("api/v1/schema/", Description.as_view(), name="api-schema"),
    path("api/docs/", description_page, name="api-docs"),
    re_path(r"^api/", NothingHere.as_view(), name="api-nothing"),
]
