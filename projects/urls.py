"""Addresses of projects and totals."""

from django.urls import path

from projects import views
from projects.charts import views as charts
from projects.tables import views as tables
from projects.totals import views as totals

urlpatterns = [
    path("projects/", views.project_list, name="project-list"),
    path("projects/columns/", tables.list_columns, name="list-columns"),
    path("projects/density/", tables.list_density, name="list-density"),
    path("projects/<int:pk>/", views.project_detail, name="project-detail"),
    path("projects/<int:pk>/panel/", tables.project_panel, name="project-panel"),
    path("totals/", totals.totals, name="totals"),
    path("totals/export/", totals.totals_export, name="totals-export"),
    path("charts/", charts.charts, name="charts"),
]
