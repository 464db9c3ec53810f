"""Addresses of departments."""

from django.urls import path

from projects.departments import views

urlpatterns = [
    path("departments/", views.department_list, name="department-list"),
    path("departments/new/", views.department_new, name="department-new"),
    path("departments/<int:pk>/", views.department_edit, name="department-edit"),
    path("departments/join/", views.department_join, name="department-join"),
]
