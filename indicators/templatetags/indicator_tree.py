"""The indicator tree in templates of the apps below."""

from __future__ import annotations

from typing import Any

from django import template
from django.db.models import Prefetch, prefetch_related_objects

from indicators.models import Indicator
from indicators.tree import Tree, tree_of
from projects.models import Project

register = template.Library()


@register.inclusion_tag("indicators/_tree.html")
def indicator_tree(project: Project, compared: object = None, reviewed: object = None) -> dict[str, Any]:
    """The project's indicators as one table, or a sentence where it has none.

    ``compared`` is how the project differs from its source, ``reviewed`` what the review says of it, for the marks
    beside the targets.
    """
    return {"tree": _tree(project), "compared": compared, "reviewed": reviewed}


@register.inclusion_tag("indicators/_outline.html")
def indicator_outline(project: Project) -> dict[str, Any]:
    """The project's indicators as a narrow list: the year's, with the period's target where it is another."""
    return {"tree": _tree(project)}


def _tree(project: Project) -> Tree:
    indicators = Indicator.objects.order_by("position", "-scope").select_related("category__parent")
    prefetch_related_objects([project], Prefetch("indicators", indicators))
    return tree_of(project.indicators.all())
