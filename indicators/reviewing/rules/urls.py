"""Addresses of the rules of the review."""

from django.urls import path

from indicators.reviewing.rules import views

urlpatterns = [
    path("rules/", views.rule_list, name="rule-list"),
    path("rules/<str:rule>/", views.rule_detail, name="rule-detail"),
]
