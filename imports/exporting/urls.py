"""Addresses of exporting in the site."""

from django.urls import path

from imports.exporting import views

urlpatterns = [
    path("exports/", views.export_list, name="export-list"),
    path("exports/new/", views.export_new, name="export-new"),
    path("exports/<uuid:token>/", views.export_detail, name="export-detail"),
    path("exports/<uuid:token>/file/", views.export_file, name="export-file"),
    path("exports/<uuid:token>/discard/", views.export_discard, name="export-discard"),
]
