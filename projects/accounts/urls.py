"""Addresses of accounts and of one's own password."""

from django.urls import path

from projects.accounts import views

urlpatterns = [
    path("users/", views.user_list, name="user-list"),
    path("users/new/", views.user_new, name="user-new"),
    path("users/<int:pk>/", views.user_edit, name="user-edit"),
    path("users/<int:pk>/lock/", views.user_lock, name="user-lock"),
    path("users/<int:pk>/unlock/", views.user_unlock, name="user-unlock"),
    path("users/<int:pk>/reset-password/", views.user_reset_password, name="user-reset-password"),
    path("password/", views.password, name="password"),
]
