"""What the pages of the review ask in templates."""

from __future__ import annotations

from django import template

from indicators.reviewing.access import reads_rules as _reads_rules
from perfgoals.models import User

register = template.Library()


@register.filter
def reads_rules(user: User) -> bool:
    """Whether the person may read the rules of the review."""
    return _reads_rules(user)
