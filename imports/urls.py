"""Addresses of source documents and import runs."""

from django.urls import include, path

from imports import views

urlpatterns = [
    path("", include("imports.uploads.urls")),
    path("", include("imports.exporting.urls")),
    path("", include("imports.official.urls")),
    path("", include("imports.gazettes.urls")),
    path("documents/", views.document_list, name="document-list"),
    path("documents/<int:pk>/", views.document_detail, name="document-detail"),
    path("projects/<int:pk>/restore-printed/", views.restore_printed_values, name="project-restore-printed"),
    path("differences/", views.difference_list, name="difference-list"),
    path("runs/", views.run_list, name="run-list"),
    path("runs/<int:pk>/", views.run_detail, name="run-detail"),
]
