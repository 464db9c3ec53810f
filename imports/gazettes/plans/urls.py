"""Addresses of plan projects and plan indicators."""

from django.urls import path

from imports.gazettes.plans import indicator_views, views

urlpatterns = [
    path("", views.plan_project_list, name="plan-project-list"),
    path("export/", views.plan_project_export, name="plan-project-export"),
    path("indicators/", indicator_views.plan_indicator_list, name="plan-indicator-list"),
    path("indicators/export/", indicator_views.plan_indicator_export, name="plan-indicator-export"),
    path("<int:pk>/", views.plan_project, name="plan-project"),
    path("<int:pk>/links/", views.plan_link_add, name="plan-link-add"),
    path("links/<int:pk>/", views.plan_link_decide, name="plan-link-decide"),
]
