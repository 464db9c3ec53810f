"""Long work in templates."""

from __future__ import annotations

from django import template

from perfgoals.jobs.workers import is_working

register = template.Library()
register.simple_tag(is_working, name="worker_is_working")
