"""Answering the page that asks how far a piece of work is."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRefresh

from perfgoals.jobs.model import Job
from perfgoals.requests import SiteRequest


def job_part(request: SiteRequest, job: Job, url: str) -> HttpResponse:
    """The answer to ``_partials/job.html`` asking at ``url`` again: how far it is, or, once it is over, load the page anew.

    For requests that want a part; the page itself includes the partial with ``job`` and ``job_url``.
    """
    if job.is_over:
        return HttpResponseClientRefresh()
    return render(request, "_partials/job.html", {"job": job, "job_url": url})
