"""Pages compressed on their way: what a page of figures weighs is mostly the repetition of its markup.

Compression tells an eavesdropper who can also make a page repeat words of theirs how much these resemble the rest of it
(BREACH). Two things take that away from them: the only secret that stands in pages, the token of forms, is masked anew
in each answer, and Django's middleware adds a random number of bytes to each (Heal The Breach). Static files are
compressed once, when they are collected. Downloads are left alone: a workbook is compressed already, and a large csv
should be made as fast as it can be sent.
"""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

COMPRESSED: Final = ("text/html", "application/json")


class PageCompressionMiddleware(GZipMiddleware):
    """Django's compression, of pages and of what scripts and programs read."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, compressed if it is one of `COMPRESSED`, no download, and the browser takes it."""
        kind, _, _ = response.headers.get("Content-Type", "").partition(";")
        if kind not in COMPRESSED or "Content-Disposition" in response.headers:
            return response
        return super().process_response(request, response)
