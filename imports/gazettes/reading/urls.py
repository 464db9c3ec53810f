"""Addresses of official documents and of the rows of their tables."""

from django.urls import URLPattern, path

from imports.gazettes.reading import views

urlpatterns: list[URLPattern] = [
    path("", views.document_list, name="official-document-list"),
    path("<int:pk>/", views.document_detail, name="official-document"),
    path("rows/<int:pk>/", views.row_mend, name="table-row-mend"),
]
