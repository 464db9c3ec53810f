"""Addresses of projects, departments, funding and totals in the API."""

from django.urls import path

from projects.api import views
from projects.api.totals import Totals

urlpatterns = [
    path("api/v1/projects/", views.ProjectList.as_view(), name="api-project-list"),
    path("api/v1/projects/<int:pk>/", views.ProjectDetail.as_view(), name="api-project-detail"),
    path("api/v1/departments/", views.DepartmentList.as_view(), name="api-department-list"),
    path("api/v1/funding/", views.FundingList.as_view(), name="api-funding-list"),
    path("api/v1/totals/", Totals.as_view(), name="api-totals"),
]
