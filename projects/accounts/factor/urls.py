"""Addresses of second factors."""

from django.urls import path

from projects.accounts.factor import views

urlpatterns = [
    path("second-factor/", views.second_factor, name="second-factor"),
    path("second-factor/off/", views.second_factor_off, name="second-factor-off"),
    path("second-factor/recovery-codes/", views.second_factor_codes, name="second-factor-codes"),
    path("users/<int:pk>/second-factor/remove/", views.user_factor_remove, name="user-factor-remove"),
]
