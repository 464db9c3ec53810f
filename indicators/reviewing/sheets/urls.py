"""Addresses of review sheets and working papers."""

from django.urls import path

from indicators.reviewing.sheets import paper_views, views

urlpatterns = [
    path("projects/<int:pk>/review/", views.sheet_detail, name="sheet-detail"),
    path("projects/<int:pk>/review/print/", views.sheet_print, name="sheet-print"),
    path("projects/<int:pk>/review/xlsx/", views.sheet_xlsx, name="sheet-xlsx"),
    path("reviews/", views.sheet_list, name="sheet-list"),
    path("reviews/xlsx/", views.sheet_list_xlsx, name="sheet-list-xlsx"),
    path("paper/", paper_views.paper, name="paper"),
    path("paper/xlsx/", paper_views.paper_xlsx, name="paper-xlsx"),
]
