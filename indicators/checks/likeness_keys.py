"""What projects are found to be alike by: texts that agree word for word, white space aside."""

from __future__ import annotations

from typing import Final

from indicators.checks.forms import Form
from indicators.checks.stems import plain, stem

TEXT_KINDS: Final = ("overview", "content", "necessity", "plan", "goals.period", "goals.annual")
KINDS: Final = ("name", "stem", *TEXT_KINDS)
_SHORTEST_TEXT: Final = 15
"""Characters; shorter texts (专款专用) agree by chance."""
_SHORTEST_STEM: Final = 4
"""Characters; a shorter stem (工程) is no name."""


def keys_of(form: Form) -> dict[str, str]:
    """Kind → text to compare, of every kind in `KINDS` that the form has; short texts are left out.

    ``stem`` is the name without the number of its part, and is there for names without such a number too: the first
    part of a project often carries none.
    """
    found = {"name": plain(form.text("name")), "stem": stem(form.text("name"))}
    found = {kind: text for kind, text in found.items() if text and (kind == "name" or len(text) >= _SHORTEST_STEM)}
    for kind in TEXT_KINDS:
        text = plain(form.text(kind))
        if len(text) >= _SHORTEST_TEXT:
            found[kind] = text
    return found
