"""Addresses of indicators in the API."""

from django.urls import path

from indicators.api.views import IndicatorList

urlpatterns = [path("api/v1/indicators/", IndicatorList.as_view(), name="api-indicator-list")]
