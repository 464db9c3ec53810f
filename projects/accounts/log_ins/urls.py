"""Addresses of log-ins."""

from django.urls import path

from projects.accounts.log_ins import views

urlpatterns = [
    path("log-ins/", views.log_in_list, name="log-in-list"),
    path("log-ins/end-all/", views.log_ins_end_all, name="log-ins-end-all"),
    path("users/<int:pk>/log-ins/end/", views.user_log_ins_end, name="user-log-ins-end"),
]
