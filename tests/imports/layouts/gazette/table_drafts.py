"""Tables for tests, drafted from lines of bar-separated cells; and the tables of the sources beside the gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from imports.layouts.gazette.drafts import RowDraft, TableDraft, TableKind
from imports.layouts.gazette.tables import find_tables

SHARED = Path(__file__).parents[4] / "../shared"
GOLD = SHARED / "gold"
needs_gold = pytest.mark.skipif(not GOLD.exists(), reason="../shared is absent")


def table(
    text: str, *, kind: TableKind = "project_table", unit: str | None = None, caption: str = "", damaged: str = ""
) -> TableDraft:
    """A table whose first line is the header; a line of one cell is a group, ``^`` in a cell a merged cell's blank."""
    header, *lines = [line.strip(" ").split("|") for line in text.strip("\n").split("\n")]
    draft = TableDraft(caption, None, kind, tuple(header), [1], unit, 1, len(lines) + 1)
    group: str | None = None
    above = [""] * len(header)
    for number, cells in enumerate(lines, 2):
        if len(cells) == 1:
            group = cells[0]
            draft.rows.append(RowDraft(number, "group", tuple(cells), tuple(cells), group=group))
            continue
        filled = tuple(at for at, cell in enumerate(cells) if cell == "^")
        above = [above[at] if cell == "^" else cell for at, cell in enumerate(cells)]
        reason = "缺少单元格" if damaged and damaged in cells else None
        draft.rows.append(RowDraft(number, "row", tuple(cells), tuple(above), filled, group, damage=reason))
    return draft


def gold(name: str) -> list[dict[str, Any]]:
    """A gold file of the plan and the gazette."""
    records: list[dict[str, Any]] = json.loads((GOLD / f"plan_and_gazette_{name}.json").read_text(encoding="utf-8"))
    return records


def source_tables(kind: TableKind) -> list[TableDraft]:
    """The tables of a kind in the sources that the gold was read from."""
    files = dict.fromkeys(each["file"] for each in gold("tables"))
    texts = [(SHARED / "sources" / file).read_text(encoding="utf-8").split("\n") for file in files]
    return [draft for lines in texts for draft in find_tables(lines, 1, len(lines)) if draft.kind == kind]


def squeezed(value: Any) -> Any:
    """A text without white space; printed empty and absent are the same."""
    return "".join(value.split()) or None if isinstance(value, str) else value
