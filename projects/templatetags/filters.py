"""The filters that are on, and what they found, in templates."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.template.base import NodeList, Parser, Token
from django.utils.safestring import SafeString, mark_safe

from perfgoals.templatetags.figures import share
from projects.filters import ProjectFilter
from projects.filters.chips import chosen_document
from projects.filters.hits import mark, mark_page
from projects.filters.searching import ONE
from projects.filters.words import words_of

register = template.Library()


@register.filter
def part_of(part: Decimal | int | None, whole: Decimal | int | None) -> str:
    """A part of a whole, each a number or an amount, as a percentage."""
    return share(*(None if value is None else Decimal(value) for value in (part, whole)))


@register.filter
def marked(text: str | None, words: list[str]) -> SafeString:
    """The text with the words that were looked for marked in it."""
    return mark_safe(mark(text or "", words))  # noqa: S308  # it escapes


@register.filter
def is_one(name: str) -> bool:
    """Whether one choice of the filter is made."""
    return name in ONE


@register.filter
def chosen_pairs(found: ProjectFilter, name: str) -> list[tuple[str, str]]:
    """What is chosen of a filter whose choices are searched for: values, each with its name."""
    if name == "document":
        document = chosen_document(found)
        return [document] if document else []
    return found.choices.shown(name, found.data.getlist(name))


@register.filter
def picked_words(found: ProjectFilter, name: str) -> str:
    """What is chosen of such a filter, in a few words."""
    chosen = chosen_pairs(found, name)
    if name in ONE and chosen:
        return chosen[0][1]
    return f"已选 {len(chosen)} 个" if chosen else "全部"


class MarkingNode(template.Node):
    """A part of a page in whose texts the words looked for are marked."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        """The part, marked where the page was opened from a search."""
        html = self.nodelist.render(context)
        words = words_of(context["request"].GET.get("q", "")[:100])
        return mark_page(html, words) if words else html


@register.tag
def marking(parser: Parser, token: Token) -> MarkingNode:  # noqa: ARG001  # as the template language calls it
    """``{% marking %}…{% endmarking %}``: marks the words of the address's ``q`` in what stands between."""
    nodelist = parser.parse(("endmarking",))
    parser.delete_first_token()
    return MarkingNode(nodelist)
