"""Addresses of the editing page."""

from django.urls import path

from indicators.editing import views

urlpatterns = [
    path("projects/new/", views.project_new, name="project-new"),
    path("projects/<int:pk>/edit/", views.project_edit, name="project-edit"),
    path("drafts/", views.draft_list, name="draft-list"),
    path("drafts/<uuid:token>/", views.draft_text, name="draft-text"),
    path("drafts/<uuid:token>/discard/", views.draft_discard, name="draft-discard"),
]
