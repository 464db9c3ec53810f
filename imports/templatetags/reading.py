"""Official documents in templates: exact figures of tables, and what an import's report read as what."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

import msgspec
from django import template

from imports.gazettes.models import OfficialDocument
from imports.gazettes.reporting import Part, Texts, part_title
from imports.recognise import layout_title

register = template.Library()


MOST_LISTED: Final = 300


class ReadText(NamedTuple):
    """A document of a report, and its page where it was stored."""

    entry: Mapping[str, Any]
    url: str
    damaged: int


@register.filter
def thousands(number: Decimal) -> str:
    """A figure of a table as exact as it is, with thousands separators."""
    return f"{number:,f}"


@register.filter
def with_sign(number: Decimal) -> str:
    """A difference, which always carries its sign."""
    return f"{number:+,f}".replace("-", "−")


@register.filter
def has_texts(report: Mapping[str, Any]) -> bool:
    """Whether the report is of a gazette or a plan."""
    return bool(report.get("texts", {}).get("documents"))


@register.filter
def has_records(report: Mapping[str, Any]) -> bool:
    """Whether records of budget projects are to be counted: a gazette may hold none at all."""
    return not has_texts(report) or bool(report["counts"]["found"])


@register.filter
def texts_summary(report: Mapping[str, Any]) -> str:
    """How much was found in a gazette or a plan, in one sentence."""
    return msgspec.convert(report["texts"], Texts).summary


@register.filter
def texts_left_out(report: Mapping[str, Any]) -> int:
    """How many documents of a collection its report does not list."""
    return max(0, len(report["texts"]["documents"]) - MOST_LISTED)


@register.simple_tag(takes_context=True)
def read_texts(context: dict[str, Any]) -> list[ReadText]:
    """The documents of the report on the page, with links to those that are stored now."""
    report, run = context["report"], context["run"]
    urls: dict[int, str] = {}
    if run.document_id and not report.get("dry_run"):
        stored = OfficialDocument.objects.filter(source=run.document_id).only("pk", "first_line")
        urls = {document.first_line: document.get_absolute_url() for document in stored}
    return [
        ReadText(entry, urls.get(entry["line"], ""), sum(part["damaged"] for part in entry["parts"]))
        for entry in report["texts"]["documents"][:MOST_LISTED]
    ]


@register.filter
def part_words(part: Mapping[str, Any]) -> str:
    """What lines of a document were read as."""
    return part_title(Part(**part), layout_title)
