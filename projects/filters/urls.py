"""Addresses of the filter bar."""

from django.urls import path

from projects.filters import views

urlpatterns = [
    path("projects/facets/", views.project_facets, name="project-facets"),
    path("projects/choices/<str:name>/", views.project_choices, name="project-choices"),
]
