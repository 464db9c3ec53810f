"""Addresses of cited 文号."""

from django.urls import URLPattern, path

from imports.gazettes.citing import views

urlpatterns: list[URLPattern] = [
    path("", views.citation_list, name="citation-list"),
    path("<str:number>/", views.citation_detail, name="citation-detail"),
]
