"""The answer to who asked too often (429): one sentence, in the form in which it was asked."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

_MOST_SECONDS: Final = 90
"""Longer spans are said in minutes."""


def refuse(request: HttpRequest, words: str, *, seconds: int) -> HttpResponse:
    """Say what there was too much of and how long to wait: a page; for scripts JSON as the API has it, or the sentence.

    The page asks the database nothing, since it is sent most when there is least time for it.
    """
    sentence = f"{words}，请 {in_words(seconds)}后再试。"
    response = _in_form(request, sentence)
    response.headers["Retry-After"] = str(seconds)
    return response


def in_words(seconds: int) -> str:
    """A span of time, never said shorter than it is."""
    return f"{seconds} 秒" if seconds <= _MOST_SECONDS else f"{-(-seconds // 60)} 分钟"


def _in_form(request: HttpRequest, sentence: str) -> HttpResponse:
    status = HTTPStatus.TOO_MANY_REQUESTS
    if getattr(request, "htmx", False):
        # The page stays as it is, and static/js/site.js shows the sentence.
        return HttpResponse(sentence, content_type="text/plain; charset=utf-8", status=status)
    if not request.accepts("text/html"):
        problem = {"code": "too_many_requests", "message": sentence, "fields": {}}
        return JsonResponse(problem, status=status, json_dumps_params={"ensure_ascii": False})
    again = request.get_full_path() if request.method in ("GET", "HEAD") else ""
    return render(request, "429.html", {"sentence": sentence, "again": again}, status=status)
