"""Addresses of findings."""

from django.urls import path

from indicators.reviewing.working import views

urlpatterns = [
    path("findings/", views.finding_list, name="finding-list"),
    path("findings/export/", views.finding_export, name="finding-export"),
    path("findings/accept/", views.findings_accept, name="findings-accept"),
    path("findings/<int:pk>/accept/", views.finding_accept, name="finding-accept"),
    path("findings/<int:pk>/withdraw/", views.finding_withdraw, name="finding-withdraw"),
    path("findings/<int:pk>/correct/", views.finding_correct, name="finding-correct"),
]
