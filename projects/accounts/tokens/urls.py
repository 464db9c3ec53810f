"""Addresses of tokens."""

from django.urls import path

from projects.accounts.tokens import views

urlpatterns = [
    path("tokens/", views.token_list, name="token-list"),
    path("tokens/<uuid:token>/revoke/", views.token_revoke, name="token-revoke"),
    path("users/<int:pk>/tokens/revoke/", views.user_tokens_revoke, name="user-tokens-revoke"),
]
