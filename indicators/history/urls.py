"""Addresses of the history."""

from django.urls import path

from indicators.history import views

urlpatterns = [
    path("history/", views.history_list, name="history-list"),
    path("history/export/", views.history_export, name="history-export"),
    path("projects/<int:pk>/history/", views.project_history, name="project-history"),
    path("projects/<int:pk>/history/export/", views.project_history_export, name="project-history-export"),
    path("projects/<int:pk>/history/<int:version>/", views.project_version, name="project-version"),
    path("projects/<int:pk>/history/<int:version>/restore/", views.project_restore, name="project-restore"),
]
