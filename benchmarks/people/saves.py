"""What the site said that it had saved, and whether all of it is there. Nobody else edits the projects that a person does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

FIELD: Final = "safeguards"
"""The text that is changed (保障措施): no amount, no basis that others cite, and nobody's name."""


class Saved(NamedTuple):
    """A text that was sent to be saved; each is sent once."""

    project: int
    text: str
    is_acknowledged: bool
    """Else no answer came, or an error: it may stand or not."""


def lost(saves: Sequence[Saved], history: Sequence[str | None], standing: str | None) -> list[str]:
    """Sentences about the texts of one project that are not as they must be.

    ``saves`` in the order in which they were sent, ``history`` the field's values from the first on, ``standing`` what it holds
    now. Every acknowledged text must be in the history, one after the other, and the last of them must stand, or one sent later.
    """
    found, at = [], 0
    for save in saves:
        if not save.is_acknowledged:
            continue
        try:
            at = history.index(save.text, at) + 1
        except ValueError:
            found.append(f"project {save.project}: {save.text!r} was saved and is not in its place in the history")
    last = max((number for number, save in enumerate(saves) if save.is_acknowledged), default=None)
    if last is not None and standing not in [save.text for save in saves[last:]]:
        found.append(f"project {saves[0].project}: {standing!r} stands, last saved was {saves[last].text!r}")
    return found
