"""The indicator tree in templates of the apps below."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Prefetch, prefetch_related_objects

from indicators.models import Indicator
from indicators.tree import tree_of
from projects.models import Project

register = template.Library()


@register.inclusion_tag("indicators/_tree.html")
def indicator_tree(project: Project, compared: object = None) -> dict[str, Any]:
    """The project's indicators as one table, or a sentence where it has none.

    ``compared`` is how the project differs from its source, for the marks beside the targets.
    """
    indicators = Indicator.objects.order_by("position", "-scope").select_related("category__parent")
    prefetch_related_objects([project], Prefetch("indicators", indicators))
    return {"tree": tree_of(project.indicators.all()), "compared": compared}
