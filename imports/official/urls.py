"""Addresses of the official tables."""

from django.urls import path

from imports.official import views

urlpatterns = [
    path("projects/<int:pk>/form/", views.project_form, name="project-form"),
    path("projects/<int:pk>/form.xlsx", views.project_form_xlsx, name="project-form-xlsx"),
    path("print/forms/", views.print_forms, name="print-forms"),
    path("print/forms.xlsx", views.forms_xlsx, name="print-forms-xlsx"),
    path("print/list/", views.print_list, name="print-list"),
    path("print/list.xlsx", views.list_xlsx, name="print-list-xlsx"),
]
