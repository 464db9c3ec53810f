"""Texts with their marks, and cells, as HTML.

A document has thousands of them; a template for each would take longer than all the rest of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from imports.gazettes.reading.marking import Mark, Piece

FILLED: Final = "原表为合并格，此处补入"


def text_html(pieces: Sequence[Piece]) -> SafeString:
    """A text with its targets marked, each with its state in words."""
    return mark_safe("".join(_piece(piece) for piece in pieces))  # noqa: S308  # every part is escaped


def anchors_html(lines: Sequence[int]) -> SafeString:
    """Places for links to lines that begin nothing of their own."""
    return mark_safe("".join(f'<span id="L{line}"></span>' for line in lines))  # noqa: S308  # numbers only


def cell_html(text: str, pieces: Sequence[Piece], *, is_number: bool, is_filled: bool) -> SafeString:
    """A cell of a table."""
    classes = " ".join(name for name, on in (("number", is_number), ("filled", is_filled)) if on)
    shown = text_html(pieces) if pieces else escape(text)
    title = f' title="{FILLED}"' if is_filled else ""
    return mark_safe(f'<td class="{classes}"{title}>{shown}</td>' if classes else f"<td>{shown}</td>")  # noqa: S308  # escaped


def line_html(line: int, href: str) -> SafeString:
    """A line's number beside the text, leading to the line in the source; nothing for those who may not open that."""
    if not href:
        return SafeString("")
    where = f'href="{escape(href)}" aria-label="原文第 {line} 行" title="看原文第 {line} 行"'
    return mark_safe(f'<a class="line-link" {where}>{line}</a>')  # noqa: S308  # the address is escaped


def _piece(piece: Piece) -> str:
    if not piece.marks:
        return escape(piece.text)
    states = "".join(_state(mark) for mark in piece.marks)
    return f'<mark class="target target-{piece.state}">{escape(piece.text)}{states}</mark>'


def _state(mark: Mark) -> str:
    words = escape(mark.words)
    shared = f'class="target-state target-{mark.state}" id="T{mark.pk}" title="{words}"'
    said = f'<span class="sr-only">目标：{words}，</span>{mark.state_name}'
    return f'<a {shared} href="{escape(mark.url)}">{said}</a>' if mark.url else f"<span {shared}>{said}</span>"
