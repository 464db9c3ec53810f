"""Addresses of source documents in the API."""

from django.urls import path

from imports.api import views

urlpatterns = [
    path("api/v1/documents/", views.DocumentList.as_view(), name="api-document-list"),
    path("api/v1/documents/<int:pk>/", views.DocumentDetail.as_view(), name="api-document-detail"),
]
