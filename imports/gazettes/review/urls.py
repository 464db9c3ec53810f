"""Addresses of this part of gazettes and plans."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
