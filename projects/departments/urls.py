"""Addresses of departments."""

from django.urls import path

from projects.departments import views

urlpatterns = [
    path("departments/", views.department_list, name="department-list"),
    path("departments/join/", views.department_join, name="department-join"),
]
