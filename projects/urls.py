"""Addresses of projects and totals."""

from django.urls import path

from projects import views

urlpatterns = [
    path("projects/", views.project_list, name="project-list"),
    path("projects/<int:pk>/", views.project_detail, name="project-detail"),
    path("totals/", views.totals, name="totals"),
]
