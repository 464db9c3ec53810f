"""Headers that neither Django nor django-csp sends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from perfgoals.security.policy import ALONE

PERMISSIONS: Final = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media", "fullscreen",
        "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
        "publickey-credentials-get", "screen-wake-lock", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip
"""Powers of the browser that no page of the site uses."""


class HeadersMiddleware:
    """Adds the headers to every answer; what people see after logging in is kept by no cache.

    Browsers then also forget the page when the log-out changes the cookies, so that going back shows nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "private, no-store")
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            response._csp_update = ALONE  # type: ignore[attr-defined]  # what django-csp's decorator sets
        return response
