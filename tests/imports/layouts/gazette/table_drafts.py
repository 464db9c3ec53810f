"""Tables for tests, drafted from lines of tab- or bar-separated cells; and the gold's tables in the same way."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from imports.layouts.gazette.drafts import RowDraft, TableDraft, TableKind

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


def gold_tables(kind: TableKind) -> dict[str, TableDraft]:
    """The tables of a kind that the gold describes, cut from their source at the lines that it names."""
    return {each["table_id"]: _from_source(each) for each in gold("tables") if each["kind"] == kind}


def _from_source(described: dict[str, Any]) -> TableDraft:
    lines = (SHARED / "sources" / described["file"]).read_text(encoding="utf-8").split("\n")
    header = tuple(described["header"])
    groups = {each["line"]: each["text"] for each in described["group_rows"] or []}
    draft = TableDraft(described["caption"], None, described["kind"], header, [], described["unit"], 1, 1)
    group: str | None = None
    for number in sorted([*groups, *described["row_lines"]]):
        cells = [re.sub(r"<[^>]+>", "", cell).strip() for cell in lines[number - 1].split("\t")]
        group = groups.get(number, group)
        whole = tuple((cells + [""] * len(header))[: len(header)])
        row = RowDraft(number, "group" if number in groups else "row", tuple(cells), whole, group=group)
        row.damage = None if len(cells) in (1, len(header)) else "格数与表头不同"
        draft.rows.append(row)
    return draft


def squeezed(value: Any) -> Any:
    """A text without white space; printed empty and absent are the same."""
    return "".join(value.split()) or None if isinstance(value, str) else value
