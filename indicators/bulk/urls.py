"""Addresses of bulk changes."""

from django.urls import path

from indicators.bulk import views

urlpatterns = [
    path("projects/bulk/department/", views.department, name="bulk-department"),
    path("projects/bulk/attribute/", views.attribute, name="bulk-attribute"),
    path("projects/bulk/copy/", views.copy, name="bulk-copy"),
    path("projects/bulk/archive/", views.archive, name="bulk-archive"),
    path("projects/bulk/unarchive/", views.unarchive, name="bulk-unarchive"),
]
