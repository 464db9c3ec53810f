"""Where the words of a search stand: an excerpt for a list's row, and marks in a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape
from typing import Final, NamedTuple

from django.utils.safestring import SafeString, mark_safe

from projects.filters.words import Piece, has_word, pieces
from projects.models import Project, Scope

FIELDS: Final = {
    "department_printed": "部门", "department__name": "部门", "implementing_unit": "实施单位", "overview": "项目概况",
    "basis": "立项依据", "content": "支出内容", "necessity": "设立必要性", "safeguards": "保证措施", "plan": "实施计划",
}  # fmt: skip
"""A project's own fields with what an excerpt of them is called, in the order of the form."""
BEFORE: Final = 12
AFTER: Final = 40
_TAG = re.compile(r"(<[^>]*>)")
_NOT_MARKED: Final = ("script", "style", "svg", "textarea", "option", "button")
_OPENS_OR_ENDS = re.compile(rf"<(/?)({'|'.join(_NOT_MARKED)})\b")


class Hit(NamedTuple):
    """A piece of a field in which a word stands."""

    label: str
    excerpt: str


def hits_of(projects: Sequence[Project], words: Sequence[str]) -> dict[int, Hit]:
    """For each project whose name lacks a word: where the first such word stands. Three statements at most."""
    missing = {
        project.pk: word
        for project in projects
        if (word := next((word for word in words if not has_word(project.name, word)), None))
    }
    hits: dict[int, Hit] = {}
    for texts in (_own_texts, _goals, _indicators):
        left = [pk for pk in missing if pk not in hits]
        if not left:
            break
        for pk, label, text in texts(left):
            if pk not in hits and text and has_word(text, missing[pk]):
                hits[pk] = Hit(label, excerpt(text, missing[pk]))
    return hits


def excerpt(text: str, word: str) -> str:
    """The part of a text around the first place of a word, in one line."""
    line = " ".join(text.split())
    start = len(next((piece.text for piece in pieces(line, [word])[:1] if not piece.is_hit), ""))
    first, last = max(start - BEFORE, 0), start + len(word) + AFTER
    return f"{'…' if first else ''}{line[first:last]}{'…' if last < len(line) else ''}"


def mark(text: str, words: Sequence[str]) -> str:
    """A text as markup, with the words marked in it."""
    return "".join(map(_html, pieces(text, words)))


def mark_page(html: str, words: Sequence[str]) -> SafeString:
    """A part of a page with the words marked wherever they stand as text, between its tags."""
    inside = ""
    out = []
    for part in _TAG.split(html):
        if part.startswith("<"):
            inside = _within(part, inside)
            out.append(part)
        else:
            out.append(part if inside or not part.strip() else "".join(map(_html, pieces(unescape(part), words))))
    return mark_safe("".join(out))  # noqa: S308  # every text is escaped again


def _within(tag: str, inside: str) -> str:
    """The element, if any, in which nothing is marked after the tag."""
    match = _OPENS_OR_ENDS.match(tag)
    if match is None or tag.endswith("/>"):
        return inside
    return ("" if match[2] == inside else inside) if match[1] else inside or match[2]


def _html(piece: Piece) -> str:
    return f"<mark>{escape(piece.text)}</mark>" if piece.is_hit else escape(piece.text)


Texts = Iterator[tuple[int, str, str | None]]


def _own_texts(pks: Sequence[int]) -> Texts:
    for pk, *texts in Project.objects.filter(pk__in=pks).order_by().values_list("pk", *FIELDS):
        for label, text in zip(FIELDS.values(), texts, strict=True):
            yield pk, label, text


def _goals(pks: Sequence[int]) -> Texts:
    goals = Project.objects.filter(pk__in=pks, goals__isnull=False).order_by("pk", "-goals__scope")
    for pk, scope, text in goals.values_list("pk", "goals__scope", "goals__text"):
        yield pk, f"{Scope(scope).label}目标", text


def _indicators(pks: Sequence[int]) -> Texts:
    rows = Project.objects.filter(pk__in=pks, indicators__isnull=False).order_by("pk", "indicators__position")
    for pk, name, value in rows.values_list("pk", "indicators__name", "indicators__value"):
        yield pk, "指标", name
        yield pk, "指标", f"{name} {value}"
