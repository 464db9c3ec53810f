"""Addresses of the review of targets."""

from django.urls import URLPattern, path

from imports.gazettes.review import views

urlpatterns: list[URLPattern] = [
    path("", views.target_list, name="target-list"),
    path("export/", views.target_export, name="target-export"),
    path("accept/", views.target_accept, name="target-accept"),
    path("<int:pk>/", views.target_review, name="target-review"),
]
