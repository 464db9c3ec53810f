"""What a rule says: a finding (审核意见) about fields of a form, and what would mend it."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from indicators.checks.severity import Severity


class Correction(NamedTuple):
    """A change that mends a finding for certain: the text that a field should have, as the form prints it.

    ``path`` is a text of the form, or ``indicator.<number>.name|value``, or ``indicator.<number>.category`` (then
    ``text`` is a level-2 code and the row moves there).
    """

    path: str
    text: str


class Finding(NamedTuple):
    """What one rule says of one place."""

    message: str
    """One or two Chinese sentences with the figures: what is wrong and what would mend it."""
    fields: tuple[str, ...]
    """The paths that it points at, the one to show it beside first."""
    corrections: tuple[Correction, ...] = ()
    """All of them together mend it; empty where no mending is certain."""
    severity: Severity | None = None
    """Where it is graver or lighter than the rule's own; ``None``: as the rule says."""
    rule: str = ""
    """The rule's id; filled in by `running.check`."""

    @property
    def digest(self) -> str:
        """Stands for this finding of its project: the same as long as rule, place and words are."""
        return hashlib.md5(
            "\0".join((self.rule, *self.fields, self.message)).encode(), usedforsecurity=False
        ).hexdigest()
