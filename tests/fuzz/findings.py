"""What was found: the inputs in a folder, one for each place in the program, with what was said."""

from __future__ import annotations

import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True)
class Findings:
    """Inputs that showed a promise not kept, by what they showed."""

    folder: Path
    seen: Counter[str] = field(default_factory=Counter)

    def add(self, data: bytes, error: BaseException, name: str) -> str:
        """Keep an input, unless the same was seen; what it showed is returned."""
        return self.add_text(data, told(error), name, "".join(traceback.format_exception(error)))

    def add_text(self, data: bytes, what: str, name: str, details: str = "") -> str:
        """The same for what no exception told."""
        self.seen[what] += 1
        if self.seen[what] == 1:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / f"{name}.input").write_bytes(data)
            (self.folder / f"{name}.txt").write_text(
                f"{what}\n\n{details}", encoding="utf-8", errors="backslashreplace"
            )
        return what


def told(error: BaseException) -> str:
    """An error by its kind and place; its words too where they are ours."""
    frames = traceback.extract_tb(error.__traceback__)
    at = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    words = "".join(letter for letter in str(error)[:60] if not letter.isdigit())
    return f"{type(error).__name__} at {at}: {words}"
