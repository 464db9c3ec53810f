"""The indicator tree in templates of the apps below."""

from __future__ import annotations

from typing import Any

from django import template

from indicators.models import Indicator
from indicators.tree import tree_of
from projects.models import Project

register = template.Library()


@register.inclusion_tag("indicators/_tree.html")
def indicator_tree(project: Project) -> dict[str, Any]:
    """The project's indicators as one table, or a sentence where it has none."""
    indicators = Indicator.objects.filter(project=project).select_related("category__parent")
    return {"tree": tree_of(indicators)}
