"""Between the page's form and the sheet: field names, and nothing else."""

from __future__ import annotations

from typing import Final

from django.http import QueryDict

from indicators.editing.fields import CELLS, CONTACTS, HEAD, NEW_HEAD, TEXTS
from indicators.editing.operations import MAX_ROWS
from indicators.editing.sheet import CLASS_ORDER, SCOPES, Half, Row, Sheet, one_line

HEAD_NAMES: Final = (*NEW_HEAD, *HEAD, *TEXTS, *CONTACTS, "funding_note")


def sheet_from(post: QueryDict) -> Sheet:
    """The sheet that a form posts. Fields that are missing are empty; rows come in the order of the form."""
    post = _without_nul(post)
    keys = dict.fromkeys(post.getlist("rows"))
    return Sheet(
        head={name: post.get(f"head.{name}", "") for name in HEAD_NAMES},
        funding={
            f"{scope}.{source}": post.get(f"funding.{scope}.{source}", "") for scope in SCOPES for source in CELLS
        },
        goals={scope: post.get(f"goals.{scope}", "") for scope in SCOPES},
        rows=[_row(key, post) for key in list(keys)[: MAX_ROWS * 2]],
        reason=post.get("reason", ""),
    )


def _without_nul(post: QueryDict) -> QueryDict:
    """NUL prints as nothing and no column, not even a draft's, can hold it: it comes only with what was pasted."""
    if not any("\0" in text for texts in post.lists() for text in (texts[0], *texts[1])):
        return post
    clean = QueryDict(mutable=True)
    for name, texts in post.lists():
        clean.setlist(name.replace("\0", ""), [str(text).replace("\0", "") for text in texts])
    return clean


def _row(key: str, post: QueryDict) -> Row:
    path = f"rows.{key}"
    category = post.get(f"{path}.category", "")
    return Row(
        key=key,
        category=category if category in CLASS_ORDER else "output.other",
        label=post.get(f"{path}.label", ""),
        period=_half(f"{path}.period", post),
        annual=_half(f"{path}.annual", post),
        removed=f"{path}.removed" in post,
    )


def _half(path: str, post: QueryDict) -> Half:
    number = post.get(f"{path}.id", "")
    return Half(
        id=int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None,
        name=one_line(post.get(f"{path}.name", "")),
        operator=post.get(f"{path}.operator", ""),
        value=one_line(post.get(f"{path}.value", "")),
        unit=one_line(post.get(f"{path}.unit", "")),
    )
