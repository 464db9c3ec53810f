"""Addresses of saved filters."""

from django.urls import path

from projects.saved_filters import views

urlpatterns = [
    path("filters/", views.filter_list, name="filter-list"),
    path("filters/menu/", views.filter_menu, name="filter-menu"),
    path("filters/new/", views.filter_new, name="filter-new"),
    path("filters/<int:pk>/", views.filter_open, name="filter-open"),
    path("filters/<int:pk>/edit/", views.filter_edit, name="filter-edit"),
    path("filters/<int:pk>/overwrite/", views.filter_overwrite, name="filter-overwrite"),
    path("filters/<int:pk>/delete/", views.filter_delete, name="filter-delete"),
]
