"""A gazette with a row that cannot be understood: two cells too many."""

from __future__ import annotations

from imports.actions import Options, import_file
from imports.gazettes.models import OfficialDocument, TableRow
from imports.gazettes.reading.actions import version_of
from tests.imports.gazettes.texts import PROJECTS, gazette

DAMAGED = PROJECTS.replace("8600.5\t上党区", "8600.5\t77\t上党区\t潞城区")
SOUND_CELLS = ["2", "北塬中学迁建", "建教学楼一栋", "8600.5", "上党区", "2032-2035", "市教育局、市住建局"]


def taken_in(text: str = gazette(DAMAGED), name: str = "公报.txt") -> OfficialDocument:
    """The document of a text, imported."""
    import_file(text.encode(), name=name, options=Options(), by=None)
    return OfficialDocument.objects.order_by("-pk")[0]


def damaged_row() -> TableRow:
    """The damaged row of the gazette, which is imported for it."""
    taken_in()
    return TableRow.objects.select_related("table").exclude(damage="").get()


def seen(row: TableRow) -> dict[str, int]:
    """The version of a row as it is now."""
    return {"seen": version_of(row)}
