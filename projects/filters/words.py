"""Words to look for: taken from what was typed, put to the database, and found again in a text.

A word is found wherever it stands, also a single character. Full-width signs are the same as half-width ones, capitals
the same as small letters, and 〔 〕 of document numbers the same as [ ]: forms print them all, and people type what their
keyboard gives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from django.db.models import Q

_WIDER: Final = 0xFEE0
"""How far a full-width sign stands from its half-width one."""
_SPACE = re.compile(r"[\s\u00a0\u3000]")


def _groups() -> Iterator[str]:
    for code in range(0x21, 0x7F):
        sign = chr(code)
        if sign.isupper():
            continue
        same = dict.fromkeys((sign, sign.upper()))
        more = {"[": "〔", "]": "〕"}.get(sign, "")
        yield "".join((*same, *(chr(ord(one) + _WIDER) for one in same), more))


_SAME: Final = {group[0]: group for group in _groups()}
_FOLD: Final = str.maketrans({sign: group[0] for group in _SAME.values() for sign in group})


class Piece(NamedTuple):
    """A part of a text: a hit, or what stands between hits."""

    text: str
    is_hit: bool


def words_of(typed: str) -> list[str]:
    """The words of what was typed, each once."""
    return list(dict.fromkeys(typed.split()))


def fold(text: str) -> str:
    """The text with one sign for all that count as the same; every character stays in its place."""
    return text.translate(_FOLD)


def holds(path: str, word: str) -> Q:
    """The condition that a text of the database has the word somewhere; no sign of the word means anything else.

    A word with signs that are printed in several ways becomes a pattern, which takes the database a third longer than a
    plain word; translating every text to one kind of sign takes it eight times as long.
    """
    if fold(word) == word and not any(sign in _SAME for sign in word):
        return Q(**{f"{path}__contains": word})
    return Q(**{f"{path}__regex": "".join(map(_either, fold(word)))})


def pieces(text: str, words: Sequence[str]) -> list[Piece]:
    """The text cut into hits of any of the words and what stands between them.

    White space within a hit is passed over, since names are searched without it.
    """
    cut, at = [], 0
    for start, end in _spans(text, words):
        if start > at:
            cut.append(Piece(text[at:start], False))
        cut.append(Piece(text[start:end], True))
        at = end
    return [*cut, Piece(text[at:], False)] if at < len(text) else cut


def has_word(text: str, word: str) -> bool:
    """Whether `pieces` would show a hit."""
    return bool(word) and fold(word) in fold(_SPACE.sub("", text))


def _either(sign: str) -> str:
    same = _SAME.get(sign)
    if same is None:
        return re.escape(sign)
    return f"[{''.join(one if one.isalnum() else chr(92) + one for one in same)}]"


def _spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    places = [at for at, sign in enumerate(text) if not _SPACE.match(sign)]
    solid = fold("".join(text[at] for at in places))
    found = sorted(
        (places[start], places[start + len(word) - 1] + 1) for word in words for start in _starts(solid, fold(word))
    )
    joined: list[tuple[int, int]] = []
    for start, end in found:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _starts(text: str, word: str) -> Iterator[int]:
    at = text.find(word) if word else -1
    while at >= 0:
        yield at
        at = text.find(word, at + 1)
